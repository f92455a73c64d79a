using Protonmotive.Kernels.Lanes;

namespace Protonmotive.Kernels.Derivatives;

/// <summary>
/// A kernel at work on several members, or on one member in several directions, with the tangents or adjoints of everything
/// beside it. For one thread; disposed by who made it.
/// </summary>
internal sealed unsafe class DerivativeLanes<TLanes, TVector> : IDisposable
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    private readonly DerivativeLanePrograms programs;
    private readonly DerivativePrograms plan;
    private readonly RunPrograms run;
    private readonly int[] accumulated;

    /// <summary>Makes the workspace; parameters are 0 until set.</summary>
    public DerivativeLanes(Kernel kernel)
    {
        programs = kernel.DerivativeLanes(TLanes.Count);
        plan = programs.Programs;
        run = plan.Run;
        System = new LaneSystem<TLanes, TVector>(kernel, programs.Lanes, plan.WorkspaceSize);
        foreach (var (slot, value) in plan.Constants) TLanes.Store(TLanes.Broadcast(value), System.At(slot));
        accumulated = [.. plan.Accumulated];
        Jacobian = run.Plan.Jacobian;
    }

    /// <summary>The members themselves.</summary>
    public LaneSystem<TLanes, TVector> System { get; }

    /// <summary>Places of ∂f/∂y.</summary>
    public CompressedRows Jacobian { get; }

    /// <summary>Of time, at stops.</summary>
    public double* TimeShadow => Shadow(run.Layout.Time);

    /// <summary>Of the states, shape [states][lanes].</summary>
    public double* StateShadows => Shadow(run.Layout.States);

    /// <summary>Of the parameters, shape [parameters][lanes].</summary>
    public double* ParameterShadows => Shadow(run.Layout.Parameters);

    /// <summary>Of f, shape [count][lanes].</summary>
    public double* RateShadows => Shadow(run.Rates.First);

    /// <summary>Of ∂f/∂t, shape [count][lanes].</summary>
    public double* TimeDerivativeShadows => Shadow(run.TimeDerivative.First);

    /// <summary>Of the entries of ∂f/∂y, shape [entries][lanes].</summary>
    public double* JacobianShadows => Shadow(run.Slots.Jacobian);

    /// <summary>The right-hand side of a transposed solve, shape [count][lanes].</summary>
    public double* TransposedRight => Shadow(run.Slots.Solution);

    /// <summary>Its solution, shape [count][lanes].</summary>
    public double* TransposedSolution => Shadow(run.Slots.Right);

    /// <summary>The observables, shape [observables][lanes].</summary>
    public double* Observables => System.At(run.Observables.First);

    /// <summary>Of the observables.</summary>
    public double* ObservableShadows => Shadow(run.Observables.First);

    /// <summary>The modes' roots, shape [modes][lanes].</summary>
    public double* Roots => System.At(run.Roots.First);

    /// <summary>Of the modes' roots.</summary>
    public double* RootShadows => Shadow(run.Roots.First);

    /// <summary>Of what an event assigns, before it is carried out.</summary>
    public double* AssignedShadows => Shadow(run.AssignedSlots);

    /// <summary>What an event assigns.</summary>
    public double* Assigned => System.At(run.AssignedSlots);

    /// <summary>Tangents of parameters to what they alone fix.</summary>
    public void PrologueTangent() => System.Run(programs.PrologueTangent);

    /// <summary>Adjoints of what parameters alone fix are added to theirs, and cleared.</summary>
    public void PrologueAdjoint()
    {
        System.Run(programs.PrologueAdjoint);
        foreach (int slot in plan.Kept) TLanes.Store(TLanes.Broadcast(0), Shadow(slot));
    }

    /// <summary>Clears the adjoints of parameters and of what they alone fix.</summary>
    public void ClearAccumulated()
    {
        foreach (int slot in accumulated) TLanes.Store(TLanes.Broadcast(0), Shadow(slot));
    }

    /// <summary>Clears them in one lane.</summary>
    public void ClearAccumulated(int lane)
    {
        foreach (int slot in accumulated) Shadow(slot)[lane] = 0;
    }

    /// <summary>Tangents of f.</summary>
    public void RatesTangent() => System.Run(programs.RatesTangent);

    /// <summary>Adjoints of f, to states (written) and what parameters fix (added).</summary>
    public void RatesAdjoint() => System.Run(programs.RatesAdjoint);

    /// <summary>Tangents of ∂f/∂y.</summary>
    public void JacobianTangent() => System.Run(programs.JacobianTangent);

    /// <summary>Adjoints of ∂f/∂y.</summary>
    public void JacobianAdjoint() => System.Run(programs.JacobianAdjoint);

    /// <summary>Tangents of ∂f/∂t.</summary>
    public void TimeDerivativeTangent() => System.Run(programs.TimeDerivativeTangent!);

    /// <summary>Adjoints of ∂f/∂t.</summary>
    public void TimeDerivativeAdjoint() => System.Run(programs.TimeDerivativeAdjoint!);

    /// <summary>The observables and their tangents.</summary>
    public void ObservablesTangent()
    {
        System.Run(programs.Observables);
        System.Run(programs.ObservablesTangent);
    }

    /// <summary>Adjoints of the observables.</summary>
    public void ObservablesAdjoint() => System.Run(programs.ObservablesAdjoint);

    /// <summary>The modes' roots.</summary>
    public void EvaluateRoots() => System.Run(run.Roots.Text.Interpret(TLanes.Count));

    /// <summary>Adjoints of the modes' roots.</summary>
    public void RootsAdjoint() => System.Run(plan.RootsAdjoint.Interpret(TLanes.Count));

    /// <summary>Adjoints of the events' delays; the seed of one event is 1.</summary>
    public void DelayAdjoint(int index)
    {
        TLanes.Store(TLanes.Broadcast(1), Shadow(run.EventDelays.First + index));
        System.Run(plan.EventDelaysAdjoint.Interpret(TLanes.Count));
        TLanes.Store(TLanes.Broadcast(0), Shadow(run.EventDelays.First + index));
    }

    /// <summary>Adjoints of what an event assigns; the seed of one assignment is 1.</summary>
    public void AssignmentAdjoint(int index, int assignment)
    {
        double* seed = Shadow(run.Assignments[index].First + assignment);
        TLanes.Store(TLanes.Broadcast(1), seed);
        System.Run(plan.AssignmentsAdjoint[index].Interpret(TLanes.Count));
        TLanes.Store(TLanes.Broadcast(0), seed);
    }

    /// <summary>Adjoints of what an event's targets become; the seed of one result is 1.</summary>
    public void ResultAdjoint(int index, int result)
    {
        double* seed = Shadow(run.Results[index].First + result);
        TLanes.Store(TLanes.Broadcast(1), seed);
        System.Run(plan.ResultsAdjoint[index].Interpret(TLanes.Count));
        TLanes.Store(TLanes.Broadcast(0), seed);
    }

    /// <summary>Solves Wᵀ x = b from <see cref="TransposedRight"/> to <see cref="TransposedSolution"/>.</summary>
    public void SolveTransposed() => System.SolveTransposed(programs.TransposedSolution, TransposedRight, TransposedSolution);

    /// <inheritdoc/>
    public void Dispose() => System.Dispose();

    private double* Shadow(int slot) => System.At(plan.Shadow(slot));
}
