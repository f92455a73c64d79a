using System.Collections.Immutable;
using System.Globalization;
using Protonmotive.Reports.Figures;
using Protonmotive.Solvers.Designs;

namespace Protonmotive.Reports.Scans;

/// <summary>The figures of a scan: bands over time, maps of a plane, lines of one range, points of samples, paths of a few members.</summary>
internal static class ScanFigures
{
    private const int MostPanels = 8, MostFigures = 8, MostPoints = 1000, MostRanges = 4;

    public static IEnumerable<Figure> Of(ScanPlan plan, ScanDigest digest)
    {
        var title = plan.Model.Model.System?.Title ?? plan.Model.Model.Network.Name;
        if (plan.Members.Count > 1 && plan.Times.Length > 1) yield return Bands(plan, digest, title);
        foreach (var figure in Plane(plan, digest) ?? Line(plan, digest) ?? Points(plan, digest)) yield return figure;
        if (plan.Times.Length > 1 && plan.OutputQuantities.Length > 1 && digest.Paths.Count > 0) yield return Portrait(plan, digest);
    }

    private static BandFigure Bands(ScanPlan plan, ScanDigest digest, string title)
    {
        ImmutableArray<double> Row(int output, double q) => [.. Enumerable.Range(0, plan.Times.Length).Select(t => digest.Summary.Quantile(t, output, q))];
        int width = plan.OutputQuantities.Length;
        return new BandFigure($"{plan.Members.Count} members of {title}", plan.Model.Kernel.System.TimeUnit, plan.Times,
            [.. plan.OutputQuantities.Take(MostPanels).Select((quantity, o) => new BandPanel(quantity.Name, quantity.Unit, Row(o, 0.5), [],
                [.. digest.Paths.Select(p => (ImmutableArray<double>)[.. Enumerable.Range(0, plan.Times.Length).Select(t => p.Rows[(t * width) + o])])])
            { Low = Row(o, 0.05), High = Row(o, 0.95) })])
        { Id = "bands", MiddleName = "median", BandName = "5 to 95 % of members", RunName = "single members" };
    }

    private static IEnumerable<Figure>? Plane(ScanPlan plan, ScanDigest digest)
    {
        if (ScanPlane.Of(plan.Settings.Design) is not { } plane) return null;
        double[] rows = plane.ShownRows, columns = plane.ShownColumns;
        return plan.OutputQuantities.Take(MostFigures).Select((quantity, o) =>
        {
            var z = new double[rows.Length, columns.Length];
            foreach (var (member, _, row) in digest.Sample)
            {
                var (r, c) = plane.Place(member);
                z[r, c] = row[o];
            }
            return (Figure)new HeatMapFigure("map-" + FileName(quantity.Name), $"{Plain(quantity)} {When(plan)}", plan.VariedQuantities[plane.Fast].LabelWithin(75), plan.VariedQuantities[plane.Slow].LabelWithin(52),
                new HeatMapGrid(quantity.Label, columns, rows, z));
        });
    }

    private static IEnumerable<Figure>? Line(ScanPlan plan, ScanDigest digest)
    {
        if (plan.Settings.Design is not GridDesign grid) return null;
        var several = Enumerable.Range(0, grid.Axes.Length).Where(i => grid.Axes[i].Length > 1).ToList();
        if (several.Count != 1) return null;
        int axis = several[0];
        // Outputs of one unit share a figure.
        return plan.OutputQuantities.Select((q, o) => (Quantity: q, Index: o)).GroupBy(q => q.Quantity.Unit).SelectMany(g => g.Chunk(6)).Take(MostFigures).Select(chunk => (Figure)new LineFigure(
            "sweep-" + FileName(chunk[0].Quantity.Name), $"{(chunk.Length == 1 ? Plain(chunk[0].Quantity) : string.Join(", ", chunk.Select(c => Short(c.Quantity))))} {When(plan)}",
            new LineAxis(plan.VariedQuantities[axis].LabelWithin(75), plan.VariedQuantities[axis].IsLogarithmic),
            new LineAxis(chunk.Length == 1 ? chunk[0].Quantity.Label : chunk[0].Quantity.Unit is "" or "1" ? "value" : $"value ({chunk[0].Quantity.Unit})"),
            [.. chunk.Select(c => new LineCurve(Short(c.Quantity), [new LineData([.. digest.Sample.Select(s => s.Varied[axis])], [.. digest.Sample.Select(s => s.Row[c.Index])])]) { HasMarks = digest.Sample.Count <= 60 })]));
    }

    private static IEnumerable<Figure> Points(ScanPlan plan, ScanDigest digest)
    {
        // Picked without order: every second member of a Sobol sequence would fill half a range.
        var shown = digest.Sample.OrderBy(s => ScanDigest.Mixed((ulong)s.Member)).Take(MostPoints).ToList();
        for (int o = 0; o < Math.Min(MostFigures, plan.OutputQuantities.Length); o++)
        {
            var quantity = plan.OutputQuantities[o];
            double[] y = [.. shown.Select(s => s.Row[o])];
            var panels = plan.VariedQuantities.Select((v, i) => (Quantity: v, X: shown.Select(s => s.Varied[i]).ToArray()))
                .Select(v => (v.Quantity, v.X, Correlation: RankCorrelation.Of(v.X, y)))
                .OrderByDescending(v => Math.Abs(v.Correlation)).Take(MostRanges)
                .Select(v => new PointPanel(v.Quantity.Label, v.Quantity.IsLogarithmic, v.X, double.IsFinite(v.Correlation) ? string.Create(CultureInfo.InvariantCulture, $"rank correlation {v.Correlation:0.00;−0.00;0}") : ""));
            yield return new PointFigure("points-" + FileName(quantity.Name), $"{Plain(quantity)} {When(plan)}, {(plan.Members.Count == shown.Count ? "" : $"{shown.Count} of ")}{plan.Members.Count} members", quantity.Label, y, [.. panels]);
        }
    }

    private static LineFigure Portrait(ScanPlan plan, ScanDigest digest)
    {
        int width = plan.OutputQuantities.Length;
        double[] Column(double[] rows, int o) => [.. Enumerable.Range(0, plan.Times.Length).Select(t => rows[(t * width) + o])];
        string Label((long Member, double[] Varied, double[] Rows) p) => string.Join(", ", plan.VariedQuantities.Take(2).Select((v, i) => string.Create(CultureInfo.InvariantCulture, $"{v.Name} = {p.Varied[i]:g4}")));
        return new LineFigure("portrait", $"{plan.OutputQuantities[1].Name} against {plan.OutputQuantities[0].Name}, t = {plan.Times[0]:g4} to {plan.Times[^1]:g4} {plan.Model.Kernel.System.TimeUnit}", new LineAxis(plan.OutputQuantities[0].Label), new LineAxis(plan.OutputQuantities[1].Label),
            [.. digest.Paths.Select(p => new LineCurve(Label(p), [new LineData(Column(p.Rows, 0), Column(p.Rows, 1))]))]);
    }

    private static string When(ScanPlan plan) => plan.Settings.Steady ? "at the steady state" : string.Create(CultureInfo.InvariantCulture, $"at t = {plan.Times[^1]:g6} {plan.Model.Kernel.System.TimeUnit}").TrimEnd();

    private static string Plain(ScanQuantity quantity) => quantity.Name.StartsWith(ScanModel.LedgerPrefix, StringComparison.Ordinal) && quantity.Description.Length > 0
        ? char.ToUpperInvariant(quantity.Description[0]) + quantity.Description[1..] : quantity.Name;

    private static string Short(ScanQuantity quantity) => quantity.Name.StartsWith(ScanModel.LedgerPrefix, StringComparison.Ordinal) ? quantity.Name[ScanModel.LedgerPrefix.Length..] : quantity.Name;

    private static string FileName(string name) => string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-')).Trim('-');
}
