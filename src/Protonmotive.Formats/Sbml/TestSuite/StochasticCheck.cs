using System.Collections.Immutable;
using Protonmotive.Networks;
using Protonmotive.Solvers.Stochastic;
using Protonmotive.Symbolics;

namespace Protonmotive.Formats.Sbml.TestSuite;

/// <summary>
/// Runs a model many times and compares mean x and deviation s of n runs with their exact values μ and σ by the suite's own
/// statistics, Z = √n (x − μ)/σ and Y = √(n/2) (s²/σ² − 1). One of a case's statistics may lie outside its range.
/// </summary>
/// <remarks>Evans, Gillespie and Wilkinson (2008), The SBML discrete stochastic models test suite, Bioinformatics 24, 285.</remarks>
internal static class StochasticCheck
{
    private const int MissesAllowed = 1;

    public static SuiteOutcome Run(SuiteCase test, string model, int runs, ulong seed)
    {
        string level = SuiteCase.Level(model);
        try
        {
            var network = SbmlReader.Load(model);
            ImmutableArray<string> names = [.. test.Settings.Output.Select(Variable).Distinct()];
            var options = new StochasticOptions
            {
                Observables = [.. names.Select(name => new Observable(Column(name), "", Value(test, network, name)))],
                Threads = 1, // cases run side by side
            };
            return Compare(test, level, StochasticEnsemble.Run(network, runs, seed, test.Times, options));
        }
        catch (ProtonmotiveException e)
        {
            return new SuiteOutcome(test.Id, level, false, $"{e.What} {e.Where}");
        }
    }

    private static SuiteOutcome Compare(SuiteCase test, string level, StochasticEnsemble ensemble)
    {
        var outcome = new SuiteOutcome(test.Id, level, true, "");
        int misses = 0;
        foreach (string output in test.Settings.Output)
        {
            string name = Variable(output);
            bool isMean = output.EndsWith("-mean", StringComparison.Ordinal);
            var found = isMean ? ensemble.Mean(Column(name)) : ensemble.StandardDeviation(Column(name));
            var (low, high) = isMean ? test.Settings.MeanRange : test.Settings.DeviationRange;
            int column = test.Columns.IndexOf(output), σs = test.Columns.IndexOf(name + "-sd");
            if (column < 0) return outcome with { Passed = false, Why = $"the results have no column {output}" };
            for (int row = 0; row < test.Times.Length; row++)
            {
                double expected = test.Expected[row][column], σ = σs < 0 ? double.NaN : test.Expected[row][σs], n = ensemble.Runs;
                // Where σ is 0 the statistics are not defined: a mean must then be met, unless it is infinite, as ln 0 is.
                double statistic = expected == found[row] || (σ == 0 && !double.IsFinite(found[row])) ? 0
                    : isMean ? Math.Sqrt(n) * (found[row] - expected) / (double.IsNaN(σ) ? ensemble.StandardDeviation(Column(name))[row] : σ)
                    : Math.Sqrt(n / 2) * ((found[row] * found[row] / (σ * σ)) - 1);
                double error = double.IsNaN(statistic) ? double.PositiveInfinity : Math.Max(statistic / high, statistic / low);
                if (error > 1) misses++;
                if (error > (outcome.Error ?? 0)) outcome = outcome with { Variable = output, Time = test.Times[row], Expected = expected, Found = found[row], Error = error };
            }
        }
        return misses <= MissesAllowed ? outcome : outcome with
        {
            Passed = false,
            Why = FormattableString.Invariant($"{misses} statistics are out of range, the worst {outcome.Variable} at {outcome.Time:g6}: expected {outcome.Expected:g8}, found {outcome.Found:g8}, {outcome.Error:g3} times the range"),
        };
    }

    private static string Variable(string output) => output[..output.LastIndexOf('-')];

    private static string Column(string name) => "suite." + name;

    private static Expression Value(SuiteCase test, Network network, string name)
    {
        if (name.StartsWith("ln(", StringComparison.Ordinal) && name.EndsWith(')')) return Expression.Log(Value(test, network, name[3..^1]));
        return network.Stores.FirstOrDefault(s => s.Name == name) is { } store && !test.Settings.Concentrations.Contains(name)
            ? Expression.Symbol(store.ContentName) : Expression.Symbol(name);
    }
}
