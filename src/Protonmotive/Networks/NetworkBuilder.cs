using System.Collections.Immutable;
using Protonmotive.Symbolics;

namespace Protonmotive.Networks;

/// <summary>Builds a <see cref="Network"/> so that the code reads like the model's equations.</summary>
/// <example>
/// <code>
/// var b = new NetworkBuilder("two pools");
/// b.Temperature = b.Parameter("T", 310.15, "K");
/// var cell = b.Compartment("cell", 1, "L");
/// var A = b.Species("A", cell, initial: 1e-3, standardPotential: 0);
/// var B = b.Species("B", cell, initial: 0, standardPotential: -5000);
/// b.Process("conversion", ProcessKind.Reaction, "A &lt;-> B", FluxLaw.MarcelinDeDonder(b.Parameter("X", 1e-3, "mol/s")));
/// var network = b.Build();
/// </code>
/// </example>
public sealed partial class NetworkBuilder
{
    private readonly string name;
    private readonly Dictionary<string, string> names = new(StringComparer.Ordinal);
    private readonly List<Parameter> parameters = [];
    private readonly List<Compartment> compartments = [];
    private readonly List<Store> stores = [];
    private readonly Dictionary<string, Store> storesByName = new(StringComparer.Ordinal);
    private readonly List<Variable> variables = [];
    private readonly List<Process> processes = [];
    private readonly List<AssignmentRule> assignments = [];
    private readonly List<RateRule> rates = [];
    private readonly List<AlgebraicRule> algebraicRules = [];
    private readonly List<Draw> draws = [];
    private readonly Dictionary<string, Documentation> documentation = new(StringComparer.Ordinal);
    private readonly List<InitialAssignment> initialAssignments = [];
    private readonly List<NetworkEvent> events = [];
    private readonly List<SharedEnergy> sharedEnergies = [];
    private readonly List<Boundary> boundaries = [];
    private readonly List<string> notes = [];

    /// <summary>Starts an empty network.</summary>
    public NetworkBuilder(string name) => this.name = name;

    /// <summary>T; needed by potentials and by laws that use RT.</summary>
    public Expression? Temperature { get; set; }

    /// <summary>R, CODATA unless the model states its own.</summary>
    public Expression GasConstant { get; set; } = PhysicalConstants.CodataGasConstant;

    /// <summary>F, CODATA unless the model states its own.</summary>
    public Expression Faraday { get; set; } = PhysicalConstants.CodataFaraday;

    /// <summary>Ambient temperature of the exergy of heat stores.</summary>
    public Expression? AmbientTemperature { get; set; }

    /// <summary>What quantities are counted per.</summary>
    public string Per { get; set; } = "";

    /// <summary>Unit of time.</summary>
    public string TimeUnit { get; set; } = "s";

    /// <summary>Unit of amounts.</summary>
    public string AmountUnit { get; set; } = "mol";

    /// <summary>Unit of energies.</summary>
    public string EnergyUnit { get; set; } = "J";

    /// <summary>
    /// Concentration below which a store counts as empty: the logarithm of its potential stops there, and its free energy goes
    /// on as a straight line, so potentials stay finite and the books still close exactly.
    /// </summary>
    public double TraceConcentration { get; set; } = 1e-12;

    /// <summary>R, T and F as the network will have them.</summary>
    public PhysicalConstants Constants => new(GasConstant, Temperature, Faraday);

    /// <summary>R·T.</summary>
    public Expression RT => Constants.ThermalEnergy;

    /// <summary>A parameter.</summary>
    public Parameter Parameter(string name, Expression value, string unit = "", string source = "", string description = "") =>
        Add(parameters, new Parameter(Named(name), unit, value) { Group = GroupOf(name), Source = source, Description = description }, "parameter");

    /// <summary>A space; its symbol is its size.</summary>
    public Compartment Compartment(string name, Expression size, string unit = "L", string description = "") =>
        Add(compartments, new Compartment(Named(name), unit, size) { Group = GroupOf(name), Description = description }, "compartment");

    /// <summary>A species, or a pool if it has a binding polynomial.</summary>
    /// <param name="name">Identifier.</param>
    /// <param name="compartment">Where it is.</param>
    /// <param name="initial">Initial concentration (amount, if <paramref name="inAmounts"/>).</param>
    /// <param name="charge">Charge number; of the reference form, for a pool.</param>
    /// <param name="standardPotential">μ° at c° = 1 of the model's concentration unit; leave out if unknown.</param>
    /// <param name="binding">Binding polynomial: total over free reference form.</param>
    /// <param name="composition">Chemical formula, for the atom balance.</param>
    /// <param name="inAmounts">Whether the symbol is the amount.</param>
    /// <param name="unit">Unit of the symbol; the amount unit over the compartment's unit by default.</param>
    /// <param name="description">For readers.</param>
    /// <param name="conversionFactor">Amount that one unit of extent makes; 1 by default.</param>
    public Species Species(string name, Compartment compartment, Expression initial, double? charge = null, Expression? standardPotential = null,
        Expression? binding = null, string? composition = null, bool inAmounts = false, string? unit = null, string description = "", Expression? conversionFactor = null) =>
        Add(stores, MakeSpecies(name, compartment, initial, charge, standardPotential, binding, composition, inAmounts, unit, description, false) with { ConversionFactor = conversionFactor }, "species");

    /// <summary>A species whose concentration the surroundings hold; what processes take of it is supplied.</summary>
    public Species Reservoir(string name, Compartment compartment, Expression level, double? charge = null, Expression? standardPotential = null,
        Expression? binding = null, string? composition = null, bool inAmounts = false, string? unit = null, string description = "", string effective = "") =>
        Add(stores, MakeSpecies(name, compartment, level, charge, standardPotential, binding, composition, inAmounts, unit, description, true) with { Effective = effective }, "reservoir");

    /// <summary>A reservoir known by its potential alone, e.g. the effective redox potential of an unspecified substrate.</summary>
    public EnergyStore PotentialReservoir(string name, Expression potential, string unit, string effective = "", string description = "")
    {
        var content = Expression.Symbol(Named(name) + ".content");
        return Add(stores, new EnergyStore(Named(name), unit)
        {
            Group = GroupOf(name),
            InitialContent = 0,
            Energy = potential * content,
            FaceOfContent = potential,
            IsReservoir = true,
            Effective = effective,
            ContentUnit = (EnergyUnit, unit) switch { ("J", "V") => "C", ("pJ", "mV") => "nC", _ => AmountUnit }, // what volts hold is charge
            Description = description,
        }, "reservoir");
    }

    /// <summary>A membrane whose potential difference is a state (or held, if clamped).</summary>
    public Membrane Membrane(string name, IEnumerable<Compartment> positive, IEnumerable<Compartment> negative,
        Expression capacitance, Expression initial, bool clamped = false, string unit = "V", string chargeUnit = "C", string description = "")
    {
        var membrane = new Membrane(Named(name), unit, [.. positive], [.. negative])
        {
            Group = GroupOf(name),
            Capacitance = capacitance,
            Initial = initial,
            IsReservoir = clamped,
            ContentUnit = chargeUnit,
            Description = description,
        };
        return Add(stores, membrane with { Energy = membrane.Content * membrane.Content / (2 * capacitance) }, "membrane");
    }

    /// <summary>A body that holds heat. Its exergy at the ambient temperature T₀ is C·((T − T₀) − T₀ ln(T/T₀)).</summary>
    /// <remarks>Its potential is 1 − T₀/T, so conduction of heat dissipates T₀ times the entropy it produces.</remarks>
    public HeatStore HeatStore(string name, Expression capacity, Expression initial, bool held = false, string unit = "K", string heatUnit = "J")
    {
        var ambient = AmbientTemperature ?? throw new NetworkException("A heat store needs the ambient temperature.", $"heat store {name}", "Set NetworkBuilder.AmbientTemperature first.");
        var store = new HeatStore(Named(name), unit) { Group = GroupOf(name), Capacity = capacity, Initial = initial, IsReservoir = held, ContentUnit = heatUnit };
        var temperature = store.Content / capacity;
        return Add(stores, store with { Energy = capacity * (temperature - ambient - (ambient * Expression.Log(temperature / ambient))) }, "heat store");
    }

    /// <summary>Any store with a declared energy of its content x, which <paramref name="energy"/> receives.</summary>
    public EnergyStore Store(string name, Expression initial, Func<Expression, Expression>? energy, string contentUnit = "", string unit = "",
        Func<Expression, Expression>? face = null, string description = "")
    {
        var content = Expression.Symbol(Named(name) + ".content");
        return Add(stores, new EnergyStore(Named(name), unit)
        {
            Group = GroupOf(name),
            InitialContent = initial,
            Energy = energy?.Invoke(content),
            FaceOfContent = face?.Invoke(content),
            ContentUnit = contentUnit,
            Description = description,
        }, "store");
    }

    /// <summary>
    /// Ions bound by a buffer of constant buffering power: d ln c / dn = power/volume. The symbol is the free concentration; the
    /// content counts free and bound ions from where c is <paramref name="reference"/>.
    /// </summary>
    /// <param name="name">Identifier of the free concentration.</param>
    /// <param name="compartment">Where it is.</param>
    /// <param name="initial">Free concentration at the start.</param>
    /// <param name="power">Buffering coefficient x in dc/dt = x·c·J/V, one over concentration.</param>
    /// <param name="reference">Free concentration at content 0.</param>
    /// <param name="charge">Charge number.</param>
    /// <param name="unit">Unit of the concentration.</param>
    /// <remarks>μ = RT ln c = RT (ln c₀ + n x/V), so G = RT (n ln c₀ + n² x/(2V)).</remarks>
    public EnergyStore Buffer(string name, Compartment compartment, Expression initial, Expression power, double reference, double charge, string unit = "")
    {
        var n = Expression.Symbol(Named(name) + ".content");
        var slope = power / compartment.Symbol;
        return Add(stores, new EnergyStore(Named(name), unit)
        {
            Group = GroupOf(name),
            InitialContent = Expression.Log(initial / reference) / slope,
            Energy = RT * ((n * Math.Log(reference)) + (n * n * slope / 2)),
            FaceOfContent = reference * Expression.Exp(n * slope),
            ContentUnit = AmountUnit,
            Compartment = compartment,
            Charge = charge,
        }, "buffer");
    }

    /// <summary>A plain variable with unknown potential; give it a rate or an assignment.</summary>
    public Variable Variable(string name, Expression initial, string unit = "", string description = "") =>
        Add(variables, new Variable(Named(name), unit, initial) { Group = GroupOf(name), Description = description }, "variable");

    /// <summary>A name for a formula that holds at all times; returns its symbol.</summary>
    public Expression Define(string name, Expression value, string unit = "", string description = "")
    {
        var defined = Named(name);
        Claim(defined, "definition");
        assignments.Add(new AssignmentRule(defined, unit, value) { Description = description, Group = GroupOf(name) });
        return Expression.Symbol(defined);
    }

    /// <summary>Gives a declared quantity by a formula at all times.</summary>
    public NetworkBuilder Assign(string target, Expression value)
    {
        assignments.Add(new AssignmentRule(Meant(target), "", value));
        return this;
    }

    /// <summary>Gives the rate of a declared quantity.</summary>
    public NetworkBuilder Rate(string target, Expression value)
    {
        rates.Add(new RateRule(Meant(target), value));
        return this;
    }

    /// <summary>Gives the value of a declared quantity at the start.</summary>
    public NetworkBuilder InitialAssignment(string target, Expression value)
    {
        initialAssignments.Add(new InitialAssignment(Meant(target), value));
        return this;
    }

    /// <summary>A neural network whose weights are parameters of this network.</summary>
    /// <param name="name">With which the names of the weights begin.</param>
    /// <param name="inputs">What it reads.</param>
    /// <param name="hidden">Neurons in each hidden layer.</param>
    /// <param name="outputs">Number of outputs.</param>
    /// <param name="activation">What hidden neurons compute.</param>
    /// <param name="seed">Seed of the weights it starts with.</param>
    /// <exception cref="NetworkException">A layer is empty, or a name is taken.</exception>
    public Perceptron Perceptron(string name, IEnumerable<LearnedInput> inputs, IEnumerable<int> hidden, int outputs = 1, Activation activation = Activation.Tanh, ulong seed = 1) =>
        place is { } at ? throw new NetworkException($"The perceptron '{name}' is declared at the place {at}, but its weights are shared.", $"network {this.name}", "Make it before Replicate, of inputs that all places share, or write its law by hand.") :
        new(name, [.. inputs], [.. hidden], outputs, activation, seed, (weight, value, what) => Parameter(weight, value, "1", $"learned, seed {seed}", what));

    /// <summary>A process from its reaction equation and law; its symbol is the flux.</summary>
    /// <param name="name">Identifier.</param>
    /// <param name="kind">What kind of boundary it is.</param>
    /// <param name="equation">As <see cref="ReactionEquation"/> reads it.</param>
    /// <param name="law">Its flux law.</param>
    /// <param name="unit">Unit of the flux.</param>
    /// <param name="halves">The affinity's split: carrier and sub-equation; they must add up to the equation.</param>
    /// <param name="description">For readers.</param>
    /// <exception cref="NetworkException">A bad equation, or halves that do not add up.</exception>
    public Process Process(string name, ProcessKind kind, string equation, FluxLaw law, string? unit = null,
        IEnumerable<Half>? halves = null, string description = "")
    {
        var (reactants, products, reversible) = ReactionEquation.Parse(equation, FindStore);
        return Process(name, kind, reactants, products, law, reversible, unit, halves, description);
    }

    /// <summary>A process from its participants.</summary>
    public Process Process(string name, ProcessKind kind, IEnumerable<Participant> reactants, IEnumerable<Participant> products, FluxLaw law,
        bool reversible = true, string? unit = null, IEnumerable<Half>? halves = null, string description = "")
    {
        var process = new Process(Named(name), unit ?? $"{AmountUnit}/{TimeUnit}", kind, [.. reactants], [.. products], law)
        {
            Group = GroupOf(name),
            IsReversible = reversible,
            Description = description,
            Halves = [.. (halves ?? []).Select(MakeHalf)],
        };
        CheckHalves(process);
        return Add(processes, process, "process");
    }

    /// <summary>
    /// What couples two stores without loss: dx₁/dt = −r·μ₂ and dx₂/dt = r·μ₁. Its affinity is 0 at every state. A moving mass on a spring
    /// or a rope, an inductor beside a capacitor: the antisymmetric part L of dx/dt = N J + L ∂G/∂x.
    /// </summary>
    /// <param name="name">Identifier; its flux is 1, the exchange is in its coefficients.</param>
    /// <param name="first">Store 1.</param>
    /// <param name="second">Store 2.</param>
    /// <param name="ratio">r, in content of both per energy and time.</param>
    /// <param name="description">For readers.</param>
    /// <exception cref="NetworkException">A store has no known potential.</exception>
    /// <remarks>van der Schaft, Rao and Jayawardhana (2013), SIAM J. Appl. Math. 73, 953: the structure matrix of a port-Hamiltonian system.</remarks>
    public Process Gyrator(string name, Store first, Store second, Expression ratio, string description = "")
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        foreach (var store in (Store[])[first, second])
            if (store.Energy is null) throw new NetworkException($"'{store.Name}' has no known potential.", $"gyrator {name}", "Give the store an energy.");
        Expression Potential(Store store) => Expression.Symbol(Affinities.PotentialName(store));
        return Process(name, ProcessKind.Conductor, [new Participant(first, ratio * Potential(second))], [new Participant(second, ratio * Potential(first))], FluxLaw.Formula(1), unit: "1", description: description);
    }

    /// <summary>A process made elsewhere.</summary>
    public Process Process(Process process)
    {
        CheckHalves(process);
        return Add(processes, process, "process");
    }

    /// <summary>An equation 0 = residual that determines a declared quantity at all times.</summary>
    public NetworkBuilder Require(string target, Expression residual)
    {
        algebraicRules.Add(new AlgebraicRule(Meant(target), residual));
        return this;
    }

    /// <summary>A random number; returns its symbol.</summary>
    public Expression Draw(Draw draw)
    {
        var named = draw with { Name = Named(draw.Name) };
        Claim(named.Name, "draw");
        draws.Add(named);
        return Expression.Symbol(named.Name);
    }

    /// <summary>What a file says about an element; "" for the model.</summary>
    public NetworkBuilder Document(string identifier, Documentation said)
    {
        documentation[identifier] = said;
        return this;
    }

    /// <summary>At a time, sets parameters or stores (by their symbol) to new values.</summary>
    public NetworkBuilder At(double time, string name, params IEnumerable<(Quantity Target, Expression Value)> assignments) =>
        When(name, Expression.LessOrEqual(time, Expression.Time), [.. assignments.Select(a => new EventAssignment(a.Target.Name, a.Value))], trueBeforeStart: false);

    /// <summary>Whenever a truth value turns true, sets quantities to new values.</summary>
    public NetworkBuilder When(string name, Expression trigger, ImmutableArray<EventAssignment> assignments, bool trueBeforeStart = true) =>
        When(new NetworkEvent(name, trigger, assignments, trueBeforeStart));

    /// <summary>An event with delay, priority and so on.</summary>
    public NetworkBuilder When(NetworkEvent jump)
    {
        ArgumentNullException.ThrowIfNull(jump);
        events.Add(place is null ? jump : jump with { Name = Named(jump.Name), Assignments = [.. jump.Assignments.Select(a => a with { Target = Meant(a.Target) })] });
        return this;
    }

    /// <summary>An energy shared by several stores.</summary>
    public NetworkBuilder SharedEnergy(string name, Expression energy, params ImmutableArray<Store> stores)
    {
        sharedEnergies.Add(new SharedEnergy(Named(name), energy, stores));
        return this;
    }

    /// <summary>A part of the network with an account of its own.</summary>
    public NetworkBuilder Boundary(string name, string input, params IEnumerable<Process> processes)
    {
        boundaries.Add(new Boundary(name, [.. processes.Select(p => p.LineName).Distinct()], input));
        return this;
    }

    /// <summary>Something the reader of the model must be told.</summary>
    public NetworkBuilder Note(string note)
    {
        notes.Add(note);
        return this;
    }

    /// <summary>The network.</summary>
    /// <exception cref="NetworkException">A rule for a quantity that does not exist.</exception>
    public Network Build()
    {
        foreach (var target in rates.Select(r => r.Target).Concat(algebraicRules.Select(r => r.Target)).Concat(initialAssignments.Select(i => i.Target)).Concat(events.SelectMany(e => e.Assignments.Select(a => a.Target))))
        {
            if (!names.ContainsKey(target)) throw new NetworkException($"A rule or event sets '{target}', which is not declared.", $"network {name}", $"Declare '{target}' as a parameter, species, compartment or variable.");
        }
        CheckMobilities();
        return new Network
        {
            Name = name,
            Per = Per,
            Constants = Constants,
            Parameters = [.. parameters],
            Compartments = [.. compartments],
            Stores = [.. stores],
            Variables = [.. variables],
            Processes = [.. processes],
            Assignments = [.. assignments],
            Rates = [.. rates],
            AlgebraicRules = [.. algebraicRules],
            Draws = [.. draws],
            Documentation = documentation.ToImmutableDictionary(),
            InitialAssignments = [.. initialAssignments],
            Events = [.. events],
            SharedEnergies = [.. sharedEnergies],
            Boundaries = [.. boundaries],
            Notes = [.. notes],
            TimeUnit = TimeUnit,
            EnergyUnit = EnergyUnit,
        };
    }

    /// <summary>ΣΦ is a sum of squares only if every process of a mobility has its row of it.</summary>
    private void CheckMobilities()
    {
        foreach (var mobility in processes.Select(p => p.Law).OfType<CoupledLearnedLaw>().Select(l => l.Mobility).Distinct())
        {
            foreach (var member in mobility.Processes)
            {
                if (processes.Exists(p => p.Name == member && p.Law is CoupledLearnedLaw law && law.Mobility == mobility)) continue;
                throw new NetworkException($"The learned mobility of {string.Join(", ", mobility.Processes)} has a row for '{member}', which no process takes.",
                    $"network {name}, perceptron {mobility.Network.Name}", $"Give the process '{member}' the law FluxLaw.Learned with this mobility.");
            }
        }
    }

    private Store? FindStore(string store) => storesByName.TryGetValue(Named(store), out var here) ? here : storesByName.GetValueOrDefault(store);

    private T Add<TBase, T>(List<TBase> list, T item, string what)
        where T : Quantity, TBase
    {
        Claim(item.Name, what);
        list.Add(item);
        if (item is Store store) storesByName.Add(store.Name, store);
        return item;
    }

    private void Claim(string identifier, string what)
    {
        if (!names.TryAdd(identifier, what)) throw new NetworkException(
            $"'{identifier}' is declared twice: as {names[identifier]} and as {what}.", $"network {name}", "Give one of them another name.");
    }

    private Species MakeSpecies(string identifier, Compartment compartment, Expression initial, double? charge, Expression? standardPotential,
        Expression? binding, string? composition, bool inAmounts, string? unit, string description, bool reservoir)
    {
        var species = new Species(Named(identifier), unit ?? (inAmounts ? AmountUnit : $"{AmountUnit}/{compartment.Unit}"), compartment)
        {
            Group = GroupOf(identifier),
            Initial = initial,
            Charge = charge,
            StandardPotential = standardPotential,
            Binding = binding,
            Composition = composition is null ? null : ChemicalFormula.Parse(composition),
            InAmounts = inAmounts,
            IsReservoir = reservoir,
            ContentUnit = AmountUnit,
            Description = description,
        };
        return standardPotential is null ? species : species with { Energy = IdealDilute.Energy(species, standardPotential, RT, TraceConcentration) };
    }

    private HalfReaction MakeHalf(Half half)
    {
        if (half.Equation.Length == 0) return new HalfReaction(half.Carrier, [], half.Charge);
        var (reactants, products, _) = ReactionEquation.Parse(half.Equation, FindStore);
        return new HalfReaction(half.Carrier, [.. reactants.Select(p => p with { Coefficient = -p.Coefficient }).Concat(products)], half.Charge);
    }

    private void CheckHalves(Process process)
    {
        if (process.Halves.IsEmpty) return;
        foreach (var store in process.Stoichiometry.Select(p => p.Store).Concat(process.Halves.SelectMany(h => h.Participants.Select(p => p.Store))).Distinct())
        {
            double whole = process.Stoichiometry.Where(p => p.Store == store).Sum(p => p.Coefficient.Value);
            double parts = process.Halves.SelectMany(h => h.Participants).Where(p => p.Store == store).Sum(p => p.Coefficient.Value);
            if (Math.Abs(whole - parts) > 1e-9) throw new NetworkException(
                $"The half-reactions of '{process.Name}' do not add up: '{store.Name}' has {parts:g6} in them and {whole:g6} in the whole.",
                $"process {process.Name}: {process.Equation}", "Mend the coefficients of the half-reactions.");
        }
        foreach (var membrane in stores.OfType<Membrane>())
        {
            double whole = process.ChargeAcross(membrane);
            double parts = process.Halves.Sum(h => process.ChargeAcross(membrane, h));
            if (Math.Abs(whole - parts) > 1e-9) throw new NetworkException(
                $"The half-reactions of '{process.Name}' move {parts:g6} charges across '{membrane.Name}', the whole moves {whole:g6}.",
                $"process {process.Name}: {process.Equation}", "State the charge of the halves so that they add up.");
        }
    }
}

/// <summary>A half-reaction as the builder takes it.</summary>
/// <param name="Carrier">The carrier it belongs to.</param>
/// <param name="Equation">Its equation; empty for a charge alone.</param>
/// <param name="Charge">Charge moved from N to P; null where it follows from the species.</param>
public readonly record struct Half(string Carrier, string Equation, double? Charge = null);
