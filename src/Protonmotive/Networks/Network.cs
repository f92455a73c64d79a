using System.Collections.Immutable;
using Protonmotive.Symbolics;

namespace Protonmotive.Networks;

/// <summary>
/// Stores, processes and rules: what every model is, whether it came from SBML, the builder or the atlas. Immutable; made by
/// <see cref="NetworkBuilder"/>.
/// </summary>
public sealed record Network
{
    /// <summary>Name of the model.</summary>
    public required string Name { get; init; }

    /// <summary>What its quantities are counted per ("litre of mitochondria"); empty where they are absolute.</summary>
    public string Per { get; init; } = "";

    /// <summary>Gas constant, temperature and Faraday constant.</summary>
    public required PhysicalConstants Constants { get; init; }

    /// <summary>Parameters, in order of declaration.</summary>
    public ImmutableArray<Parameter> Parameters { get; init; } = [];

    /// <summary>Compartments.</summary>
    public ImmutableArray<Compartment> Compartments { get; init; } = [];

    /// <summary>Stores, reservoirs and membranes included.</summary>
    public ImmutableArray<Store> Stores { get; init; } = [];

    /// <summary>Plain variables.</summary>
    public ImmutableArray<Variable> Variables { get; init; } = [];

    /// <summary>Processes.</summary>
    public ImmutableArray<Process> Processes { get; init; } = [];

    /// <summary>Names for formulas that hold at all times: assignment rules.</summary>
    public ImmutableArray<AssignmentRule> Assignments { get; init; } = [];

    /// <summary>Rates given directly: rate rules.</summary>
    public ImmutableArray<RateRule> Rates { get; init; } = [];

    /// <summary>Equations that hold at all times without saying how: algebraic rules.</summary>
    public ImmutableArray<AlgebraicRule> AlgebraicRules { get; init; } = [];

    /// <summary>Random numbers, drawn at the start of a run and whenever an event that uses them is carried out.</summary>
    public ImmutableArray<Draw> Draws { get; init; } = [];

    /// <summary>Values at the start given by a formula.</summary>
    public ImmutableArray<InitialAssignment> InitialAssignments { get; init; } = [];

    /// <summary>Switches of parameters and jumps of states.</summary>
    public ImmutableArray<NetworkEvent> Events { get; init; } = [];

    /// <summary>Energies that several stores share.</summary>
    public ImmutableArray<SharedEnergy> SharedEnergies { get; init; } = [];

    /// <summary>Parts of the network that have an account of their own.</summary>
    public ImmutableArray<Boundary> Boundaries { get; init; } = [];

    /// <summary>What a file says about its elements, by identifier; "" stands for the model itself.</summary>
    public ImmutableDictionary<string, Documentation> Documentation { get; init; } = ImmutableDictionary<string, Documentation>.Empty;

    /// <summary>What the reader of the model must be told, e.g. how a gap in a file was read.</summary>
    public ImmutableArray<string> Notes { get; init; } = [];

    /// <summary>Unit of time.</summary>
    public string TimeUnit { get; init; } = "s";

    /// <summary>Unit of the energies: content unit times potential unit; "" where the model declares none.</summary>
    public string EnergyUnit { get; init; } = "J";

    /// <summary>Unit of its account: RT where affinities come from fluxes alone, at no known temperature.</summary>
    public string AccountUnit => Constants.Temperature is null && Stores.All(s => s.Energy is null) ? "RT" : EnergyUnit;

    /// <summary>Unit of its energies over a content: J/mol also where both are counted in pico.</summary>
    internal string EnergyPer(string content) => (EnergyUnit, content) is ("pJ", "pmol") ? "J/mol" : $"{EnergyUnit}/{content}";

    /// <summary>Unit of the affinity of a process.</summary>
    internal string AffinityUnit(Process process) => EnergyPer(process.Unit.StartsWith("pmol/", StringComparison.Ordinal) ? "pmol" : "mol");

    /// <summary>The membranes.</summary>
    public IEnumerable<Membrane> Membranes => Stores.OfType<Membrane>();

    /// <summary>Any quantity by its name; null where there is none.</summary>
    public Quantity? Find(string name) => NetworkIndex.Of(this).Find(name);

    /// <summary>Whether something outside the processes holds a store's content: a reservoir, or an assignment rule.</summary>
    public bool IsHeld(Store store) => store.IsReservoir || NetworkIndex.Of(this).IsAssigned(store.Name);

    /// <summary>Name of the definition that holds dx/dt of a quantity's symbol.</summary>
    public static string RateName(string quantity) => Expression.RatePrefix + quantity;

    /// <summary>What one unit of a process's flux adds to a store; null where the process does not touch it.</summary>
    public Expression? Coefficient(Process process, Store store)
    {
        if (store is Membrane membrane)
        {
            double charge = process.ChargeAcross(membrane);
            return charge == 0 ? null : Constants.Faraday * charge;
        }
        foreach (var participant in process.Stoichiometry) if (participant.Store == store) return participant.Coefficient * ((store as Species)?.ConversionFactor ?? Expression.One);
        return null;
    }

    /// <summary>What all processes together bring into a store per time: Σ ν J.</summary>
    public Expression InflowByProcesses(Store store) =>
        Expression.Sum(NetworkIndex.Of(this).Changing(store).Select(p => p.Coefficient * p.Process.Symbol));

    /// <summary>The flat equation system, with more integrals and observables if asked.</summary>
    /// <param name="quadratures">Integrals in the network's own symbols.</param>
    /// <param name="observables">More outputs in the network's own symbols.</param>
    /// <exception cref="NetworkException">Undefined symbol, algebraic loop, or two rules for one quantity.</exception>
    public EquationSystem Lower(IEnumerable<Quadrature>? quadratures = null, IEnumerable<Observable>? observables = null) =>
        new Lowering(this).ToEquations(quadratures ?? [], observables ?? []);

    /// <summary>The network as a jump process, for stochastic simulation: amounts count things, a flux is the chance per time to fire once.</summary>
    /// <param name="observables">More outputs in the network's own symbols.</param>
    /// <exception cref="NetworkException">Something in it has no stochastic meaning: an algebraic rule, a fast process, a delayed value.</exception>
    public ChannelSystem ToChannels(IEnumerable<Observable>? observables = null) => new ChannelLowering(this).Lower(observables ?? []);

    /// <summary>The network in a heat bath: every flux linear in its affinity comes with the noise that fluctuation and dissipation ask for.</summary>
    /// <param name="thermalEnergy">k_BT in the network's unit of energy: a number, or a formula of parameters and time.</param>
    /// <param name="observables">More outputs in the network's own symbols.</param>
    /// <exception cref="NetworkException">A dissipating process is not linear in its affinity, a potential is unknown, or something else in it has no diffusion.</exception>
    public DiffusionSystem ToDiffusion(Expression thermalEnergy, IEnumerable<Observable>? observables = null) => new DiffusionLowering(this, thermalEnergy).Lower(observables ?? []);
}

/// <summary>A quantity that equals a formula at all times.</summary>
/// <param name="Target">Name of the quantity.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Value">The formula.</param>
public sealed record AssignmentRule(string Target, string Unit, Expression Value)
{
    /// <summary>Plain name of what it is one of, where the same is at many places; "" for a rule by itself.</summary>
    public string Group { get; init; } = "";

    /// <summary>What it is, for readers.</summary>
    public string Description { get; init; } = "";
}

/// <summary>A quantity whose rate is given.</summary>
/// <param name="Target">Name of the quantity.</param>
/// <param name="Value">d(target)/dt.</param>
public sealed record RateRule(string Target, Expression Value);

/// <summary>A quantity whose value at the start is given by a formula.</summary>
/// <param name="Target">Name of the quantity.</param>
/// <param name="Value">The formula, evaluated at the start.</param>
public sealed record InitialAssignment(string Target, Expression Value);

/// <summary>An equation 0 = residual that determines one quantity.</summary>
/// <param name="Target">The quantity it determines.</param>
/// <param name="Residual">What must be 0.</param>
public sealed record AlgebraicRule(string Target, Expression Residual);

/// <summary>An energy that depends on several stores: its derivative adds to the potential of each.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Energy">In the stores' content symbols.</param>
/// <param name="Stores">The stores it belongs to.</param>
public sealed record SharedEnergy(string Name, Expression Energy, ImmutableArray<Store> Stores);

/// <summary>Processes with an account of their own: what one carrier spends in them, what they dissipate, and what is left as work.</summary>
/// <param name="Name">Its name, printed with every total.</param>
/// <param name="Processes">Names of the processes inside (<see cref="Process.LineName"/>).</param>
/// <param name="Input">The carrier whose power enters.</param>
public sealed record Boundary(string Name, ImmutableArray<string> Processes, string Input);
