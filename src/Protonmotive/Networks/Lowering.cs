using System.Collections.Immutable;
using Protonmotive.Symbolics;

namespace Protonmotive.Networks;

/// <summary>Turns a network into its flat equation system: every rule, law and potential is substituted into the rates.</summary>
internal sealed class Lowering
{
    private readonly Network network;
    private readonly ImmutableArray<Membrane> membranes;
    private readonly Dictionary<string, Expression> definitions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Expression> initialValues = new(StringComparer.Ordinal);
    private readonly List<(string Name, string Unit, Expression Rate, string? Scale)> states = [];
    private readonly List<(string Name, string Unit, Expression Value)> parameters = [];
    private readonly Dictionary<string, string> units = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Func<Expression, (string Target, Expression Value)>> eventTargets = new(StringComparer.Ordinal);

    public Lowering(Network network)
    {
        this.network = network;
        membranes = [.. network.Membranes];
        var rules = Index(network.Assignments.Select(a => (a.Target, a.Value)), "assignment rules");
        var rates = Index(network.Rates.Select(r => (r.Target, r.Value)), "rate rules");
        var starts = Index(network.InitialAssignments.Select(i => (i.Target, i.Value)), "initial assignments");
        foreach (var target in rules.Keys.Intersect(rates.Keys))
            throw new NetworkException($"'{target}' has an assignment rule and a rate rule.", $"network {network.Name}", "Keep one of them.");

        foreach (var p in network.Parameters) AddPlain(p, p.Value, "parameter", rules, rates, starts);
        foreach (var c in network.Compartments) AddPlain(c, c.Size, "compartment", rules, rates, starts);
        foreach (var v in network.Variables) AddPlain(v, v.Initial, "variable", rules, rates, starts);
        foreach (var store in network.Stores) AddStore(store, rules, rates, starts);
        foreach (var process in network.Processes) AddProcess(process);
        foreach (var (name, value) in rules) if (definitions.TryAdd(name, value)) units[name] = network.Assignments.First(a => a.Target == name).Unit;
        var energies = network.Stores.Where(s => !network.IsHeld(s) && s.Energy is not null).Select(s => s.Energy!).Concat(network.SharedEnergies.Select(e => e.Energy)).ToList();
        if (energies.Count > 0) { definitions[StoredEnergyName] = Expression.Sum(energies); units[StoredEnergyName] = network.EnergyUnit; }
    }

    /// <summary>Name of the observable that holds the free energy stored.</summary>
    public const string StoredEnergyName = "energy.stored";

    /// <summary>Name of the definition that holds a process's affinity.</summary>
    public static string AffinityName(string process) => "affinity." + process;

    /// <summary>A formula in states, parameters and time alone.</summary>
    public Expression Resolve(Expression formula) => new DefinitionResolver(network.Name, definitions).Resolve(formula, "a formula");

    /// <summary>The rates of the states, by name, in the network's own symbols.</summary>
    public IReadOnlyDictionary<string, Expression> StateRates => states.ToDictionary(s => s.Name, s => s.Rate, StringComparer.Ordinal);

    public EquationSystem ToEquations(IEnumerable<Quadrature> quadratures, IEnumerable<Observable> observables)
    {
        var resolver = new DefinitionResolver(network.Name, definitions);
        var initialResolver = new DefinitionResolver(network.Name, InitialDefinitions());

        var resolvedStates = states.Select(s => new StateVariable(s.Name, s.Unit,
            initialResolver.Resolve(initialValues[s.Name], $"initial value of {s.Name}"),
            resolver.Resolve(s.Rate, $"rate of {s.Name}"), s.Scale)).ToList();
        var resolvedParameters = parameters.Select(p => new ParameterDefinition(p.Name, p.Unit,
            ReferenceEquals(p.Value, Expression.Symbol(p.Name)) ? p.Value : initialResolver.Resolve(p.Value, $"value of {p.Name}"))).ToImmutableArray();
        var resolvedQuadratures = quadratures.Select(q => q with
        {
            Integrand = resolver.Resolve(q.Integrand, $"integral {q.Name}"),
            AbsoluteScale = resolver.Resolve(q.AbsoluteScale, $"scale of {q.Name}"),
        }).ToList();
        var resolvedEvents = network.Events.Select(e => new EventDefinition(e.Name,
            resolver.Resolve(e.Trigger, $"trigger of {e.Name}"),
            [.. e.Assignments.Select(a => Retarget(e, a)).Select(a => a with { Value = resolver.Resolve(a.Value, $"event {e.Name}, {a.Target}") })],
            e.TrueBeforeStart)).ToList();
        var outputs = OutputNames().Select(name => new Observable(name, units.GetValueOrDefault(name, ""), resolver.Resolve(Expression.Symbol(name), name)))
            .Concat(observables.Select(o => o with { Value = resolver.Resolve(o.Value, o.Name) })).ToImmutableArray();

        var modes = new ModeExtraction(resolvedStates.Select(s => s.Rate).Concat(resolvedQuadratures.Select(q => q.Integrand)).Concat(resolvedEvents.Select(e => e.Trigger)));
        var system = new EquationSystem
        {
            Name = network.Name,
            TimeUnit = network.TimeUnit,
            States = [.. resolvedStates.Select(s => s with { Rate = modes.Apply(s.Rate) })],
            Parameters = resolvedParameters,
            Modes = modes.Modes,
            Events = [.. resolvedEvents.Select(e => e with { Trigger = modes.Apply(e.Trigger) })],
            Quadratures = [.. resolvedQuadratures.Select(q => q with { Integrand = modes.Apply(q.Integrand) })],
            Observables = outputs,
        };
        SymbolCheck.Check(system);
        return system;
    }

    private void AddPlain(Quantity quantity, Expression value, string what, Dictionary<string, Expression> rules, Dictionary<string, Expression> rates, Dictionary<string, Expression> starts)
    {
        units[quantity.Name] = quantity.Unit;
        if (rules.TryGetValue(quantity.Name, out var rule))
        {
            definitions[quantity.Name] = rule;
            return;
        }
        var start = starts.GetValueOrDefault(quantity.Name, value);
        if (rates.TryGetValue(quantity.Name, out var rate))
        {
            AddState(quantity.Name, quantity.Unit, InitialParameter(quantity.Name, quantity.Unit, start), rate, quantity.Name);
        }
        else
        {
            AddParameter(quantity.Name, quantity.Unit, start, what);
        }
        eventTargets[quantity.Name] = v => (quantity.Name, v);
    }

    private void AddStore(Store store, Dictionary<string, Expression> rules, Dictionary<string, Expression> rates, Dictionary<string, Expression> starts)
    {
        units[store.Name] = store.Unit;
        units[store.ContentName] = store.ContentUnit;
        var potentialParts = network.SharedEnergies.Where(e => e.Stores.Contains(store)).Select(e => e.Energy.Derivative(store.Content));
        if (store.Potential is { } potential)
        {
            definitions[Affinities.PotentialName(store)] = Expression.Sum(potentialParts.Prepend(potential));
            units[Affinities.PotentialName(store)] = store is Membrane ? store.Unit : $"{network.EnergyUnit}/{store.ContentUnit}";
        }
        Expression perFace = store switch
        {
            Species { InAmounts: true } => Expression.One,
            Species species => species.Compartment.Symbol,
            Membrane membrane => membrane.Capacitance,
            HeatStore heat => heat.Capacity,
            _ => Expression.One,
        };
        var declared = store switch
        {
            Species species => species.Initial,
            Membrane membrane => membrane.Initial,
            HeatStore heat => heat.Initial,
            EnergyStore energy => energy.InitialContent,
            _ => throw new NotSupportedException(store.GetType().Name),
        };
        var start = starts.GetValueOrDefault(store.Name, declared);

        if (rules.TryGetValue(store.Name, out var rule))
        {
            definitions[store.Name] = rule;
            definitions[store.ContentName] = store.Symbol * perFace;
            return;
        }
        if (store.IsReservoir && store is EnergyStore)
        {
            definitions[store.Name] = store.Face;
            definitions[store.ContentName] = Expression.Zero;
            return;
        }
        bool moved = rates.TryGetValue(store.Name, out var rate);
        if (store.IsReservoir && !moved)
        {
            definitions[store.ContentName] = store.Symbol * perFace;
            if (start.IsConstant || starts.ContainsKey(store.Name))
            {
                AddParameter(store.Name, store.Unit, start, "reservoir");
                eventTargets[store.Name] = v => (store.Name, v);
            }
            else
            {
                definitions[store.Name] = start;
            }
            return;
        }
        definitions[store.Name] = store.Face;
        Expression net = moved
            ? (perFace.IsConstant ? rate! * perFace : (rate! * perFace) + (store.Symbol * TotalDerivative(perFace, rates)))
            : network.InflowByProcesses(store);
        var initial = InitialParameter(store.Name, store.Unit, start) * (store is EnergyStore ? Expression.One : perFace);
        AddState(store.ContentName, store.ContentUnit, initial, net, store is Species s ? "amount in " + s.Compartment.Name : store.Name);
        eventTargets[store.Name] = v => (store.ContentName, store is EnergyStore ? v : v * perFace);
    }

    private void AddProcess(Process process)
    {
        var fluxes = process.Law.Fluxes(process, network.Constants, membranes);
        definitions[process.Name] = fluxes.Net;
        units[process.Name] = process.Unit;
        if (process.Affinity(network.Constants, membranes) is { } affinity)
        {
            definitions[AffinityName(process.Name)] = affinity;
            units[AffinityName(process.Name)] = $"{network.EnergyUnit}/mol";
        }
    }

    /// <summary>d/dt of a formula along the solution, through rate rules and time.</summary>
    private Expression TotalDerivative(Expression formula, Dictionary<string, Expression> rates)
    {
        var resolved = new DefinitionResolver(network.Name, definitions).Resolve(formula, "compartment size");
        return Expression.Sum(resolved.Symbols().Where(rates.ContainsKey).Select(s => resolved.Derivative(Expression.Symbol(s)) * rates[s])
            .Append(resolved.Derivative(Expression.Time)));
    }

    private void AddState(string name, string unit, Expression initial, Expression rate, string scale)
    {
        states.Add((name, unit, rate, scale));
        initialValues[name] = initial;
        units[name] = unit;
    }

    /// <summary>A numeric start becomes a parameter, so that it can be set; a formula stays a formula.</summary>
    private Expression InitialParameter(string name, string unit, Expression start)
    {
        if (!start.IsConstant) return start;
        AddParameter(name + ".initial", unit, start, "initial value");
        return Expression.Symbol(name + ".initial");
    }

    private void AddParameter(string name, string unit, Expression value, string what)
    {
        if (value.IsConstant && !double.IsFinite(value.Value)) throw new NetworkException(
            $"The {what} '{name}' is {value.Value}.", $"network {network.Name}, {what} {name}", "Give it a finite value, by a rule, or with --set.");
        if (what == "compartment" && value.IsConstant && value.Value < 0) throw new NetworkException(
            $"The compartment '{name}' has the negative size {value.Value:g6}.", $"network {network.Name}, compartment {name}", "Give it a size above 0.");
        parameters.Add((name, unit, value));
        units[name] = unit;
    }

    private EventAssignment Retarget(NetworkEvent e, EventAssignment assignment)
    {
        if (!eventTargets.TryGetValue(assignment.Target, out var target)) throw new NetworkException(
            $"The event '{e.Name}' sets '{assignment.Target}', which is given by a rule.", $"event {e.Name}", "Set a quantity without an assignment rule.");
        var (name, value) = target(assignment.Value);
        return new EventAssignment(name, value);
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
            .Concat(network.Processes.Select(p => p.Name))
            .Concat(network.Processes.Select(p => AffinityName(p.Name)).Where(definitions.ContainsKey))
            .Concat(definitions.ContainsKey(StoredEnergyName) ? [StoredEnergyName] : [])
            .Distinct();

    private Dictionary<string, Expression> Index(IEnumerable<(string Target, Expression Value)> rules, string what)
    {
        var index = new Dictionary<string, Expression>(StringComparer.Ordinal);
        foreach (var (target, value) in rules)
        {
            if (!index.TryAdd(target, value)) throw new NetworkException($"'{target}' has two {what}.", $"network {network.Name}", "Keep one of them.");
        }
        return index;
    }
}
