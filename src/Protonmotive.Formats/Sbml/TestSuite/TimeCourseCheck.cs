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
            return SuiteComparison.Of(test, level, [.. outputs.Select(o => solution.ObservableColumn(o.Name))]);
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
}
