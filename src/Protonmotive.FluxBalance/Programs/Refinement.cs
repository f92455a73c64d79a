namespace Protonmotive.FluxBalance.Programs;

/// <summary>
/// A closer look at the optimum of a program with squares in its objective. Tangents find the fluxes to about 1e-4, the root of the
/// solver's tolerance; so the program is written again around them, x = x₀ + σ δ, in units of that error. The rows of equality are
/// worth y₀ each wherever δ goes, so the objective is taken less their worth: what is left is of order σ², and is solved to the
/// same tolerance in units of σ².
/// </summary>
internal sealed class Refinement
{
    /// <summary>Most squares that are refined: the closer program has each of them in play, and its work grows fast with their number.</summary>
    private const int LargestCount = 500;

    private readonly double[] values;
    private readonly double[] reducedCosts;
    private readonly Dictionary<int, double> duals;

    private Refinement(double[] values, double[] reducedCosts, Dictionary<int, double> duals)
    {
        this.values = values;
        this.reducedCosts = reducedCosts;
        this.duals = duals;
    }

    public double Value(int variable) => values[variable];

    public double ReducedCost(int variable) => reducedCosts[variable];

    public double Dual(int row) => duals.GetValueOrDefault(row);

    /// <summary>Refines a solved program; null where a row holds a square, there are too many squares, or the closer program does not solve.</summary>
    /// <param name="linear">The program with its tangents, solved.</param>
    /// <param name="squares">Its variables above squares, each with the root.</param>
    /// <param name="tangents">Its rows that are tangents.</param>
    public static Refinement? Of(LinearProgram linear, IReadOnlyList<(int Root, int Square)> squares, IReadOnlySet<int> tangents)
    {
        if (squares.Count > LargestCount) return null;
        var above = squares.ToDictionary(s => s.Square, s => s.Root);
        var structure = Enumerable.Range(0, linear.RowCount).Where(r => !tangents.Contains(r)).ToArray();
        if (structure.Any(r => linear.Row(r).Terms.Any(t => above.ContainsKey(t.Variable)))) return null;
        double[] x = [.. Enumerable.Range(0, linear.VariableCount).Select(linear.Value)];
        double σ = Math.Sqrt(ConvexProgram.Gap) * (1 + squares.Max(s => Math.Abs(x[s.Root])));

        var gradient = new double[x.Length];
        foreach (var (variable, c) in linear.Objective)
        {
            if (above.TryGetValue(variable, out int root)) gradient[root] += 2 * c * x[root];
            else gradient[variable] += c;
        }
        using var closer = new ConvexProgram();
        foreach (int v in Enumerable.Range(0, x.Length))
        {
            // The variables above squares have no part here; they stay so that the numbers of the others are the same.
            var (low, high) = above.ContainsKey(v) ? (0, 0) : linear.Bounds(v);
            closer.Linear.AddVariable((low - (above.ContainsKey(v) ? 0 : x[v])) / σ, (high - (above.ContainsKey(v) ? 0 : x[v])) / σ);
        }
        var rows = new Dictionary<int, int>();
        foreach (int r in structure)
        {
            var (low, high, terms) = linear.Row(r);
            double at = terms.Sum(t => t.Coefficient * x[t.Variable]);
            rows[r] = closer.Linear.AddRow((low - at) / σ, (high - at) / σ, terms);
            if (low == high) foreach (var (variable, c) in terms) gradient[variable] -= c * linear.Dual(r);
        }
        var objective = gradient.Select((g, v) => (v, g / σ)).Where(t => t.Item2 != 0).ToList();
        objective.AddRange(linear.Objective.Where(t => above.ContainsKey(t.Variable)).Select(t => (closer.AddSquare([(above[t.Variable], 1)]), t.Coefficient)));
        closer.Linear.SetObjective(objective, linear.Maximize);
        try
        {
            if (closer.Close() != LinearStatus.Optimal) return null;
        }
        catch (FluxBalanceException)
        {
            return null; // what is known stays as good as it was
        }
        return new Refinement(
            [.. x.Select((x0, v) => x0 + (σ * closer.Linear.Value(v)))],
            [.. x.Select((_, v) => σ * closer.Linear.ReducedCost(v))],
            rows.ToDictionary(r => r.Key, r => (linear.Row(r.Key).Lower == linear.Row(r.Key).Upper ? linear.Dual(r.Key) : 0) + (σ * closer.Linear.Dual(r.Value))));
    }
}
