using System.Collections.Immutable;
using System.Globalization;
using Protonmotive.Fitting;
using Protonmotive.Fitting.Profiles;
using Protonmotive.Fitting.Sampling;
using Protonmotive.Fitting.Starts;
using Protonmotive.Reports.Analyses;
using Protonmotive.Reports.Figures;

namespace Protonmotive.Reports.Fits;

/// <summary>Fits, profiles and samples as tables and figures.</summary>
public static class FitReports
{
    private const int MostCorrelated = 60;

    /// <summary>The report of a fit.</summary>
    /// <param name="about">Name, path, hash, command and settings.</param>
    /// <param name="result">The fit.</param>
    /// <param name="found">What the Fisher information at the best point says; null where it could not be computed.</param>
    /// <param name="picture">Measurements and curves at the best point; null where all starts failed.</param>
    /// <param name="seconds">Time spent on all starts, in s.</param>
    public static Analysis Fit(AnalysisRecord about, FitResult result, Identifiability? found, FitPicture? picture, double seconds)
    {
        ArgumentNullException.ThrowIfNull(about);
        ArgumentNullException.ThrowIfNull(result);
        var c = CultureInfo.InvariantCulture;
        var best = result.Best.State;
        bool isFound = double.IsFinite(best.Value);
        var estimates = new AnalysisTable("estimates", "Estimates",
        [
            AnalysisColumn.Of("parameter", result.Parameters.Select(p => p.Name)), AnalysisColumn.Of("scale", result.Parameters.Select(p => ScaleName(p.Scale))),
            AnalysisColumn.Of("estimate", "", best.X.Select((x, i) => Linear(x, result.Parameters[i].Scale))), AnalysisColumn.Of("on scale", "", best.X),
            AnalysisColumn.Of("lower bound", "", result.Parameters.Select(p => p.Lower)), AnalysisColumn.Of("upper bound", "", result.Parameters.Select(p => p.Upper)),
            AnalysisColumn.Of("standard error on scale", "", result.Parameters.Select((_, i) => found?.StandardErrors[i] ?? double.NaN)),
            AnalysisColumn.Of("at bound", result.Parameters.Select((p, i) => best.X[i] <= p.Lower ? "lower" : best.X[i] >= p.Upper ? "upper" : "")),
        ]);
        var starts = new AnalysisTable("starts", "Starts",
        [
            AnalysisColumn.Of("start", "", result.Starts.Select(s => (double)s.Index)), AnalysisColumn.Of("objective", "", result.Starts.Select(s => s.State.Value)),
            AnalysisColumn.Of("above the best", "", result.Starts.Select(s => s.State.Value - best.Value)), AnalysisColumn.Of("status", result.Starts.Select(s => s.State.Status.ToString())),
            AnalysisColumn.Of("evaluations", "", result.Starts.Select(s => (double)s.Evaluations)), AnalysisColumn.Of("time", "s", result.Starts.Select(s => s.Seconds)), AnalysisColumn.Of("message", result.Starts.Select(s => s.State.Message)),
        ]);
        int reaching = isFound ? result.Reaching(best.Value, 0.1) : 0;
        var notes = new List<string>();
        if (result.Failed > 0) notes.Add($"{result.Failed} starts failed wherever they were drawn; the first: {result.Starts.First(s => s.State.Status == Fitting.Optimisers.FitStatus.StartFailed).State.Message}");
        if (result.Starts.Count(s => s.IsSubstitute) is > 0 and int drawn) notes.Add($"{drawn} of {result.Starts.Length} starts found no point that oscillates and began at drawn points.");
        if (isFound && result.Starts.Length > 1 && reaching == 1) notes.Add("One start alone reached the best value: more starts may find a better one.");
        if (found is not null) foreach (var direction in found.NullDirections) notes.Add($"The data do not determine {found.Describe(direction)} (local; see pmf profile).");
        var record = about with
        {
            Kind = "fit",
            Summary = isFound ? string.Create(c, $"Least objective (−ln likelihood) {best.Value:g9}, reached within 0.1 by {reaching} of {result.Starts.Length} starts; {result.Evaluations:#,0} evaluations, {seconds:0.#} s of computing.") : "The objective was infinite at every start.",
            Notes = [.. about.Notes, .. notes],
            Sources = ["Fröhlich, F. and Sorger, P. K. (2022). Fides. PLoS Comput. Biol. 18, e1010322.", "Coleman, T. F. and Li, Y. (1996). SIAM J. Optim. 6, 418-445.", "Byrd, R. H. et al. (1995). SIAM J. Sci. Comput. 16, 1190-1208.", "Hansen, N. (2016). The CMA evolution strategy: a tutorial. arXiv:1604.00772.", "Raue, A. et al. (2013). Lessons learned from quantitative dynamical modeling. PLoS ONE 8, e74335."],
            Results = about.Results, Tables = [estimates, starts, .. picture is null ? (AnalysisTable[])[] : [Agreement(picture), Measurements(picture)]],
        };
        var figures = new List<Figure>();
        if (isFound) figures.Add(FitFigures.Waterfall(result));
        if (picture is not null)
        {
            figures.AddRange(FitFigures.Fits(picture));
            figures.Add(FitFigures.Residuals(picture));
        }
        if (found is not null && result.Parameters.Length is > 1 and <= MostCorrelated) figures.Add(FitFigures.Correlation(found));
        return new Analysis(record, [.. figures], [estimates, starts]);
    }

    /// <summary>The report of profiles.</summary>
    public static Analysis Profile(AnalysisRecord about, ImmutableArray<ParameterProfile> profiles, Identifiability? found)
    {
        ArgumentNullException.ThrowIfNull(about);
        var table = new AnalysisTable("intervals", "Intervals",
        [
            AnalysisColumn.Of("parameter", profiles.Select(p => p.Parameter.Name)), AnalysisColumn.Of("verdict", profiles.Select(p => FitFigures.Words(p.Verdict))),
            AnalysisColumn.Of("low", "", profiles.Select(p => Linear(p.Low, p.Parameter.Scale))), AnalysisColumn.Of("estimate", "", profiles.Select(p => Linear(p.Down.Points[0].Value, p.Parameter.Scale))), AnalysisColumn.Of("high", "", profiles.Select(p => Linear(p.High, p.Parameter.Scale))),
            AnalysisColumn.Of("Wald low", "", profiles.Select(p => found is null ? double.NaN : Linear(found.Interval(p.Index, p.Down.Points[0].Value).Low, p.Parameter.Scale))), AnalysisColumn.Of("Wald high", "", profiles.Select(p => found is null ? double.NaN : Linear(found.Interval(p.Index, p.Down.Points[0].Value).High, p.Parameter.Scale))),
            AnalysisColumn.Of("made up for by", profiles.Select(p => p.Verdict == ProfileVerdict.Identifiable ? "" : string.Join(", ", p.MovesWith.Take(4).Select(m => string.Create(CultureInfo.InvariantCulture, $"{about.Settings.GetValueOrDefault("name " + m.Index, m.Index.ToString(CultureInfo.InvariantCulture))} ({m.Slope:+0.##;−0.##})"))))),
        ]);
        var points = new AnalysisTable("profiles", "Points of the profiles",
        [
            AnalysisColumn.Of("parameter", profiles.SelectMany(p => p.Points.Select(_ => p.Parameter.Name))), AnalysisColumn.Of("value on scale", "", profiles.SelectMany(p => p.Points.Select(v => v.Value))), AnalysisColumn.Of("objective", "", profiles.SelectMany(p => p.Points.Select(v => v.Objective))),
        ]);
        int sure = profiles.Count(p => p.Verdict == ProfileVerdict.Identifiable);
        var notes = profiles.Where(p => p.Better is not null).Select(p => string.Create(CultureInfo.InvariantCulture, $"Along the profile of {p.Parameter.Name} the objective falls {p.Down.Points[0].Objective - p.Better!.Objective:g3} below the optimum, at {p.Better.Value:g6} on its scale: the fit had not found the best point. Fit again with more starts."));
        if (profiles.Any(p => p.Verdict == ProfileVerdict.Unfinished)) notes = notes.Append("Where a profile is not finished, a branch has as many points as are allowed: allow more with --points and --overwrite.");
        var record = about with
        {
            Kind = "profile", Summary = $"{sure} of {profiles.Length} parameters have an interval with two ends; threshold: the objective rises by {profiles[0].Threshold.ToString("0.####", CultureInfo.InvariantCulture)}.", Notes = [.. about.Notes, .. notes],
            Sources = ["Raue, A. et al. (2009). Structural and practical identifiability analysis of partially observed dynamical models by exploiting the profile likelihood. Bioinformatics 25, 1923-1929."], Tables = [table, points],
            Settings = about.Settings.RemoveRange(about.Settings.Keys.Where(k => k.StartsWith("name ", StringComparison.Ordinal))),
        };
        return new Analysis(record, [.. FitFigures.Profiles(profiles)], [table]);
    }

    /// <summary>The report of a sample.</summary>
    public static Analysis Sample(AnalysisRecord about, PosteriorSample sample, FitPicture? picture)
    {
        ArgumentNullException.ThrowIfNull(about);
        ArgumentNullException.ThrowIfNull(sample);
        var summaries = sample.Parameters.Select((_, i) => sample.Summary(i)).ToList();
        var table = new AnalysisTable("posterior", "Posterior",
        [
            AnalysisColumn.Of("parameter", sample.Parameters.Select(FitFigures.Label)), AnalysisColumn.Of("mean", "", summaries.Select(s => s.Mean)), AnalysisColumn.Of("deviation", "", summaries.Select(s => s.Deviation)),
            AnalysisColumn.Of("2.5 %", "", summaries.Select(s => s.Low)), AnalysisColumn.Of("median", "", summaries.Select(s => s.Median)), AnalysisColumn.Of("97.5 %", "", summaries.Select(s => s.High)),
            AnalysisColumn.Of("split R-hat", "", summaries.Select(s => s.Convergence)), AnalysisColumn.Of("bulk ESS", "", summaries.Select(s => s.BulkSize)), AnalysisColumn.Of("tail ESS", "", summaries.Select(s => s.TailSize)),
        ]);
        var draws = new AnalysisTable("draws", "Draws",
        [
            AnalysisColumn.Of("chain", "", sample.Chains.SelectMany(k => k.Draws.Select(_ => (double)k.Chain))), AnalysisColumn.Of("objective", "", sample.Chains.SelectMany(k => k.Objectives)),
            .. sample.Parameters.Select((p, i) => AnalysisColumn.Of(FitFigures.Label(p), "", sample.Draws.Select(d => d[i]))),
        ]);
        double worst = summaries.Max(s => s.Convergence), fewest = summaries.Min(s => Math.Min(s.BulkSize, s.TailSize));
        var notes = new List<string>();
        if (!(worst < 1.01)) notes.Add(string.Create(CultureInfo.InvariantCulture, $"R-hat is up to {worst:0.000}: the chains have not come together. Draw more, or look at parameters that the data do not determine."));
        if (!(fewest >= 100 * sample.Chains.Length)) notes.Add(string.Create(CultureInfo.InvariantCulture, $"The least effective sample size is {fewest:0}; below 100 a chain, quantiles are rough."));
        if (sample.Divergent > 0) notes.Add($"{sample.Divergent} draws diverged: a region of strong curvature may have been missed. Sample with a higher --accept.");
        var record = about with
        {
            Kind = "sample", Summary = string.Create(CultureInfo.InvariantCulture, $"{sample.Chains.Length} chains of {sample.Chains[0].Draws.Count} draws; largest split R-hat {worst:0.000}, least effective sample size {fewest:0}, {sample.Divergent} divergent draws."), Notes = [.. about.Notes, .. notes],
            Sources = ["Hoffman, M. D. and Gelman, A. (2014). The No-U-Turn sampler. J. Mach. Learn. Res. 15, 1593-1623.", "Betancourt, M. (2017). A conceptual introduction to Hamiltonian Monte Carlo. arXiv:1701.02434.", "Vehtari, A. et al. (2021). Rank-normalization, folding, and localization: an improved R-hat. Bayesian Anal. 16, 667-718."],
            Tables = [table, draws],
        };
        return new Analysis(record, [.. FitFigures.Marginals(sample), FitFigures.Traces(sample), .. picture is null ? [] : FitFigures.Fits(picture, "Predictions with 90 % bands")], [table]);
    }

    /// <summary>A number on its scale as the number itself; infinite ends stay infinite, or 0.</summary>
    public static double Linear(double x, ParameterScale scale) => scale switch { ParameterScale.Log => Math.Exp(x), ParameterScale.Log10 => Math.Pow(10, x), _ => x };

    /// <summary>The scale in words.</summary>
    private static string ScaleName(ParameterScale scale) => scale switch { ParameterScale.Log => "ln", ParameterScale.Log10 => "log10", _ => "linear" };

    /// <summary>How near the fit comes to each observable: root of the mean square of measured less simulated.</summary>
    public static AnalysisTable Agreement(FitPicture picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        var groups = picture.Rows.GroupBy(r => r.Observable).ToList();
        static double Root(IEnumerable<double> values) => Math.Sqrt(values.Average(v => v * v));
        return new AnalysisTable("agreement", "Distance of the fit from each observable",
        [
            AnalysisColumn.Of("observable", groups.Select(g => g.Key)), AnalysisColumn.Of("measurements", "", groups.Select(g => (double)g.Count())),
            AnalysisColumn.Of("rms distance", "", groups.Select(g => Root(g.Select(r => r.Measured - r.Simulated)))), AnalysisColumn.Of("rms residual", "", groups.Select(g => Root(g.Select(r => r.Residual)))),
        ]);
    }

    private static AnalysisTable Measurements(FitPicture picture) => new("measurements", "Measurements and what is simulated for them",
    [
        AnalysisColumn.Of("observable", picture.Rows.Select(r => r.Observable)), AnalysisColumn.Of("series", picture.Rows.Select(r => r.Series)), AnalysisColumn.Of("time", picture.TimeUnit, picture.Rows.Select(r => r.Time)),
        AnalysisColumn.Of("measured", "", picture.Rows.Select(r => r.Measured)), AnalysisColumn.Of("simulated", "", picture.Rows.Select(r => r.Simulated)), AnalysisColumn.Of("sigma", "", picture.Rows.Select(r => r.Sigma)), AnalysisColumn.Of("residual", "", picture.Rows.Select(r => r.Residual)),
    ]);
}
