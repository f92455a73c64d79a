using System.Collections.Immutable;

namespace Protonmotive.Reports.Figures;

/// <summary>A flow of energy between two nodes.</summary>
/// <param name="From">Node it leaves.</param>
/// <param name="To">Node it enters.</param>
/// <param name="Value">Its size; flows of 0 or less are left out.</param>
public sealed record SankeyFlow(string From, string To, double Value);

/// <summary>A node with its place.</summary>
/// <param name="Name">Name.</param>
/// <param name="Column">Column from the left.</param>
/// <param name="X">Left edge.</param>
/// <param name="Y">Top edge.</param>
/// <param name="Height">Height, proportional to the larger of what enters and what leaves.</param>
/// <param name="In">What enters.</param>
/// <param name="Out">What leaves.</param>
public sealed record SankeyNode(string Name, int Column, float X, float Y, float Height, double In, double Out);

/// <summary>A flow with its place: where it leaves, where it enters, how thick it is.</summary>
/// <param name="Flow">The flow.</param>
/// <param name="Y0">Top where it leaves.</param>
/// <param name="Y1">Top where it enters.</param>
/// <param name="Thickness">Thickness.</param>
public sealed record SankeyRibbon(SankeyFlow Flow, float Y0, float Y1, float Thickness);

/// <summary>Places nodes in columns by the longest way from a source, so that no two nodes of a column overlap.</summary>
/// <param name="Nodes">The nodes.</param>
/// <param name="Ribbons">The flows.</param>
public sealed record SankeyLayout(ImmutableArray<SankeyNode> Nodes, ImmutableArray<SankeyRibbon> Ribbons)
{
    /// <summary>The node that every loss runs to, along the bottom.</summary>
    public const string Heat = "heat";

    /// <summary>Width of a node.</summary>
    public const float NodeWidth = 14;

    /// <summary>Smallest height of a node, so that its label has room.</summary>
    public const float SmallestHeight = 3;

    /// <summary>Lays flows out in an area.</summary>
    /// <param name="flows">The flows.</param>
    /// <param name="last">Nodes that stand in the last column.</param>
    /// <param name="left">Left edge of the area.</param>
    /// <param name="top">Top edge.</param>
    /// <param name="width">Width.</param>
    /// <param name="height">Height.</param>
    /// <param name="gap">Distance of nodes in a column: room for a label.</param>
    public static SankeyLayout Of(IEnumerable<SankeyFlow> flows, IReadOnlySet<string> last, float left, float top, float width, float height, float gap = 34)
    {
        var kept = flows.Where(f => f.Value > 0 && double.IsFinite(f.Value)).ToList();
        var names = kept.SelectMany(f => new[] { f.From, f.To }).Distinct().ToList();
        if (names.Count == 0) return new SankeyLayout([], []);
        var columns = Columns(kept, names, last);
        int count = columns.Values.Max() + 1;
        double Size(string n) => Math.Max(kept.Where(f => f.To == n).Sum(f => f.Value), kept.Where(f => f.From == n).Sum(f => f.Value));
        double scale = Enumerable.Range(0, count).Min(c =>
        {
            var inside = names.Where(n => columns[n] == c).ToList();
            double total = inside.Sum(Size);
            double heat = names.Contains(Heat) ? Size(Heat) : 0;
            int others = inside.Count(n => n != Heat);
            // Heat runs along the bottom under every column, so each column leaves room for it.
            return total == 0 ? double.PositiveInfinity : Math.Max(1, height - (gap * (others + 1)) - (SmallestHeight * others)) / (inside.Where(n => n != Heat).Sum(Size) + heat);
        });

        var nodes = new List<SankeyNode>();
        var centres = new Dictionary<string, float>(StringComparer.Ordinal);
        for (int c = 0; c < count; c++)
        {
            var inside = names.Where(n => columns[n] == c).OrderBy(n => n == Heat ? float.MaxValue : Pull(n, kept, centres)).ToList();
            float used = inside.Where(n => n != Heat).Sum(n => Height(Size(n), scale)) + (gap * inside.Count(n => n != Heat));
            float room = height - (names.Contains(Heat) ? Height(Size(Heat), scale) : 0);
            float y = top + gap + Math.Max(0, (room - used - gap) / 3);
            foreach (var n in inside)
            {
                float h = Height(Size(n), scale);
                if (n == Heat) y = top + height - h;
                nodes.Add(new SankeyNode(n, c, left + (count == 1 ? 0 : c * (width - NodeWidth) / (count - 1)), y, h,
                    kept.Where(f => f.To == n).Sum(f => f.Value), kept.Where(f => f.From == n).Sum(f => f.Value)));
                centres[n] = y + (h / 2);
                y += h + gap;
            }
        }
        return new SankeyLayout([.. nodes], Place(kept, nodes.ToDictionary(n => n.Name, StringComparer.Ordinal), scale));
    }

    private static float Height(double size, double scale) => Math.Max(SmallestHeight, (float)(size * scale));

    /// <summary>Mean height of what a node is fed from: keeps ribbons from crossing.</summary>
    private static float Pull(string node, List<SankeyFlow> flows, Dictionary<string, float> centres)
    {
        var feeding = flows.Where(f => f.To == node && centres.ContainsKey(f.From)).ToList();
        return feeding.Count == 0 ? 0 : (float)(feeding.Sum(f => f.Value * centres[f.From]) / feeding.Sum(f => f.Value));
    }

    private static Dictionary<string, int> Columns(List<SankeyFlow> flows, List<string> names, IReadOnlySet<string> last)
    {
        var columns = names.ToDictionary(n => n, _ => 0, StringComparer.Ordinal);
        // Longest way from a source; a cycle of flows stops growing after as many rounds as there are nodes.
        for (int round = 0; round < names.Count; round++)
        {
            bool moved = false;
            foreach (var f in flows.Where(f => !last.Contains(f.To) && columns[f.To] <= columns[f.From] && columns[f.From] + 1 < names.Count))
            {
                columns[f.To] = columns[f.From] + 1;
                moved = true;
            }
            if (!moved) break;
        }
        int end = columns.Where(c => !last.Contains(c.Key)).Select(c => c.Value).DefaultIfEmpty(0).Max() + 1;
        foreach (var n in names.Where(last.Contains)) columns[n] = end;
        return columns;
    }

    private static ImmutableArray<SankeyRibbon> Place(List<SankeyFlow> flows, Dictionary<string, SankeyNode> nodes, double scale)
    {
        var leaving = nodes.Keys.ToDictionary(n => n, n => nodes[n].Y, StringComparer.Ordinal);
        var entering = nodes.Keys.ToDictionary(n => n, n => nodes[n].Y, StringComparer.Ordinal);
        var starts = new Dictionary<SankeyFlow, float>();
        foreach (var f in flows.OrderBy(f => nodes[f.From].Y).ThenBy(f => nodes[f.To].Y)) { starts[f] = leaving[f.From]; leaving[f.From] += (float)(f.Value * scale); }
        var ribbons = ImmutableArray.CreateBuilder<SankeyRibbon>();
        foreach (var f in flows.OrderBy(f => nodes[f.To].Y).ThenByDescending(f => f.To == Heat ? nodes[f.From].Column : 0).ThenBy(f => f.To == Heat ? -nodes[f.From].Y : nodes[f.From].Y))
        {
            ribbons.Add(new SankeyRibbon(f, starts[f], entering[f.To], Math.Max(0.7f, (float)(f.Value * scale))));
            entering[f.To] += (float)(f.Value * scale);
        }
        return ribbons.ToImmutable();
    }
}
