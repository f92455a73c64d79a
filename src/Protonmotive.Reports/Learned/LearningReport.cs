using System.Collections.Immutable;
using System.Globalization;
using Protonmotive.Fitting.Training;
using Protonmotive.Reports.Analyses;
using Protonmotive.Reports.Figures;
using Protonmotive.Reports.Fits;

namespace Protonmotive.Reports.Learned;

/// <summary>A training as tables and figures: learning curve, fits, weights, and whatever a task adds.</summary>
public static class LearningReport
{
    /// <summary>The report.</summary>
    /// <param name="about">Name, title, summary, command, settings, results of the task.</param>
    /// <param name="runs">Trainings with their names, one or several on the same data.</param>
    /// <param name="picture">Measurements and curves of the first; null for none.</param>
    /// <param name="figures">Figures of the task, before the fits.</param>
    /// <param name="tables">Tables of the task.</param>
    public static Analysis Of(AnalysisRecord about, ImmutableArray<(string Name, TrainingResult Result)> runs, FitPicture? picture, IEnumerable<Figure> figures, ImmutableArray<AnalysisTable> tables)
    {
        ArgumentNullException.ThrowIfNull(about);
        var history = runs.SelectMany(r => r.Result.History.Select(p => (r.Name, Point: p))).ToList();
        var curve = new AnalysisTable("learning-curve", "Learning curve",
        [
            AnalysisColumn.Of("run", history.Select(h => h.Name)), AnalysisColumn.Of("stage", "", history.Select(h => h.Point.Stage + 1.0)), AnalysisColumn.Of("iteration", "", history.Select(h => (double)h.Point.Iteration)),
            AnalysisColumn.Of("objective", "", history.Select(h => h.Point.Objective)), AnalysisColumn.Of("trained", "", history.Select(h => h.Point.Training)), AnalysisColumn.Of("held out", "", history.Select(h => h.Point.HeldOut)),
        ]);
        var weights = runs.SelectMany(r => r.Result.Parameters.Select((p, i) => (r.Name, Weight: p.Name, Value: r.Result.Weights[i]))).ToList();
        var found = new AnalysisTable("weights", "Weights", [AnalysisColumn.Of("run", weights.Select(w => w.Name)), AnalysisColumn.Of("weight", weights.Select(w => w.Weight)), AnalysisColumn.Of("value", "", weights.Select(w => w.Value))]);
        var record = about with
        {
            Kind = "learn", Tables = [.. tables, curve, found],
            Notes = [.. about.Notes, .. runs.SelectMany(r => r.Result.Notes.Select(n => runs.Length > 1 ? $"{r.Name}: {n}" : n))],
            Sources = [.. about.Sources, "Kingma, D. P. and Ba, J. (2015). Adam: a method for stochastic optimization. ICLR.", "Byrd, R. H. et al. (1995). SIAM J. Sci. Comput. 16, 1190-1208 (L-BFGS-B).", "Bock, H. G. and Plitt, K. J. (1984). A multiple shooting algorithm. IFAC Proc. 17, 1603-1608."],
        };
        return new Analysis(record, [.. figures, Curve(runs), .. picture is null ? [] : FitFigures.Fits(picture, "Trained on and held out"), .. picture is null ? (Figure[])[] : [FitFigures.Residuals(picture)]], tables);
    }

    /// <summary>How a training went, in a sentence.</summary>
    public static string Sentence(TrainingResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var heldOut = result.HeldOut is { } h ? string.Create(CultureInfo.InvariantCulture, $", {h.MeanSquare:0.000} over the {h.Count:#,0} held out") : "";
        return string.Create(CultureInfo.InvariantCulture, $"{result.Weights.Length} weights; χ² per measurement {result.Training.MeanSquare:0.000} over the {result.Training.Count:#,0} trained on{heldOut}; {result.Evaluations:#,0} evaluations.");
    }

    private static LineFigure Curve(ImmutableArray<(string Name, TrainingResult Result)> runs)
    {
        var curves = new List<LineCurve>();
        foreach (var (run, k) in runs.Select((r, k) => (r, k)))
        {
            string prefix = runs.Length > 1 ? run.Name + ", " : "", color = Palette.Series(k).ToString();
            LineData Line(Func<LearningPoint, double> value) => new([.. run.Result.History.Where(p => double.IsFinite(value(p))).Select(p => (double)p.Iteration)], [.. run.Result.History.Where(p => double.IsFinite(value(p))).Select(value)]);
            curves.Add(new LineCurve(prefix + "trained on", [Line(p => p.Training)]) { Color = color });
            if (run.Result.HeldOut is not null) curves.Add(new LineCurve(prefix + "held out", [Line(p => p.HeldOut)]) { Color = color, Dashes = [5, 3] });
        }
        return new LineFigure("learning-curve", "Learning curve; jumps are changes of stage, which look further", new LineAxis("iteration"), new LineAxis("χ² per measurement", IsLogarithmic: true), [.. curves]);
    }
}
