using System.Collections.Immutable;
using Protonmotive.Reports.Documents;
using Protonmotive.Reports.Figures;
using Protonmotive.Reports.Runs;
using Protonmotive.Thermodynamics;
using MapPlot = Protonmotive.Catalogue.MapPlot;

namespace Protonmotive.Reports;

/// <summary>Makes the figures and the report of a run from what its folder holds, so the report can be made again at any time.</summary>
public static class RunReport
{
    private const int ManyDots = 30;

    /// <summary>Figures (SVG and PNG) and report of a run.</summary>
    public static Run Make(RunRecord record, Trajectory trajectory, Ledger ledger)
    {
        var figures = Figures(record, trajectory, ledger).ToImmutableArray();
        var vector = new byte[figures.Length][];
        var pixels = new byte[figures.Length][];
        Parallel.For(0, 2 * figures.Length, i =>
        {
            if (i < figures.Length) pixels[i] = figures[i].ToPng();
            else vector[i - figures.Length] = figures[i - figures.Length].ToSvg();
        });
        var files = figures.SelectMany((f, i) => new[] { (f.Name + ".svg", vector[i]), (f.Name + ".png", pixels[i]) }).ToList();
        var html = HtmlWriter.Write(RunDocument.Of(record, ledger, figures), figure => vector[figures.IndexOf(figure)]);
        return new Run(record, trajectory, ledger, files, html);
    }

    /// <summary>The report of a run as PDF: vector figures, bookmarks.</summary>
    public static byte[] Pdf(RunRecord record, Trajectory trajectory, Ledger ledger) => PdfWriter.Write(RunDocument.Of(record, ledger, Figures(record, trajectory, ledger)));

    /// <summary>Figures of a run: layers, the network drawn, time courses, those of its own, and where the energy goes.</summary>
    public static IEnumerable<Figure> Figures(RunRecord record, Trajectory trajectory, Ledger ledger)
    {
        if (!record.Layers.IsEmpty) yield return new LayerFigure(record.Layers, ledger.EnergyUnit, record.Learned, ledger.Processes.Where(p => p.Posts && p.Carriers.IsEmpty).Sum(p => p.Power));
        if (record.Diagram is { Processes.IsEmpty: false } diagram) yield return new DiagramFigure(diagram);
        if (!record.Panels.IsEmpty) yield return new TimeCourseFigure(record, trajectory);
        foreach (var graph in record.Graphs) yield return Graph(graph);
        foreach (var map in record.Maps) yield return Map(map, record.Maps);
        var sankey = new SankeyFigure(ledger);
        if (sankey.HasFlows) yield return sankey;
        if (!ledger.Processes.IsEmpty) yield return new BarFigure(ledger);
    }

    /// <summary>A figure of curves; curves of one name have one colour in all panels, and stand in the legend once.</summary>
    public static Figure Graph(GraphRecord graph)
    {
        if (graph.Panels is [{ Title: "" } one]) return new LineFigure(graph.Name, graph.Title, new LineAxis(one.Horizontal, one.IsLogX), new LineAxis(one.Vertical, one.IsLogY), [.. one.Curves.Select(Curve)]);
        static LineCurve Curve(GraphCurve c) => new(c.Label, [new LineData([.. c.X], [.. c.Y])]) { HasMarks = c.IsDots, MarkRadius = c.X.Length > ManyDots ? 2.2f : 3.5f, Dashes = c.IsDots ? [] : c.IsDashed ? [5, 4] : null };
        var named = graph.Panels.SelectMany(p => p.Curves).Where(c => c.Label.Length > 0).GroupBy(c => c.Label).ToList();
        var colors = named.Select((c, i) => (c.Key, Color: Palette.Series(i).ToString())).ToDictionary(c => c.Key, c => c.Color);
        LineCurve Colored(GraphCurve c) => Curve(c) with { Color = colors.GetValueOrDefault(c.Label) };
        var panels = graph.Panels.Select(p => new Panel(p.Title, new LineAxis(p.Horizontal, p.IsLogX, p.LowX, p.HighX), new LineAxis(p.Vertical, p.IsLogY), [.. p.Curves.Select(Colored)]) { IsTight = p.LowX is not null, HasWholeTicks = p.HasWholeTicks }).ToImmutableArray();
        return new PanelFigure(graph.Name, graph.Title, panels) { Legend = named.Count < 2 ? [] : [.. named.Select(Entry)] };

        // Dots in one panel and a line in another are both in the legend.
        LineCurve Entry(IEnumerable<GraphCurve> alike) => Colored(alike.FirstOrDefault(c => !c.IsDots, alike.First())) with { HasMarks = alike.Any(c => c.IsDots) };
    }

    /// <summary>A figure of a quantity over two others.</summary>
    /// <param name="map">The map.</param>
    /// <param name="beside">The maps that it stands beside: those of the same quantity over the same axes have one scale of colours.</param>
    public static Figure Map(MapPlot map, ImmutableArray<MapPlot> beside)
    {
        var values = new double[map.Rows.Length, map.Columns.Length];
        for (int i = 0; i < map.Values.Length; i++) values[i / map.Columns.Length, i % map.Columns.Length] = map.Values[i];
        var alike = beside.Where(m => (m.X, m.Y, m.Quantity) == (map.X, map.Y, map.Quantity)).SelectMany(m => m.Values).Where(v => double.IsFinite(v) && (v > 0 || !map.Quantity.IsLogarithmic)).ToList();
        bool isShared = alike.Count > 0 && beside.Count(m => (m.X, m.Y, m.Quantity) == (map.X, map.Y, map.Quantity)) > 1;
        return new HeatMapFigure(map.Name, map.Title, map.X.Text, map.Y.Text, new HeatMapGrid(map.Quantity.Text, [.. map.Columns], [.. map.Rows], values, map.Quantity.IsLogarithmic)
        {
            Low = isShared ? alike.Min() : null,
            High = isShared ? alike.Max() : null,
            IsPlane = map.X.Unit == map.Y.Unit && map.X.IsLogarithmic == map.Y.IsLogarithmic,
        });
    }
}
