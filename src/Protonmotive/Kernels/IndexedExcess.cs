using Protonmotive.Kernels.Lanes;

namespace Protonmotive.Kernels;

/// <summary>Checks a solution by loops over the plan's index lists (<see cref="FactorizationTape.Excess"/>).</summary>
internal sealed unsafe class IndexedExcess(Factorization plan, FactorSlots slots) : Executable
{
    private readonly LaneFactorization<OneLane, double> loops = new(plan, slots);

    /// <inheritdoc/>
    public override void Run(double* w) => loops.FindExcess(w, ShiftedMatrix.ErrorLimit);
}
