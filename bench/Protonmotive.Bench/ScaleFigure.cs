using Protonmotive.Reports.Figures;

namespace Protonmotive.Bench;

/// <summary>Cost against size on two logarithmic axes, with a line of slope 1 to compare with.</summary>
internal static class ScaleFigure
{
    private static readonly string[] parts = ["read", "lower", "compile", "first step"];

    /// <summary>Writes the figure as PNG: the parts of the first family, and the whole of each.</summary>
    public static void Save(string folder, IReadOnlyList<(string Family, List<(string Name, Dictionary<string, double> Costs)> Rows)> families)
    {
        Directory.CreateDirectory(folder);
        double[] Sizes(int family) => [.. families[family].Rows.Select(r => r.Costs["species"])];
        double[] Totals(int family) => [.. families[family].Rows.Select(r => parts.Sum(p => r.Costs[p]))];
        double[] x = Sizes(0);
        double slope = Totals(0)[^1] / x[^1];
        var figure = new LineFigure("large-networks", "From the text of a network to its first time point", new("species", true), new("processor time, ms", true),
        [
            .. families.Select((f, i) => new LineCurve(f.Family, [new LineData(Sizes(i), Totals(i))]) { HasMarks = true, Thickness = 3 }),
            .. parts.Select(p => new LineCurve($"{families[0].Family}: {p}", [new LineData(x, [.. families[0].Rows.Select(r => r.Costs[p])])]) { HasMarks = true }),
            new LineCurve("linear", [new LineData(x, [.. x.Select(v => slope * v)])]) { Dashes = [6, 4], Color = "#888888" },
        ]);
        File.WriteAllBytes(Path.Combine(folder, figure.Name + ".png"), figure.ToPng());
    }
}
