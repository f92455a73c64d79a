using System.Collections.Immutable;
using Protonmotive.Kernels;
using Protonmotive.Networks;
using Protonmotive.Solvers;
using Protonmotive.Symbolics;
using static Protonmotive.Symbolics.Expression;

namespace Protonmotive.Thermodynamics;

/// <summary>
/// The free-energy account of a network: which integrals the solver takes along with the states, and how they are read as a
/// <see cref="Ledger"/>. It is asked for before the run, so that its integrals stand under the solver's error control.
/// </summary>
/// <example>
/// <code>
/// var account = Account.Of(network);
/// var solution = Ode.Solve(new InitialValueProblem(account.Compile(), 0, 200), new Rodas4(), new Tolerance(1e-6));
/// var ledger = account.Read(solution);
/// </code>
/// </example>
public sealed class Account
{
    private const string Turnover = "turnover";
    private const string Activity = "activity";

    /// <summary>Below this share of J⁺ + J⁻ a one-way flux counts as absent in RT ln(J⁺/J⁻).</summary>
    private const double TraceFlux = 1e-15;

    /// <summary>Keeps the logarithm of a ratio finite where both one-way fluxes are 0.</summary>
    private const double SmallestFlux = 1e-300;

    private readonly Network network;
    private readonly Lowering lowering;
    private readonly List<Observable> affinities = [];
    private readonly IReadOnlyDictionary<string, Expression> rates;
    private readonly Dictionary<string, Posting> postings = new(StringComparer.Ordinal);
    private readonly List<Posting> ordered = [];
    private readonly ImmutableArray<Quadrature> quadratures;
    private readonly List<Expression> powers = [];
    private readonly Dictionary<string, AffinityStatus> statuses = new(StringComparer.Ordinal);
    private readonly List<(string Name, SupplyKind Kind, string Note)> supplies = [];
    private readonly Expression thermalEnergy;
    private readonly Expression energyScale;
    private readonly Expression amountScale;

    private Account(Network network, IReadOnlyDictionary<string, double>? overrides)
    {
        this.network = network;
        lowering = new Lowering(network);
        rates = lowering.StateRates;
        thermalEnergy = network.Constants.Temperature is null ? One : network.Constants.ThermalEnergy;
        var contents = network.Stores.Where(s => !network.IsHeld(s) && s is not Membrane).Select(s => s.Content).ToList();
        var charged = network.Membranes.Where(m => !m.IsReservoir).Select(m => m.Energy!);
        energyScale = (1e-4 * Sum(contents.Select(Abs).Select(c => c * thermalEnergy).Concat(charged))) + 1e-12;
        amountScale = (1e-4 * Sum(contents.Select(Abs))) + 1e-12;
        PostProcesses(overrides);
        foreach (var store in network.Stores.Where(s => s.Energy is not null)) PostSupply(store);
        foreach (var store in network.Stores.Where(s => s.Energy is not null && !network.IsHeld(s))) PostDrive(LineOf(store), store.Energy!, [store]);
        foreach (var shared in network.SharedEnergies) PostDrive(shared.Name, shared.Energy, shared.Stores);
        quadratures =
        [
            new Quadrature(Turnover, "mol", Sum(network.Processes.Select(p => Abs(p))), null, amountScale),
            new Quadrature(Activity, network.EnergyUnit, Sum(powers.Select(Abs)), null, energyScale),
            .. ordered.Select(p => new Quadrature(p.Name, p.Unit, Sum(p.Integrands), p.ScaleWith, p.AbsoluteScale)),
        ];
    }

    /// <summary>Whether any store has a known potential, so that there is a free-energy account.</summary>
    public bool HasPotentials => network.Stores.Any(s => s.Energy is not null);

    /// <summary>The account of a network.</summary>
    /// <param name="network">The model.</param>
    /// <param name="overrides">Parameters other than the model's own, which may make a law run one way or both.</param>
    public static Account Of(Network network, IReadOnlyDictionary<string, double>? overrides = null) => new(network, overrides);

    /// <summary>The network's equations with the account's integrals.</summary>
    public EquationSystem Equations() => network.Lower(quadratures, affinities);

    /// <summary>The same, with what jumps supply as a further state (<see cref="LedgerNumber.Jumped"/>), so that it has derivatives.</summary>
    public EquationSystem EquationsWithJumps() => JumpEnergy.Add(Equations(), network.EnergyUnit);

    /// <summary>The network compiled with the account's integrals.</summary>
    public Kernel Compile(KernelBackend backend = KernelBackend.Tiered) => Kernel.Compile(Equations(), backend);

    /// <summary>The ledger of a solution of <see cref="Equations"/>.</summary>
    public Ledger Read(Solution solution) => new LedgerReader(network, solution).Read(statuses, supplies, HasPotentials);

    /// <summary>The numbers of its ledger, each as a formula of the account's integrals at any time: for ensembles, of which no ledger is kept.</summary>
    public ImmutableArray<LedgerNumber> Numbers() => LedgerNumbers.Of(network, statuses, supplies, [.. quadratures.Select(q => q.Name)], HasPotentials);

    private void PostProcesses(IReadOnlyDictionary<string, double>? overrides)
    {
        var index = NetworkIndex.Of(network);
        var known = network.Processes.Select(p => p.Affinity(network.Constants, index.MembranesOf(p)) is not null).ToArray();
        var steps = known.All(k => k) ? [] : ReactionSteps.Of(network, overrides);
        for (int i = 0; i < known.Length; i++) PostProcess(network.Processes[i], known[i] ? null : steps[i], index.MembranesOf(network.Processes[i]));
    }

    private void PostProcess(Process process, ReactionStep? step, ImmutableArray<Membrane> membranes)
    {
        string line = process.LineName;
        Post("extent." + line, process.Unit, process, Turnover, amountScale);
        if (step is null)
        {
            statuses.TryAdd(line, AffinityStatus.Known);
            PostPower("power." + line, Symbol(Lowering.AffinityName(process.Name)) * process);
            PostHalves(process, membranes);
            return;
        }
        statuses[line] = PostFromFluxes(process, step, membranes);
        var taken = NetworkIndex.Of(network).ChangedBy(process).Where(s => s.Store.Energy is not null && !network.IsHeld(s.Store))
            .Select(s => -(s.Coefficient * Symbol(Affinities.PotentialName(s.Store)))).ToList();
        if (taken.Count > 0) PostPower("exchanged." + line, Sum(taken) * process);
    }

    /// <summary>A process without declared potentials: A = RT ln(J⁺/J⁻) where its law or that of its reverse gives both.</summary>
    private AffinityStatus PostFromFluxes(Process process, ReactionStep step, ImmutableArray<Membrane> membranes)
    {
        var (forward, backward, order) = (step.Forward, step.Backward, step.Order);
        // A law that is no formula of the species (Goldman-Hodgkin-Katz) gives its one-way fluxes itself.
        if (!step.HasAffinity && step.Standing == StepStanding.Unknown && process.Law is not FormulaLaw && process.Law.Fluxes(process, network.Constants, membranes) is { Forward: { } f, Backward: { } b })
        {
            if (b.IsConstant && b.Value == 0) return AffinityStatus.Unbounded;
            (forward, backward, order) = (f, b, 1);
        }
        else if (!step.HasAffinity) return step.Standing switch
        {
            StepStanding.JoinedReverse => AffinityStatus.Joined,
            StepStanding.OneWay => AffinityStatus.Unbounded,
            _ => AffinityStatus.Unknown,
        };
        Expression Bounded(Expression part) => Max(part, 0) + (TraceFlux * (Abs(forward!) + Abs(backward!))) + SmallestFlux;
        var affinity = thermalEnergy / order * Log(Bounded(forward!) / Bounded(backward!));
        var net = step.Partner is { } reverse ? process.Symbol - reverse.Symbol : process.Symbol;
        if (process.Group.Length == 0) affinities.Add(new Observable(Lowering.AffinityName(process.Name), network.EnergyUnit == "RT" ? "RT" : $"{network.EnergyUnit}/mol", affinity));
        Post("power." + process.LineName, network.EnergyUnit, affinity * net, null, energyScale);
        return AffinityStatus.FromFluxes;
    }

    private void PostHalves(Process process, ImmutableArray<Membrane> membranes)
    {
        if (process.Halves.IsEmpty) return;
        var spent = new List<Expression>();
        foreach (var half in process.Halves)
        {
            var power = process.Affinity(half, network.Constants, membranes)! * process;
            spent.Add(Max(power, 0));
            Post($"carrier.{process.LineName}.{half.Carrier}", network.EnergyUnit, power, Activity, energyScale);
        }
        Post("spent." + process.LineName, network.EnergyUnit, Sum(spent), Activity, energyScale);
    }

    /// <summary>What the surroundings bring to a held store, or a rate rule to a free one: μ (ẋ − Σ ν J).</summary>
    private void PostSupply(Store store)
    {
        var rule = network.Rates.FirstOrDefault(r => r.Target == store.Name);
        if (!network.IsHeld(store) && rule is null) return;
        var byProcesses = network.InflowByProcesses(store);
        var change = rule is null || !rates.TryGetValue(store.ContentName, out var rate) ? Zero : rate;
        var inflow = network.IsHeld(store) ? -byProcesses : change - byProcesses;
        if (inflow.IsConstant && inflow.Value == 0) return;
        AddSupply(LineOf(store), SupplyKind.Reservoir, store.Effective, Symbol(Affinities.PotentialName(store)) * inflow);
    }

    /// <summary>What moves a store's free energy other than its own content: parameters, volumes, clamps, time.</summary>
    private void PostDrive(string name, Expression energy, ImmutableArray<Store> stores)
    {
        var resolved = lowering.Resolve(energy);
        var own = stores.Select(s => s.ContentName).ToHashSet(StringComparer.Ordinal);
        var power = Sum(resolved.Symbols().Where(s => !own.Contains(s) && rates.ContainsKey(s)).Order(StringComparer.Ordinal)
            .Select(s => resolved.Derivative(Symbol(s)) * rates[s])
            .Append(resolved.Derivative(Time)));
        if (power.IsConstant && power.Value == 0) return;
        AddSupply(name, SupplyKind.Drive, "its volume, binding or parameters move", power);
    }

    /// <summary>Stores that are the same at many places are one line.</summary>
    private static string LineOf(Store store) => store.Group.Length > 0 ? store.Group : store.Name;

    private void AddSupply(string name, SupplyKind kind, string note, Expression power)
    {
        string posting = (kind == SupplyKind.Drive ? "drive." : "supply.") + name;
        if (!postings.ContainsKey(posting)) supplies.Add((name, kind, note));
        PostPower(posting, power);
    }

    private void PostPower(string name, Expression power)
    {
        powers.Add(power);
        Post(name, network.EnergyUnit, power, Activity, energyScale);
    }

    /// <summary>An integral, or one term more of an integral over many places.</summary>
    private void Post(string name, string unit, Expression integrand, string? scaleWith, Expression absoluteScale)
    {
        if (!postings.TryGetValue(name, out var posting))
        {
            postings.Add(name, posting = new Posting(name, unit, [], scaleWith, absoluteScale));
            ordered.Add(posting);
        }
        posting.Integrands.Add(integrand);
    }

    /// <summary>An integral on its way into the system.</summary>
    private sealed record Posting(string Name, string Unit, List<Expression> Integrands, string? ScaleWith, Expression AbsoluteScale);
}
