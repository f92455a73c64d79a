using System.Collections.Immutable;
using Protonmotive.Reports.Figures;
using Protonmotive.Reports.Html;
using Protonmotive.Reports.Runs;
using Protonmotive.Thermodynamics;

namespace Protonmotive.Reports;

/// <summary>Makes the figures and the report of a run from what its folder holds, so the report can be made again at any time.</summary>
public static class RunReport
{
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
        var html = HtmlReport.Render(record, ledger, figures.Select((f, i) => (f, System.Text.Encoding.UTF8.GetString(vector[i]))));
        return new Run(record, trajectory, ledger, files, html);
    }

    private static IEnumerable<Figure> Figures(RunRecord record, Trajectory trajectory, Ledger ledger)
    {
        if (!record.Panels.IsEmpty) yield return new TimeCourseFigure(record, trajectory);
        var sankey = new SankeyFigure(ledger);
        if (sankey.HasFlows) yield return sankey;
        if (!ledger.Processes.IsEmpty) yield return new BarFigure(ledger);
    }
}
