using System.Runtime.CompilerServices;

namespace Protonmotive.Kernels;

/// <summary>W = shift·M − ∂f/∂y with numbers in it, factorised by the fixed order of pivots, or with pivoting where that loses digits.</summary>
/// <remarks>
/// Whether digits were lost is seen from the first solution after a factorisation: its componentwise backward error, which
/// costs less than the solution itself.
/// </remarks>
internal sealed unsafe class ShiftedMatrix
{
    /// <summary>Backward error past which the fixed order is given up: half of the 16 digits are lost.</summary>
    public const double ErrorLimit = 1e-8;

    private readonly RunPrograms programs;
    private readonly Factorization plan;
    private readonly double* w;
    private readonly double[] entries;
    private PivotedFactors? pivoted;
    private bool isChecked;

    /// <summary>A matrix in a workspace that its owner keeps alive.</summary>
    public ShiftedMatrix(RunPrograms programs, double* workspace)
    {
        this.programs = programs;
        plan = programs.Plan;
        w = workspace;
        entries = new double[plan.Pattern.Count];
    }

    /// <summary>Whether the factors in use were made with pivoting.</summary>
    public bool IsPivoted { get; private set; }

    /// <summary>Factorises W; false where it is singular.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool Factorize(double shift)
    {
        w[programs.Slots.Shift] = shift;
        w[programs.Slots.InverseShift] = shift == 0 ? 0 : 1 / shift;
        IsPivoted = isChecked = false;
        if (plan.Order.IsStructurallySingular) return false;
        programs.Factors.Run(w);
        return HasPivots() || FactorizePivoted();
    }

    /// <summary>Solves W x = b for states and quadratures, from the right-hand side's slots to the solution's; NaN where W proves singular.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Solve()
    {
        if (!IsPivoted)
        {
            programs.Solution.Run(w);
            if (isChecked) return;
            isChecked = true;
            programs.Excess.Run(w);
            if (w[programs.Slots.Excess] <= 0) return; // NaN is not
            if (!FactorizePivoted())
            {
                new Span<double>(w + programs.Slots.Solution, plan.Jacobian.RowCount).Fill(double.NaN);
                return;
            }
        }
        SolvePivoted();
    }

    private void SolvePivoted()
    {
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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool HasPivots()
    {
        double* inverse = w + programs.Slots.InversePivots;
        double sum = 0;
        for (int i = 0; i < plan.StateCount; i++) sum += inverse[i] * 0; // NaN where one is not finite
        return sum == 0;
    }

    private bool FactorizePivoted()
    {
        IsPivoted = true;
        for (int e = 0; e < entries.Length; e++)
        {
            double mass = w[programs.Slots.Shift] * plan.Mass[e];
            entries[e] = plan.FromJacobian[e] < 0 ? mass : mass - w[programs.Slots.Jacobian + plan.FromJacobian[e]];
        }
        pivoted ??= new PivotedFactors(plan.StateCount);
        return pivoted.Factorize(plan.Pattern, entries);
    }
}
