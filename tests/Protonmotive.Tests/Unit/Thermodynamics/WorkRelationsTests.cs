using Protonmotive.Solvers;
using Protonmotive.Thermodynamics;
using Xunit;

namespace Protonmotive.Tests.Unit.Thermodynamics;

/// <summary>Free energies from Gaussian work, for which all is known: p_F has mean ΔF + σ²/2kT, p_R has mean −ΔF + σ²/2kT.</summary>
public sealed class WorkRelationsTests
{
    private const double Difference = 1.3, Spread = 1.2, ThermalEnergy = 0.8;

    [Fact]
    public void Both_ways_give_the_difference_within_their_errors()
    {
        var (forward, reverse) = (Work(Difference, 20_000, 0), Work(-Difference, 5_000, 1));
        var one = WorkRelations.Jarzynski(forward, ThermalEnergy);
        var two = WorkRelations.Bennett(forward, reverse, ThermalEnergy);
        Assert.Equal(Difference, one.Value, 4.5 * one.StandardError);
        Assert.Equal(Difference, two.Value, 4.5 * two.StandardError);
        Assert.True(two.StandardError < one.StandardError);
    }

    [Fact]
    public void Errors_are_the_spread_of_repeated_estimates()
    {
        var (found, said) = (new List<double>(), new List<double>());
        for (ulong i = 0; i < 200; i++)
        {
            var (value, error) = WorkRelations.Bennett(Work(Difference, 500, 10 + (2 * i)), Work(-Difference, 500, 11 + (2 * i)), ThermalEnergy);
            found.Add(value);
            said.Add(error);
        }
        double mean = found.Average(), deviation = Math.Sqrt(found.Sum(x => (x - mean) * (x - mean)) / 199);
        Assert.Equal(1, deviation / said.Average(), 4.5 / Math.Sqrt(2 * 200));
        Assert.Equal(Difference, mean, 4.5 * deviation / Math.Sqrt(200));
    }

    [Fact]
    public void The_line_of_two_histograms_has_the_slope_of_the_thermal_energy_and_crosses_at_the_difference()
    {
        var histogram = WorkHistogram.Of(Work(Difference, 50_000, 2), Work(-Difference, 50_000, 3), 60);
        var (slope, slopeError, crossing, crossingError) = histogram.Line;
        Assert.Equal(1 / ThermalEnergy, slope, 4.5 * slopeError);
        Assert.Equal(Difference, crossing, 4.5 * crossingError);
        double width = histogram.Work[1] - histogram.Work[0];
        Assert.Equal(1, histogram.Forward.Sum() * width, 1e-12);
        Assert.Equal(1, histogram.Reverse.Sum() * width, 1e-12);
    }

    [Fact]
    public void What_gives_no_free_energy_is_refused()
    {
        Assert.Throws<ProtonmotiveException>(() => WorkRelations.Jarzynski([1], 1));
        Assert.Contains("k_BT above 0", Assert.Throws<ProtonmotiveException>(() => WorkRelations.Jarzynski([1, 2], 0)).Mend, StringComparison.Ordinal);
        Assert.Throws<ProtonmotiveException>(() => WorkHistogram.Of([], [1], 3));
    }

    private static double[] Work(double difference, int count, ulong member)
    {
        var random = new RandomStream(5, member);
        return [.. Enumerable.Range(0, count).Select(_ => difference + (Spread * Spread / (2 * ThermalEnergy)) + (Spread * random.Normal()))];
    }
}
