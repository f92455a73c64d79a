using System.Collections.Immutable;
using System.Globalization;
using Protonmotive.Reports.Figures;
using Protonmotive.Reports.Runs;
using Protonmotive.Reports.Scans;
using Protonmotive.Sensitivities;
using Protonmotive.Solvers.Designs;

namespace Protonmotive.Reports.Analyses;

/// <summary>Sobol indices as tables and figures.</summary>
public static class SobolReport
{
    private const int MostFigures = 12, MostCurves = 8;
    private const double WideInterval = 0.2;

    /// <summary>The report.</summary>
    /// <param name="plan">The scan.</param>
    /// <param name="found">Its indices.</param>
    /// <param name="command">The command that makes it again.</param>
    public static Analysis Of(ScanPlan plan, SobolAnalysis found, string command)
    {
        var model = plan.Model.Model;
        var design = (SaltelliDesign)plan.Settings.Design;
        var title = model.System?.Title ?? model.Network.Name;
        var (indices, outputs) = (IndexTable(plan, found.Indices), OutputTable(plan, found.Indices));
        var record = new AnalysisRecord
        {
            Kind = "sobol",
            System = model.Name,
            Title = $"What the outputs of {title} depend on",
            Scenario = model.Scenario?.Name ?? "",
            SourceHash = model.SourceHash,
            Command = command,
            Summary = string.Create(CultureInfo.InvariantCulture, $"First-order and total-effect Sobol indices of {plan.OutputQuantities.Length} {(plan.OutputQuantities.Length == 1 ? "output" : "outputs")} over {design.Ranges.Length} {(design.Ranges.Length == 1 ? "range" : "ranges")}, from {design.Count:#,0} members."),
            Notes = [.. Notes(plan, found)],
            Sources =
            [
                "Saltelli, A. et al. (2010). Variance based sensitivity analysis of model output. Comput. Phys. Commun. 181, 259-270.",
                "Jansen, M. J. W. (1999). Analysis of variance designs for model output. Comput. Phys. Commun. 117, 35-43.",
                "Sobol, I. M. (1993). Sensitivity estimates for nonlinear mathematical models. Math. Model. Comput. Exp. 1, 407-414.",
            ],
            Settings = Settings(plan, found.Indices),
            Tables = [indices, outputs],
        };
        return new Analysis(record, [.. Figures(plan, found.Indices).Take(MostFigures)], [indices, outputs]);
    }

    /// <summary>The entry of an output at a time.</summary>
    public static OutputIndices At(ScanPlan plan, SobolIndices indices, int time, int output) => indices.Outputs[(time * plan.OutputQuantities.Length) + output];

    private static IEnumerable<string> Notes(ScanPlan plan, SobolAnalysis found)
    {
        var indices = found.Indices;
        if (found.FirstFailure is { } failure) yield return string.Create(CultureInfo.InvariantCulture, $"{found.Failed} members failed; their rows are left out. The first, member {failure.Member}: {failure.Reason}");
        var last = plan.OutputQuantities.Select((q, o) => (q.Name, Entry: At(plan, indices, plan.Times.Length - 1, o))).ToList();
        var still = last.Where(o => o.Entry.Variance == 0).Select(o => o.Name).ToList();
        if (still.Count > 0) yield return $"Nothing that varies changes {string.Join(", ", still.Take(8))}{(still.Count > 8 ? ", …" : "")}: there are no indices.";
        double widest = last.SelectMany(o => o.Entry.First.Concat(o.Entry.Total)).Select(s => s.High - s.Low).Where(double.IsFinite).DefaultIfEmpty().Max();
        if (widest > WideInterval) yield return string.Create(CultureInfo.InvariantCulture, $"The widest interval spans {widest:0.00}: with four times the samples it is about half as wide.");
    }

    private static AnalysisTable IndexTable(ScanPlan plan, SobolIndices indices)
    {
        var rows = (from t in Enumerable.Range(0, plan.Times.Length)
                    from o in Enumerable.Range(0, plan.OutputQuantities.Length)
                    from i in Enumerable.Range(0, indices.Inputs.Length)
                    let entry = At(plan, indices, t, o)
                    select (Time: plan.Times[t], Output: plan.OutputQuantities[o].Name, Input: indices.Inputs[i], First: entry.First[i], Total: entry.Total[i])).ToList();
        return new AnalysisTable("indices", "Sobol indices",
        [
            .. TimeColumn(plan, rows.Select(r => r.Time)),
            AnalysisColumn.Of("output", rows.Select(r => r.Output)), AnalysisColumn.Of("input", rows.Select(r => r.Input)),
            AnalysisColumn.Of("first order", "1", rows.Select(r => r.First.Value)), AnalysisColumn.Of("first, low", "1", rows.Select(r => r.First.Low)), AnalysisColumn.Of("first, high", "1", rows.Select(r => r.First.High)),
            AnalysisColumn.Of("total effect", "1", rows.Select(r => r.Total.Value)), AnalysisColumn.Of("total, low", "1", rows.Select(r => r.Total.Low)), AnalysisColumn.Of("total, high", "1", rows.Select(r => r.Total.High)),
        ]);
    }

    private static AnalysisTable OutputTable(ScanPlan plan, SobolIndices indices)
    {
        var rows = (from t in Enumerable.Range(0, plan.Times.Length)
                    from o in Enumerable.Range(0, plan.OutputQuantities.Length)
                    select (Time: plan.Times[t], Quantity: plan.OutputQuantities[o], Entry: At(plan, indices, t, o))).ToList();
        return new AnalysisTable("outputs", "Outputs over the ranges",
        [
            .. TimeColumn(plan, rows.Select(r => r.Time)),
            AnalysisColumn.Of("output", rows.Select(r => r.Quantity.Name)), AnalysisColumn.Of("unit", rows.Select(r => r.Quantity.Unit is "1" ? "" : r.Quantity.Unit)),
            AnalysisColumn.Of("mean", "", rows.Select(r => r.Entry.Mean)), AnalysisColumn.Of("deviation", "", rows.Select(r => Math.Sqrt(r.Entry.Variance))),
            AnalysisColumn.Of("interactions", "1", rows.Select(r => r.Entry.Interactions)), AnalysisColumn.Of("rows", "1", rows.Select(r => (double)r.Entry.Rows)),
        ]);
    }

    private static ImmutableArray<AnalysisColumn> TimeColumn(ScanPlan plan, IEnumerable<double> times) => plan.Times.Length > 1 ? [AnalysisColumn.Of("time", plan.Model.Kernel.System.TimeUnit, times)] : [];

    private static IEnumerable<Figure> Figures(ScanPlan plan, SobolIndices indices)
    {
        int last = plan.Times.Length - 1;
        for (int o = 0; o < plan.OutputQuantities.Length; o++)
        {
            var (quantity, entry) = (plan.OutputQuantities[o], At(plan, indices, last, o));
            if (plan.Times.Length > 1) yield return OverTime(plan, indices, o);
            if (entry.Variance == 0) continue;
            var when = plan.Settings.Steady ? "in the steady state" : FormattableString.Invariant($"at {plan.Times[last]:g6} {plan.Model.Kernel.System.TimeUnit}").TrimEnd();
            yield return new IndexFigure("indices-" + Analysis.FileName(quantity.Name), $"What {quantity.Name} {when} depends on",
                [.. indices.Inputs.Select((input, i) => new IndexBars(input, (entry.First[i].Value, entry.First[i].Low, entry.First[i].High), (entry.Total[i].Value, entry.Total[i].Low, entry.Total[i].High)))]);
        }
    }

    /// <summary>Total effects over time as lines, first-order indices dashed in the same colour; the inputs with the largest effects.</summary>
    private static LineFigure OverTime(ScanPlan plan, SobolIndices indices, int output)
    {
        var name = plan.OutputQuantities[output].Name;
        double[] Over(Func<OutputIndices, double> pick) => [.. Enumerable.Range(0, plan.Times.Length).Select(t => pick(At(plan, indices, t, output)))];
        var inputs = Enumerable.Range(0, indices.Inputs.Length).OrderByDescending(i => Over(e => e.Total[i].Value).Where(double.IsFinite).DefaultIfEmpty().Max()).Take(MostCurves).ToList();
        double[] times = [.. plan.Times];
        var curves = inputs.SelectMany((i, k) => (LineCurve[])
        [
            new LineCurve($"{indices.Inputs[i]}, total effect", [new LineData(times, Over(e => e.Total[i].Value))]) { Color = Palette.Series(k).ToString() },
            new LineCurve($"{indices.Inputs[i]}, first order", [new LineData(times, Over(e => e.First[i].Value))]) { Color = Palette.Series(k).ToString(), Dashes = [5, 4] },
        ]);
        var unit = plan.Model.Kernel.System.TimeUnit;
        return new LineFigure("over-time-" + Analysis.FileName(name), $"What {name} depends on over time", new LineAxis(unit.Length > 0 ? $"time ({unit})" : "time"), new LineAxis("part of the variance"), [.. curves]);
    }

    private static ImmutableSortedDictionary<string, string> Settings(ScanPlan plan, SobolIndices indices)
    {
        var c = CultureInfo.InvariantCulture;
        var settings = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        settings["design"] = plan.Settings.Design.Description;
        settings["members"] = plan.Form;
        settings["method"] = plan.Method.Name;
        settings["relative tolerance"] = plan.Settings.Tolerance.Relative.ToString("R", c);
        settings["confidence"] = indices.Confidence.ToString("R", c);
        settings["rows at"] = plan.Settings.Steady ? "steady state" : string.Join(", ", plan.Times.Select(t => t.ToString("R", c)));
        foreach (var range in ((SaltelliDesign)plan.Settings.Design).Ranges) settings["range of " + range.Name] = range.ToString();
        foreach (var (name, value) in plan.Model.Overrides) settings["set " + name] = value.ToString("R", c);
        return settings.ToImmutable();
    }
}
