using System.CommandLine;
using System.Globalization;
using Protonmotive.Reports.Analyses;
using Protonmotive.Reports.Scans;
using Protonmotive.Sensitivities.Bifurcations;
using Protonmotive.Solvers.Designs;

namespace Protonmotive.Cli.Commands;

/// <summary>pmf continue.</summary>
internal static class ContinueCommand
{
    private const int MostOutputs = 4;

    private const string Help = """
        Follow steady states over one parameter, round folds and onto the branches that cross: where they are stable, where they turn back (fold), where oscillations are born (Hopf point, with period) and where branches cross.

        Examples:
          pmf continue model.xml --over k1=0..10
          pmf continue model.xml --over k1=0.01..100:log --output S1 S2 --out analyses/k1
          pmf continue atp-demand --over X_AtC=1e-7..5e-6 --output OCR DeltaPsi
        """;

    public static Command Create()
    {
        var model = CommonOptions.Model();
        var scenario = CommonOptions.Scenario();
        var set = CommonOptions.Set();
        var json = CommonOptions.Json();
        var over = new Option<string?>("--over") { Description = "Parameter and range: k=0.1..10, k=0.1..10:log, k=50%..200%. A species by name is its value at the start, which matters where a total is conserved." };
        var output = new Option<string[]>("--output") { Description = "Species, variables and fluxes to draw and print, with * for any text; may be repeated. By default the system's curves, or the file's species and variables.", AllowMultipleArgumentsPerToken = true };
        var begin = new Option<double?>("--begin") { Description = "Value of the parameter where the first steady state is sought; the model's own by default, if it is in the range." };
        var settle = new Option<bool>("--settle") { Description = "Integrate to the first steady state; an unstable one is taken only where the system settles at none." };
        var horizon = new Option<double>("--horizon") { Description = "How long to integrate at most on the way to the first steady state, in the model's unit of time.", DefaultValueFactory = _ => 1e5 };
        var step = new Option<double>("--step") { Description = "Longest step, as part of the range and of each quantity; special points nearer to each other than a step may be missed.", DefaultValueFactory = _ => 0.03 };
        var branches = new Option<int>("--branches") { Description = "Most branches to follow from branch points.", DefaultValueFactory = _ => 8 };
        var folder = new Option<string?>("--out", "-o") { Description = "Folder for tables, figures and report; none by default." };
        var overwrite = new Option<bool>("--overwrite") { Description = "Replace an analysis that is there." };
        var command = new Command("continue", Help) { model, over, output, begin, scenario, set, settle, horizon, step, branches, folder, overwrite, json };
        command.SetAction((parse, cancellation) => Task.FromResult(Guard.Run(() =>
        {
            var source = ModelSource.Load(parse.GetRequiredValue(model), parse.GetValue(scenario));
            var target = parse.GetValue(folder);
            if (target is not null) AnalysisFolder.CheckTarget(target, parse.GetValue(overwrite));
            var scan = new ScanModel(source, CommonOptions.Overrides(parse.GetValue(set)), withLedger: false);
            var options = Range(parse.GetValue(over), scan) with
            {
                Overrides = scan.Overrides,
                Begin = parse.GetValue(begin),
                Outputs = [.. ContinuationReport.Outputs(scan, parse.GetValue(output) ?? []).Select(q => q.Name)],
                FollowsDynamics = parse.GetValue(settle),
                Horizon = parse.GetValue(horizon) is var h && h > 0 && double.IsFinite(h) ? h : throw new ModelSourceException("The horizon is of no use.", "--horizon", "Give a finite time above 0."),
                MaximumStep = parse.GetValue(step) is var s && s is > 0 and <= 1 ? s : throw new ModelSourceException("The longest step is of no use.", "--step", "Give a part of the range above 0 and at most 1, e.g. 0.01."),
                MaximumBranches = parse.GetValue(branches) is var b and >= 0 ? b : throw new ModelSourceException($"{parse.GetValue(branches)} branches are asked for.", "--branches", "Give 0 or more."),
            };
            BifurcationDiagram diagram;
            using (var progress = new ProgressLine()) diagram = Continuation.Trace(source.Network, options, progress, cancellation);
            var analysis = ContinuationReport.Of(scan, diagram, RunCommand.CommandLine(parse));
            return AnalysisOutput.Give(analysis, target, parse.GetValue(overwrite), parse.GetValue(json), () =>
            {
                Console.WriteLine($"{source.Name}: {analysis.Record.Summary}");
                Print(diagram);
                PrintSpecial(diagram, scan.Kernel.System.TimeUnit);
            }, cancellation);
        })));
        return command;
    }

    private static ContinuationOptions Range(string? text, ScanModel model)
    {
        if (text is null) throw new ModelSourceException("No parameter is named.", "options of pmf continue", "Give --over NAME=LOW..HIGH; see 'pmf scan MODEL --list-parameters' for names.");
        var range = RangeText.Parse(text, model.Nominal);
        var options = range switch
        {
            LinearRange linear when !text.Contains('~', StringComparison.Ordinal) => new ContinuationOptions(model.Resolve(range.Name), linear.Low, linear.High),
            LogarithmicRange logarithmic when !text.Contains('~', StringComparison.Ordinal) => new ContinuationOptions(model.Resolve(range.Name), logarithmic.Low, logarithmic.High) { IsLogarithmic = true },
            _ => throw new ModelSourceException($"'{text}' has no two ends to go between.", "--over", "Write e.g. k=0.1..10 or k=0.1..10:log."),
        };
        if (range.Count is not null) throw new ModelSourceException("A branch is followed, not sampled, so its range takes no count.", $"--over {text}", "Leave the count out; --step sets how close the points are.");
        return options;
    }

    private static void Print(BifurcationDiagram diagram)
    {
        Console.WriteLine();
        var text = new TextTable("branch", "points", "stable", diagram.Options.Parameter, "first end", "last end");
        foreach (var (branch, i) in diagram.Branches.Select((b, i) => (b, i)))
        {
            var judged = branch.Points.Where(p => p.IsStable is not null).ToList();
            text.Add((i + 1).ToString(CultureInfo.InvariantCulture), branch.Points.Length.ToString(CultureInfo.InvariantCulture),
                judged.Count == 0 ? "not known" : judged.All(p => p.IsStable == true) ? "all" : judged.Exists(p => p.IsStable == true) ? "in part" : "nowhere",
                FormattableString.Invariant($"{branch.Points.Min(p => p.ParameterValue):g5} to {branch.Points.Max(p => p.ParameterValue):g5}"),
                branch.IsClosed ? "closed" : branch.FirstEnd, branch.IsClosed ? "closed" : branch.LastEnd);
        }
        text.Print();
    }

    private static void PrintSpecial(BifurcationDiagram diagram, string timeUnit)
    {
        if (diagram.SpecialPoints.IsEmpty) return;
        bool oscillates = diagram.SpecialPoints.Any(p => p.Frequency is not null);
        var outputs = diagram.Outputs.Take(MostOutputs).ToList();
        Console.WriteLine();
        var text = new TextTable(["special point", "branch", TextTable.Label(diagram.Options.Parameter, diagram.ParameterUnit), .. oscillates ? [TextTable.Label("period", timeUnit), "birth"] : Array.Empty<string>(), .. outputs.Select(o => TextTable.Label(o.Name, o.Unit))]);
        foreach (var point in diagram.SpecialPoints)
            text.Add([ContinuationReport.KindOf(point), (point.Branch + 1).ToString(CultureInfo.InvariantCulture), TextTable.Number(point.ParameterValue, 7),
                .. oscillates ? [TextTable.Number(ContinuationReport.PeriodOf(point), 6), ContinuationReport.BirthOf(point)] : Array.Empty<string>(), .. outputs.Select((_, k) => TextTable.Number(point.Outputs[k], 6))]);
        text.Print();
    }
}
