using Protonmotive.Networks;

namespace Protonmotive.Kernels;

/// <summary>
/// The plan of W = shift·M − ∂f/∂y and its LU over the states, worked out once: which entries W has, the order of pivots,
/// the fill, and where each entry of W goes.
/// </summary>
/// <remarks>
/// Quadratures stay outside: nothing depends on them and their block of W is shift·1, so each is solved by one row of the
/// Jacobian after the states. They make no fill.
/// </remarks>
internal sealed class Factorization
{
    private const int SmallestTail = 16;
    private readonly Lazy<FactorPlaces> places; // a system solved without factors never asks for them

    /// <summary>Plans the factorisation.</summary>
    /// <param name="jacobian">Places of ∂f/∂y, states first, then quadratures; columns are states.</param>
    /// <param name="stateCount">Number of states.</param>
    /// <param name="mass">M over the states; empty for the identity.</param>
    public Factorization(CompressedRows jacobian, int stateCount, IReadOnlyList<MassEntry> mass)
    {
        Jacobian = jacobian;
        StateCount = stateCount;
        var masses = new Dictionary<(int Row, int Column), double>();
        foreach (var entry in mass)
        {
            bool isInside = entry.Row >= 0 && entry.Row < stateCount && entry.Column >= 0 && entry.Column < stateCount;
            if (!isInside || !double.IsFinite(entry.Value))
            {
                throw new KernelException($"The mass matrix has an entry of {entry.Value}.", $"row {entry.Row}, column {entry.Column} of {stateCount} by {stateCount}.",
                    "Give finite entries inside the matrix; rows and columns count states from 0.");
            }
        }
        foreach (var entry in mass) masses[(entry.Row, entry.Column)] = masses.GetValueOrDefault((entry.Row, entry.Column)) + entry.Value;
        var diagonal = mass.Count == 0 ? Enumerable.Range(0, stateCount).Select(i => (i, i)) : [];
        Pattern = new CompressedRows(stateCount, jacobian.Places().TakeWhile(p => p.Row < stateCount).Concat(masses.Keys).Concat(diagonal));
        Mass = new double[Pattern.Count];
        FromJacobian = new int[Pattern.Count];
        ColumnPlaces = new int[Pattern.Count];
        Order = new EliminationOrder(Pattern);
        var placeOfColumn = Inverse(Order.Columns);
        for (int i = 0; i < stateCount; i++)
        {
            int own = jacobian.Starts[i];
            for (int e = Pattern.Starts[i]; e < Pattern.Starts[i + 1]; e++)
            {
                int column = Pattern.Columns[e];
                if (mass.Count > 0) Mass[e] = masses.GetValueOrDefault((i, column));
                else if (column == i) Mass[e] = 1;
                bool isThere = own < jacobian.Starts[i + 1] && jacobian.Columns[own] == column;
                FromJacobian[e] = isThere ? own++ : -1;
                ColumnPlaces[e] = placeOfColumn[column];
            }
        }
        TailStart = FindTail();
        places = new(() => new FactorPlaces(this));
    }

    /// <summary>Number of states.</summary>
    public int StateCount { get; }

    /// <summary>The step of elimination from which on what is left is treated as dense; the number of states where nothing is.</summary>
    public int TailStart { get; }

    /// <summary>Numbers from row to row of that dense block: its size, rounded up to whole vectors.</summary>
    public int TailStride => (StateCount - TailStart + 15) / 16 * 16;

    /// <summary>For each row of the factors its first entry in a column of the dense block, for the rows of the block; the end of the row for others.</summary>
    public int[] TailEntries => places.Value.TailEntries;

    /// <summary>Places of ∂f/∂y, quadratures included.</summary>
    public CompressedRows Jacobian { get; }

    /// <summary>Places of W over the states.</summary>
    public CompressedRows Pattern { get; }

    /// <summary>The entry of M at each place of W.</summary>
    public double[] Mass { get; }

    /// <summary>The entry of ∂f/∂y at each place of W; −1 for none.</summary>
    public int[] FromJacobian { get; }

    /// <summary>The entry of the factors where elimination finds each entry of W.</summary>
    public int[] ToFactors => places.Value.ToFactors;

    /// <summary>The step at which the column of each entry of W is eliminated.</summary>
    public int[] ColumnPlaces { get; }

    /// <summary>Pivots and fill.</summary>
    public EliminationOrder Order { get; }

    /// <summary>The factors' diagonal entries.</summary>
    public int[] Diagonal => places.Value.Diagonal;

    /// <summary>For each row of U the entry from which on its columns follow each other without a gap up to the last one: the filled-in tail.</summary>
    public int[] RunStarts => places.Value.RunStarts;

    /// <summary>Multiply-adds of one factorisation.</summary>
    public long MultiplyAdds() => Order.MultiplyAdds;

    /// <summary>Instructions of one factorisation and one solution, written out.</summary>
    public long Instructions => Order.MultiplyAdds + (2 * Order.FactorEntries);

    // The largest block at the end of which seven tenths are filled: treating it as dense costs less than its index lists.
    private int FindTail()
    {
        if (Order.IsStructurallySingular) return StateCount;
        int best = StateCount;
        long filled = 0;
        for (int start = StateCount - 1; start >= 0; start--)
        {
            filled += Order.StepEntries[start];
            long size = StateCount - start;
            if (size >= SmallestTail && filled >= 0.7 * size * size) best = start;
        }
        return best;
    }

    internal static int[] Inverse(int[] permutation)
    {
        var inverse = new int[permutation.Length];
        for (int i = 0; i < inverse.Length; i++) inverse[permutation[i]] = i;
        return inverse;
    }
}
