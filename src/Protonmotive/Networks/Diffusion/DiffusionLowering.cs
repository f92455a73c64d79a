using System.Collections.Immutable;
using Protonmotive.Symbolics;

namespace Protonmotive.Networks;

/// <summary>Turns a network into a diffusion: fluxes, potentials and coefficients are resolved by the same lowering as rates.</summary>
/// <remarks>
/// Fluctuation and dissipation belong together (Einstein 1905; Nyquist 1928; Kubo 1966, Rep. Prog. Phys. 29, 255): a flux J = M A comes with noise of
/// strength 2 k_BT M. Where M or the coefficients ν depend on the contents x, the drift that keeps exp(−G/k_BT) is, in the sense of Stratonovich, that of the flux
/// J + k_BT (½ Σ_j ν_j ∂M/∂x_j + M Σ_j ∂ν_j/∂x_j): the divergence of the diffusion matrix less Stratonovich's half of it (Lau and Lubensky 2007, Phys. Rev. E 76, 011123).
/// </remarks>
internal sealed class DiffusionLowering(Network network, Expression thermalEnergy)
{
    private const string Prefix = "diffusion.", Thermal = Prefix + "kT", Energy = Prefix + "energy";

    // States at which a flux without noise is tried: a few numbers without relation to each other.
    private const int Trials = 6;
    private const double FirstTrial = 0.37, TrialStep = 0.6180339887, VanishesBelow = 1e-10;

    public DiffusionSystem Lower(IEnumerable<Observable> more)
    {
        Refuse();
        ImmutableArray<Membrane> membranes = [.. network.Membranes];
        var index = NetworkIndex.Of(network);
        var changes = network.Processes.Select(p => index.ChangedBy(p).ToList()).ToList();
        for (int k = 0; k < changes.Count; k++)
            if (changes[k].FirstOrDefault(c => c.Store.Energy is null).Store is { } unknown) throw NetworkException.UnknownPotential(unknown, network.Processes[k]);
        var stores = changes.SelectMany(c => c.Select(x => x.Store)).Distinct().ToList();

        var observables = more.ToList();
        observables.Add(new Observable(Thermal, network.EnergyUnit, thermalEnergy));
        var energies = network.Stores.Where(s => !network.IsHeld(s) && s.Energy is not null).Select(s => s.Energy!).Concat(network.SharedEnergies.Select(e => e.Energy));
        observables.Add(new Observable(Energy, network.EnergyUnit, Expression.Sum(energies)));
        for (int i = 0; i < stores.Count; i++) observables.Add(new Observable($"{Prefix}mu.{i}", "", Expression.Symbol(Affinities.PotentialName(stores[i]))));
        for (int k = 0; k < changes.Count; k++)
        {
            var process = network.Processes[k];
            observables.Add(new Observable($"{Prefix}J.{k}", "", process.Symbol));
            if (Mobility(process) is { } mobility) observables.Add(new Observable($"{Prefix}M.{k}", "", mobility));
            for (int c = 0; c < changes[k].Count; c++) observables.Add(new Observable($"{Prefix}nu.{k}.{c}", "", changes[k][c].Coefficient));
        }

        var lowered = network.Lower(null, observables);
        if (!lowered.Delays.IsEmpty) throw Refused($"'{lowered.Delays[0].Value}' is looked at as it was before");
        if (!lowered.Mass.IsEmpty) throw Refused("An algebraic equation determines a quantity");
        var resolved = lowered.Observables.Where(o => o.Name.StartsWith(Prefix, StringComparison.Ordinal)).ToDictionary(o => o.Name, o => o.Value, StringComparer.Ordinal);
        var relations = new Dictionary<Expression, Expression>();
        foreach (var mode in lowered.Modes) relations[Expression.Symbol(mode.Name)] = mode.Relation.Substitute(relations);
        var places = lowered.States.Select((s, i) => (s.Name, i)).ToDictionary(s => s.Name, s => s.i, StringComparer.Ordinal);

        var kT = resolved[Thermal].Simplify();
        if (kT.Symbols().Any(places.ContainsKey)) throw Refused($"The thermal energy {thermalEnergy} depends on the state");
        ImmutableArray<DiffusionStore> found = [.. stores.Select((s, i) => new DiffusionStore(s.Name, network.IsHeld(s) ? -1 : places[s.ContentName], resolved[$"{Prefix}mu.{i}"]))];
        var processes = ImmutableArray.CreateBuilder<DiffusionProcess>();
        var induced = new Expression[lowered.States.Length];
        Array.Fill(induced, Expression.Zero);
        for (int k = 0; k < changes.Count; k++)
        {
            ImmutableArray<DiffusionChange> moves = [.. changes[k].Select((c, j) => new DiffusionChange(stores.IndexOf(c.Store), resolved[$"{Prefix}nu.{k}.{j}"].Simplify()))];
            var rate = resolved[$"{Prefix}J.{k}"];
            if (!resolved.TryGetValue($"{Prefix}M.{k}", out var mobility))
            {
                CheckReversible(network.Processes[k], rate, moves, found, lowered);
                processes.Add(new DiffusionProcess(network.Processes[k].Name, rate, Expression.Zero, moves));
                continue;
            }
            var free = moves.Where(m => found[m.Store].State >= 0).Select(m => (m.Amount, Content: Expression.Symbol(lowered.States[found[m.Store].State].Name), found[m.Store].State)).ToList();
            var extra = (kT * (Expression.Sum(free.Select(m => m.Amount * mobility.Derivative(m.Content))) / 2 + (mobility * Expression.Sum(free.Select(m => m.Amount.Derivative(m.Content)))))).Simplify();
            foreach (var (amount, _, state) in free) induced[state] += amount * extra;
            processes.Add(new DiffusionProcess(network.Processes[k].Name, rate + extra, Expression.Sqrt(2 * kT * mobility).Simplify(), moves));
        }

        var energy = resolved[Energy];
        var moved = found.Select(s => s.State).ToHashSet();
        return new DiffusionSystem
        {
            ThermalEnergy = kT,
            Processes = processes.ToImmutable(),
            Stores = found,
            Energy = energy,
            TimeSlope = energy.Derivative(Expression.Time).Simplify(),
            Drives = [.. energy.Symbols().Where(s => places.TryGetValue(s, out int i) && !moved.Contains(i)).Order(StringComparer.Ordinal).Select(s => new DiffusionDrive(places[s], energy.Derivative(Expression.Symbol(s)).Simplify()))],
            Equations = lowered with
            {
                States = [.. lowered.States.Select((s, i) => s with { Rate = s.Rate.Substitute(relations) + induced[i] })],
                Modes = [],
                Events = [.. lowered.Events.Select(e => e with { Trigger = e.Trigger.Substitute(relations) })],
                Observables = [.. lowered.Observables.Where(o => !o.Name.StartsWith(Prefix, StringComparison.Ordinal))],
            },
        };
    }

    private static Expression? Mobility(Process process) => process.Law is LinearLaw { Of: LinearLaw.Difference.Affinity } law ? law.Conductance : null;

    private void Refuse()
    {
        if (network.AlgebraicRules.Length > 0) throw Refused($"An algebraic rule determines '{network.AlgebraicRules[0].Target}'");
        if (network.Processes.FirstOrDefault(p => p.IsFast) is { } fast) throw Refused($"The process '{fast.Name}' is fast");
        if (network.Rates.FirstOrDefault(r => network.Stores.Any(s => s.Name == r.Target && s.Energy is not null)) is { } rule) throw Refused($"A rate rule moves the store '{rule.Target}'");
    }

    /// <summary>A flux without noise must neither dissipate nor squeeze the state space, or exp(−G/k_BT) would not stay.</summary>
    private void CheckReversible(Process process, Expression rate, ImmutableArray<DiffusionChange> moves, ImmutableArray<DiffusionStore> stores, EquationSystem lowered)
    {
        var powers = moves.Select(m => m.Amount * rate * stores[m.Store].Potential).ToList();
        var squeezes = moves.Where(m => stores[m.Store].State >= 0).Select(m => (m.Amount * rate).Derivative(Expression.Symbol(lowered.States[stores[m.Store].State].Name))).ToList();
        for (int trial = 0; trial < Trials; trial++)
        {
            var numbers = new Dictionary<string, double>(StringComparer.Ordinal);
            double next = FirstTrial + trial;
            double Value(string symbol) => numbers.TryGetValue(symbol, out double known) ? known : numbers[symbol] = next += TrialStep;
            bool Vanishes(List<Expression> terms)
            {
                double[] values = [.. terms.Select(t => t.Evaluate(Value, next))];
                return Math.Abs(values.Sum()) <= VanishesBelow * values.Sum(Math.Abs);
            }
            if (Vanishes(powers) && Vanishes(squeezes)) continue;
            throw new NetworkException($"'{process.Name}' dissipates, but its law is no mobility times its affinity, so that no noise follows from it.", $"network {network.Name}, process {process.Name}",
                "Give it FluxLaw.Ohm, write it as a gyrator if it dissipates nothing, or simulate the network as a jump process.");
        }
    }

    private NetworkException Refused(string what) => new(what + ", which paths with thermal noise can't follow.", $"network {network.Name}", "Write the network with stores, processes linear in their affinity, gyrators and moving parameters.");
}
