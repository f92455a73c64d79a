using System.Collections.Immutable;
using Protonmotive.Reports.Runs;

namespace Protonmotive.Reports.Figures.Diagrams;

/// <summary>A network as nodes and links: a node for each store and process, where a store that the surroundings hold and many processes use is drawn beside each of them.</summary>
/// <param name="Nodes">Stores, processes and shared energies.</param>
/// <param name="Links">Links in the direction of the mean flow.</param>
/// <param name="Measure">What the width of a link shows.</param>
/// <param name="Unit">Its unit.</param>
public sealed record DiagramGraph(ImmutableArray<DiagramNode> Nodes, ImmutableArray<DiagramLink> Links, DiagramMeasure Measure, string Unit)
{
    // Of what is less than this part of the largest of its unit, nothing flows: it is the rounding of sums.
    private const double Nothing = 1e-9;

    private const int CopiesOfHeld = 3, CopiesOfCarrier = 4, CopiesOfFree = 6, FewProcesses = 9, NumbersUpTo = 24, MostControls = 20;

    /// <summary>The graph of a record.</summary>
    /// <param name="record">The record.</param>
    /// <param name="copiesCarriers">Whether the forms of a carrier that many processes share are drawn beside each of them, too.</param>
    public static DiagramGraph Of(DiagramRecord record, bool copiesCarriers = true)
    {
        var (measure, unit) = MeasureOf(record);
        var parts = record.Processes.SelectMany(p => p.Parts.Where(q => q.Coefficient != 0).Select(q => q.Store)).GroupBy(s => s).ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal);
        var carriers = copiesCarriers ? Carriers(record) : [];
        bool IsCopied(DiagramStore s) => parts.GetValueOrDefault(s.Name) >= (s.IsHeld ? CopiesOfHeld : record.Processes.Length <= FewProcesses ? int.MaxValue : carriers.Contains(s.Name) ? CopiesOfCarrier : CopiesOfFree);
        bool hasControls = record.Processes.Sum(p => p.Parts.Count(q => q.Coefficient == 0)) <= MostControls;
        var nodes = new List<DiagramNode>();
        var stores = new Dictionary<string, DiagramNode>(StringComparer.Ordinal);
        var levels = record.Stores.GroupBy(s => s.PotentialUnit).ToDictionary(g => g.Key, g => g.SelectMany(s => new[] { s.PotentialAtStart, s.PotentialAtEnd }).OfType<double>().Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty().Max(), StringComparer.Ordinal);
        var rates = record.Processes.SelectMany(p => p.Parts).GroupBy(p => p.RateUnit).ToDictionary(g => g.Key, g => g.Max(p => Math.Abs(p.Rate)), StringComparer.Ordinal);
        double strongest = record.Processes.SelectMany(p => p.Parts).Max(p => Math.Abs(p.Power ?? 0));
        bool Flows(DiagramPart part) => Math.Abs(part.Rate) > Nothing * rates[part.RateUnit];
        var copied = record.Stores.Where(IsCopied).ToDictionary(s => s.Name, StringComparer.Ordinal);
        foreach (var s in record.Stores.Where(s => !copied.ContainsKey(s.Name))) nodes.Add(stores[s.Name] = new DiagramNode(s.Name, DiagramNodeKind.Store) { Store = s, Lines = Text(s, levels[s.PotentialUnit]) });
        var links = new List<DiagramLink>();
        foreach (var p in record.Processes)
        {
            var process = new DiagramNode(p.Name, DiagramNodeKind.Process) { Process = p, Lines = Text(p, record) };
            nodes.Add(process);
            foreach (var part in p.Parts)
            {
                if (part.Coefficient == 0 && !hasControls) continue;
                if (!stores.TryGetValue(part.Store, out var store))
                {
                    if (part.Coefficient == 0) continue;
                    if (!copied.TryGetValue(part.Store, out var declared)) continue;
                    nodes.Add(store = new DiagramNode(part.Store, DiagramNodeKind.Store) { Store = declared, IsCopy = true, Lines = [DiagramLine.Store(part.Store)] });
                }
                double power = Math.Abs(part.Power ?? 0), size = !Flows(part) ? 0 : measure != DiagramMeasure.Power ? Math.Abs(part.Rate) : power > Nothing * strongest ? power : 0;
                bool gives = part.Coefficient != 0 && (Flows(part) ? part.Rate > 0 : part.Coefficient > 0);
                links.Add((gives ? new DiagramLink(process, store, part, size) : new DiagramLink(store, process, part, size)) with { IsIdle = part.Coefficient != 0 && !Flows(part) });
            }
        }
        foreach (var energy in record.Energies.Where(e => e.Stores.Length > 1))
        {
            var node = new DiagramNode(energy.Name, DiagramNodeKind.Energy) { Lines = [DiagramLine.Process(energy.Name)] };
            nodes.Add(node);
            foreach (var name in energy.Stores) if (stores.TryGetValue(name, out var store)) links.Add(new DiagramLink(node, store, null, 0));
        }
        return new DiagramGraph([.. nodes], [.. links], measure, unit);
    }

    /// <summary>The two forms of a carrier (NAD and NADH, ATP and ADP): whatever takes one gives as much of the other.</summary>
    private static HashSet<string> Carriers(DiagramRecord record)
    {
        var rows = record.Processes.SelectMany(p => p.Parts.Where(q => q.Coefficient != 0).Select(q => (q.Store, Entry: (p.Name, q.Coefficient)))).GroupBy(p => p.Store, p => p.Entry).ToList();
        string Key(IEnumerable<(string Process, double Coefficient)> row, int sign) => string.Join(';', row.Select(e => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{e.Process}:{sign * e.Coefficient:r}")));
        var known = rows.Select(r => Key(r, 1)).ToHashSet(StringComparer.Ordinal);
        return [.. rows.Where(r => known.Contains(Key(r, -1))).Select(r => r.Key)];
    }

    /// <summary>Flux where all flows have one unit; else the power they carry, or where a potential is unknown the flux of each unit by itself.</summary>
    private static (DiagramMeasure Measure, string Unit) MeasureOf(DiagramRecord record)
    {
        var parts = record.Processes.SelectMany(p => p.Parts).Where(p => p.Coefficient != 0).ToList();
        var units = parts.Select(p => p.RateUnit).Distinct().ToList();
        return units is [var unit] ? (DiagramMeasure.Flux, unit)
            : parts.Exists(p => p.Power is null) ? (DiagramMeasure.FluxByUnit, "")
            : (DiagramMeasure.Power, record.PowerUnit);
    }

    private static ImmutableArray<DiagramLine> Text(DiagramStore s, double level)
    {
        var name = DiagramLine.Store(s.Name);
        if ((s.PotentialAtStart, s.PotentialAtEnd) is not ({ } start, { } end)) return [name];
        return [name, new DiagramLine(DiagramNumber.Span(start, end, s.PotentialUnit, level), DiagramLineRole.Potential)];
    }

    private static ImmutableArray<DiagramLine> Text(DiagramProcess p, DiagramRecord record)
    {
        var lines = ImmutableArray.CreateBuilder<DiagramLine>();
        lines.Add(DiagramLine.Process(p.Name));
        if (record.Processes.Length > NumbersUpTo) return lines.ToImmutable();
        // A flux of no unit is that of a coupling, whose exchange is in its coefficients, or of a model without units.
        double largest = record.Processes.Where(q => q.FluxUnit == p.FluxUnit).Max(q => Math.Abs(q.Flux)), flux = Math.Abs(p.Flux) > Nothing * largest ? Math.Abs(p.Flux) : 0;
        if (p.FluxUnit != "1" || record.PowerUnit is "" or "1") lines.Add(new DiagramLine(DiagramNumber.Of(flux, p.FluxUnit), DiagramLineRole.Flux));
        double most = record.Processes.Max(q => Math.Abs(q.Power ?? 0));
        if (p.Power is { } power && Math.Abs(power) > 1e-4 * most)
            lines.Add(p.IsLoad ? new DiagramLine(DiagramNumber.Of(power, record.PowerUnit) + " out", DiagramLineRole.Work) : new DiagramLine(DiagramNumber.Of(power, record.PowerUnit), DiagramLineRole.Heat));
        return lines.ToImmutable();
    }
}

/// <summary>What the width of a link shows.</summary>
public enum DiagramMeasure
{
    /// <summary>The flux into or out of the store.</summary>
    Flux,
    /// <summary>The same where units differ: each unit has its own scale.</summary>
    FluxByUnit,
    /// <summary>The free energy that the flow carries per time.</summary>
    Power,
}
