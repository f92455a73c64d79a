using System.Runtime.CompilerServices;

namespace Protonmotive.Kernels;

/// <summary>Incomplete LU without fill: the factors of a sparse matrix on its own places, to precondition an iteration.</summary>
/// <remarks>ILU(0): Meijerink and van der Vorst (1977), Math. Comp. 31, 148; Saad (2003), Iterative Methods for Sparse Linear Systems, 10.3.</remarks>
internal sealed class IncompleteFactors
{
    private readonly CompressedRows pattern;
    private readonly int[] diagonal, place;
    private readonly double[] factors, inverse;

    /// <summary>Room for the factors of a square pattern with a full diagonal.</summary>
    public IncompleteFactors(CompressedRows pattern)
    {
        this.pattern = pattern;
        int n = pattern.RowCount;
        diagonal = new int[n];
        for (int i = 0; i < n; i++) diagonal[i] = pattern.Find(i, i);
        HasDiagonal = !diagonal.AsSpan().Contains(-1);
        place = new int[n];
        Array.Fill(place, -1);
        factors = new double[pattern.Count];
        inverse = new double[n];
    }

    /// <summary>Whether every row has its diagonal entry: without, there is no such preconditioner.</summary>
    public bool HasDiagonal { get; }

    /// <summary>Factorises; false where a pivot is 0 or not finite.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool Factorize(ReadOnlySpan<double> entries)
    {
        entries.CopyTo(factors);
        int[] starts = pattern.Starts, columns = pattern.Columns;
        bool isRegular = true;
        for (int i = 0; i < inverse.Length; i++)
        {
            for (int e = starts[i]; e < starts[i + 1]; e++) place[columns[e]] = e;
            for (int e = starts[i]; e < diagonal[i]; e++)
            {
                int k = columns[e];
                double l = factors[e] *= inverse[k];
                for (int u = diagonal[k] + 1; u < starts[k + 1]; u++)
                {
                    int at = place[columns[u]];
                    if (at >= 0) factors[at] -= l * factors[u];
                }
            }
            for (int e = starts[i]; e < starts[i + 1]; e++) place[columns[e]] = -1;
            inverse[i] = 1 / factors[diagonal[i]];
            isRegular &= double.IsFinite(inverse[i]);
        }
        return isRegular;
    }

    /// <summary>x ← (LU)⁻¹ x, shape [n].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Solve(Span<double> x)
    {
        int[] starts = pattern.Starts, columns = pattern.Columns;
        for (int i = 0; i < inverse.Length; i++)
        {
            double sum = x[i];
            for (int e = starts[i]; e < diagonal[i]; e++) sum -= factors[e] * x[columns[e]];
            x[i] = sum;
        }
        for (int i = inverse.Length - 1; i >= 0; i--)
        {
            double sum = x[i];
            for (int e = diagonal[i] + 1; e < starts[i + 1]; e++) sum -= factors[e] * x[columns[e]];
            x[i] = sum * inverse[i];
        }
    }
}
