using System.Collections.Immutable;
using Protonmotive.Kernels;
using Protonmotive.Networks;
using Protonmotive.Solvers;
using Protonmotive.Symbolics;
using Protonmotive.Thermodynamics;

namespace Protonmotive.Reports.Runs;

/// <summary>Reads from a run what a drawing of its network shows.</summary>
internal sealed class DiagramReading
{
    /// <summary>Above this many stores only the strongest processes are drawn.</summary>
    public const int MostStores = 60;

    /// <summary>Above this many stores nothing is drawn: the few strongest of so many processes say little.</summary>
    public const int MostStoresInAll = 2000;

    private const int MostProcesses = 60, StrongestProcesses = 24, MostProcessesInAll = 20_000;

    private readonly Network network;
    private readonly Solution solution;
    private readonly Ledger ledger;
    private readonly Dictionary<string, ProcessEntry> entries;
    private readonly Dictionary<string, double[]> columns = new(StringComparer.Ordinal);
    private readonly double span;
    private readonly List<Membrane> membranes;
    private HashSet<Store> drawn = [];

    private DiagramReading(Network network, Solution solution, Ledger ledger)
    {
        (this.network, this.solution, this.ledger) = (network, solution, ledger);
        entries = ledger.Processes.ToDictionary(p => p.Name, StringComparer.Ordinal);
        membranes = [.. network.Membranes];
        span = ledger.End - ledger.Start;
    }

    /// <summary>The drawing of a run; null where there is nothing to draw.</summary>
    public static DiagramRecord? Of(Network network, Solution solution, Ledger ledger) =>
        network.Processes.IsEmpty || ledger.End <= ledger.Start || network.Processes.Length != ledger.Processes.Length ? null : new DiagramReading(network, solution, ledger).Read();

    private DiagramRecord Read()
    {
        int storesInAll = network.Stores.Count(s => s is not Membrane);
        var whole = new DiagramRecord
        {
            StoresInAll = storesInAll,
            ProcessesInAll = network.Processes.Length,
            PowerUnit = PerTime(ledger.EnergyUnit),
            DissipatedName = ledger.DissipatedName,
            Per = network.Per,
            Start = ledger.Start,
            End = ledger.End,
            TimeUnit = ledger.TimeUnit,
        };
        if (storesInAll > MostStoresInAll || network.Processes.Length > MostProcessesInAll) return whole;
        var processes = Strongest(storesInAll);
        var touched = processes.SelectMany(p => p.Reactants.Concat(p.Products)).Select(p => p.Store).Where(s => s is not Membrane).ToHashSet();
        drawn = touched;
        var energies = network.SharedEnergies.Where(e => e.Stores.Any(touched.Contains)).ToList();
        var stores = network.Stores.Where(touched.Contains).ToList();
        Evaluate(processes, stores);
        return whole with
        {
            Stores = [.. stores.Select(StoreOf)],
            Processes = [.. processes.Select(ProcessOf)],
            Membranes = [.. network.Membranes.Select(MembraneOf)],
            Energies = [.. energies.Select(e => new DiagramEnergy(e.Name, [.. e.Stores.Where(touched.Contains).Select(s => s.Name)]))],
        };
    }

    /// <summary>All processes, or of a large network those that turn over most, as far as their stores have room.</summary>
    private List<Process> Strongest(int storesInAll)
    {
        if (storesInAll <= MostStores && network.Processes.Length <= MostProcesses) return [.. network.Processes];
        var kept = new HashSet<string>(StringComparer.Ordinal);
        var stores = new HashSet<Store>();
        foreach (var process in network.Processes.OrderByDescending(p => Math.Abs(entries[p.Name].Extent)))
        {
            var own = process.Stoichiometry.Select(p => p.Store).ToList();
            if (kept.Count >= StrongestProcesses) break;
            if (stores.Union(own).Count() > MostStores) continue;
            stores.UnionWith(own);
            kept.Add(process.Name);
        }
        return [.. network.Processes.Where(p => kept.Contains(p.Name))];
    }

    private DiagramStore StoreOf(Store store)
    {
        var (factor, unit) = Potential(store);
        var values = columns.GetValueOrDefault(store is HeatStore ? store.Name : Affinities.PotentialName(store));
        // ln 0, which the energy cuts off at a trace.
        var level = columns.GetValueOrDefault(LevelName(store));
        double? At(int row) => level is not null && level[row] <= 0 ? double.NegativeInfinity : values is not null && double.IsFinite(values[row]) ? values[row] * factor : null;
        return new DiagramStore(store.Name, store.Place?.Name ?? "", network.IsHeld(store), At(0), At(solution.RowCount - 1), unit);
    }

    private (double Factor, string Unit) Potential(Store store)
    {
        if (store is HeatStore) return (1, store.Unit);
        var whole = store.ContentUnit.Length > 0 && network.EnergyUnit.Length > 0 ? Ledger.PotentialUnit(network.EnergyUnit, store.ContentUnit) : (1, network.EnergyUnit);
        if (store is Species) return whole;
        // The face of such a store is its potential, unless it says otherwise.
        bool isFace = store.Face.Simplify() == store.Potential || store.IsReservoir;
        return !isFace || store.Unit.Length == 0 ? whole : store.Unit == "J/mol" ? (1e-3, "kJ/mol") : (1, store.Unit);
    }

    private DiagramProcess ProcessOf(Process process)
    {
        var entry = entries[process.Name];
        var parts = ImmutableArray.CreateBuilder<DiagramPart>();
        foreach (var participant in process.Stoichiometry.Where(p => p.Store is not Membrane)) parts.Add(Part(process, participant, entry));
        foreach (var store in Controls(process)) parts.Add(new DiagramPart(store.Name, 0, 0, "", null));
        double? power = entry.Status is AffinityStatus.Known or AffinityStatus.FromFluxes ? entry.Power / span : null;
        return new DiagramProcess(process.Name, process.Kind.ToString(), MembraneName(process), entry.Extent / span, process.Unit, power, parts.ToImmutable());
    }

    /// <summary>Stores that it needs, or that its law names, and that it neither takes nor gives.</summary>
    private IEnumerable<Store> Controls(Process process)
    {
        var net = process.Stoichiometry.Select(p => p.Store).ToHashSet();
        var named = process.Law.Fluxes(process, network.Constants, membranes).Net.Symbols().Select(network.Find).OfType<Store>();
        return process.Reactants.Concat(process.Products).Select(p => p.Store).Concat(named).Where(s => s is not Membrane && !net.Contains(s) && drawn.Contains(s)).Distinct();
    }

    private DiagramPart Part(Process process, Participant participant, ProcessEntry entry)
    {
        var (store, coefficient) = (participant.Store, Coefficient(participant));
        var weights = coefficient.IsConstant ? null : columns.GetValueOrDefault(CoefficientName(process, store));
        var extent = solution.Column("extent." + process.Name).ToArray();
        double rate = coefficient.IsConstant ? coefficient.Value * entry.Extent / span : weights is not null ? Mean(extent, row => weights[row]) : double.NaN;
        var potential = columns.GetValueOrDefault(Affinities.PotentialName(store));
        double? power = potential is null || (weights is null && !coefficient.IsConstant) ? null : Mean(extent, row => potential[row] * (weights?[row] ?? coefficient.Value));
        string unit = store is Species || (coefficient.IsConstant && Math.Abs(coefficient.Value) == 1) ? process.Unit : PerTime(store.ContentUnit);
        return new DiagramPart(store.Name, coefficient.IsConstant ? coefficient.Value : weights?[^1] ?? double.NaN, double.IsFinite(rate) ? rate : 0, unit, power is { } p && double.IsFinite(p) ? p : null);
    }

    private static Expression Coefficient(Participant participant) => (participant.Coefficient * ((participant.Store as Species)?.ConversionFactor ?? Expression.One)).Simplify();

    private DiagramMembrane MembraneOf(Membrane membrane)
    {
        var values = columns.GetValueOrDefault(membrane.Name);
        return new DiagramMembrane(membrane.Name, [.. membrane.Positive.Select(c => c.Name)], [.. membrane.Negative.Select(c => c.Name)], values?[0] ?? double.NaN, values?[^1] ?? double.NaN, membrane.Unit);
    }

    private string MembraneName(Process process)
    {
        var places = process.Stoichiometry.Select(p => p.Store.Place).OfType<Compartment>().ToList();
        return network.Membranes.FirstOrDefault(m => process.ChargeAcross(m) != 0 || (places.Any(m.Positive.Contains) && places.Any(m.Negative.Contains)))?.Name ?? "";
    }

    /// <summary>Mean of a value times a flux: over the solver's own extents, by the trapezoidal rule between the rows of the run, which stand close enough for a drawing.</summary>
    private double Mean(double[] extent, Func<int, double> value)
    {
        double sum = 0, last = value(0);
        for (int row = 1; row < solution.RowCount; row++)
        {
            double next = value(row);
            sum += (extent[row] - extent[row - 1]) * (last + next) / 2;
            last = next;
        }
        return sum / span;
    }

    private static string LevelName(Store store) => "level." + store.Name;

    private static string CoefficientName(Process process, Store store) => $"coefficient.{process.Name}.{store.Name}";

    /// <summary>Potentials, faces and moving coefficients at the rows: on the run's own states and parameters, in a system without rates.</summary>
    private void Evaluate(List<Process> processes, List<Store> stores)
    {
        var asked = stores.Where(s => s.Energy is not null || network.SharedEnergies.Any(e => e.Stores.Contains(s))).Select(s => new Observable(Affinities.PotentialName(s), "", Expression.Symbol(Affinities.PotentialName(s))))
            .Concat(stores.OfType<HeatStore>().Cast<Store>().Concat(network.Membranes).Select(s => new Observable(s.Name, s.Unit, s.Symbol)))
            .Concat(stores.OfType<Species>().Where(s => s.Energy is not null && !network.IsHeld(s)).Select(s => new Observable(LevelName(s), "", s.Concentration)))
            .Concat(processes.SelectMany(p => p.Stoichiometry.Where(s => !Coefficient(s).IsConstant).Select(s => new Observable(CoefficientName(p, s.Store), "", Coefficient(s)))))
            .DistinctBy(o => o.Name).ToImmutableArray();
        var system = solution.Kernel.System;
        var known = system.States.Select(s => s.Name).Concat(system.Parameters.Select(p => p.Name)).Concat(system.Modes.Select(m => m.Name)).ToHashSet(StringComparer.Ordinal);
        var names = asked.Select(o => o.Name).ToHashSet(StringComparer.Ordinal);
        // What hangs on the past (a delay) has no value here, and is left out.
        ImmutableArray<Observable> read = [.. network.Lower([], asked).Observables.Where(o => names.Contains(o.Name) && o.Value.Symbols().All(known.Contains)).DistinctBy(o => o.Name)];
        // The run's parameter vectors hold its modes as they were, whatever turns them.
        var kernel = Kernel.Compile(system with { States = [.. system.States.Select(s => s with { Rate = Expression.Zero })], Modes = [.. system.Modes.Select(m => m with { Relation = Expression.Less(Expression.Time, 0) })], Events = [], Delays = [], Quadratures = [], Mass = [], Observables = read }, KernelBackend.Interpreted);
        foreach (var observable in read) columns[observable.Name] = new double[solution.RowCount];
        var values = new double[read.Length];
        KernelInstance? instance = null;
        int segment = -1;
        for (int row = 0; row < solution.RowCount; row++)
        {
            if (instance is null || segment != solution.Segment(row)) instance = kernel.Bind(solution.ParameterSegments[segment = solution.Segment(row)].AsSpan());
            instance.Observables(solution.Times[row], solution.State(row).AsSpan(0, kernel.Count), values);
            for (int i = 0; i < values.Length; i++) columns[read[i].Name][row] = values[i];
        }
    }

    private string PerTime(string unit) => (unit, ledger.TimeUnit) switch
    {
        ("", _) or (_, "") => "",
        ("J", "s") => "W",
        ("kJ", "s") => "kW",
        ("C", "s") => "A",
        ("pJ", "ms") => "nW",
        ("pJ", "s") => "pW",
        ("nC", "ms") => "µA",
        var (u, t) when u == t => "1",
        var (u, t) when t == "1" => u,
        var (u, t) when u == "1/" + t => u + "²",
        var (u, t) when u.EndsWith("·" + t, StringComparison.Ordinal) => u[..^(t.Length + 1)],
        var (u, t) => $"{u}/{t}",
    };
}
