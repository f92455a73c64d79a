using Protonmotive.Reports.Figures;

namespace Protonmotive.Bench.Peers;

/// <summary>Work-precision diagrams as PNG: time against achieved error, both on logarithmic axes; CVODE dashed.</summary>
internal static class WorkPrecisionFigure
{
    /// <summary>Writes one figure a problem and one an ensemble.</summary>
    /// <param name="folder">Where to.</param>
    /// <param name="report">All comparisons.</param>
    public static void Save(string folder, PeersReport report)
    {
        Directory.CreateDirectory(folder);
        foreach (var c in report.Trajectories) Draw(folder, $"work-precision-{Plain(c.Problem)}", $"{c.Problem}, {c.States} species: time against achieved error", c);
        foreach (var c in report.Ensembles) Draw(folder, $"work-precision-{Plain(c.Problem)}-ensemble", $"{c.Problem}, {c.Members} members: time a member against achieved error", c);
    }

    private static void Draw(string folder, string name, string title, Comparison comparison)
    {
        // What the automatic choice takes is drawn already.
        var figure = new LineFigure(name, title, new("error at the end, max |Δy|/(1e-4 + |y|)", true), new("processor time, µs", true),
            [.. comparison.Curves.Where(c => c.Code != Comparison.Automatic).Select(Curve)]);
        File.WriteAllBytes(Path.Combine(folder, figure.Name + ".png"), figure.ToPng());
    }

    private static LineCurve Curve(WorkPrecision curve)
    {
        WorkPoint[] points = [.. curve.Points.Where(p => p.Error > 0).OrderBy(p => p.Tolerance)];
        return new LineCurve(curve.Code, [new LineData([.. points.Select(p => p.Error)], [.. points.Select(p => p.Microseconds)])])
        {
            HasMarks = true,
            Thickness = 2,
            Dashes = curve.IsOurs ? null : [6, 4],
        };
    }

    private static string Plain(string name) => name.Replace('_', '-').ToLowerInvariant();
}
