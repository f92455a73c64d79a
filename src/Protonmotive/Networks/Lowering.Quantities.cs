using Protonmotive.Symbolics;

namespace Protonmotive.Networks;

/// <remarks>What becomes a state, a parameter, or a definition.</remarks>
internal sealed partial class Lowering
{
    private readonly List<(string State, Store Store)> slowParts = [];
    private readonly HashSet<string> moving = new(StringComparer.Ordinal);

    /// <summary>Everything that a rule, a rate or an event may change.</summary>
    private void FindMoving()
    {
        moving.UnionWith(rules.Keys);
        moving.UnionWith(rates.Keys);
        moving.UnionWith(residuals.Keys);
        moving.UnionWith(network.Events.SelectMany(e => e.Assignments.Select(a => a.Target)));
    }

    private void AddPlain(Quantity quantity, Expression value, string what)
    {
        var name = quantity.Name;
        units[name] = quantity.Unit;
        if (rules.TryGetValue(name, out var rule))
        {
            definitions[name] = rule;
            return;
        }
        var start = starts.GetValueOrDefault(name, value);
        if (rates.TryGetValue(name, out var rate)) AddState(name, quantity.Unit, InitialParameter(name, quantity.Unit, start), rate, name);
        else if (residuals.TryGetValue(name, out var residual)) AddState(name, quantity.Unit, InitialParameter(name, quantity.Unit, start), residual, name, mass: 0);
        else AddParameter(name, quantity.Unit, start, what);
        eventTargets[name] = new EventTarget(name, null);
    }

    private void AddStore(Store store)
    {
        units[store.Name] = store.Unit;
        units[store.ContentName] = store.ContentUnit;
        var potentialParts = network.SharedEnergies.Where(e => e.Stores.Contains(store)).Select(e => e.Energy.Derivative(store.Content));
        if (store.Potential is { } potential)
        {
            definitions[Affinities.PotentialName(store)] = Expression.Sum(potentialParts.Prepend(potential));
            units[Affinities.PotentialName(store)] = store is Membrane ? store.Unit : network.EnergyPer(store.ContentUnit);
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
        // An amount over a volume, as SBML's initialAmount is read: the amount is what is given.
        var amount = start.Operation == Operation.Divide && start.Operands[0].IsConstant && ReferenceEquals(start.Operands[1], perFace) ? start.Operands[0] : null;

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
        bool isRated = rates.TryGetValue(store.Name, out var rate), isAlgebraic = residuals.TryGetValue(store.Name, out var residual);
        bool keepsContent = store.IsReservoir && perFace.Operation == Operation.Symbol && moving.Contains(perFace.Name);
        if (store.IsReservoir && !isRated && !isAlgebraic && !keepsContent)
        {
            definitions[store.ContentName] = store.Symbol * perFace;
            if (start.IsConstant || starts.ContainsKey(store.Name) || amount is not null)
            {
                AddParameter(store.Name, store.Unit, start, "reservoir");
                eventTargets[store.Name] = new EventTarget(store.Name, null);
            }
            else
            {
                definitions[store.Name] = start;
            }
            return;
        }

        definitions[store.Name] = store.Face;
        var content = isRated || isAlgebraic || keepsContent ? store.ContentName : SlowPart(store);
        var net = isAlgebraic ? residual!
            : isRated ? (perFace.IsConstant ? rate! * perFace : (rate! * perFace) + (store.Symbol * Slope(perFace)))
            : keepsContent ? Expression.Zero
            : Expression.Sum(index.Changing(store).Where(p => !p.Process.IsFast).Select(p => p.Coefficient * p.Process.Symbol));
        var initial = amount is not null ? InitialParameter(store.ContentName, store.ContentUnit, amount)
            : InitialParameter(store.Name, store.Unit, start) * (store is EnergyStore ? Expression.One : perFace);
        AddState(content, store.ContentUnit, initial, net, store is Species s ? "amount in " + s.Compartment.Name : store.Name, isAlgebraic ? 0 : 1, isSigned: store is Membrane);
        if (network.Events.IsEmpty) return; // nothing sets it
        eventTargets[store.Name] = store is EnergyStore || perFace.IsConstant
            ? new EventTarget(content, null) { Factor = store is EnergyStore ? Expression.One : perFace }
            : new EventTarget(content, v => v * perFace) { IsFixedFactor = perFace.Operation == Operation.Symbol && !moving.Contains(perFace.Name), Factor = perFace };
    }

    /// <summary>
    /// The state that stands for a store's content: itself, or, where fast processes touch it, the content less what they moved.
    /// Their extents are states of their own, faster than all else by <see cref="FastMass"/>; the solver brings them to rest at every
    /// start, so that the slow states do not feel how fast "fast" is.
    /// </summary>
    private string SlowPart(Store store)
    {
        if (!hasFast) return store.ContentName;
        var fast = index.Changing(store).Where(p => p.Process.IsFast).Select(p => (p.Coefficient, Extent: Expression.Symbol(ExtentName(p.Process)))).ToList();
        if (fast.Count == 0) return store.ContentName;
        var slow = store.ContentName + ".slow";
        slowParts.Add((slow, store));
        definitions[store.ContentName] = Expression.Symbol(slow) + Expression.Sum(fast.Select(p => p.Coefficient * p.Extent));
        return slow;
    }

    /// <summary>Inertia of the extent of a fast process: it moves 10¹⁰ times as fast as its law says.</summary>
    private const double FastMass = 1e-10;

    private static string ExtentName(Process process) => "fast." + process.Name;

    private void AddProcess(Process process)
    {
        var membranes = index.MembranesOf(process);
        var fluxes = process.Law.Fluxes(process, network.Constants, membranes);
        definitions[process.Name] = fluxes.Net;
        units[process.Name] = process.Unit;
        if (process.IsFast && process.Stoichiometry.Any(p => initialValues.ContainsKey(p.Store.ContentName + ".slow")))
            AddState(ExtentName(process), "", Expression.Zero, fluxes.Net, ExtentName(process), mass: FastMass);
        if (process.Affinity(network.Constants, membranes) is { } affinity)
        {
            definitions[AffinityName(process.Name)] = affinity;
            units[AffinityName(process.Name)] = network.AffinityUnit(process);
        }
    }

    private void AddState(string name, string unit, Expression initial, Expression rate, string scale, double mass = 1, bool isSigned = false)
    {
        states.Add(new LoweredState(name, unit, rate, scale, mass, isSigned));
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
        if (what == "compartment" && value.IsConstant && value.Value < 0) throw new NetworkException(
            $"The compartment '{name}' has the negative size {value.Value:g6}.", $"network {network.Name}, compartment {name}", "Give it a size above 0.");
        parameters.Add((name, unit, value));
        units[name] = unit;
    }

    /// <summary>
    /// Where an algebraic rule is affine in its target at the start, the target starts at its solution, so that what follows from it
    /// at the start is right; otherwise it starts at its declared value and the solver makes the start consistent.
    /// </summary>
    private void SolveAlgebraicStarts()
    {
        foreach (var state in states.Where(s => s.Mass == 0))
        {
            var all = InitialDefinitions();
            var unknown = Expression.Symbol("unknown." + state.Name);
            all[state.Name] = unknown;
            var residual = new DefinitionResolver(network.Name, all).Resolve(DelayExtraction.AtStart(state.Rate), $"algebraic rule for {state.Name}");
            var slope = residual.Derivative(unknown).Simplify();
            if (slope.DependsOn(unknown) || (slope.IsConstant && slope.Value == 0)) continue;
            if (states.Exists(s => s != state && residual.DependsOn(Expression.Symbol(s.Name)))) continue;
            var solution = -residual.Substitute(new Dictionary<Expression, Expression> { [unknown] = Expression.Zero }) / slope;
            // A parameter whose own value follows from the target would make a loop: leave such starts to the solver.
            if (parameters.Exists(p => !p.Value.IsConstant && solution.DependsOn(Expression.Symbol(p.Name)))) continue;
            initialValues[state.Name] = solution;
        }
    }
}
