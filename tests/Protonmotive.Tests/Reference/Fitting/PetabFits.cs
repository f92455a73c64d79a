using Protonmotive.Fitting;
using Protonmotive.Fitting.Optimisers;
using Protonmotive.Fitting.Problems;
using Protonmotive.Fitting.Starts;
using Protonmotive.Fitting.Starts.Oscillations;
using Protonmotive.Formats.Petab;
using Xunit;

namespace Protonmotive.Tests.Reference.Fitting;

/// <summary>Fits of benchmark problems from 100 starts, as pmf fit runs them: some of them must reach the published optimum. With PROTONMOTIVE_LONG=1.</summary>
public class PetabFits
{
    [Theory]
    [InlineData("Boehm_JProteomeRes2014")]
    [InlineData("Bruno_JExpBot2016")]
    [InlineData("Perelson_Science1996")]
    public void The_published_optimum_is_reached(string name)
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("PROTONMOTIVE_LONG") == "1", "Takes a minute; set PROTONMOTIVE_LONG=1.");
        var objective = new FitObjective(PetabProblem.Read(Path.Combine(SharedData.Path("petab-benchmarks", name), name + ".yaml")));
        double published = objective.Evaluate([.. objective.Parameters.Select(p => p.Nominal)], ObjectiveParts.Value, TestContext.Current.CancellationToken).Value;
        var found = MultiStart.Run(objective, new TrustRegion(), new MultiStartOptions { Starts = 100, Candidates = 50 }, cancellation: TestContext.Current.CancellationToken);

        Assert.True(found.Best.State.Value <= published + 0.1, $"{found.Best.State.Value} against {published}");
    }

    /// <summary>Borghans' published parameters are no minimum, so starts end below them.</summary>
    [Fact]
    public void An_oscillator_s_published_likelihood_is_passed_from_starts_that_oscillate()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("PROTONMOTIVE_LONG") == "1", "Takes minutes; set PROTONMOTIVE_LONG=1.");
        var objective = new FitObjective(PetabProblem.Read(Path.Combine(SharedData.Path("petab-benchmarks", "Borghans_BiophysChem1997"), "Borghans_BiophysChem1997.yaml")));
        double published = objective.Evaluate([.. objective.Parameters.Select(p => p.Nominal)], ObjectiveParts.Value, TestContext.Current.CancellationToken).Value;
        var options = new MultiStartOptions { Starts = 4, Candidates = 50 };
        var found = MultiStart.Run(objective, new TrustRegion { IterationLimit = 100 }, options with { Source = new OscillatingStarts(objective, options) }, cancellation: TestContext.Current.CancellationToken);

        Assert.True(found.Best.State.Value <= published + 0.1, $"{found.Best.State.Value} against {published}");
    }
}
