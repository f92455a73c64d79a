using System.Collections.Immutable;
using Protonmotive.Networks;

namespace Protonmotive.Thermodynamics;

/// <summary>Writes the numbers of <see cref="Ledger"/>, its entries and boundaries as formulas of the account's integrals.</summary>
internal sealed class LedgerNumbers
{
    private readonly Network network;
    private readonly ImmutableArray<ProcessLine> lines;
    private readonly IReadOnlyDictionary<string, AffinityStatus> statuses;
    private readonly HashSet<string> integrals;
    private readonly string energy;
    private readonly ImmutableArray<LedgerNumber>.Builder numbers = ImmutableArray.CreateBuilder<LedgerNumber>();

    private LedgerNumbers(Network network, IReadOnlyDictionary<string, AffinityStatus> statuses, IEnumerable<string> integrals)
    {
        (this.network, this.statuses) = (network, statuses);
        this.integrals = integrals.ToHashSet(StringComparer.Ordinal);
        lines = ProcessLine.Of(network);
        energy = network.AccountUnit;
    }

    public static ImmutableArray<LedgerNumber> Of(Network network, IReadOnlyDictionary<string, AffinityStatus> statuses,
        IReadOnlyCollection<(string Name, SupplyKind Kind, string Note)> supplies, IEnumerable<string> integrals, bool hasPotentials)
    {
        var numbers = new LedgerNumbers(network, statuses, integrals);
        if (hasPotentials) numbers.AddTotals([.. supplies.Select(s => (s.Kind == SupplyKind.Drive ? "drive." : "supply.") + s.Name)]);
        foreach (var boundary in network.Boundaries) numbers.AddBoundary(boundary);
        foreach (var line in numbers.lines) numbers.AddProcess(line);
        if (hasPotentials)
            foreach (var s in supplies) numbers.AddSum((s.Kind == SupplyKind.Drive ? "driven." : "supplied.") + s.Name, numbers.energy, $"supplied by {s.Name}", [((s.Kind == SupplyKind.Drive ? "drive." : "supply.") + s.Name, 1)]);
        return numbers.numbers.ToImmutable();
    }

    private void AddTotals(List<string> supplies)
    {
        var supplied = supplies.Select(s => (s, 1.0)).Append((LedgerNumber.Jumped, 1)).ToList();
        var dissipated = Posting(load: false).Select(p => ("power." + p.Name, 1.0)).ToList();
        var delivered = Posting(load: true).Select(p => ("power." + p.Name, 1.0)).ToList();
        var unaccounted = lines.Where(p => statuses[p.Name] != AffinityStatus.Known).Select(p => ("exchanged." + p.Name, 1.0)).ToList();
        List<(string, double)> stored = [(LedgerNumber.Stored, 1), (LedgerNumber.StoredAtStart, -1)];
        AddSum("supplied", energy, "supplied by reservoirs, drives and jumps", supplied);
        AddSum("dissipated", energy, "dissipated by all processes of known affinity", dissipated);
        if (delivered.Count > 0) AddSum("delivered", energy, "delivered to loads", delivered);
        AddSum("stored", energy, "change of the free energy stored", stored);
        AddSum("activity", energy, "energy turned over, the integral of all powers without sign", [("activity", 1)]);

        // ΔG − (supplied − dissipated − delivered − unaccounted), over activity + |ΔG|
        var terms = stored.Concat(supplied.Select(s => (s.Item1, -s.Item2))).Concat(dissipated).Concat(delivered).Concat(unaccounted).Where(t => IsKnown(t.Item1)).ToArray();
        double[] signs = [.. terms.Select(t => t.Item2)];
        numbers.Add(LedgerForms.Closure("closure", "how far the books are from closing, over the energy turned over", [.. terms.Select(t => t.Item1), "activity"], signs));
    }

    private void AddProcess(ProcessLine line)
    {
        var (name, status, process) = (line.Name, statuses[line.Name], line.First);
        var per = "/" + network.TimeUnit;
        AddSum(name + ".extent", process.Unit.EndsWith(per, StringComparison.Ordinal) ? process.Unit[..^per.Length] : "", $"how far {name} went: the integral of its flux", [("extent." + name, 1)]);
        if (status is AffinityStatus.Known or AffinityStatus.FromFluxes)
            AddSum(name + (process.Kind == ProcessKind.Load ? ".delivered" : ".dissipated"), energy, process.Kind == ProcessKind.Load ? $"work delivered by {name}" : $"dissipated by {name}", [("power." + name, 1)]);
        if (process.Halves.IsEmpty || status != AffinityStatus.Known) return;
        AddSum(name + ".spent", energy, $"what {name} takes from the gradients it runs down", [("spent." + name, 1)]);
        AddSum(name + ".work", energy, $"what {name} builds of other gradients", [("spent." + name, 1), ("power." + name, -1)]);
        numbers.Add(LedgerForms.Ratio(name + ".efficiency", $"work over spent of {name}", ["spent." + name, "power." + name], [1, -1], [1, 0]));
        foreach (var half in process.Halves) AddSum($"{name}.{half.Carrier}", energy, $"power of {half.Carrier} in {name}: spent where positive", [($"carrier.{name}.{half.Carrier}", 1)]);
    }

    private void AddBoundary(Boundary boundary)
    {
        var input = lines.Where(p => boundary.Processes.Contains(p.Name)).SelectMany(p => p.First.Halves.Where(h => h.Carrier == boundary.Input).Select(h => ($"carrier.{p.Name}.{h.Carrier}", 1.0))).ToList();
        var dissipated = boundary.Processes.Select(p => ("power." + p, 1.0)).ToList();
        AddSum(boundary.Name + ".input", energy, $"{boundary.Input} power into {boundary.Name}", input);
        AddSum(boundary.Name + ".dissipated", energy, $"dissipated within {boundary.Name}", dissipated);
        AddSum(boundary.Name + ".delivered", energy, $"delivered by {boundary.Name}, or stored", [.. input, .. dissipated.Select(d => (d.Item1, -1.0))]);
        var terms = input.Select(t => (t.Item1, Came: 1.0, Left: 1.0)).Concat(dissipated.Select(t => (t.Item1, Came: 0.0, Left: -1.0))).Where(t => IsKnown(t.Item1)).ToList();
        numbers.Add(LedgerForms.Ratio(boundary.Name + ".efficiency", $"delivered over input of {boundary.Name}", [.. terms.Select(t => t.Item1)], [.. terms.Select(t => t.Left)], [.. terms.Select(t => t.Came)]));
    }

    private void AddSum(string name, string unit, string description, List<(string Input, double Sign)> terms)
    {
        var known = terms.Where(t => IsKnown(t.Input)).ToArray();
        numbers.Add(LedgerForms.Sum(name, unit, description, [.. known.Select(t => t.Input)], [.. known.Select(t => t.Sign)]));
    }

    private IEnumerable<ProcessLine> Posting(bool load) => lines.Where(p => statuses[p.Name] == AffinityStatus.Known && (p.First.Kind == ProcessKind.Load) == load);

    private bool IsKnown(string input) => integrals.Contains(input) || input is LedgerNumber.Stored or LedgerNumber.StoredAtStart or LedgerNumber.Jumped;
}
