using System.Collections.Immutable;
using System.Globalization;
using Protonmotive.Fitting;
using Protonmotive.Fitting.Profiles;
using Protonmotive.Fitting.Sampling;
using Protonmotive.Fitting.Starts;
using Protonmotive.Reports.Figures;

namespace Protonmotive.Reports.Fits;

/// <summary>Figures of fits, profiles and samples.</summary>
public static class FitFigures
{
    private const int MostPanels = 12, MostSeries = 8, Bins = 30, MostDots = 2000, MostOutliers = 20;

    /// <summary>The objective that each start reached, the best first.</summary>
    public static Figure Waterfall(FitResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        const double least = 1e-3;
        double best = result.Best.State.Value;
        double[] heights = [.. result.Starts.Select(s => s.State.Value - best).Where(double.IsFinite).Select(v => Math.Max(v, least))];
        return new LineFigure("waterfall", "Objective that each start reached, above the best", new LineAxis("start, the best first", Low: 0, High: Math.Max(2, result.Starts.Length + 1)),
            new LineAxis("objective − best (less than 0.001 drawn there)", IsLogarithmic: true, Low: least / 2, High: Math.Max(1, heights.DefaultIfEmpty(1).Max()) * 2),
            [new LineCurve("starts", [new LineData([.. Enumerable.Range(1, heights.Length).Select(i => (double)i)], heights)]) { HasMarks = true, Dashes = heights.Length > 1 ? null : [], Thickness = 1 }]);
    }

    /// <summary>Measurements with the fit, an observable a panel.</summary>
    public static IEnumerable<Figure> Fits(FitPicture picture, string title = "Measurements and fit")
    {
        ArgumentNullException.ThrowIfNull(picture);
        var observables = picture.Rows.Select(r => r.Observable).Distinct().ToList();
        var named = Named(picture);
        for (int page = 0; page * MostPanels < observables.Count; page++)
        {
            yield return new PanelFigure(page == 0 ? "fits" : $"fits-{page + 1}", page == 0 ? $"{title}: dots with their noise measured, lines simulated" : $"{title}, page {page + 1}", [.. observables.Skip(page * MostPanels).Take(MostPanels).Select(o => FitPanel(picture, o, named))]) { Legend = Legend(named) };
        }
    }

    /// <summary>Residuals over time, an observable a panel.</summary>
    public static Figure Residuals(FitPicture picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        var named = Named(picture);
        var panels = picture.Rows.GroupBy(r => r.Observable).Take(MostPanels).Select(g =>
        {
            var (rows, note) = Drawn([.. g.Where(r => double.IsFinite(r.Time) && double.IsFinite(r.Residual))]);
            double end = Math.Max(1e-300, rows.Select(r => r.Time).DefaultIfEmpty(1).Max()), reach = Math.Max(3, rows.Select(r => Math.Abs(r.Residual)).DefaultIfEmpty(0).Max() * 1.1);
            var curves = rows.GroupBy(r => r.Series).Take(MostSeries).Select((s, k) => new LineCurve(s.Key, [new LineData([.. s.Select(r => r.Time)], [.. s.Select(r => r.Residual)])]) { HasMarks = true, Dashes = [], Color = ColorOf(named, s.Key, k) });
            return new Panel(g.Key + note, TimeAxis(picture), new LineAxis("residual / σ", Low: -reach, High: reach), [.. curves, new LineCurve("", [new LineData([0, end], [0, 0])]) { Color = Palette.Ink.ToString(), Thickness = 1 }]) { IsTight = false };
        });
        return new PanelFigure("residuals", "Residuals in units of their noise: about two thirds should be within ±1, without pattern", [.. panels]) { Legend = Legend(named) };
    }

    /// <summary>Profiles, a parameter a panel.</summary>
    public static IEnumerable<Figure> Profiles(ImmutableArray<ParameterProfile> profiles)
    {
        for (int page = 0; page * MostPanels < profiles.Length; page++)
        {
            var panels = profiles.Skip(page * MostPanels).Take(MostPanels).Select(p =>
            {
                double floor = p.Down.Points[0].Objective, at = p.Down.Points[0].Value;
                double[] x = [.. p.Points.Select(v => v.Value)], y = [.. p.Points.Select(v => v.Objective - floor)];
                return new Panel($"{p.Parameter.Name}: {Words(p.Verdict)}", new LineAxis(Label(p.Parameter)), new LineAxis("rise of the objective", Low: Math.Min(-0.05 * p.Threshold, y.Min()), High: 1.6 * p.Threshold),
                [
                    new LineCurve("profile", [new LineData(x, y)]) { HasMarks = true, Color = Palette.Series(0).ToString() },
                    new LineCurve("threshold", [new LineData([x[0], x[^1]], [p.Threshold, p.Threshold])]) { Dashes = [5, 4], Color = Palette.Series(1).ToString() },
                    new LineCurve("optimum", [new LineData([at], [0])]) { HasMarks = true, Color = Palette.Series(1).ToString() },
                ]);
            });
            yield return new PanelFigure(page == 0 ? "profiles" : $"profiles-{page + 1}", page == 0 ? "Profile likelihoods" : $"Profile likelihoods, page {page + 1}", [.. panels])
            {
                Legend = [new LineCurve("profile", []) { HasMarks = true, Color = Palette.Series(0).ToString() }, new LineCurve("threshold", []) { Dashes = [5, 4], Color = Palette.Series(1).ToString() }, new LineCurve("optimum", []) { HasMarks = true, Dashes = [], Color = Palette.Series(1).ToString() }],
            };
        }
    }

    /// <summary>Correlation of the estimates.</summary>
    public static Figure Correlation(Identifiability found)
    {
        ArgumentNullException.ThrowIfNull(found);
        string[] names = [.. found.Parameters.Select(p => p.Name)];
        return new MatrixFigure("correlation", "Correlation of the estimates (grey: not determined)", names, names, found.Correlation, "correlation");
    }

    /// <summary>Histograms of the marginals, a parameter a panel.</summary>
    public static IEnumerable<Figure> Marginals(PosteriorSample sample)
    {
        ArgumentNullException.ThrowIfNull(sample);
        int n = sample.Parameters.Length;
        for (int page = 0; page * MostPanels < n; page++)
            yield return new PanelFigure(page == 0 ? "marginals" : $"marginals-{page + 1}", page == 0 ? "Posterior of each parameter; vertical lines: median and 95 % interval" : $"Posterior of each parameter, page {page + 1}",
                [.. Enumerable.Range(page * MostPanels, Math.Min(MostPanels, n - (page * MostPanels))).Select(i => Marginal(sample, i))]);
    }

    /// <summary>Chains over their draws, for the parameter that mixes worst.</summary>
    public static Figure Traces(PosteriorSample sample)
    {
        ArgumentNullException.ThrowIfNull(sample);
        var worst = Enumerable.Range(0, sample.Parameters.Length).OrderBy(i => sample.Summary(i).BulkSize).Take(4);
        return new PanelFigure("traces", "Chains of the parameters that mix worst",
            [.. worst.Select(i => new Panel(sample.Parameters[i].Name, new LineAxis("draw"), new LineAxis(Label(sample.Parameters[i])), [.. sample.Of(i).Select((c, k) => new LineCurve($"chain {k + 1}", [new LineData([.. Enumerable.Range(1, c.Length).Select(v => (double)v)], c)]) { Thickness = 0.7f })]))]);
    }

    /// <summary>A parameter's name with its scale.</summary>
    public static string Label(EstimatedParameter parameter)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        var name = parameter.Unit is "" or "1" ? parameter.Name : $"{parameter.Name} / {parameter.Unit}";
        return parameter.Scale switch { ParameterScale.Log10 => $"log10 {name}", ParameterScale.Log => $"ln {name}", _ => name };
    }

    /// <summary>A verdict in words.</summary>
    public static string Words(ProfileVerdict verdict) => verdict switch
    {
        ProfileVerdict.Unfinished => "not finished",
        ProfileVerdict.Identifiable => "identifiable",
        ProfileVerdict.NoLowerEnd => "no lower end",
        ProfileVerdict.NoUpperEnd => "no upper end",
        ProfileVerdict.NoEnd => "no end within the bounds",
        _ => "flat",
    };

    // Conditions that stand in a legend: where there are several, and not more than colours.
    private static List<string> Named(FitPicture picture)
    {
        List<string> all = [.. picture.Rows.GroupBy(r => r.Observable).Where(g => !IsAtOneTime(g)).SelectMany(g => g.Select(r => r.Series).Distinct()).Distinct()];
        return all.Count is > 1 and <= MostSeries ? all : [];
    }

    private static ImmutableArray<LineCurve> Legend(List<string> named) => [.. named.Select((s, k) => new LineCurve(s, []) { HasMarks = true, Color = Palette.Series(k).ToString() })];

    private static string ColorOf(List<string> named, string series, int place) => Palette.Series(named.IndexOf(series) is >= 0 and var k ? k : place).ToString();

    // Measured once in each condition, or at rest: a dose and its response.
    private static bool IsAtOneTime(IEnumerable<FitPictureRow> rows) => rows.GroupBy(r => r.Series).All(s => s.Select(r => r.Time).Distinct().Count() == 1);

    private static Panel DosePanel(FitPicture picture, string observable)
    {
        var (rows, note) = Drawn([.. picture.Rows.Where(r => r.Observable == observable)]);
        var series = rows.Select(r => r.Series).Distinct().ToList();
        double At(FitPictureRow r) => 1 + series.IndexOf(r.Series);
        var simulated = rows.Where(r => double.IsFinite(r.Simulated)).DistinctBy(r => r.Series).ToList();
        string color = Palette.Series(0).ToString();
        return new Panel(observable + note, new LineAxis("condition, in the order of the table", Low: 0.5, High: series.Count + 0.5), new LineAxis(observable),
        [
            new LineCurve("measured", [new LineData([.. rows.Select(At)], [.. rows.Select(r => r.Measured)])]) { HasMarks = true, Dashes = [], Color = color },
            // a line from condition to condition; of one alone, a dash
            new LineCurve("simulated", [simulated.Count == 1 ? new LineData([At(simulated[0]) - 0.2, At(simulated[0]) + 0.2], [simulated[0].Simulated, simulated[0].Simulated]) : new LineData([.. simulated.Select(At)], [.. simulated.Select(r => r.Simulated)])]) { Color = color },
        ])
        { Bars = [.. rows.Where(r => double.IsFinite(r.Sigma)).Select(r => Bar(r, At(r), 0))], IsTight = false, HasWholeTicks = true };
    }

    private static ErrorBar Bar(FitPictureRow r, double x, int curve) =>
        r.IsLogarithmic ? new ErrorBar(x, r.Measured * Math.Exp(-r.Sigma), r.Measured * Math.Exp(r.Sigma), curve) : new ErrorBar(x, r.Measured - r.Sigma, r.Measured + r.Sigma, curve);

    private static Panel FitPanel(FitPicture picture, string observable, List<string> named)
    {
        if (IsAtOneTime(picture.Rows.Where(r => r.Observable == observable))) return DosePanel(picture, observable);
        var (rows, note) = Drawn([.. picture.Rows.Where(r => r.Observable == observable)]);
        var series = rows.Select(r => r.Series).Distinct().Take(MostSeries).ToList();
        var (curves, bars) = (new List<LineCurve>(), new List<ErrorBar>());
        for (int k = 0; k < series.Count; k++)
        {
            var color = ColorOf(named, series[k], k);
            var mine = rows.Where(r => r.Series == series[k] && double.IsFinite(r.Time)).ToList();
            int at = curves.Count;
            curves.Add(new LineCurve(series[k], [new LineData([.. mine.Select(r => r.Time)], [.. mine.Select(r => r.Measured)])]) { HasMarks = true, Dashes = [], Color = color });
            bars.AddRange(mine.Where(r => double.IsFinite(r.Sigma)).Select(r => Bar(r, r.Time, at)));
            foreach (var c in picture.Curves.Where(c => c.Observable == observable && c.Series == series[k]))
            {
                if (c.Low is not null && c.High is not null) curves.Add(new LineCurve("", [new LineData(c.Times, c.Low, c.High)]) { Color = color });
                curves.Add(new LineCurve("", [new LineData(c.Times, c.Values)]) { Color = color });
            }
        }
        return new Panel((series.Count > 1 ? $"{observable} ({series.Count} conditions)" : observable) + note, TimeAxis(picture), new LineAxis(observable), [.. curves]) { Bars = [.. bars], IsTight = false };
    }

    // Dots beyond some thousands are one blot and make a page too large to open: every k-th one is drawn, and those that fit worst.
    private static (List<FitPictureRow> Rows, string Note) Drawn(List<FitPictureRow> rows)
    {
        if (rows.Count <= MostDots) return (rows, "");
        int stride = (rows.Count + MostDots - 1) / MostDots;
        var worst = rows.Where(r => double.IsFinite(r.Residual)).OrderByDescending(r => Math.Abs(r.Residual)).Take(MostOutliers).ToHashSet(ReferenceEqualityComparer.Instance);
        List<FitPictureRow> drawn = [.. rows.Where((r, i) => i % stride == 0 || worst.Contains(r))];
        return (drawn, string.Create(CultureInfo.InvariantCulture, $": {drawn.Count:n0} of {rows.Count:n0} drawn"));
    }

    private static LineAxis TimeAxis(FitPicture picture) => new(picture.TimeUnit.Length == 0 ? "time" : picture.TimeUnit.StartsWith('(') ? $"time {picture.TimeUnit}" : $"time ({picture.TimeUnit})");

    private static Panel Marginal(PosteriorSample sample, int index)
    {
        double[] all = [.. sample.Of(index).SelectMany(c => c)];
        double low = all.Min(), width = (all.Max() - low) / Bins;
        if (!(width > 0)) (low, width) = (low - 0.5, 1.0 / Bins);
        var counts = new double[Bins];
        foreach (double v in all) counts[Math.Clamp((int)((v - low) / width), 0, Bins - 1)] += 1 / (all.Length * width);
        double[] x = [.. Enumerable.Range(0, Bins).SelectMany(b => (double[])[low + (b * width), low + ((b + 1) * width)])], y = [.. counts.SelectMany(c => (double[])[c, c])];
        var s = sample.Summary(index);
        double top = counts.Max() * 1.08;
        LineCurve At(double v, float[]? dashes) => new("", [new LineData([v, v], [0, top])]) { Color = Palette.Series(1).ToString(), Dashes = dashes, Thickness = 1.4f };
        return new Panel(sample.Parameters[index].Name, new LineAxis(Label(sample.Parameters[index])), new LineAxis("density", Low: 0, High: top),
            [new LineCurve("", [new LineData(x, new double[x.Length], y)]) { Color = Palette.Series(0).ToString() }, new LineCurve("", [new LineData(x, y)]) { Color = Palette.Series(0).ToString(), Thickness = 1 }, At(s.Median, null), At(s.Low, [4, 3]), At(s.High, [4, 3])]);
    }
}
