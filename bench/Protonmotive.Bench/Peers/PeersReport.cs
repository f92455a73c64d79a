using System.Globalization;
using System.Text;
using Protonmotive.Reports.Figures;

namespace Protonmotive.Bench.Peers;

/// <summary>Tables and pictures of a peers run.</summary>
internal static class PeersReport
{
    private static readonly double[] errors = [1e-4, 1e-5, 1e-6];

    /// <summary>A table of ratios, CVODE over ours, at equal error.</summary>
    /// <param name="rows">Problem, its group in the table of means, curves of CVODE, curves of ours.</param>
    public static string Ratios(List<(string Problem, string Group, List<WorkPrecision> Cvode, List<WorkPrecision> Ours)> rows)
    {
        var text = new StringBuilder();
        text.AppendLine("| problem | CVODE, µs at 1e-4 / 1e-5 / 1e-6 | ours, µs | CVODE / ours |");
        text.AppendLine("|---|---|---|---|");
        var means = new Dictionary<string, List<double>>();
        foreach (var (problem, group, cvode, ours) in rows)
        {
            double[] theirs = [.. errors.Select(e => Best(cvode, e))], own = [.. errors.Select(e => Best(ours, e))], ratio = [.. theirs.Zip(own, (a, b) => a / b)];
            text.AppendLine($"| {problem} | {Join(theirs)} | {Join(own)} | {Join(ratio)} |");
            if (!means.TryGetValue(group, out var all)) means[group] = all = [];
            all.AddRange(ratio.Where(double.IsFinite));
        }
        text.AppendLine();
        foreach (var (group, all) in means.Where(m => m.Value.Count > 0)) text.AppendLine(CultureInfo.InvariantCulture, $"{group}: geometric mean {Math.Exp(all.Average(Math.Log)):0.0}");
        return text.AppendLine().ToString();
    }

    /// <summary>All points of a problem.</summary>
    public static string Points(string problem, IEnumerable<WorkPrecision> curves)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"### {problem}\n\n| code | relative tolerance | error | µs | work |\n|---|---|---|---|---|");
        foreach (var curve in curves)
        {
            foreach (var p in curve.Points) text.AppendLine(CultureInfo.InvariantCulture, $"| {curve.Code} | {p.Tolerance:0e0} | {p.Error:0.0e0} | {p.Microseconds:#,0.0} | {p.Work} |");
        }
        return text.AppendLine().ToString();
    }

    /// <summary>The work-precision diagram of a problem.</summary>
    public static void Draw(string folder, string problem, List<WorkPrecision> curves)
    {
        Directory.CreateDirectory(folder);
        var figure = new LineFigure($"work-precision-{problem.ToLowerInvariant().Replace('_', '-')}", $"{problem}: processor time against achieved error", new("error at the end, max |Δy|/(1e-4 + |y|)", true), new("time, µs", true),
        [
            .. curves.Select(c => new LineCurve(c.Code, [new LineData([.. c.Points.OrderBy(p => p.Error).Select(p => p.Error)], [.. c.Points.OrderBy(p => p.Error).Select(p => p.Microseconds)])])
            {
                HasMarks = true, Dashes = c.Code.StartsWith("CVODE", StringComparison.Ordinal) ? [6, 4] : null,
            }),
        ]);
        File.WriteAllBytes(Path.Combine(folder, figure.Name + ".png"), figure.ToPng());
    }

    private static double Best(List<WorkPrecision> curves, double error) => curves.Select(c => c.At(error)).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Min();

    private static string Join(double[] values) => string.Join(" / ", values.Select(v => double.IsFinite(v) ? v.ToString(v >= 100 ? "#,0" : "0.0", CultureInfo.InvariantCulture) : "–"));
}
