using Protonmotive.Formats.Sbml.TestSuite;
using Xunit;

namespace Protonmotive.Tests.Reference.Solvers.Stochastic;

/// <summary>
/// The Discrete Stochastic Model Test Suite (Evans, Gillespie and Wilkinson 2008, Bioinformatics 24, 285) and the cases of random
/// distributions, as the stochastic part of the SBML Test Suite (LGPL 2.1): means and deviations against exact values, by the
/// suite's own statistics. A few cases here; all of them at 10,000 runs where long tests are asked for.
/// </summary>
public sealed class StochasticSuite
{
    private static readonly bool isLong = Environment.GetEnvironmentVariable("PROTONMOTIVE_LONG") == "1";

    public static TheoryData<string> Cases =>
        ["00001", "00009", "00020", "00025", "00028", "00030", "00033", "00038", "00041", "00043", "00060", "00080"];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_thousand_runs_agree_with_exact_means_and_deviations(string id)
    {
        string folder = SharedData.Path("sbml-test-suite", "stochastic", id);
        Assert.SkipUnless(Directory.Exists(folder), "The SBML Test Suite is not here.");
        var outcomes = new SuiteRunner { Runs = 1_000, Seed = 1 }.Run([folder]);
        Assert.NotEmpty(outcomes);
        Assert.All(outcomes, outcome => Assert.True(outcome.Passed, outcome.ToString()));
    }

    [Fact]
    public void Ten_thousand_runs_of_every_case_agree()
    {
        string folder = SharedData.Path("sbml-test-suite", "stochastic");
        Assert.SkipUnless(isLong, "Long tests run with PROTONMOTIVE_LONG=1.");
        Assert.SkipUnless(Directory.Exists(folder), "The SBML Test Suite is not here.");
        var outcomes = new SuiteRunner { Runs = 10_000, Seed = 1 }.Run(SuiteRunner.Cases(folder));
        Assert.True(outcomes.All(o => o.Passed), string.Join("\n", outcomes.Where(o => !o.Passed)));
    }
}
