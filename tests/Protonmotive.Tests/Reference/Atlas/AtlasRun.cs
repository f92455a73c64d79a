using Protonmotive.Atlas;
using Protonmotive.Catalogue;
using Protonmotive.Networks;
using Protonmotive.Solvers;
using Protonmotive.Thermodynamics;
using Xunit;

namespace Protonmotive.Tests.Reference.Atlas;

/// <summary>A run of an atlas system, asked for single numbers.</summary>
internal sealed class AtlasRun
{
    private const int LargeCount = 1000;

    private AtlasRun(CatalogueSystem system, Scenario scenario, Network network, double end, double relative)
    {
        var account = Account.Of(network);
        var problem = new InitialValueProblem(account.Compile(), 0, end);
        // Systems in space are run as the command line runs them: every step of thousands of states would fill the memory.
        Solution = problem.Kernel.StateCount > LargeCount
            ? Ode.Solve(problem, new Automatic(), new Tolerance(Math.Max(relative, 1e-6)), OutputTimes.Uniform(401))
            : Ode.Solve(problem, new Rodas4(), new Tolerance(relative), new SolveOptions { KeepsDenseOutput = true }, OutputTimes.EveryStep);
        Ledger = account.Read(Solution);
        Results = system.Study(scenario, Solution).Results.ToDictionary(r => r.Name, r => r.Value);
    }

    public Solution Solution { get; }

    public Ledger Ledger { get; }

    public IReadOnlyDictionary<string, double> Results { get; }

    public static AtlasRun Of(string name, string? scenario = null, double relative = 1e-8)
    {
        var system = AtlasCatalogue.Systems.Get(name);
        var chosen = system.Scenario(scenario);
        return new AtlasRun(system, chosen, system.Build(chosen), chosen.End, relative);
    }

    public static AtlasRun Of(CatalogueSystem system, Network network, double end, double relative = 1e-8) =>
        new(system, system.Scenarios[0], network, end, relative);

    /// <summary>An observable at a time; at a jump, before it.</summary>
    public double At(string observable, double time)
    {
        int row = 0;
        while (row < Solution.Times.Length - 1 && Solution.Times[row] < time) row++;
        var kernel = Solution.Kernel;
        var state = Solution.Times[row] == time ? Solution.State(row) : Solution.At(time);
        var values = new double[kernel.System.Observables.Length];
        kernel.Bind(Solution.ParameterSegments[Solution.Segment(row)].AsSpan()).Observables(time, state, values);
        return values[kernel.System.Observables.ToList().FindIndex(o => o.Name == observable)];
    }

    public double End(string observable) => At(observable, Solution.FinalTime);

    /// <summary>Agreement to the digits a table shows: half a unit of its last digit, and a little for rounding.</summary>
    public static void Close(double expected, double actual, double unitOfLastDigit) =>
        Assert.True(Math.Abs(actual - expected) <= 0.51 * unitOfLastDigit, $"expected {expected}, found {actual:g9}");

    /// <summary>Agreement to five significant digits, as most tables show.</summary>
    public static void CloseDigits(double expected, double actual, int digits = 5)
    {
        double unit = expected == 0 ? 1e-9 : Math.Pow(10, Math.Floor(Math.Log10(Math.Abs(expected))) - digits + 1);
        Close(expected, actual, unit);
    }
}
