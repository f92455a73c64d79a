using Protonmotive.Networks;

namespace Protonmotive.Kernels.Derivatives;

/// <summary>
/// The programs of a kernel's derivatives: for each program that runs, one that carries tangents from what it reads to its results,
/// and one that carries adjoints back. A slot's tangent or adjoint stands in its shadow.
/// </summary>
/// <remarks>
/// What parameters alone fix is computed by the prologue and kept; to other programs its slots are like parameters, and its own
/// adjoint runs once, at the end of a sweep.
/// </remarks>
internal sealed class DerivativePrograms
{
    private readonly Dictionary<long, int> constants = [];
    private readonly Dictionary<int, double> known;
    private readonly HashSet<int> kept;
    private readonly int stateCount, parameterCount;
    private readonly List<Action> placements = [];

    /// <summary>Writes the programs; nothing is translated yet.</summary>
    public DerivativePrograms(RunPrograms run, EquationSystem system)
    {
        Run = run;
        stateCount = system.States.Length;
        parameterCount = system.Parameters.Length;
        known = run.Layout.ConstantsBySlot();
        ConstantSlots = run.WorkspaceSize + run.Layout.Count;
        kept = [.. run.Prologue.Text.Tape.Instructions.Where(i => i.Target >= 0).Select(i => i.Target)];
        int[] states = [.. Enumerable.Range(run.Layout.States, stateCount)];

        var steady = new TapeDerivatives(slot => IsState(slot) || IsFixed(slot) ? Shadow(slot) : -1, Constant);
        Written(steady.Tangent(run.Rates.Text.Tape, Shadow), "ratesTangent", text => RatesTangent = text);
        Written(steady.Adjoint(run.Rates.Text.Tape, Shadow, IsFixed, states), "ratesAdjoint", text => RatesAdjoint = text);
        Written(steady.Tangent(run.JacobianValues.Text.Tape, Shadow), "jacobianTangent", text => JacobianTangent = text);
        Written(steady.Adjoint(run.JacobianValues.Text.Tape, Shadow, IsFixed, states), "jacobianAdjoint", text => JacobianAdjoint = text);
        if (run.TimeDerivative.Text.Tape.Count > 0)
        {
            Written(steady.Tangent(run.TimeDerivative.Text.Tape, Shadow), "timeDerivativeTangent", text => TimeDerivativeTangent = text);
            Written(steady.Adjoint(run.TimeDerivative.Text.Tape, Shadow, IsFixed, states), "timeDerivativeAdjoint", text => TimeDerivativeAdjoint = text);
        }
        Written(steady.Tangent(run.Observables.Text.Tape, Shadow), "observablesTangent", text => ObservablesTangent = text);
        Written(steady.Adjoint(run.Observables.Text.Tape, Shadow, IsFixed, states), "observablesAdjoint", text => ObservablesAdjoint = text);

        var definitions = new TapeDerivatives(slot => IsParameter(slot) ? Shadow(slot) : -1, Constant);
        Written(definitions.Tangent(run.Prologue.Text.Tape, Shadow), "prologueTangent", text => PrologueTangent = text);
        Written(definitions.Adjoint(run.Prologue.Text.Tape, Shadow, _ => true, []), "prologueAdjoint", text => PrologueAdjoint = text);

        // What happens at a stop also moves with its time, and with what an event has just assigned.
        int assigned = run.AssignedSlots, assignedCount = system.Events.Select(e => e.Assignments.Length).DefaultIfEmpty().Max();
        int[] atStops = [run.Layout.Time, .. states, .. Enumerable.Range(assigned, assignedCount)];
        var stops = new TapeDerivatives(slot => IsState(slot) || IsFixed(slot) || slot == run.Layout.Time || (slot >= assigned && slot < assigned + assignedCount) ? Shadow(slot) : -1, Constant);
        void AtStop(Tape tape, string name, Action<ProgramText> keep) => Written(stops.Adjoint(tape, Shadow, IsFixed, atStops), name, keep);
        AtStop(run.Roots.Text.Tape, "rootsAdjoint", text => RootsAdjoint = text);
        AtStop(run.EventDelays.Text.Tape, "delaysAdjoint", text => EventDelaysAdjoint = text);
        AssignmentsAdjoint = new ProgramText[system.Events.Length];
        ResultsAdjoint = new ProgramText[system.Events.Length];
        for (int e = 0; e < system.Events.Length; e++)
        {
            int index = e;
            AtStop(run.Assignments[e].Text.Tape, "assignmentsAdjoint", text => AssignmentsAdjoint[index] = text);
            AtStop(run.Results[e].Text.Tape, "resultsAdjoint", text => ResultsAdjoint[index] = text);
        }
        if (run.SolutionText is { } solution)
        {
            int right = run.Slots.Right, count = run.Plan.Jacobian.RowCount;
            var linear = new TapeDerivatives(slot => slot >= right && slot < right + count ? Shadow(slot) : -1, Constant);
            Written(linear.Adjoint(solution.Tape, Shadow, _ => false, Enumerable.Range(right, count)), "transposedSolution", text => TransposedSolution = text);
        }

        foreach (var placement in placements) placement();
        placements.Clear();
    }

    /// <summary>The programs these are made from.</summary>
    public RunPrograms Run { get; }

    /// <summary>Slots of a workspace that holds shadows too.</summary>
    public int WorkspaceSize { get; private set; }

    /// <summary>Constants that the programs that run do not have.</summary>
    public IEnumerable<(int Slot, double Value)> Constants => constants.Select(c => (c.Value, BitConverter.Int64BitsToDouble(c.Key)));

    /// <summary>Tangents of states and of what is kept, to those of f.</summary>
    public ProgramText RatesTangent { get; private set; } = null!;

    /// <summary>Adjoints of f, to those of states (written) and of what is kept (added).</summary>
    public ProgramText RatesAdjoint { get; private set; } = null!;

    /// <summary>Tangents to those of ∂f/∂y.</summary>
    public ProgramText JacobianTangent { get; private set; } = null!;

    /// <summary>Adjoints of ∂f/∂y back.</summary>
    public ProgramText JacobianAdjoint { get; private set; } = null!;

    /// <summary>Tangents to those of ∂f/∂t; null where f does not depend on time.</summary>
    public ProgramText? TimeDerivativeTangent { get; private set; }

    /// <summary>Adjoints of ∂f/∂t back.</summary>
    public ProgramText? TimeDerivativeAdjoint { get; private set; }

    /// <summary>Tangents to those of the observables.</summary>
    public ProgramText ObservablesTangent { get; private set; } = null!;

    /// <summary>Adjoints of the observables back.</summary>
    public ProgramText ObservablesAdjoint { get; private set; } = null!;

    /// <summary>Tangents of parameters to those of what is kept.</summary>
    public ProgramText PrologueTangent { get; private set; } = null!;

    /// <summary>Adjoints of what is kept, to those of parameters (added).</summary>
    public ProgramText PrologueAdjoint { get; private set; } = null!;

    /// <summary>Adjoints of the modes' roots back, to time too.</summary>
    public ProgramText RootsAdjoint { get; private set; } = null!;

    /// <summary>Adjoints of the events' delays back.</summary>
    public ProgramText EventDelaysAdjoint { get; private set; } = null!;

    /// <summary>For each event the adjoints of its new values back.</summary>
    public ProgramText[] AssignmentsAdjoint { get; }

    /// <summary>For each event the adjoints of its targets' results back, to what it assigned too.</summary>
    public ProgramText[] ResultsAdjoint { get; }

    /// <summary>Solves Wᵀ x = b from the solution's shadow to the right-hand side's; null where loops over index lists do.</summary>
    public ProgramText? TransposedSolution { get; private set; }

    /// <summary>Slots whose adjoints are added up over a sweep: parameters, and what they alone fix.</summary>
    public IEnumerable<int> Accumulated => Enumerable.Range(Run.Layout.Parameters, parameterCount).Concat(kept);

    /// <summary>Slots that the prologue fills.</summary>
    public IEnumerable<int> Kept => kept;

    private int ConstantSlots { get; }

    /// <summary>Where the tangent or adjoint of a slot stands.</summary>
    public int Shadow(int slot) => Run.WorkspaceSize + slot;

    private bool IsState(int slot) => slot >= Run.Layout.States && slot < Run.Layout.States + stateCount;

    private bool IsParameter(int slot) => slot >= Run.Layout.Parameters && slot < Run.Layout.Parameters + parameterCount;

    private bool IsFixed(int slot) => IsParameter(slot) || kept.Contains(slot);

    private int Constant(double value)
    {
        long bits = BitConverter.DoubleToInt64Bits(value);
        if (constants.TryGetValue(bits, out int slot)) return slot;
        constants.Add(bits, slot = ConstantSlots + constants.Count);
        known.Add(slot, value);
        return slot;
    }

    // Scratch begins after the last constant, so slots are given out when all programs are written.
    private void Written(Tape tape, string name, Action<ProgramText> keep) => placements.Add(() =>
    {
        var (slots, end) = tape.Place(ConstantSlots + constants.Count);
        WorkspaceSize = Math.Max(WorkspaceSize, end);
        keep(new ProgramText(tape, slots, known, name));
    });
}
