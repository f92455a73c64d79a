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

namespace Protonmotive.Cli;

/// <summary>pmf learn lotka-volterra.</summary>
internal static class LearnPredatorPrey
{
    public static int Run(LearnSettings settings, StatusLine status, CancellationToken cancellation)
    {
        var task = new PredatorPrey { Seed = settings.Seed };
        var problem = task.Problem();
        var result = settings.Train(new TrajectoryObjective(problem), PredatorPrey.Plan(), "learn", "lotka-volterra", status, cancellation);
        var found = task.Recover(problem, result, cancellation);
        var rows = found.Terms.SelectMany(t => t.Names.Select((n, i) => (Term: t, Name: n, Index: i))).ToList();
        var table = new AnalysisTable("recovered", "The learned terms as sums of monomials up to the third degree",
        [
            AnalysisColumn.Of("term", rows.Select(r => r.Term.Process)), AnalysisColumn.Of("monomial", rows.Select(r => r.Name)),
            AnalysisColumn.Of("by regression", "", rows.Select(r => r.Term.Regressed[r.Index])), AnalysisColumn.Of("fitted to the courses", "", rows.Select(r => r.Term.Refined[r.Index])),
            AnalysisColumn.Of("true", "", rows.Select(r => r.Name == "x y" ? r.Term.TrueCoefficient : 0)), AnalysisColumn.Of("error by regression", "%", rows.Select(r => Error(r.Term, r.Name, r.Term.Regressed[r.Index]))), AnalysisColumn.Of("error, fitted", "%", rows.Select(r => Error(r.Term, r.Name, r.Term.Refined[r.Index]))),
            AnalysisColumn.Of("left of the term", "%", rows.Select(r => 100 * r.Term.Residual)),
        ]);
        var about = settings.About("lotka-volterra", "Predator and prey: the interaction learned") with
        {
            Summary = $"{LearningReport.Sentence(result)} {(found.HasTrueForm ? "Both learned terms are recognised as multiples of xy." : "The learned terms are not recognised as multiples of xy alone.")}",
            Results = [.. rows.Where(r => r.Name == "x y").Select(r => new ResultRecord($"{r.Term.Process}: coefficient of xy", r.Term.Refined[r.Index], "", string.Create(CultureInfo.InvariantCulture, $"true {r.Term.TrueCoefficient}; by regression {r.Term.Regressed[r.Index]:0.0000}")))],
            Sources = ["Rackauckas, C. et al. (2020). Universal differential equations for scientific machine learning. arXiv:2001.04385.", "Brunton, S. L., Proctor, J. L. and Kutz, J. N. (2016). PNAS 113, 3932-3937."],
            Settings = ImmutableSortedDictionary<string, string>.Empty.Add("seed", settings.Seed.ToString(CultureInfo.InvariantCulture)).Add("noise", task.Noise.ToString(CultureInfo.InvariantCulture)),
        };
        var analysis = LearningReport.Of(about, [("lotka-volterra", result)], FitSource.PictureOf(new FitObjective(problem), result.Weights, [], settings.Workers, cancellation), [Terms(found)], [table]);
        status.Dispose();
        return settings.Run.Give(analysis, "learn", settings.IsJson, () =>
        {
            LearnSettings.Print("lotka-volterra", result);
            Console.WriteLine();
            var text = new TextTable("term", "monomial", "by regression", "fitted", "true", "error by regression (%)", "error, fitted (%)");
            foreach (var r in rows) text.Add(r.Term.Process, r.Name, TextTable.Number(r.Term.Regressed[r.Index]), TextTable.Number(r.Term.Refined[r.Index]), TextTable.Number(r.Name == "x y" ? r.Term.TrueCoefficient : 0), TextTable.Number(Error(r.Term, r.Name, r.Term.Regressed[r.Index]), 3), TextTable.Number(Error(r.Term, r.Name, r.Term.Refined[r.Index]), 3));
            text.Print();
        }, cancellation);
    }

    private static double Error(RecoveredTerm term, string name, double coefficient) => name == "x y" ? 100 * ((coefficient / term.TrueCoefficient) - 1) : double.NaN;

    private static PanelFigure Terms(PredatorPreyFindings found) => new("terms", "The learned terms against the true ones, at all measured states",
        [.. found.Terms.Select(t =>
        {
            double[] truth = [.. found.Prey.Zip(found.Predators, (x, y) => t.TrueCoefficient * x * y)];
            return new Panel(t.Process, new LineAxis("true"), new LineAxis("learned"),
            [
                new LineCurve("learned", [new LineData(truth, [.. t.Learned])]) { HasMarks = true, Dashes = [], Color = Palette.Series(0).ToString() },
                new LineCurve("equal", [new LineData([0, truth.Max()], [0, truth.Max()])]) { Color = Palette.Ink.ToString(), Thickness = 1 },
            ]);
        })]);
}
