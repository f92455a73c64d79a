using System.Collections.Immutable;

namespace Protonmotive.Reports.Figures;

/// <summary>Colours of the curves of several panels: what has one name has one colour in all of them, as far as the palette goes.</summary>
/// <remarks>"[Na⁺]", "Na⁺" and "Na⁺ at equilibrium" have one name; of two in the same panel, the longer stands for itself.</remarks>
internal static class CurveColors
{
    private const int Colors = 8;

    /// <summary>Index into the palette of each curve of each panel.</summary>
    /// <param name="panels">Labels of the curves, panel by panel.</param>
    public static ImmutableArray<ImmutableArray<int>> Of(IReadOnlyList<ImmutableArray<string>> panels)
    {
        var bare = panels.Select(p => p.Select(Bare).ToArray()).ToList();
        var all = bare.SelectMany(p => p).Distinct().OrderBy(l => l.Length).ToList();
        var names = bare.Select(p => p.Select(l => Name(l, all, p)).ToArray()).ToList();
        var shared = names.SelectMany(p => p.Distinct()).GroupBy(n => n).Where(g => g.Count() > 1).Select(g => g.Key).ToHashSet(StringComparer.Ordinal);
        var known = new Dictionary<string, int>(StringComparer.Ordinal);
        var result = ImmutableArray.CreateBuilder<ImmutableArray<int>>();
        foreach (var panel in names)
        {
            var colors = new int[panel.Length];
            Array.Fill(colors, -1);
            for (int i = 0; i < panel.Length; i++) if (known.TryGetValue(panel[i], out int color) && !colors.Contains(color)) colors[i] = color;
            for (int i = 0; i < panel.Length; i++)
            {
                if (colors[i] >= 0) continue;
                var free = Enumerable.Range(0, Colors).Where(c => !colors.Contains(c)).ToList();
                // A name of several panels keeps its colour to itself.
                colors[i] = free.Where(c => !known.ContainsValue(c)).Concat(free).DefaultIfEmpty(i % Colors).First();
                if (shared.Contains(panel[i])) known.TryAdd(panel[i], colors[i]);
            }
            result.Add([.. colors]);
        }
        return result.ToImmutable();
    }

    private static string Bare(string label) => label.Replace("[", "", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal).Trim();

    // The shortest label that it is, or begins with as a word.
    private static string Name(string label, List<string> all, string[] panel) =>
        all.First(n => n == label || (n.Length > 0 && label.StartsWith(n, StringComparison.Ordinal) && label.Length > n.Length && (label[n.Length] is ' ' or ',') && !panel.Contains(n)));
}
