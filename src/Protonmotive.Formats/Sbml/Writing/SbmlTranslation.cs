using Protonmotive.Networks;
using Protonmotive.Symbolics;

namespace Protonmotive.Formats.Sbml.Writing;

/// <summary>
/// Says a network in what SBML has: species, parameters, rules, reactions and events. Stores that are no species become parameters
/// with rates; potentials and the like become parameters with assignment rules where a formula asks for them.
/// </summary>
/// <remarks>
/// Stores in SbmlTranslation.Stores.cs, reactions in SbmlTranslation.Reactions.cs, formulas in SbmlTranslation.Formulas.cs. The meaning of
/// every part is the one that lowering gives it.
/// </remarks>
internal sealed partial class SbmlTranslation
{
    private readonly Network network;
    private readonly HashSet<string> ruled, rated, algebraic, started;
    private readonly Dictionary<string, Func<Expression, (string Target, Expression Value)>> eventTargets = new(StringComparer.Ordinal);

    /// <exception cref="SbmlException">The network holds something that SBML has no form for.</exception>
    public SbmlTranslation(Network network)
    {
        this.network = network;
        ruled = [.. network.Assignments.Select(a => a.Target)];
        rated = [.. network.Rates.Select(r => r.Target)];
        algebraic = [.. network.AlgebraicRules.Select(r => r.Target)];
        started = [.. network.InitialAssignments.Select(i => i.Target)];
        Varying = [.. ruled, .. rated, .. algebraic, .. network.Events.SelectMany(e => e.Assignments.Select(a => a.Target))];
        CollectFormulas();
        CollectParameters();
        foreach (var store in network.Stores) AddStore(store);
        AddRules();
        AddReactions();
        foreach (var e in network.Events) Events.Add(Ready(e));
        PlaceDraws();
        ListLosses();
    }

    /// <summary>Global parameters.</summary>
    public List<SbmlParameter> Parameters { get; } = [];

    /// <summary>Species.</summary>
    public List<SbmlSpecies> Species { get; } = [];

    /// <summary>Reactions.</summary>
    public List<SbmlReactionPart> Reactions { get; } = [];

    /// <summary>Values at the start.</summary>
    public List<(string Target, Expression Value)> InitialAssignments { get; } = [];

    /// <summary>Assignment rules.</summary>
    public List<(string Target, Expression Value)> Assignments { get; } = [];

    /// <summary>Rate rules.</summary>
    public List<(string Target, Expression Value)> Rates { get; } = [];

    /// <summary>Residuals of algebraic rules.</summary>
    public List<Expression> AlgebraicRules { get; } = [];

    /// <summary>Events, aimed at what the file has.</summary>
    public List<NetworkEvent> Events { get; } = [];

    /// <summary>Random numbers that are written where they are used.</summary>
    public Dictionary<string, Draw> Draws { get; } = new(StringComparer.Ordinal);

    /// <summary>Names of what does not stay as it is at the start.</summary>
    public HashSet<string> Varying { get; }

    /// <summary>What SBML can't hold, one line each.</summary>
    public List<string> Losses { get; } = [];

    /// <summary>Every name that needs an identifier, in order.</summary>
    public IEnumerable<string> Names => network.Compartments.Select(c => c.Name).Concat(Species.Select(s => s.Species.Name)).Concat(Parameters.Select(p => p.Name))
        .Concat(Reactions.Select(r => r.Process.Name)).Concat(Reactions.SelectMany(r => r.Reactants.Concat(r.Products)).Select(p => p.Name).OfType<string>());

    private void CollectParameters()
    {
        foreach (var p in network.Parameters)
            if (!locals.ContainsKey(p.Name) && !coefficients.Contains(p.Name)) AddPlain(p, p.Value);
            else if (coefficients.Contains(p.Name)) StartOf(p.Name, p.Value);
        foreach (var c in network.Compartments) StartOf(c.Name, c.Size);
        foreach (var v in network.Variables)
            if (!coefficients.Contains(v.Name)) AddPlain(v, v.Initial);
            else StartOf(v.Name, v.Initial);
        foreach (var a in network.Assignments)
            if (network.Find(a.Target) is null && !coefficients.Contains(a.Target)) Parameters.Add(new SbmlParameter(a.Target, a.Unit, Description: a.Description));
    }

    private void AddPlain(Quantity quantity, Expression value) =>
        Parameters.Add(new SbmlParameter(quantity.Name, quantity.Unit, StartOf(quantity.Name, value), quantity.Description, quantity.Source));

    /// <summary>The number a quantity starts with; where a formula gives it, that is kept as an initial assignment and null comes back.</summary>
    private double? StartOf(string name, Expression value)
    {
        if (ruled.Contains(name) || started.Contains(name)) return null;
        if (value.IsConstant) return value.Value;
        moreStarts.Add((name, value));
        return null;
    }

    private void AddRules()
    {
        foreach (var i in network.InitialAssignments)
        {
            if (ruled.Contains(i.Target)) continue;
            var (target, value) = Aim(i.Target, i.Value);
            InitialAssignments.Add((target, Ready(value, $"initial assignment to {i.Target}")));
        }
        foreach (var (target, value) in moreStarts) InitialAssignments.Add((target, Ready(value, $"initial value of {target}")));
        foreach (var a in network.Assignments) Assignments.Add((a.Target, Ready(a.Value, $"definition of {a.Target}")));
        foreach (var (target, value) in moreAssignments) Assignments.Add((target, Ready(value, $"definition of {target}")));
        foreach (var r in network.Rates) Rates.Add((contents.GetValueOrDefault(r.Target, r.Target), Ready(r.Value, $"rate of {r.Target}")));
        foreach (var (target, value) in moreRates) Rates.Add((target, Ready(value, $"rate of {target}")));
        foreach (var r in network.AlgebraicRules) AlgebraicRules.Add(Ready(r.Residual, $"algebraic rule for {r.Target}"));
    }

    private NetworkEvent Ready(NetworkEvent e) => e with
    {
        Trigger = Ready(e.Trigger, $"trigger of {e.Name}"),
        Delay = e.Delay is null ? null : Ready(e.Delay, $"delay of {e.Name}"),
        Priority = e.Priority is null ? null : Ready(e.Priority, $"priority of {e.Name}"),
        Assignments =
        [
            .. e.Assignments.Select(a =>
            {
                var (target, value) = Aim(a.Target, a.Value);
                return new EventAssignment(target, Ready(value, $"event {e.Name}, {a.Target}"));
            }),
        ],
    };

    /// <summary>Where a new value of a quantity goes: into its content, where the file keeps that instead.</summary>
    private (string Target, Expression Value) Aim(string target, Expression value) =>
        eventTargets.TryGetValue(target, out var aim) ? aim(value) : (target, value);
}
