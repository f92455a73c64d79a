namespace Protonmotive.Kernels;

/// <summary>Where the numbers of a factorisation stand in a workspace.</summary>
/// <param name="Jacobian">Entries of ∂f/∂y, in the order of their pattern.</param>
/// <param name="Shift">The shift of W = shift·M − ∂f/∂y.</param>
/// <param name="Factors">Entries of L and U.</param>
/// <param name="InversePivots">1/uₖₖ.</param>
/// <param name="InverseShift">1/shift, for the quadratures; 0 where the shift is 0.</param>
/// <param name="Right">Right-hand side, states and quadratures.</param>
/// <param name="Solution">Solution, states and quadratures.</param>
/// <param name="Excess">What <see cref="FactorizationTape.Excess"/> leaves.</param>
/// <param name="Work">A row of the factors being made, or the solution in elimination order.</param>
/// <param name="Dense">The dense block of a factorisation too large to unroll.</param>
internal readonly record struct FactorSlots(int Jacobian, int Shift, int Factors, int InversePivots, int InverseShift, int Right, int Solution, int Excess, int Work, int Dense)
{
    /// <summary>Takes the slots from a layout.</summary>
    public static FactorSlots Allocate(SlotLayout layout, Factorization plan, int jacobian, bool isBlocked) => new(
        jacobian,
        layout.Allocate(1),
        layout.Allocate(IsPossible(plan) ? (int)plan.Order.FactorEntries : 0),
        layout.Allocate(plan.StateCount),
        layout.Allocate(1),
        layout.Allocate(plan.Jacobian.RowCount),
        layout.Allocate(plan.Jacobian.RowCount),
        layout.Allocate(1),
        layout.Allocate(plan.StateCount + 16),
        isBlocked && IsPossible(plan) ? layout.Allocate((plan.StateCount - plan.TailStart) * plan.TailStride) : 0);

    // Where it is not, the plan refuses to list the factors, so nothing is written outside.
    private static bool IsPossible(Factorization plan) => plan.Order.FactorEntries <= EliminationOrder.MostFactorEntries;
}
