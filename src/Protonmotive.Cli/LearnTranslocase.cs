using System.Collections.Immutable;
using System.Globalization;
using Protonmotive.Atlas.Learned;
using Protonmotive.Cli.Commands;
using Protonmotive.Fitting.Problems;
using Protonmotive.Fitting.Training;
using Protonmotive.Reports.Analyses;
using Protonmotive.Reports.Figures;
using Protonmotive.Reports.Learned;
using Protonmotive.Reports.Runs;
using Protonmotive.Solvers;
using Protonmotive.Thermodynamics;

namespace Protonmotive.Cli;

/// <summary>pmf learn translocase.</summary>
internal static class LearnTranslocase
{
    private const int SampledStates = 10_000, DrawnStates = 2_000;
    private static readonly double[] demands = [.. Enumerable.Range(1, 20).Select(i => 0.25e-6 * i)];

    public static int Run(LearnSettings settings, bool[] forms, double[] phosphates, StatusLine status, CancellationToken cancellation)
    {
        var runs = new List<(string Name, TrainingResult Result, TranslocaseFindings Findings)>();
        FitProblem? first = null;
        foreach (bool isFree in forms)
        {
            string name = isFree ? "free form" : "mobility";
            var task = new TranslocaseLearning { Seed = settings.Seed, IsFree = isFree };
            var objective = new TrajectoryObjective(task.Problem());
            first ??= objective.Problem;
            var result = settings.Train(objective, task.Plan(), isFree ? "learn-free" : "learn", name, status, cancellation);
            var titration = phosphates.SelectMany(p => task.Titrate(result.Values, p * 1e-3, demands, cancellation)).ToImmutableArray();
            runs.Add((name, result, new TranslocaseFindings(isFree, titration, task.Sample(result.Values, SampledStates, settings.Seed), Work(task, result, cancellation))));
        }
        string[] observables = [.. runs[0].Findings.Titration.Select(p => p.Observable).Distinct()];
        var judged = runs.SelectMany(r => phosphates.SelectMany(p => observables.Select(o => (r.Name, Phosphate: p, Observable: o, Findings: r.Findings with { Titration = [.. r.Findings.Titration.Where(t => t.Phosphate == p * 1e-3)] })))).ToList();
        var verdict = new AnalysisTable("titration-verdict", "The titration it was not trained on: predicted less true, in units of the noise of a measurement",
        [
            AnalysisColumn.Of("form", judged.Select(j => j.Name)), AnalysisColumn.Of("phosphate", "mM", judged.Select(j => j.Phosphate)), AnalysisColumn.Of("quantity", judged.Select(j => j.Observable)),
            AnalysisColumn.Of("root mean square", "σ", judged.Select(j => j.Findings.Deviation(j.Observable))), AnalysisColumn.Of("largest", "σ", judged.Select(j => j.Findings.LargestDeviation(j.Observable))), AnalysisColumn.Of("χ² per noisy measurement", "", judged.Select(j => j.Findings.MeanSquare(j.Observable))),
        ]);
        var law = new AnalysisTable("second-law", string.Create(CultureInfo.InvariantCulture, $"The second law at {SampledStates:#,0} sampled states"),
        [
            AnalysisColumn.Of("form", runs.Select(r => r.Name)), AnalysisColumn.Of("states", "", runs.Select(r => (double)r.Findings.Power.Count)), AnalysisColumn.Of("with A·J < 0", "", runs.Select(r => (double)r.Findings.Power.Violations)), AnalysisColumn.Of("least A·J", "W", runs.Select(r => r.Findings.Power.LeastPower)),
            AnalysisColumn.Of("by the audit", runs.Select(r => r.Findings.IsFree ? "nothing holds it" : "proved from the form of the law")),
        ]);
        var all = runs.SelectMany(r => r.Findings.Titration.Select(p => (r.Name, Point: p))).ToList();
        var points = new AnalysisTable("titration", "Points of the titration",
        [
            AnalysisColumn.Of("form", all.Select(a => a.Name)), AnalysisColumn.Of("phosphate", "M", all.Select(a => a.Point.Phosphate)), AnalysisColumn.Of("demand", "mol/s/L", all.Select(a => a.Point.Demand)), AnalysisColumn.Of("quantity", all.Select(a => a.Point.Observable)),
            AnalysisColumn.Of("true", "", all.Select(a => a.Point.Truth)), AnalysisColumn.Of("sigma", "", all.Select(a => a.Point.Sigma)), AnalysisColumn.Of("measured", "", all.Select(a => a.Point.Measured)), AnalysisColumn.Of("predicted", "", all.Select(a => a.Point.Predicted)),
        ]);
        var about = settings.About("translocase", "The adenine nucleotide translocase, learned") with
        {
            Summary = string.Join(" ", runs.Select(r => $"{r.Name}: {LearningReport.Sentence(r.Result)}")),
            Results = [.. runs.Select(r => new ResultRecord($"{r.Name}: states with A·J < 0", r.Findings.Power.Violations, "", string.Create(CultureInfo.InvariantCulture, $"of {SampledStates:#,0}"))), .. runs.Select(r => new ResultRecord($"{r.Name}: ADP in the titration, root mean square deviation", r.Findings.Deviation("ADP_mM"), "σ", "below 1: within the noise of a measurement"))],
            Sources = ["Randall, E. B. et al. (2021). Math. Biosci. 340, 108646.", "Metelkin, E., Goryanin, I. and Demin, O. (2006). Biophys. J. 90, 423-432."],
        };
        var picture = FitSource.PictureOf(new FitObjective(first!), runs[0].Result.Weights, [], settings.Workers, cancellation);
        var analysis = LearningReport.Of(about, [.. runs.Select(r => (r.Name, r.Result))], picture, [Titration(runs, phosphates), Power(runs)], [verdict, law, points, .. runs.Where(r => r.Findings.Work is not null).Select(r => LedgerTable(r.Name, r.Findings.Work!))]);
        analysis = analysis with { Shown = [verdict, law, .. analysis.Record.Tables.Where(t => t.Name.StartsWith("ledger", StringComparison.Ordinal))] };
        status.Dispose();
        return settings.Run.Give(analysis, "learn", settings.IsJson, () => Print(runs, judged.Select(j => (j.Name, j.Phosphate, j.Observable, j.Findings))), cancellation);
    }

    private static void Print(List<(string Name, TrainingResult Result, TranslocaseFindings Findings)> runs, IEnumerable<(string Name, double Phosphate, string Observable, TranslocaseFindings Findings)> judged)
    {
        foreach (var (name, result, _) in runs) LearnSettings.Print(name, result);
        Console.WriteLine();
        var table = new TextTable("form", "phosphate (mM)", "quantity", "rms deviation (σ)", "largest (σ)", "χ² per noisy measurement");
        foreach (var (name, phosphate, observable, findings) in judged) table.Add(name, TextTable.Number(phosphate), observable, TextTable.Share(findings.Deviation(observable)), TextTable.Share(findings.LargestDeviation(observable)), TextTable.Share(findings.MeanSquare(observable)));
        table.Print();
        Console.WriteLine();
        foreach (var (name, _, findings) in runs)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: A·J < 0 at {findings.Power.Violations:#,0} of {findings.Power.Count:#,0} sampled states; least A·J {findings.Power.LeastPower:g4} W"));
            if (findings.Work is { } ledger) Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  ledger of ten minutes at 3 µM/s: the books close to {ledger.ClosureResidual:0.0e+0}; {ledger.Processes.First(p => p.Name == "ANT").Remark}"));
        }
    }

    private static Ledger? Work(TranslocaseLearning task, TrainingResult result, CancellationToken cancellation)
    {
        try
        {
            return task.Work(result.Values, cancellation);
        }
        catch (SolverException)
        {
            return null;
        }
    }

    private static AnalysisTable LedgerTable(string name, Ledger ledger) => new("ledger-" + name.Replace(' ', '-'), string.Create(CultureInfo.InvariantCulture, $"Ledger with the {name}, ten minutes at 3 µM/s of ATP; the books close to {ledger.ClosureResidual:0.0e+0}"),
    [
        AnalysisColumn.Of("process", ledger.Processes.Select(p => p.Name)), AnalysisColumn.Of("spent", ledger.EnergyUnit, ledger.Processes.Select(p => p.Spent)), AnalysisColumn.Of("work", ledger.EnergyUnit, ledger.Processes.Select(p => p.Work ?? double.NaN)),
        AnalysisColumn.Of("dissipated", ledger.EnergyUnit, ledger.Processes.Select(p => p.IsLoad ? 0 : p.Power)), AnalysisColumn.Of("remark", ledger.Processes.Select(p => p.Remark)),
    ]);

    private static PanelFigure Titration(List<(string Name, TrainingResult Result, TranslocaseFindings Findings)> runs, double[] phosphates)
    {
        string[] observables = [.. runs[0].Findings.Titration.Select(p => p.Observable).Distinct()];
        var panels = phosphates.SelectMany(p => observables.Where(o => o == "ADP_mM" || phosphates.Length == 1).SelectMany(o =>
        {
            TitrationPoint[] Of(TranslocaseFindings f) => [.. f.Titration.Where(t => t.Observable == o && t.Phosphate == p * 1e-3)];
            var measured = Of(runs[0].Findings);
            LineData Line(TitrationPoint[] at, Func<TitrationPoint, double> value) => new([.. at.Select(t => t.Demand * 1e6)], [.. at.Select(value)]);
            var values = new Panel(string.Create(CultureInfo.InvariantCulture, $"{o}, {p} mM phosphate"), new LineAxis("ATP demand (µM/s)"), new LineAxis(measured[0].Unit is "1" ? o : measured[0].Unit, IsLogarithmic: o == "ADP_mM"),
            [
                new LineCurve("measured", [Line(measured, t => t.Measured)]) { HasMarks = true, Dashes = [], Color = Palette.Ink.ToString() },
                new LineCurve("true", [Line(measured, t => t.Truth)]) { Color = Palette.Ink.ToString(), Dashes = [2, 3] },
                .. runs.Select((r, k) => new LineCurve(r.Name, [Line(Of(r.Findings), t => t.Predicted)]) { Color = Palette.Series(k).ToString() }),
            ]) { Bars = [.. measured.Select(t => new ErrorBar(t.Demand * 1e6, t.Measured - t.Sigma, t.Measured + t.Sigma, 0))] };
            if (o != "ADP_mM") return [values];
            double end = measured[^1].Demand * 1e6, reach = Math.Max(1.5, 1.1 * runs.Max(r => r.Findings.Titration.Where(t => t.Observable == o && double.IsFinite(t.Deviation)).Select(t => Math.Abs(t.Deviation)).DefaultIfEmpty(0).Max()));
            var deviations = new Panel("the same, predicted less true", new LineAxis("ATP demand (µM/s)"), new LineAxis("in σ of a measurement", Low: -reach, High: reach),
                [.. runs.Select((r, k) => new LineCurve(r.Name, [Line(Of(r.Findings), t => t.Deviation)]) { Color = Palette.Series(k).ToString() }), .. ((double[])[-1, 1]).Select(v => new LineCurve("", [new LineData([0, end], [v, v])]) { Color = Palette.Ink.ToString(), Dashes = [2, 3], Thickness = 1 })]);
            return (Panel[])[values, deviations];
        }));
        return new PanelFigure("titration", "ATP-demand titration, not trained on: dots measured, lines predicted", [.. panels])
        {
            Legend = [new LineCurve("measured", []) { HasMarks = true, Dashes = [], Color = Palette.Ink.ToString() }, new LineCurve("true", []) { Color = Palette.Ink.ToString(), Dashes = [2, 3] }, .. runs.Select((r, k) => new LineCurve(r.Name, []) { Color = Palette.Series(k).ToString() })],
        };
    }

    private static PanelFigure Power(List<(string Name, TrainingResult Result, TranslocaseFindings Findings)> runs) => new("second-law", string.Create(CultureInfo.InvariantCulture, $"Flux against affinity at {DrawnStates:#,0} sampled states; red: against the second law"),
        [.. runs.Select((r, k) =>
        {
            var power = r.Findings.Power;
            int[] drawn = [.. Enumerable.Range(0, Math.Min(DrawnStates, power.Count))];
            LineData Dots(Func<int, bool> which) => new([.. drawn.Where(which).Select(i => power.Affinities[i] / 1000)], [.. drawn.Where(which).Select(i => power.Fluxes[i] * 1000)]);
            bool Breaks(int i) => !(power.Affinities[i] * power.Fluxes[i] >= 0);
            return new Panel(string.Create(CultureInfo.InvariantCulture, $"{r.Name}: A·J < 0 at {power.Violations:#,0} states"), new LineAxis("A (kJ/mol)"), new LineAxis("J (mmol/s)"),
            [
                new LineCurve("", [Dots(i => !Breaks(i))]) { HasMarks = true, Dashes = [], Color = Palette.Series(k).ToString() },
                new LineCurve("", [Dots(Breaks)]) { HasMarks = true, Dashes = [], Color = "#C0392B" },
            ]) { IsTight = false };
        })]);
}
