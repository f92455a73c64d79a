using Protonmotive.Reports.Figures;

namespace Protonmotive.Bench;

/// <summary>Cost against size on two logarithmic axes, with a line of slope 1 to compare with.</summary>
internal static class ScaleFigure
{
    private static readonly string[] parts = ["read", "lower", "compile", "first step"];

    /// <summary>Writes one figure a family of networks, as PNG.</summary>
    public static void Save(string folder, IEnumerable<(string Family, List<(string Name, Dictionary<string, double> Costs)> Rows)> families)
    {
        Directory.CreateDirectory(folder);
        foreach (var (family, rows) in families)
        {
            double[] x = [.. rows.Select(r => r.Costs["species"])];
            double Total(Dictionary<string, double> costs) => parts.Sum(p => costs[p]);
            double slope = Total(rows[^1].Costs) / x[^1];
            var figure = new LineFigure($"scale-{family.Replace(' ', '-')}", $"From text to the first time point, {family} networks", new("species", true), new("time, ms", true),
            [
                .. parts.Select(p => new LineCurve(p, [new LineData(x, [.. rows.Select(r => r.Costs[p])])]) { HasMarks = true }),
                new LineCurve("together", [new LineData(x, [.. rows.Select(r => Total(r.Costs))])]) { HasMarks = true, Thickness = 3, Color = "#111111" },
                new LineCurve("linear", [new LineData(x, [.. x.Select(v => slope * v)])]) { Dashes = [6, 4], Color = "#888888" },
            ]);
            File.WriteAllBytes(Path.Combine(folder, figure.Name + ".png"), figure.ToPng());
        }
    }
}
