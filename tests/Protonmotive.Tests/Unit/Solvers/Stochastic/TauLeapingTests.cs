using Protonmotive.Networks;
using Protonmotive.Solvers.Stochastic;
using Xunit;

namespace Protonmotive.Tests.Unit.Solvers.Stochastic;

/// <summary>Tau-leaping has the exact mean and variance within its bound ε, and takes far fewer steps.</summary>
public sealed class TauLeapingTests
{
    private const double Epsilon = 0.03;
    private const int Runs = 2000;

    private static readonly StochasticOptions leaping = new() { Method = new StochasticMethod.TauLeaping(Epsilon) };

    [Fact]
    public void Immigration_and_death_keep_mean_and_variance()
    {
        // Poisson with mean 20000 (1 − e^(−t/2)).
        var network = JumpModels.Immigration(10_000, 0.5);
        var ensemble = StochasticEnsemble.Run(network, Runs, 3, [0, 1, 4, 20], leaping);
        for (int i = 1; i < 4; i++)
        {
            double m = 20_000 * (1 - Math.Exp(-0.5 * ensemble.Times[i]));
            Assert.Equal(m, ensemble.Mean("X")[i], (Epsilon * m) + (4.5 * Math.Sqrt(m / Runs)));
            Assert.Equal(m, Math.Pow(ensemble.StandardDeviation("X")[i], 2), m * (Epsilon + (4.5 * Math.Sqrt(2.0 / Runs))));
        }
        long exact = StochasticSimulation.Run(network, 3, [0, 20]).Firings;
        Assert.True(ensemble.Firings / Runs < exact / 100, $"{ensemble.Firings / Runs} leaps, {exact} firings");
    }

    [Fact]
    public void Pairing_keeps_the_exact_methods_mean_and_variance()
    {
        var network = JumpModels.Dimers(2000, 10, 0.01, 0.5);
        var exact = StochasticEnsemble.Run(network, Runs, 4, [0, 0.5, 3], new StochasticOptions { Outputs = ["B.amount"] });
        var leapt = StochasticEnsemble.Run(network, Runs, 5, [0, 0.5, 3], leaping with { Outputs = ["B.amount"] });
        for (int i = 1; i < 3; i++)
        {
            double mean = exact.Mean("B.amount")[i], deviation = exact.StandardDeviation("B.amount")[i];
            Assert.Equal(mean, leapt.Mean("B.amount")[i], (Epsilon * mean) + (4.5 * deviation * Math.Sqrt(2.0 / Runs)));
            // Two sampled variances are compared: each has the relative deviation √(2/n).
            Assert.Equal(1, Math.Pow(leapt.StandardDeviation("B.amount")[i] / deviation, 2), (2 * Epsilon) + (4.5 * Math.Sqrt(4.0 / Runs)));
        }
    }

    [Fact]
    public void Few_molecules_are_followed_exactly()
    {
        // Survival e^(−t) of ten molecules: no leap pays, so only the law of the exact method is left.
        var network = JumpModels.With(10, (b, x) => b.Process("death", ProcessKind.Reaction, "X ->", FluxLaw.Formula(x * 1)));
        var ensemble = StochasticEnsemble.Run(network, Runs, 6, [0, 1], leaping);
        double p = Math.Exp(-1);
        Assert.Equal(10 * p, ensemble.Mean("X")[1], 4.5 * Math.Sqrt(10 * p * (1 - p) / Runs));
        Assert.InRange(ensemble.Minimum("X")[1], 0, 10);
    }

    [Fact]
    public void Amounts_never_fall_below_nothing()
    {
        // A large pool feeds a small one that is emptied fast.
        var network = JumpModels.With(30, (b, x) =>
        {
            b.Process("arrival", ProcessKind.Reaction, "-> X", FluxLaw.Formula(1000));
            b.Process("pairs", ProcessKind.Reaction, "3 X ->", FluxLaw.Formula(x * (x - 1) * (x - 2) * 0.1));
        });
        var ensemble = StochasticEnsemble.Run(network, 200, 7, JumpModels.Times(2, 20), leaping);
        Assert.All(ensemble.Minimum("X"), least => Assert.True(least >= 0));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    public void A_bound_outside_its_range_is_refused(double epsilon) =>
        Assert.Contains("bound", Assert.Throws<StochasticException>(() => StochasticSimulation.Run(JumpModels.Immigration(), 1, [0, 1], options: leaping with { Method = new StochasticMethod.TauLeaping(epsilon) })).What);
}
