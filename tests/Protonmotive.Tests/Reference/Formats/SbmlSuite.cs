using Protonmotive.FluxBalance;
using Protonmotive.Formats.Sbml.TestSuite;
using Xunit;

namespace Protonmotive.Tests.Reference.Formats;

/// <summary>
/// The semantic cases of the SBML Test Suite (release 3.3.0, LGPL 2.1; data beside the repository), in every level present, by the
/// rule of the suite: |c − u| ≤ Tₐ + Tᵣ|c|. All with PROTONMOTIVE_LONG=1, else every third case.
/// </summary>
public class SbmlSuite
{
    [Fact]
    public void Every_case_gives_the_expected_values()
    {
        bool all = Environment.GetEnvironmentVariable("PROTONMOTIVE_LONG") == "1";
        var cases = SuiteRunner.Cases(SharedData.Path("sbml-test-suite", "semantic")).Where((_, i) => all || i % 3 == 0)
            .ToList();
        var runner = new SuiteRunner { FluxBalance = path => new FluxBalanceProblem(FluxBalanceModel.Load(path)).Solve().Value };
        var outcomes = runner.Run(cases, cancellation: TestContext.Current.CancellationToken);
        Assert.True(outcomes.Length >= cases.Count);
        var failed = outcomes.Where(o => !o.Passed).ToList();
        Assert.True(failed.Count == 0, $"{outcomes.Length - failed.Count} passed, {failed.Count} failed:\n" + string.Join("\n", failed));
    }
}
