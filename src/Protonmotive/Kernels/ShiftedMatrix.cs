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
        IsPivoted = plan.Order.IsStructurallySingular || !FactorizeInOrder();
        if (!IsPivoted) return true;
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

    private void Assemble(double shift)
    {
        double* jacobian = w + programs.Slots.Jacobian;
        for (int e = 0; e < entries.Length; e++)
        {
            int from = plan.FromJacobian[e];
            entries[e] = from < 0 ? shift * plan.Mass[e] : (shift * plan.Mass[e]) - jacobian[from];
        }
    }

    private bool FactorizeInOrder()
    {
        var order = plan.Order;
        double* factors = w + programs.Slots.Factors;
        new Span<double>(factors, order.Factors.Count).Clear();
        Array.Clear(columnSize);
        for (int i = 0; i < plan.StateCount; i++)
        {
            int begin = plan.Pattern.Starts[i], end = plan.Pattern.Starts[i + 1];
            double largest = 0;
            for (int e = begin; e < end; e++)
            {
                double entry = entries[e];
                factors[plan.ToFactors[e]] = entry;
                largest = Math.Max(largest, Math.Abs(entry));
            }
            double scale = rowScale[i] = 1 / largest;
            for (int e = begin; e < end; e++)
            {
                ref double size = ref columnSize[plan.Pattern.Columns[e]];
                size = Math.Max(size, Math.Abs(entries[e]) * scale);
            }
        }
        programs.Factors.Run(w);

        for (int k = 0; k < plan.StateCount; k++)
        {
            double scale = rowScale[order.Rows[k]];
            if (factors[plan.Diagonal[k]] == 0) return false;
            for (int e = plan.Diagonal[k]; e < order.Factors.Starts[k + 1]; e++)
            {
                // Written so that NaN fails too.
                if (!(Math.Abs(factors[e]) * scale <= GrowthLimit * columnSize[order.Columns[order.Factors.Columns[e]]])) return false;
            }
        }
        return true;
    }
}
