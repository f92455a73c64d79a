using MathNet.Numerics.LinearAlgebra;

namespace Protonmotive.Solvers;

/// <summary>
/// Conservation laws L in reduced form: each law has a dependent state of its own with coefficient 1, which the law gives from
/// the others.
/// </summary>
internal sealed class ConservationLaws
{
    // Relative size below which a pivot is rounding: Jacobian entries carry about 1e-15, elimination some more.
    private const double Rounding = 1e-10;

    private ConservationLaws(Matrix<double> laws, int[] dependent)
    {
        Laws = laws;
        Dependent = dependent;
    }

    /// <summary>The laws, shape [laws, states].</summary>
    public Matrix<double> Laws { get; }

    /// <summary>The dependent state of each law.</summary>
    public int[] Dependent { get; }

    /// <summary>Number of laws.</summary>
    public int Count => Dependent.Length;

    /// <summary>Reduces given laws.</summary>
    public static ConservationLaws From(double[,] rows)
    {
        var matrix = Matrix<double>.Build.DenseOfArray(rows);
        var pivots = EchelonForm.Reduce(matrix, Rounding);
        return new ConservationLaws(matrix.SubMatrix(0, pivots.Count, 0, matrix.ColumnCount), [.. pivots]);
    }

    /// <summary>The combinations of rows that vanish in every column: the left null space.</summary>
    /// <param name="columns">Jacobian columns and rate vectors at several states, shape [states, many]; scaled here.</param>
    public static ConservationLaws LeftNullSpace(Matrix<double> columns)
    {
        int n = columns.RowCount;
        var vectors = columns.EnumerateColumns().Where(c => c.AbsoluteMaximum() > 0).Select(c => c / c.AbsoluteMaximum()).ToArray();
        if (vectors.Length == 0) return From(Matrix<double>.Build.DenseIdentity(n).ToArray());
        var transposed = Matrix<double>.Build.DenseOfRowVectors(vectors);
        var pivots = EchelonForm.Reduce(transposed, Rounding);
        var free = Enumerable.Range(0, n).Except(pivots).ToArray();
        if (free.Length == 0) return new ConservationLaws(Matrix<double>.Build.Dense(1, n), []);

        // One law for each free column: 1 there, minus its entries at the pivots.
        var laws = Matrix<double>.Build.Dense(free.Length, n);
        for (int k = 0; k < free.Length; k++)
        {
            laws[k, free[k]] = 1;
            for (int i = 0; i < pivots.Count; i++)
            {
                double entry = -transposed[i, free[k]];
                laws[k, pivots[i]] = Math.Abs(entry) < 1e-8 ? 0 : Rounded(entry);
            }
        }

        return new ConservationLaws(laws, free);
    }

    /// <summary>The laws that pass a test.</summary>
    public ConservationLaws Where(Func<Vector<double>, bool> holds)
    {
        var kept = Enumerable.Range(0, Count).Where(k => holds(Laws.Row(k))).ToArray();
        if (kept.Length == Count) return this;
        if (kept.Length == 0) return From(new double[1, Laws.ColumnCount]);
        return new ConservationLaws(Matrix<double>.Build.DenseOfRowVectors(kept.Select(Laws.Row)), [.. kept.Select(k => Dependent[k])]);
    }

    /// <summary>The law for readers.</summary>
    public string Text(int law, IReadOnlyList<string> names)
    {
        var terms = Enumerable.Range(0, Laws.ColumnCount).Where(j => Laws[law, j] != 0).Select(j => (Weight: Laws[law, j], Name: names[j]));
        string text = string.Concat(terms.Select(term =>
            $" {(term.Weight < 0 ? "−" : "+")} {(Math.Abs(term.Weight) == 1 ? "" : $"{Math.Abs(term.Weight):g4} ")}{term.Name}"));
        return text.StartsWith(" + ", StringComparison.Ordinal) ? text[3..] : text.TrimStart();
    }

    // Stoichiometric laws have small whole or half coefficients: show and use them as such.
    private static double Rounded(double x) => Math.Abs(12 * x - Math.Round(12 * x)) < 1e-7 ? Math.Round(12 * x) / 12 : x;
}
