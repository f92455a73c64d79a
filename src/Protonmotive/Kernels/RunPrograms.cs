using Protonmotive.Networks;
using Protonmotive.Symbolics;

namespace Protonmotive.Kernels;

/// <summary>All programs of a running kernel over one layout of slots.</summary>
internal sealed class RunPrograms
{
    /// <summary>
    /// A factorisation up to this many instructions is unrolled and compiled, which takes a third off the loops over index lists; above,
    /// its translation costs more than a run repays, and what fills up is treated as a dense block.
    /// </summary>
    public const int UnrollLimit = 150_000;

    private readonly EquationSystem system;
    private readonly KernelBackend backend;
    private readonly SymbolTable symbols;
    private readonly TapeWriter prologue;
    private readonly Dependencies dependencies;
    private readonly List<TieredProgram> tiered = [];
    private Dictionary<int, double> constants = [];

    /// <summary>Writes and compiles the programs.</summary>
    public RunPrograms(EquationSystem system, KernelBackend backend)
    {
        this.system = system;
        this.backend = backend;
        int n = system.States.Length;
        Layout = new SlotLayout(n, system.Parameters.Length + system.Modes.Length);
        symbols = new SymbolTable(system.Name);
        symbols.Add(system.States.Select(s => s.Name), Layout.States);
        symbols.Add(system.Parameters.Select(p => p.Name), Layout.Parameters);
        symbols.Add(system.Modes.Select(m => m.Name), Layout.Parameters + system.Parameters.Length);
        DelaySlots = Layout.Allocate(2 * system.Delays.Length);
        symbols.Add(system.Delays.Select(d => d.Name), DelaySlots);
        symbols.Add(system.Delays.Select(d => d.SlopeName), DelaySlots + system.Delays.Length);
        StartedSlot = Layout.Allocate(1);
        symbols.Add([EquationSystem.StartedName], StartedSlot);
        int mostAssignments = system.Events.Select(e => e.Assignments.Length).DefaultIfEmpty().Max();
        AssignedSlots = Layout.Allocate(mostAssignments);
        var assigned = Enumerable.Range(0, mostAssignments).Select(EventAssignment.AssignedName).ToList();
        symbols.Add(assigned, AssignedSlots);
        dependencies = new Dependencies(system.States.Select((s, i) => (s.Name, i)).ToDictionary(s => s.Name, s => s.i, StringComparer.Ordinal),
            system.Delays.SelectMany(d => new[] { d.Name, d.SlopeName }).Concat(assigned).Append(EquationSystem.StartedName).ToHashSet(StringComparer.Ordinal));
        prologue = new TapeWriter(Layout, symbols);

        var rates = Outputs(RateEquations());
        var times = TimeDerivatives();
        var jacobian = Jacobian(out var places);
        foreach (var mode in system.Modes) CheckRelation(mode);
        var roots = Outputs(system.Modes.Select(m => (m.Root, $"condition of mode '{m.Name}'")));
        var triggers = Outputs(system.Events.Select(e => (e.Trigger, $"trigger of event '{e.Name}'")));
        var assignments = system.Events.Select(e => Outputs(e.Assignments.Select(a => (a.Value, $"value that event '{e.Name}' gives to '{a.Target}'")))).ToList();
        var results = system.Events.Select(e => Outputs(e.Assignments.Where(a => a.Result is not null).Select(a => (a.Result!, $"result of event '{e.Name}' for '{a.Target}'")))).ToList();
        var eventDelays = Outputs(system.Events.Select(e => (e.Delay ?? Expression.Zero, $"delay of event '{e.Name}'")));
        var priorities = Outputs(system.Events.Select(e => (e.Priority ?? double.NegativeInfinity, $"priority of event '{e.Name}'")));
        var draws = system.Events.Select(e => Outputs(e.Draws.SelectMany(DrawFormulas))).ToList();
        var lags = Outputs(system.Delays.Select((d, i) => (d.Lag, $"lag of delay {i + 1}")));
        var delayed = system.Delays.Select((d, i) => Outputs([(d.Value, $"delayed value {i + 1}")])).ToList();
        var observables = Outputs(system.Observables.Select(o => (o.Value, $"observable '{o.Name}'")));
        foreach (var definition in system.Events) CheckTargets(definition);

        Plan = new Factorization(places, n, system.Mass);
        bool isSmall = Plan.Instructions <= UnrollLimit;
        Slots = FactorSlots.Allocate(Layout, Plan, jacobian.First, !isSmall);
        bool unrolls = isSmall && backend != KernelBackend.Interpreted && !Plan.Order.IsStructurallySingular;
        var factors = unrolls ? FactorizationTape.Factors(Plan, Slots, Layout) : null;
        var solution = unrolls ? FactorizationTape.Solution(Plan, Slots, Layout) : null;
        var excess = unrolls ? FactorizationTape.Excess(Plan, Slots, Layout, ShiftedMatrix.ErrorLimit) : null;

        // All fixed slots are given out: scratch begins here.
        WorkspaceSize = Layout.Count;
        constants = Layout.ConstantsBySlot();
        Prologue = Place(new Written(prologue.Tape, 0, 0), "prologue", isHot: false);
        Rates = Place(rates, "rates", isHot: true);
        TimeDerivative = Place(times, "timeDerivative", isHot: true);
        JacobianValues = Place(jacobian, "jacobian", isHot: true);
        Roots = Place(roots, "roots", isHot: false);
        Triggers = Place(triggers, "triggers", isHot: false);
        Assignments = [.. assignments.Select(a => Place(a, "assignments", isHot: false))];
        Results = [.. results.Select(r => Place(r, "results", isHot: false))];
        EventDelays = Place(eventDelays, "eventDelays", isHot: false);
        Priorities = Place(priorities, "priorities", isHot: false);
        EventDraws = [.. draws.Select(d => Place(d, "draws", isHot: false))];
        Lags = Place(lags, "lags", isHot: false);
        DelayedValues = [.. delayed.Select(d => Place(d, "delayed", isHot: false))];
        Observables = Place(observables, "observables", isHot: false);
        FactorsText = factors is null ? null : Text(factors, "factors");
        SolutionText = solution is null ? null : Text(solution, "solution");
        ExcessText = excess is null ? null : Text(excess, "excess");
        (Executable, Executable) loops = isSmall ? (new IndexedFactorization(Plan, Slots), new IndexedSolution(Plan, Slots)) : BlockedPrograms.Create(Plan, Slots);
        Factors = Hot(FactorsText, loops.Item1);
        Solution = Hot(SolutionText, loops.Item2);
        Excess = Hot(ExcessText, new IndexedExcess(Plan, Slots));
    }

    /// <summary>Where everything stands in a workspace.</summary>
    public SlotLayout Layout { get; }

    /// <summary>Slots of a workspace, scratch included.</summary>
    public int WorkspaceSize { get; private set; }

    /// <summary>Pattern of ∂f/∂y and W, order of pivots, fill.</summary>
    public Factorization Plan { get; }

    /// <summary>Where the factorisation's numbers stand.</summary>
    public FactorSlots Slots { get; }

    /// <summary>What parameters alone fix; run when they change.</summary>
    public PlacedProgram Prologue { get; }

    /// <summary>f, states then quadratures.</summary>
    public PlacedProgram Rates { get; }

    /// <summary>∂f/∂t.</summary>
    public PlacedProgram TimeDerivative { get; }

    /// <summary>The entries of ∂f/∂y, in the order of the plan.</summary>
    public PlacedProgram JacobianValues { get; }

    /// <summary>Left − right of each mode's relation.</summary>
    public PlacedProgram Roots { get; }

    /// <summary>Each event's trigger.</summary>
    public PlacedProgram Triggers { get; }

    /// <summary>For each event its new values.</summary>
    public PlacedProgram[] Assignments { get; }

    /// <summary>For each event what its targets become, of assignments with a result of their own.</summary>
    public PlacedProgram[] Results { get; }

    /// <summary>Each event's delay; 0 for none.</summary>
    public PlacedProgram EventDelays { get; }

    /// <summary>Each event's priority; −∞ for none.</summary>
    public PlacedProgram Priorities { get; }

    /// <summary>For each event the arguments and bounds of its random numbers.</summary>
    public PlacedProgram[] EventDraws { get; }

    /// <summary>The lag of each delayed value.</summary>
    public PlacedProgram Lags { get; }

    /// <summary>For each delayed value its formula.</summary>
    public PlacedProgram[] DelayedValues { get; }

    /// <summary>First slot of the delayed values, which their slopes follow.</summary>
    public int DelaySlots { get; }

    /// <summary>Slot of the symbol that is 0 before the start.</summary>
    public int StartedSlot { get; }

    /// <summary>First slot of what an event assigns, before it is carried out.</summary>
    public int AssignedSlots { get; }

    /// <summary>All observables.</summary>
    public PlacedProgram Observables { get; }

    /// <summary>From the shift and ∂f/∂y to the triangular factors of W.</summary>
    public Executable Factors { get; }

    /// <summary>Right-hand side to solution.</summary>
    public Executable Solution { get; }

    /// <summary>How far a solution fails its equations (<see cref="FactorizationTape.Excess"/>).</summary>
    public Executable Excess { get; }

    /// <summary>The check of a solution as a program; null where index lists do.</summary>
    public ProgramText? ExcessText { get; }

    /// <summary>The factorisation as a program; null where index lists do.</summary>
    public ProgramText? FactorsText { get; }

    /// <summary>The solution as a program; null where index lists do.</summary>
    public ProgramText? SolutionText { get; }

    /// <summary>Translates everything that waits for it; ends when all of it runs as machine code.</summary>
    public Task CompileAsync() => Task.WhenAll(tiered.Select(program => program.CompileAsync()));

    private IEnumerable<(Expression Value, string Equation)> RateEquations() =>
        system.States.Select(s => (s.Rate, $"rate of '{s.Name}'"))
            .Concat(system.Quadratures.Select(q => (q.Integrand, $"integrand of quadrature '{q.Name}'")));

    /// <summary>Arguments, lowest and highest value of a random number.</summary>
    internal static IEnumerable<(Expression Value, string Equation)> DrawFormulas(Draw draw) =>
        draw.Arguments.Append(draw.Lowest ?? double.NegativeInfinity).Append(draw.Highest ?? double.PositiveInfinity).Select(a => (a, $"draw '{draw.Name}'"));

    private Written Outputs(IEnumerable<(Expression Value, string Equation)> equations)
    {
        var all = equations.ToList();
        var writer = Writer();
        int first = Layout.Allocate(all.Count);
        for (int i = 0; i < all.Count; i++) writer.Write(all[i].Value, first + i, all[i].Equation);
        return new Written(writer.Tape, first, all.Count);
    }

    /// <summary>∂f/∂t: only rows that are not zero are written; the others keep the 0 of a new workspace.</summary>
    private Written TimeDerivatives()
    {
        var byTime = new Differentiation(Expression.Time);
        var byDelay = system.Delays.Select(d => (By: new Differentiation(Expression.Symbol(d.Name)), Slope: Expression.Symbol(d.SlopeName))).ToList();
        var writer = Writer();
        int count = system.States.Length + system.Quadratures.Length, first = Layout.Allocate(count), i = 0;
        foreach (var (rate, equation) in RateEquations())
        {
            if (dependencies.OnTime(rate))
            {
                var slope = byTime.Derivative(rate) + Expression.Sum(byDelay.Select(d => d.By.Derivative(rate) * d.Slope));
                if (!(slope.IsConstant && slope.Value == 0)) writer.Write(slope, first + i, $"time derivative of the {equation}");
            }
            i++;
        }
        return new Written(writer.Tape, first, count);
    }

    private Written Jacobian(out CompressedRows places)
    {
        var entries = new JacobianEntries(dependencies);
        var values = new List<(int Row, int Column, Expression Value, string Equation)>();
        int row = 0;
        foreach (var (rate, equation) in RateEquations())
        {
            foreach (var (column, value) in entries.Row(rate)) values.Add((row, column, value, equation));
            row++;
        }
        places = new CompressedRows(row, values.Select(v => (v.Row, v.Column)));
        var writer = Writer();
        int first = Layout.Allocate(values.Count);
        for (int e = 0; e < values.Count; e++) writer.Write(values[e].Value, first + e, new EquationName(values[e].Equation, system.States[values[e].Column].Name));
        return new Written(writer.Tape, first, values.Count);
    }

    private TapeWriter Writer() => new(Layout, symbols, prologue, dependencies);

    private void CheckRelation(Mode mode)
    {
        if (mode.Relation.Operation is Operation.Less or Operation.LessOrEqual) return;
        throw new KernelException($"The condition of mode '{mode.Name}' is {mode.Relation}, which is no relation.", $"modes of system '{system.Name}'.",
            "Use a comparison by <, ≤, > or ≥; its two sides must not both be numbers.");
    }

    private void CheckTargets(EventDefinition definition)
    {
        foreach (var assignment in definition.Assignments) symbols.Slot(assignment.Target, $"assignment of event '{definition.Name}'");
    }

    private PlacedProgram Place(Written written, string name, bool isHot)
    {
        var text = Text(written.Tape, name);
        return new PlacedProgram(isHot ? Hot(text, text.Interpret()) : text.Interpret(), written.First, written.Count, text);
    }

    private ProgramText Text(Tape tape, string name)
    {
        var (slots, end) = tape.Place(Layout.Count);
        WorkspaceSize = Math.Max(WorkspaceSize, end);
        return new ProgramText(tape, slots, constants, name);
    }

    private Executable Hot(ProgramText? text, Executable first)
    {
        if (text is not { IsWorthCompiling: true } || backend == KernelBackend.Interpreted) return first;
        if (backend == KernelBackend.Compiled) return text.Compile(threads: Environment.ProcessorCount);
        var program = new TieredProgram(first, text, lanes: 1);
        tiered.Add(program);
        return program;
    }

    /// <summary>A tape with the slots of its results.</summary>
    private readonly record struct Written(Tape Tape, int First, int Count);
}
