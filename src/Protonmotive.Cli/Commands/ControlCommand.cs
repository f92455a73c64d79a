using System.Collections.Immutable;
using System.CommandLine;
using Protonmotive.Reports.Analyses;
using Protonmotive.Reports.Scans;
using Protonmotive.Sensitivities;

namespace Protonmotive.Cli.Commands;

/// <summary>pmf control.</summary>
internal static class ControlCommand
{
    private const int MostColumns = 9, Largest = 5;

    private const string Help = """
        Metabolic control analysis of a steady state: how much of each flux and each concentration every process controls, with the sums that the summation theorems ask for. Derivatives are exact.

        Examples:
          pmf control model.xml
          pmf control model.xml --elasticities --only 'J*' S1
          pmf control atp-demand --only OCR ATPSYN --out analyses/demand
          pmf control model.xml --responses --set k1=0.2 --json
        """;

    public static Command Create()
    {
        var model = CommonOptions.Model();
        var scenario = CommonOptions.Scenario();
        var set = CommonOptions.Set();
        var json = CommonOptions.Json();
        var only = new Option<string[]>("--only") { Description = "Fluxes and quantities to print, with * for any text; all by default. Files hold all.", AllowMultipleArgumentsPerToken = true };
        var elasticities = new Option<bool>("--elasticities") { Description = "Print elasticities too: how each rate answers to each quantity, all else held." };
        var responses = new Option<bool>("--responses") { Description = "Print response coefficients too: how fluxes and quantities answer to each parameter." };
        var settle = new Option<bool>("--settle") { Description = "Integrate to the steady state that the system settles at from its start; an unstable one is taken only where it settles at none." };
        var horizon = new Option<double>("--horizon") { Description = "How long to integrate at most on the way to the steady state, in the model's unit of time.", DefaultValueFactory = _ => ControlOptions.Default.Horizon };
        var folder = new Option<string?>("--out", "-o") { Description = "Folder for tables, figures and report; none by default." };
        var overwrite = new Option<bool>("--overwrite") { Description = "Replace an analysis that is there." };
        var command = new Command("control", Help) { model, scenario, set, only, elasticities, responses, settle, horizon, folder, overwrite, json };
        command.SetAction((parse, cancellation) => Task.FromResult(Guard.Run(() =>
        {
            var source = ModelSource.Load(parse.GetRequiredValue(model), parse.GetValue(scenario));
            var target = parse.GetValue(folder);
            if (target is not null) AnalysisFolder.CheckTarget(target, parse.GetValue(overwrite));
            if (parse.GetValue(horizon) is var h && !(h > 0 && double.IsFinite(h))) throw new ModelSourceException("The horizon is of no use.", "--horizon", "Give a finite time above 0.");
            var scan = new ScanModel(source, CommonOptions.Overrides(parse.GetValue(set)), withLedger: false);
            bool isAll = target is not null || parse.GetValue(responses) || parse.GetValue(json);
            ControlCoefficients control;
            using (var progress = new ProgressLine())
                control = ControlAnalysis.At(source.Network, new ControlOptions { Overrides = scan.Overrides, Horizon = h, FollowsDynamics = parse.GetValue(settle), Parameters = isAll ? default : [] }, progress, cancellation);
            var shown = ControlReport.Named(control, parse.GetValue(only) ?? []);
            return AnalysisOutput.Give(ControlReport.Of(scan, control, RunCommand.CommandLine(parse)), target, parse.GetValue(overwrite), parse.GetValue(json), () =>
            {
                Console.WriteLine($"{source.Name}: {control.SteadyState.Explanation}");
                Print("flux control", control.FluxControl, control.Fluxes, shown, withSum: true);
                Print("concentration control", control.ConcentrationControl, control.Quantities, shown, withSum: true);
                if (parse.GetValue(elasticities)) Print("elasticities", control.Elasticities, control.Fluxes, shown, withSum: false);
                if (parse.GetValue(responses))
                {
                    Print("flux response", control.FluxResponse, control.Fluxes, shown, withSum: false);
                    Print("concentration response", control.ConcentrationResponse, control.Quantities, shown, withSum: false);
                }
                Console.WriteLine();
                Console.WriteLine(FormattableString.Invariant($"sums: flux control 1 within {control.FluxSummationResidual:0.#e+0}; concentration control 0 within {control.ConcentrationSummationResidual:0.#e+0}") + (double.IsNaN(control.ConnectivityResidual) ? "" : FormattableString.Invariant($"; connectivity 0 within {control.ConnectivityResidual:0.#e+0}")));
                if (!control.IdleFluxes.IsEmpty) Console.WriteLine($"idle: {string.Join(", ", control.IdleFluxes)} (no flux, so no scaled coefficients)");
            }, cancellation);
        })));
        return command;
    }

    /// <summary>The table whole where it has few columns; else the largest entries of each row.</summary>
    private static void Print(string title, CoefficientTable table, ImmutableArray<SteadyValue> values, IReadOnlySet<string>? shown, bool withSum)
    {
        var rows = Enumerable.Range(0, table.Rows.Length).Where(i => shown is null || shown.Contains(table.Rows[i])).ToList();
        if (rows.Count == 0 || table.Columns.IsEmpty) return;
        bool isWide = table.Columns.Length > MostColumns;
        Console.WriteLine();
        var text = new TextTable([title, "value", .. isWide ? Array.Empty<string>() : [.. table.Columns], .. withSum ? ["sum"] : Array.Empty<string>(), .. isWide ? ["the largest"] : Array.Empty<string>()]) { EndsInWords = isWide };
        foreach (int i in rows)
        {
            var entries = Enumerable.Range(0, table.Columns.Length).Select(j => (Name: table.Columns[j], Value: table.Scaled(i, j))).ToList();
            var largest = entries.Where(e => Math.Abs(e.Value) >= 0.0005).OrderByDescending(e => Math.Abs(e.Value)).Take(Largest).Select(e => $"{e.Name} {TextTable.Share(e.Value)}");
            text.Add([TextTable.Label(table.Rows[i], values[i].Unit), TextTable.Number(values[i].Value), .. isWide ? [] : entries.Select(e => TextTable.Share(e.Value)), .. withSum ? [TextTable.Share(ControlReport.RowSum(table, i))] : Array.Empty<string>(), .. isWide ? [string.Join(", ", largest)] : Array.Empty<string>()]);
        }
        text.Print();
    }
}
