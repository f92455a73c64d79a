using System.Runtime.CompilerServices;

namespace Protonmotive.Kernels;

/// <summary>W = shift·M − ∂f/∂y with numbers in it, factorised by the fixed order of pivots, or with pivoting where that loses digits.</summary>
internal sealed unsafe class ShiftedMatrix
{
    /// <summary>
    /// Growth of elements in elimination (rows scaled to 1, column by column) past which the fixed order is given up: half of
    /// the 16 digits are lost. The measure is the reciprocal pivot growth of Davis and Palamadai Natarajan (2010), ACM Trans.
    /// Math. Softw. 37, 36 (KLU).
    /// </summary>
    public const double GrowthLimit = 1e8;

    private readonly RunPrograms programs;
    private readonly Factorization plan;
    private readonly double* w;
    private readonly double[] entries;
    private readonly double[] rowScale;
    private readonly double[] columnSize;
    private PivotedFactors? pivoted;

    /// <summary>A matrix in a workspace that its owner keeps alive.</summary>
    public ShiftedMatrix(RunPrograms programs, double* workspace)
    {
        this.programs = programs;
        plan = programs.Plan;
        w = workspace;
        entries = new double[plan.Pattern.Count];
        rowScale = new double[plan.StateCount];
        columnSize = new double[plan.StateCount];
    }

    /// <summary>Whether the factors in use were made with pivoting.</summary>
    public bool IsPivoted { get; private set; }

    /// <summary>Factorises W; false where it is singular.</summary>
    public bool Factorize(double shift)
    {
        w[programs.Slots.InverseShift] = shift == 0 ? 0 : 1 / shift;
        Assemble(shift);
        IsPivoted = false;
        if (plan.Order.IsStructurallySingular) return false;
        if (FactorizeInOrder()) return true;
        IsPivoted = true;
        pivoted ??= new PivotedFactors(plan.StateCount);
        return pivoted.Factorize(plan.Pattern, entries);
    }

    /// <summary>Solves W x = b for states and quadratures, from the right-hand side's slots to the solution's.</summary>
    public void Solve()
    {
        if (!IsPivoted)
        {
            programs.Solution.Run(w);
            return;
        }
        var slots = programs.Slots;
        int n = plan.StateCount;
        double* x = w + slots.Solution;
        pivoted!.Solve(new ReadOnlySpan<double>(w + slots.Right, n), new Span<double>(x, n));
        for (int q = n; q < plan.Jacobian.RowCount; q++)
        {
            double sum = w[slots.Right + q];
            for (int e = plan.Jacobian.Starts[q]; e < plan.Jacobian.Starts[q + 1]; e++)
            {
                sum = Math.FusedMultiplyAdd(w[slots.Jacobian + e], x[plan.Jacobian.Columns[e]], sum);
            }
            x[q] = sum * w[slots.InverseShift];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // hot from the first call on: no slow first tier
    private void Assemble(double shift)
    {
        double* jacobian = w + programs.Slots.Jacobian;
        fixed (int* from = plan.FromJacobian)
        fixed (double* mass = plan.Mass, to = entries)
        {
            for (int e = 0; e < entries.Length; e++)
            {
                double part = shift * mass[e];
                to[e] = from[e] < 0 ? part : part - jacobian[from[e]];
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool FactorizeInOrder()
    {
        double* factors = w + programs.Slots.Factors;
        new Span<double>(factors, plan.Order.Factors.Count).Clear();
        Array.Clear(columnSize);
        int n = plan.StateCount;
        fixed (int* starts = plan.Pattern.Starts, to = plan.ToFactors, places = plan.ColumnPlaces)
        fixed (double* entry = entries, scales = rowScale, sizes = columnSize)
        {
            for (int i = 0; i < n; i++)
            {
                int end = starts[i + 1];
                double largest = 0;
                for (int e = starts[i]; e < end; e++)
                {
                    factors[to[e]] = entry[e];
                    largest = double.MaxNative(largest, Math.Abs(entry[e]));
                }
                double scale = scales[i] = 1 / largest;
                for (int e = starts[i]; e < end; e++) sizes[places[e]] = double.MaxNative(sizes[places[e]], Math.Abs(entry[e]) * scale);
            }
        }
        programs.Factors.Run(w);
        return IsStable(factors);
    }

    /// <summary>
    /// Whether no element grew past the limit, and none is NaN: those of U, and below the diagonal l·u, the element that was
    /// eliminated. (Without pivoting l is not bounded, so U alone, which is enough for KLU, is not.)
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool IsStable(double* factors)
    {
        int n = plan.StateCount;
        bool isStable = true;
        fixed (int* starts = plan.Order.Factors.Starts, columns = plan.Order.Factors.Columns, diagonal = plan.Diagonal, rows = plan.Order.Rows)
        fixed (double* scales = rowScale, sizes = columnSize)
        {
            for (int k = 0; k < n; k++)
            {
                double scale = scales[rows[k]] / GrowthLimit;
                int end = starts[k + 1];
                isStable &= factors[diagonal[k]] != 0;
                // NaN compares false, so it is not stable.
                for (int e = starts[k]; e < diagonal[k]; e++) isStable &= Math.Abs(factors[e] * factors[diagonal[columns[e]]]) * scale <= sizes[columns[e]];
                for (int e = diagonal[k]; e < end; e++) isStable &= Math.Abs(factors[e]) * scale <= sizes[columns[e]];
            }
        }
        return isStable;
    }
}
