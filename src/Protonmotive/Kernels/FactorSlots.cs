namespace Protonmotive.Kernels;

/// <summary>Where the numbers of a factorisation stand in a workspace.</summary>
/// <param name="Jacobian">Entries of ∂f/∂y, in the order of their pattern.</param>
/// <param name="Factors">Entries of L and U; W before the factorisation.</param>
/// <param name="InversePivots">1/uₖₖ.</param>
/// <param name="InverseShift">1/shift, for the quadratures; 0 where the shift is 0.</param>
/// <param name="Right">Right-hand side, states and quadratures.</param>
/// <param name="Solution">Solution, states and quadratures.</param>
/// <param name="Work">A row of the factors being made, or the solution in elimination order.</param>
internal readonly record struct FactorSlots(int Jacobian, int Factors, int InversePivots, int InverseShift, int Right, int Solution, int Work)
{
    /// <summary>Takes the slots from a layout.</summary>
    public static FactorSlots Allocate(SlotLayout layout, Factorization plan, int jacobian) => new(
        jacobian,
        layout.Allocate(plan.Order.Factors.Count),
        layout.Allocate(plan.StateCount),
        layout.Allocate(1),
        layout.Allocate(plan.Jacobian.RowCount),
        layout.Allocate(plan.Jacobian.RowCount),
        layout.Allocate(plan.StateCount));
}
