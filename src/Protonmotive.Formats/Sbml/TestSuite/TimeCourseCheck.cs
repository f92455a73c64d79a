using Protonmotive.Kernels;
using Protonmotive.Networks;
using Protonmotive.Solvers;

namespace Protonmotive.Formats.Sbml.TestSuite;

/// <summary>Runs a time course of the suite and compares it with the expected results.</summary>
internal static class TimeCourseCheck
{
    public static SuiteOutcome Run(SuiteCase test, string model, ulong seed)
    {
        var level = SuiteCase.Level(model);
        try
        {
            var network = SbmlReader.Load(model);
            var outputs = test.Settings.Variables.Select((v, i) => new Observable(Name(i), "", Wanted(network, v, test.Settings))).ToList();
            var kernel = Kernel.Compile(network.Lower(observables: outputs));
            var problem = new InitialValueProblem(kernel, test.Settings.Start, test.Settings.Start + test.Settings.Duration);
            var solution = Ode.Solve(problem, new Rodas5P(), new Tolerance(1e-9, 1e-12), new SolveOptions { Seed = seed }, OutputTimes.Uniform(test.Settings.Steps + 1) with { IncludesJumps = false });
            return Compare(test, level, [.. outputs.Select(o => solution.ObservableColumn(o.Name))]);
        }
        catch (ProtonmotiveException e)
        {
            return new SuiteOutcome(test.Id, level, false, $"{e.What} {e.Where}");
        }
    }

    /// <summary>A variable as the settings want it: an amount or a concentration, whatever the model's own symbol is.</summary>
    internal static Symbolics.Expression Wanted(Network network, string variable, SuiteSettings settings) =>
        network.Find(variable) is not Species species ? Symbolics.Expression.Symbol(variable)
        : settings.Amounts.Contains(variable) ? species.InAmounts ? species.Symbol : species.Symbol * species.Compartment.Symbol
        : settings.Concentrations.Contains(variable) ? species.Concentration
        : species.Symbol;

    private static string Name(int i) => FormattableString.Invariant($"out.{i}");

    private static SuiteOutcome Compare(SuiteCase test, string level, double[][] columns)
    {
        double worst = 0;
        SuiteOutcome outcome = new(test.Id, level, true, "");
        for (int v = 0; v < columns.Length; v++)
        {
            if (columns[v].Length != test.Times.Length) return new SuiteOutcome(test.Id, level, false, $"{columns[v].Length} rows instead of {test.Times.Length}");
            for (int row = 0; row < test.Times.Length; row++)
            {
                double expected = test.Expected[row][v], found = columns[v][row];
                double error = expected.Equals(found) ? 0 : Math.Abs(expected - found) / (test.Settings.Absolute + (test.Settings.Relative * Math.Abs(expected)));
                if (double.IsNaN(error)) error = double.PositiveInfinity;
                if (error <= worst) continue;
                worst = error;
                outcome = outcome with { Variable = test.Settings.Variables[v], Time = test.Times[row], Expected = expected, Found = found, Error = error };
            }
        }
        return worst <= 1 ? outcome : outcome with
        {
            Passed = false,
            Why = FormattableString.Invariant($"{outcome.Variable} at {outcome.Time:g6}: expected {outcome.Expected:g8}, found {outcome.Found:g8}, {worst:g3} times the error allowed"),
        };
    }
}
