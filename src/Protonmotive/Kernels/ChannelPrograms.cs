using Protonmotive.Networks;
using Protonmotive.Symbolics;

namespace Protonmotive.Kernels;

/// <summary>
/// The programs of a jump process over one layout of slots. Firing a channel is one straight-line program: it changes the
/// states and computes just those propensities and triggers that depend on them.
/// </summary>
internal sealed class ChannelPrograms
{
    /// <summary>All firing programs together may have this many instructions to be compiled; beyond, translation costs more than it repays.</summary>
    private const int CompilationLimit = 400_000;

    private readonly ChannelSystem system;
    private readonly SymbolTable symbols;
    private readonly TapeWriter prologue;
    private readonly Dependencies dependencies;
    private readonly Dictionary<string, int> stateIndices;

    /// <summary>Writes the programs.</summary>
    /// <param name="system">The channels.</param>
    /// <param name="outputs">Formulas to tabulate.</param>
    /// <param name="compiles">Whether busy programs become machine code.</param>
    /// <param name="derives">Whether slopes of the propensities are wanted.</param>
    public ChannelPrograms(ChannelSystem system, IReadOnlyList<(string Name, Expression Value)> outputs, bool compiles, bool derives = false)
    {
        this.system = system;
        var equations = system.Equations;
        int n = equations.States.Length, m = system.Channels.Length;
        Layout = new SlotLayout(n, equations.Parameters.Length);
        symbols = new SymbolTable(system.Equations.Name);
        symbols.Add(equations.States.Select(s => s.Name), Layout.States);
        symbols.Add(equations.Parameters.Select(p => p.Name), Layout.Parameters);
        stateIndices = equations.States.Select((s, i) => (s.Name, i)).ToDictionary(s => s.Name, s => s.i, StringComparer.Ordinal);
        dependencies = new Dependencies(stateIndices, new HashSet<string>());
        prologue = new TapeWriter(Layout, symbols);
        Relations = MovingRelations();

        Propensities = Layout.Allocate(m);
        Triggers = Layout.Allocate(equations.Events.Length);
        Roots = Layout.Allocate(Relations.Length);
        RootSlopes = Layout.Allocate(Relations.Length);
        Rates = Layout.Allocate(n);
        Outputs = Layout.Allocate(outputs.Count);
        int[][] channelsOf = ReadersOf(system.Channels.Select(c => c.Propensity)), triggersOf = ReadersOf(equations.Events.Select(e => e.Trigger));
        Dependants = [.. system.Channels.Select(c => Readers(c, channelsOf))];
        TriggersOf = [.. system.Channels.Select(c => Readers(c, triggersOf))];
        IsDriven = [.. system.Channels.Select(c => IsMoving(c.Propensity))];
        ChangesClocks = Clocked();

        var all = Writer();
        for (int k = 0; k < m; k++) all.Write(system.Channels[k].Propensity, Propensities + k, $"propensity of '{system.Channels[k].Name}'");
        for (int e = 0; e < equations.Events.Length; e++) all.Write(equations.Events[e].Trigger, Triggers + e, $"trigger of event '{equations.Events[e].Name}'");
        var clocks = Writer();
        for (int i = 0; i < n; i++) if (system.IsMoving[i]) clocks.Write(equations.States[i].Rate, Rates + i, $"rate of '{equations.States[i].Name}'");
        for (int r = 0; r < Relations.Length; r++)
        {
            clocks.Write(Relations[r].Root, Roots + r, "condition of an event");
            clocks.Write(Relations[r].Slope, RootSlopes + r, "condition of an event");
        }
        var driven = Writer();
        for (int k = 0; k < m; k++) if (IsDriven[k]) driven.Write(system.Channels[k].Propensity, Propensities + k, $"propensity of '{system.Channels[k].Name}'");
        var output = Writer();
        for (int o = 0; o < outputs.Count; o++) output.Write(outputs[o].Value, Outputs + o, $"output '{outputs[o].Name}'");
        var slope = Writer();
        if (derives) Slopes = [.. system.Channels.Select(c => WriteSlopes(c, slope))];
        var firings = system.Channels.Select((c, k) => Firing(c, k)).ToList();

        // All fixed slots are given out: scratch begins here.
        WorkspaceSize = Layout.Count;
        var constants = Layout.ConstantsBySlot();
        bool small = compiles && firings.Sum(f => (long)f.Count) <= CompilationLimit;
        ChannelProgram Place(Tape tape, string name, bool isHot)
        {
            var (slots, end) = tape.Place(Layout.Count);
            WorkspaceSize = Math.Max(WorkspaceSize, end);
            return new ChannelProgram(tape, slots, constants, name, isHot);
        }
        Prologue = Place(prologue.Tape, "prologue", false);
        All = Place(all.Tape, "propensities", small);
        Clocks = Place(clocks.Tape, "clocks", small);
        Driven = Place(driven.Tape, "driven", small);
        Output = Place(output.Tape, "outputs", small);
        SlopeValues = Place(slope.Tape, "slopes", small);
        Firings = [.. firings.Select((tape, k) => Place(tape, $"fire{k}", small))];
    }

    /// <summary>Where everything stands in a workspace.</summary>
    public SlotLayout Layout { get; }

    /// <summary>Slots of a workspace, scratch included.</summary>
    public int WorkspaceSize { get; private set; }

    /// <summary>First slot of the propensities.</summary>
    public int Propensities { get; }

    /// <summary>First slot of the events' truth values.</summary>
    public int Triggers { get; }

    /// <summary>First slots of the moving relations' functions, and of their slopes in time.</summary>
    public int Roots { get; }

    /// <summary>First slot of the slopes in time of the moving relations' functions.</summary>
    public int RootSlopes { get; }

    /// <summary>First slot of the rates by which states move between firings; slots of other states stay 0.</summary>
    public int Rates { get; }

    /// <summary>First slot of the outputs.</summary>
    public int Outputs { get; }

    /// <summary>Relations whose truth may change between firings; affine in time.</summary>
    public MovingRelation[] Relations { get; }

    /// <summary>For each channel the channels whose propensity a firing of it changes, ascending.</summary>
    public int[][] Dependants { get; }

    /// <summary>For each channel the events whose trigger reads what it changes.</summary>
    public int[][] TriggersOf { get; }

    /// <summary>For each channel whether its propensity moves between firings.</summary>
    public bool[] IsDriven { get; }

    /// <summary>For each channel whether a firing changes the pace of something that moves.</summary>
    public bool[] ChangesClocks { get; }

    /// <summary>What parameters alone fix; run when they change.</summary>
    public ChannelProgram Prologue { get; }

    /// <summary>All propensities and triggers.</summary>
    public ChannelProgram All { get; }

    /// <summary>Rates of the moving states, functions of the moving relations.</summary>
    public ChannelProgram Clocks { get; }

    /// <summary>The propensities that move between firings.</summary>
    public ChannelProgram Driven { get; }

    /// <summary>The outputs.</summary>
    public ChannelProgram Output { get; }

    /// <summary>For each channel what a firing does.</summary>
    public ChannelProgram[] Firings { get; }

    /// <summary>For each channel the counted states its propensity reads, with the slots of its slopes by them; null where none were asked for.</summary>
    public (int State, int Slot)[][]? Slopes { get; }

    /// <summary>The slopes.</summary>
    public ChannelProgram SlopeValues { get; }

    private (int State, int Slot)[] WriteSlopes(Channel channel, TapeWriter writer)
    {
        int[] states = [.. dependencies.States(channel.Propensity).Where(i => system.IsCounted[i])];
        int first = Layout.Allocate(states.Length);
        for (int s = 0; s < states.Length; s++)
        {
            var slope = channel.Propensity.Derivative(Expression.Symbol(system.Equations.States[states[s]].Name)).Simplify();
            writer.Write(slope, first + s, $"slope of the propensity of '{channel.Name}'");
        }
        return [.. states.Select((state, s) => (state, first + s))];
    }

    private TapeWriter Writer() => new(Layout, symbols, prologue, dependencies);

    // New values are computed before any is stored, so the order of the changes does not matter.
    private Tape Firing(Channel channel, int k)
    {
        var writer = Writer();
        var after = new Dictionary<Expression, Expression>();
        foreach (var change in channel.Changes)
        {
            var symbol = Expression.Symbol(system.Equations.States[change.State].Name);
            after[symbol] = symbol + change.Amount;
        }
        foreach (int j in Dependants[k]) writer.Write(system.Channels[j].Propensity.Substitute(after), Propensities + j, $"propensity of '{system.Channels[j].Name}'");
        foreach (int e in TriggersOf[k]) writer.Write(system.Equations.Events[e].Trigger.Substitute(after), Triggers + e, $"trigger of event '{system.Equations.Events[e].Name}'");
        var changing = channel.Changes.Where(c => c.Amount.Symbols().Any(stateIndices.ContainsKey)).ToList();
        int spare = Layout.Allocate(changing.Count);
        foreach (var change in changing) writer.Write(after[Symbol(change)], spare++, $"change by '{channel.Name}'");
        foreach (var change in channel.Changes) writer.WriteCopy(after[Symbol(change)], Layout.States + change.State, $"change by '{channel.Name}'");
        return writer.Tape;

        Expression Symbol(ChannelChange change) => Expression.Symbol(system.Equations.States[change.State].Name);
    }

    private int[][] ReadersOf(IEnumerable<Expression> formulas)
    {
        var readers = new List<int>[system.Equations.States.Length];
        for (int i = 0; i < readers.Length; i++) readers[i] = [];
        int k = 0;
        foreach (var formula in formulas)
        {
            foreach (int state in dependencies.States(formula)) readers[state].Add(k);
            k++;
        }
        return [.. readers.Select(r => r.ToArray())];
    }

    private static int[] Readers(Channel channel, int[][] readers) => [.. channel.Changes.SelectMany(c => readers[c.State]).Distinct().Order()];

    private bool IsMoving(Expression formula) => dependencies.OnTime(formula) || Array.Exists(dependencies.States(formula), i => system.IsMoving[i]);

    private bool[] Clocked()
    {
        var read = system.Equations.States.Where((_, i) => system.IsMoving[i]).Select(s => s.Rate).Concat(Relations.SelectMany(r => new[] { r.Root, r.Slope }))
            .SelectMany(f => dependencies.States(f)).ToHashSet();
        return [.. system.Channels.Select(c => c.Changes.Any(change => read.Contains(change.State)))];
    }

    private MovingRelation[] MovingRelations()
    {
        foreach (var (state, i) in system.Equations.States.Select((s, i) => (s, i)))
        {
            if (system.IsMoving[i] && IsMoving(state.Rate)) throw new KernelException(
                $"The rate rule of '{state.Name}' depends on time or on what a rate rule moves.", $"system '{system.Equations.Name}'.",
                "In stochastic runs a rate rule may depend on amounts and parameters only; simulate the model deterministically.");
        }
        var formulas = system.Equations.Events.Select(e => e.Trigger).Concat(system.Channels.Select(c => c.Propensity).Where(IsMoving));
        var relations = ExpressionGraph.PostOrder(formulas)
            .Where(node => node.Operation is Operation.Less or Operation.LessOrEqual or Operation.Equal or Operation.NotEqual && IsMoving(node));
        return [.. relations.Select(Moving)];
    }

    private MovingRelation Moving(Expression relation)
    {
        var root = relation.Operands[0] - relation.Operands[1];
        var slope = Expression.Sum(system.Equations.States.Where((_, i) => system.IsMoving[i])
            .Select(s => root.Derivative(Expression.Symbol(s.Name)) * s.Rate).Prepend(root.Derivative(Expression.Time))).Simplify();
        return IsMoving(slope)
            ? throw new KernelException($"The condition '{relation}' does not depend on time in proportion.", $"system '{system.Equations.Name}'.",
                "In stochastic runs a condition may be linear in time and in what rate rules move; simulate the model deterministically.")
            : new MovingRelation(root, slope);
    }
}
