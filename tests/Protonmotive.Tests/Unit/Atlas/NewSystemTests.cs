using Protonmotive.Solvers;
using Protonmotive.Thermodynamics;
using Xunit;

namespace Protonmotive.Tests.Unit.Atlas;

/// <summary>The system that docs/atlas.md shows is the one compiled here, and it runs.</summary>
public class NewSystemTests
{
    [Fact]
    public void The_example_of_the_docs_is_the_one_that_is_tested()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "Protonmotive.slnx"))) root = root.Parent;
        Assert.SkipWhen(root is null, "The sources are not beside the tests.");
        string[] Lines(string text) => [.. text.ReplaceLineEndings("\n").Split('\n').Select(l => l.TrimEnd()).Where(l => l.Length > 0)];
        string shown = File.ReadAllText(Path.Combine(root!.FullName, "docs", "atlas.md")).Split("```csharp")[1].Split("```")[0];
        string compiled = File.ReadAllText(Path.Combine(root.FullName, "tests", "Protonmotive.Tests", "Unit", "Atlas", "DampedSpring.cs")).Split("namespace Protonmotive.Tests.Unit.Atlas;")[1];
        Assert.Equal(Lines(shown), Lines(compiled));
        Assert.InRange(Lines(shown).Length, 10, 39);
    }

    [Fact]
    public void It_runs_agrees_and_balances()
    {
        var system = new DampedSpring();
        var scenario = system.Scenarios[0];
        var account = Account.Of(system.Build(scenario));
        var solution = Ode.Solve(new InitialValueProblem(account.Compile(), 0, scenario.End), new Tsit5(), new Tolerance(1e-9, 1e-14), SolveOptions.Default, OutputTimes.EveryStep);
        Assert.All(system.Results(scenario, solution), r => Assert.True(r.Agrees, $"{r.Name}: {r.Value}"));
        var ledger = account.Read(solution);
        Assert.Equal(0.01, ledger.Dissipated, 1e-9); // ½ · 2 N/m · (0.1 m)²
        Assert.Equal(("J", "m"), (ledger.EnergyUnit, ledger.ExtentUnit));
    }
}
