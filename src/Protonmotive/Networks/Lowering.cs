using System.Collections.Immutable;
using Protonmotive.Symbolics;

namespace Protonmotive.Networks;

/// <summary>Turns a network into its flat equation system: every rule, law and potential is substituted into the rates.</summary>
/// <remarks>
/// Quantities become states, parameters or definitions (Lowering.Quantities.cs), events are aimed at them (Lowering.Events.cs), and
/// rates of change are derived where a formula asks for one (Lowering.Rates.cs).
/// </remarks>
internal sealed partial class Lowering
{
    private readonly Network network;
    private readonly NetworkIndex index;
    private readonly bool hasFast;
    private readonly Dictionary<string, Expression> definitions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Expression> initialValues = new(StringComparer.Ordinal);
    private readonly List<LoweredState> states = [];
    private readonly List<(string Name, string Unit, Expression Value)> parameters = [];
    private readonly Dictionary<string, string> units = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Expression> rules, rates, starts, residuals;

    private DefinitionResolver? resolver;
    private int resolverKnows;

    public Lowering(Network network)
    {
        this.network = network;
        index = NetworkIndex.Of(network);
        hasFast = network.Processes.Any(p => p.IsFast);
        rules = Index(network.Assignments.Select(a => (a.Target, a.Value)), "assignment rules");
        rates = Index(network.Rates.Select(r => (r.Target, r.Value)), "rate rules");
        residuals = Index(network.AlgebraicRules.Select(r => (r.Target, r.Residual)), "algebraic rules");
        starts = Index(network.InitialAssignments.Select(i => (i.Target, i.Value)), "initial assignments");
        RefuseTwo("an assignment rule", rules, "a rate rule", rates);
        RefuseTwo("an assignment rule", rules, "an algebraic rule", residuals);
        RefuseTwo("a rate rule", rates, "an algebraic rule", residuals);
        FindMoving();

        foreach (var p in network.Parameters) AddPlain(p, p.Value, "parameter");
        foreach (var c in network.Compartments) AddPlain(c, c.Size, "compartment");
        foreach (var v in network.Variables) AddPlain(v, v.Initial, "variable");
        foreach (var store in network.Stores) AddStore(store);
        foreach (var process in network.Processes) AddProcess(process);
        foreach (var rule in network.Assignments) if (definitions.TryAdd(rule.Target, rule.Value)) units[rule.Target] = rule.Unit;
        var energies = network.Stores.Where(s => !network.IsHeld(s) && s.Energy is not null).Select(s => s.Energy!).Concat(network.SharedEnergies.Select(e => e.Energy)).ToList();
        if (energies.Count > 0) { definitions[StoredEnergyName] = Expression.Sum(energies); units[StoredEnergyName] = network.EnergyUnit; }
    }

    /// <summary>Name of the observable that holds the free energy stored.</summary>
    public const string StoredEnergyName = "energy.stored";

    /// <summary>Name of the definition that holds a process's affinity.</summary>
    public static string AffinityName(string process) => "affinity." + process;

    /// <summary>A formula in states, parameters and time alone.</summary>
    public Expression Resolve(Expression formula)
    {
        AddRates([formula]);
        if (resolver is null || resolverKnows != definitions.Count) (resolver, resolverKnows) = (new DefinitionResolver(network.Name, definitions), definitions.Count);
        return resolver.Resolve(formula, "a formula");
    }

    /// <summary>The rates of the states, by name, in the network's own symbols.</summary>
    public IReadOnlyDictionary<string, Expression> StateRates => states.ToDictionary(s => s.Name, s => s.Rate, StringComparer.Ordinal);

    public EquationSystem ToEquations(IEnumerable<Quadrature> quadratures, IEnumerable<Observable> observables)
    {
        var asked = quadratures.ToList();
        var shown = observables.ToList();
        AddRates(asked.SelectMany(q => new[] { q.Integrand, q.AbsoluteScale }).Concat(shown.Select(o => o.Value)));
        var resolver = new DefinitionResolver(network.Name, definitions);
        SolveAlgebraicStarts();
        var initialResolver = new DefinitionResolver(network.Name, InitialDefinitions());
        Expression Initially(Expression formula, string where) => initialResolver.Resolve(DelayExtraction.AtStart(formula), where);

        var resolvedStates = states.Select(s => new StateVariable(s.Name, s.Unit,
            DelayExtraction.AtStart(Initially(initialValues[s.Name], $"initial value of {s.Name}")),
            resolver.Resolve(s.Rate, $"rate of {s.Name}"), s.Scale) { IsSigned = s.IsSigned }).ToList();
        var resolvedParameters = parameters.Select(p => new ParameterDefinition(p.Name, p.Unit,
            p.Value.Operation == Operation.Symbol && p.Value.Name == p.Name ? p.Value : DelayExtraction.AtStart(Initially(p.Value, $"value of {p.Name}"))))
            .Concat(network.Draws.Select(d => new ParameterDefinition(d.Name, "", Expression.Zero) { Draw = Resolved(d, Initially) })).ToImmutableArray();
        var resolvedQuadratures = asked.Select(q => q with
        {
            Integrand = resolver.Resolve(q.Integrand, $"integral {q.Name}"),
            AbsoluteScale = resolver.Resolve(q.AbsoluteScale, $"scale of {q.Name}"),
        }).ToList();
        var resolvedEvents = network.Events.Select(e => Event(e, resolver)).ToList();
        var outputs = OutputNames().Select(name => new Observable(name, units.GetValueOrDefault(name, ""), resolver.Resolve(Expression.Symbol(name), name)))
            .Concat(shown.Select(o => o with { Value = resolver.Resolve(o.Value, o.Name) })).ToList();

        var delays = new DelayExtraction(resolvedStates.Select(s => s.Rate).Concat(resolvedQuadratures.Select(q => q.Integrand)).Concat(outputs.Select(o => o.Value))
            .Concat(resolvedEvents.SelectMany(Formulas)));
        resolvedStates = [.. resolvedStates.Select(s => s with { Rate = delays.Apply(s.Rate) })];
        resolvedQuadratures = [.. resolvedQuadratures.Select(q => q with { Integrand = delays.Apply(q.Integrand) })];
        resolvedEvents = [.. resolvedEvents.Select(e => Rewritten(e, delays.Apply))];

        var modes = new ModeExtraction(resolvedStates.Select(s => s.Rate).Concat(resolvedQuadratures.Select(q => q.Integrand)).Concat(resolvedEvents.Select(e => e.Trigger)));
        var system = new EquationSystem
        {
            Name = network.Name,
            TimeUnit = network.TimeUnit,
            States = [.. resolvedStates.Select(s => s with { Rate = modes.Apply(s.Rate) })],
            Parameters = resolvedParameters,
            Modes = modes.Modes,
            Events = [.. resolvedEvents.Select(e => e with { Trigger = modes.Apply(e.Trigger) })],
            Delays = delays.Delays,
            Quadratures = [.. resolvedQuadratures.Select(q => q with { Integrand = modes.Apply(q.Integrand) })],
            Observables = [.. outputs.Select(o => o with { Value = delays.Apply(o.Value) })],
            // Entries of 0 are kept: without any, a wholly algebraic system would have the identity.
            Mass = states.Exists(s => s.Mass != 1) ? [.. states.Index().Select(s => new MassEntry(s.Index, s.Index, s.Item.Mass))] : [],
        };
        SymbolCheck.Check(system, resolver.FreeNames.Concat(initialResolver.FreeNames));
        return system;
    }

    /// <summary>The definitions as they stand at the start: every state is its initial value.</summary>
    private Dictionary<string, Expression> InitialDefinitions()
    {
        var all = new Dictionary<string, Expression>(definitions, StringComparer.Ordinal);
        foreach (var (name, value) in initialValues) all[name] = value;
        return all;
    }

    private IEnumerable<string> OutputNames() =>
        network.Stores.Where(s => definitions.ContainsKey(s.Name)).Select(s => s.Name)
            .Concat(network.Compartments.Concat<Quantity>(network.Variables).Concat(network.Parameters).Select(q => q.Name).Where(definitions.ContainsKey))
            .Concat(network.Assignments.Select(a => a.Target))
            .Concat(network.Processes.Where(p => p.Group.Length == 0).Select(p => p.Name))
            .Concat(network.Processes.Where(p => p.Group.Length == 0).Select(p => AffinityName(p.Name)).Where(definitions.ContainsKey))
            .Concat(definitions.ContainsKey(StoredEnergyName) ? [StoredEnergyName] : [])
            .Distinct();

    private Dictionary<string, Expression> Index(IEnumerable<(string Target, Expression Value)> all, string what)
    {
        var index = new Dictionary<string, Expression>(StringComparer.Ordinal);
        foreach (var (target, value) in all)
        {
            if (!index.TryAdd(target, value)) throw new NetworkException($"'{target}' has two {what}.", $"network {network.Name}", "Keep one of them.");
        }
        return index;
    }

    private void RefuseTwo(string one, Dictionary<string, Expression> first, string other, Dictionary<string, Expression> second)
    {
        foreach (var target in first.Keys.Intersect(second.Keys))
            throw new NetworkException($"'{target}' has {one} and {other}.", $"network {network.Name}", "Keep one of them.");
    }

    /// <summary>A state on its way into the system.</summary>
    private sealed record LoweredState(string Name, string Unit, Expression Rate, string? Scale, double Mass, bool IsSigned);
}
