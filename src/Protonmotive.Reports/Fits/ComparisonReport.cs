using System.Collections.Immutable;
using System.Globalization;
using Protonmotive.Fitting;
using Protonmotive.Fitting.Alternatives;
using Protonmotive.Fitting.Problems;
using Protonmotive.Reports.Analyses;
using Protonmotive.Reports.Figures;

namespace Protonmotive.Reports.Fits;

/// <summary>A comparison of explanations as tables and figures.</summary>
public static class ComparisonReport
{
    private const double Unlikely = 0.001, LeastRise = 0.1;
    private const int MostObservables = 4;

    /// <summary>The report.</summary>
    /// <param name="about">Name, path, hash, command and settings.</param>
    /// <param name="comparison">The comparison.</param>
    /// <param name="reference">What is simulated for the measurements at the reference.</param>
    /// <param name="explained">The same for each explanation at its best, in their order.</param>
    /// <param name="picture">Measurements and curves of the best explanation, or of the reference where nothing is seen.</param>
    public static Analysis Make(AnalysisRecord about, Comparison comparison, FitEvaluation reference, ImmutableArray<FitEvaluation> explained, FitPicture picture)
    {
        ArgumentNullException.ThrowIfNull(about);
        ArgumentNullException.ThrowIfNull(comparison);
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(picture);
        var fits = comparison.Fits;
        var relative = fits.Select(f => ComparisonWords.Relative(comparison, f)).ToList();
        var table = new AnalysisTable("explanations", "Explanations",
        [
            AnalysisColumn.Of("explanation", fits.Select(f => f.Explanation.Label)), AnalysisColumn.Of("parameter", fits.Select(f => comparison.Parameters[f.Explanation.Index].Name)),
            AnalysisColumn.Of("of the reference", "", relative.Select(r => r.Estimate)), AnalysisColumn.Of("low", "", relative.Select(r => r.Low)), AnalysisColumn.Of("high", "", relative.Select(r => r.High)),
            AnalysisColumn.Of("above the best", "", fits.Select(f => f.Rise)), AnalysisColumn.Of("below the reference", "", fits.Select(f => f.Gain)), AnalysisColumn.Of("chi²", "", explained.Select(e => e.ChiSquare)), AnalysisColumn.Of("verdict", fits.Select(ComparisonWords.Of)),
        ]);
        var points = new AnalysisTable("profiles", "Points of the profiles",
        [
            AnalysisColumn.Of("explanation", fits.SelectMany(f => f.Profile.Points.Select(_ => f.Explanation.Label))), AnalysisColumn.Of("of the reference", "", fits.SelectMany(f => f.Profile.Points.Select(p => ComparisonWords.Over(comparison, f, p.Value)))), AnalysisColumn.Of("objective", "", fits.SelectMany(f => f.Profile.Points.Select(p => p.Objective))),
        ]);
        var shared = new AnalysisTable("shared", "Parameters that every explanation shares",
        [
            AnalysisColumn.Of("parameter", Shared(comparison).Select(i => comparison.Parameters[i].Name)), AnalysisColumn.Of("at the reference", "", Shared(comparison).Select(i => FitReports.Linear(comparison.Reference[i], comparison.Parameters[i].Scale))), AnalysisColumn.Of("at the best", "", Shared(comparison).Select(i => FitReports.Linear(comparison.Best.X[i], comparison.Parameters[i].Scale))),
        ]);
        var best = comparison.IsSeen ? explained[fits.IndexOf(comparison.Best)] : reference;
        int estimated = Shared(comparison).Count() + (comparison.IsSeen ? 1 : 0);
        double chance = best.ChanceOfChiSquare(estimated);
        var c = CultureInfo.InvariantCulture;
        var notes = new List<string>();
        if (chance < Unlikely) notes.Add(string.Create(c, $"Even the best does not fit: χ² is {best.ChiSquare:0.#} for {best.Rows.Length - estimated} degrees of freedom, which the stated noise gives with a probability of {(chance < 1e-12 ? "less than 1e-12" : chance.ToString("g2", c))}. The verdict can't be trusted: look at the residuals, at times, units and sign of the data, at the protocol, and at the noise."));
        else if (chance > 1 - Unlikely) notes.Add(string.Create(c, $"The data scatter less than the stated noise: χ² is {best.ChiSquare:0.#} for {best.Rows.Length - estimated} degrees of freedom. With the noise they have, more could be seen."));
        foreach (var f in fits.Where(f => f.Status == ExplanationStatus.Found && comparison.Found is null)) notes.Add($"The interval of {f.Explanation.Label} is open: the data do not say how large the effect is.");
        var record = about with
        {
            Kind = "explanations", Summary = ComparisonWords.Verdict(comparison), Notes = [.. about.Notes, .. notes], Tables = [table, points, .. shared.RowCount > 0 ? (AnalysisTable[])[shared] : []],
            Results = [new("confidence of the whole verdict", comparison.Confidence, "1", "step, value, and that something differs at all"), new("threshold", comparison.Threshold, "1", "difference of −ln likelihood beyond which an explanation, or a value, is excluded"), new("gain of the best over the reference", comparison.Best.Gain, "1", "in −ln likelihood"), new("chi²", best.ChiSquare, "1", $"{best.Rows.Length - estimated} degrees of freedom")],
            Sources = ["Raue, A. et al. (2009). Structural and practical identifiability analysis of partially observed dynamical models by exploiting the profile likelihood. Bioinformatics 25, 1923-1929.", "Dunn, O. J. (1961). Multiple comparisons among means. J. Am. Stat. Assoc. 56, 52-64."],
        };
        return new Analysis(record, [Profiles(comparison), .. Effects(comparison, reference, explained, picture.TimeUnit), .. FitFigures.Fits(picture, comparison.IsSeen ? $"Measurements and {comparison.Best.Explanation.Label}" : "Measurements and the reference"), FitFigures.Residuals(picture)], shared.RowCount > 0 ? [table, shared] : [table]);
    }

    /// <summary>The profile of each explanation over its value, all above the best of all.</summary>
    public static Figure Profiles(Comparison comparison)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        var drawn = comparison.Fits.Select(f => (Fit: f, X: f.Profile.Points.Select(p => ComparisonWords.Over(comparison, f, p.Value)).ToArray(), Y: f.Profile.Points.Select(p => Math.Max(LeastRise, p.Objective - comparison.Best.Value)).ToArray())).ToList();
        bool isLogarithmic = drawn.All(d => d.X.All(x => x > 0));
        double low = drawn.Min(d => d.X.Min()), high = drawn.Max(d => d.X.Max()), top = Math.Max(3 * comparison.Threshold, 1.5 * (comparison.ReferenceValue - comparison.Best.Value + comparison.Threshold));
        return new LineFigure("explanations", "How well each explanation fits, over its value", new LineAxis("value over that of the reference", isLogarithmic), new LineAxis($"−ln likelihood above the best (less than {LeastRise.ToString(CultureInfo.InvariantCulture)} drawn there)", IsLogarithmic: true, Low: LeastRise, High: top),
        [
            .. drawn.Select(d => new LineCurve(d.Fit.Explanation.Label, [new LineData(d.X, d.Y)]) { Thickness = d.Fit.Status is ExplanationStatus.Found or ExplanationStatus.Possible ? 2.6f : 1.2f }),
            new LineCurve("excluded above", [new LineData([low, high], [comparison.Threshold, comparison.Threshold])]) { Dashes = [5, 4], Color = Palette.Ink.ToString(), Thickness = 1 },
            new LineCurve("the reference", [new LineData([low, high], Enumerable.Repeat(Math.Max(LeastRise, comparison.ReferenceValue - comparison.Best.Value), 2).ToArray())]) { Dashes = [1.5f, 3], Color = Palette.Ink.ToString(), Thickness = 1.4f },
        ]);
    }

    /// <summary>What each explanation at its best changes, and what was measured, against the reference and in units of the noise.</summary>
    public static IEnumerable<Figure> Effects(Comparison comparison, FitEvaluation reference, ImmutableArray<FitEvaluation> explained, string timeUnit)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        ArgumentNullException.ThrowIfNull(reference);
        var rows = reference.Rows;
        double Scaled(int i, double value) => (rows[i].Measurement.Noise.OnScale(value) - rows[i].Measurement.Noise.OnScale(rows[i].Simulated)) / rows[i].Sigma;
        var groups = Enumerable.Range(0, rows.Length).Where(i => double.IsFinite(rows[i].Measurement.Time)).GroupBy(i => (rows[i].Experiment, rows[i].Measurement.Observable)).Take(MostObservables).ToList();
        foreach (var group in groups)
        {
            var times = group.GroupBy(i => rows[i].Measurement.Time).OrderBy(g => g.Key).ToList();
            double[] x = [.. times.Select(t => t.Key)];
            string name = groups.Count > 1 ? $"{group.Key.Observable}, {group.Key.Experiment}" : group.Key.Observable;
            yield return new LineFigure(groups.Count > 1 ? "effects-" + Analysis.FileName(name) : "effects", $"{name}: what each explanation changes, and the mean of what was measured", new LineAxis(timeUnit.Length > 0 ? $"time ({timeUnit})" : "time"), new LineAxis("difference from the reference / σ"),
            [
                new LineCurve("measured, mean", [new LineData(x, [.. times.Select(t => t.Average(i => Scaled(i, rows[i].Measurement.Value)))])]) { HasMarks = true, Dashes = [], Color = Palette.Soft.ToString() },
                .. comparison.Fits.Select((f, k) => new LineCurve(f.Explanation.Label, [new LineData(x, [.. times.Select(t => t.Average(i => Scaled(i, explained[k].Rows[i].Simulated)))])]) { Thickness = f.Status is ExplanationStatus.Found or ExplanationStatus.Possible ? 2.6f : 1.2f }),
            ]);
        }
    }

    private static IEnumerable<int> Shared(Comparison comparison) => Enumerable.Range(0, comparison.Parameters.Length).Where(i => comparison.Fits.All(f => f.Explanation.Index != i));
}
