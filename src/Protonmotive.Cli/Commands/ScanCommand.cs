using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Protonmotive.Reports.Runs;
using Protonmotive.Reports.Scans;

namespace Protonmotive.Cli.Commands;

/// <summary>pmf scan.</summary>
internal static class ScanCommand
{
    private const string Help = """
        Sweep or sample parameters and starting values of a system or a model file: a table of members (Arrow, Parquet), statistics, figures and a report in one folder. Stopped by ctrl-C, the same command goes on where it was.

        Ranges: k=0.1..10:25 (25 values), k=0.1..10:log:25, k=1,2,5, k=50%..200%:log, k~normal(1,0.3), k~lognormal(1,0.3).

        Examples:
          pmf scan atp-demand --vary X_AtC=0..5e-6:21 --steady --output OCR
          pmf scan atp-demand --vary X_AtC=0..5e-6:25 --vary X_H=50%..200%:log:25 --steady --output 'ledger:*efficiency'
          pmf scan model.xml --vary k1=50%..200%:log --vary k2=50%..200%:log --sobol 4096 --end 50 --points 101
          pmf scan model.xml --table sets.csv --output S1 --end 50
          pmf scan atp-demand --list-outputs
        """;

    public static Command Create()
    {
        var model = CommonOptions.Model();
        var scenario = CommonOptions.Scenario();
        var set = CommonOptions.Set();
        var potentials = CommonOptions.Potentials();
        var json = CommonOptions.Json();
        var members = new MemberOptions();
        var sobol = new Option<long?>("--sobol") { Description = "So many members by a Sobol sequence; best a power of two." };
        var lhs = new Option<long?>("--lhs") { Description = "So many members by a Latin hypercube." };
        var random = new Option<long?>("--random") { Description = "So many independent random members." };
        var table = new Option<string?>("--table") { Description = "A member a row of this file (CSV, .arrow, .parquet); its columns name what varies." };
        var list = new Option<bool>("--list-outputs") { Description = "List what --output can name, and stop." };
        var listVaried = new Option<bool>("--list-parameters") { Description = "List what --vary can name, with the model's own values, and stop." };
        var folder = new Option<string?>("--out", "-o") { Description = "Folder of the scan; scans/NAME by default." };
        var overwrite = new Option<bool>("--overwrite") { Description = "Replace a scan that is there." };
        var resume = new Option<bool>("--resume") { Description = "Go on with an unfinished scan, and say so if there is none. Without it, too, the same scan goes on." };
        var reduce = new Option<bool>("--reduce") { Description = "Keep statistics alone, no table of members." };
        var command = new Command("scan", Help) { model, sobol, lhs, random, table, scenario, set, potentials, list, listVaried, folder, overwrite, resume, reduce, json };
        foreach (var option in members.All) command.Options.Add(option);
        command.SetAction((parse, cancellation) => Task.FromResult(Guard.Run(() =>
        {
            var source = ModelSource.Load(parse.GetRequiredValue(model), parse.GetValue(scenario), parse.GetValue(potentials));
            var overrides = CommonOptions.Overrides(parse.GetValue(set));
            if (parse.GetValue(list)) return List(source, overrides, parse.GetValue(json));
            if (parse.GetValue(listVaried)) return ListVaried(new ScanModel(source, overrides, withLedger: false), parse.GetValue(json));
            ScanModel? plain = null;
            var design = new ScanDesign(members.Vary(parse), parse.GetValue(sobol), parse.GetValue(lhs), parse.GetValue(random), parse.GetValue(table), members.Seed(parse));
            var plan = new ScanPlan(source, members.Read(parse, overrides, () => design.Read(name => (plain ??= new ScanModel(source, overrides, withLedger: false)).Nominal(name))) with { Reduce = parse.GetValue(reduce) });
            var target = parse.GetValue(folder) ?? Path.Combine("scans", Path.GetFileNameWithoutExtension(source.Name));
            if (parse.GetValue(resume) && !File.Exists(Path.Combine(target, "scan.json"))) throw new ModelSourceException("There is no scan to go on with.", target, "Leave --resume out to begin one, or give its folder with --out.");
            return Execute(plan, target, parse.GetValue(overwrite), parse.GetValue(json), cancellation);
        })));
        return command;
    }

    private static int Execute(ScanPlan plan, string folder, bool overwrite, bool json, CancellationToken cancellation)
    {
        if (!json) Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{plan.Model.Model.Name}: {plan.Settings.Design.Description}; {plan.Form}"));
        var watch = Stopwatch.StartNew();
        using var progress = new ScanProgressLine();
        ScanRecord record;
        try
        {
            record = Scan.Run(plan, folder, overwrite, progress, cancellation);
        }
        catch (OperationCanceledException)
        {
            progress.Dispose();
            Console.Error.WriteLine($"Stopped. Finished parts stay in {folder}; the same command goes on from them.");
            return ExitCode.Interrupted;
        }
        progress.Dispose();
        var (done, seconds) = (progress.Last.Done - progress.Last.Before, watch.Elapsed.TotalSeconds);
        if (json)
        {
            Console.WriteLine($"{{\"folder\":{JsonSerializer.Serialize(Path.GetFullPath(folder), RunJson.Default.String)},\"scan\":{record.ToJson()}}}");
            return ExitCode.Success;
        }
        Console.WriteLine(done == 0 ? "The scan is finished already; --overwrite makes it again."
            : string.Create(CultureInfo.InvariantCulture, $"{done:#,0} members{(progress.Last.Before > 0 ? $" besides {progress.Last.Before:#,0} of before" : "")} in {seconds:0.0} s, {ScanProgressLine.Rate(done / seconds)}; {(record.Failed == 0 ? "none" : record.Failed.ToString("#,0", CultureInfo.InvariantCulture))} failed"));
        Console.WriteLine();
        Print(record);
        Console.WriteLine();
        Console.WriteLine($"scan:   {folder}");
        Console.WriteLine($"report: {Path.Combine(folder, RunFolder.ReportName)}");
        return ExitCode.Success;
    }

    private static void Print(ScanRecord record)
    {
        int width = Math.Max(8, record.Statistics.Select(s => Label(s.Output, s.Unit).Length).DefaultIfEmpty().Max() + 2);
        Console.WriteLine($"{(record.Settings["steady"] == "yes" ? "steady state" : FormattableString.Invariant($"t = {record.Times[^1]:g6} {record.TimeUnit}")).PadRight(width)}{"mean",12}{"deviation",12}{"5 %",12}{"median",12}{"95 %",12}");
        foreach (var s in record.Statistics)
            Console.WriteLine(Label(s.Output, s.Unit).PadRight(width) + string.Concat(((double?[])[s.Mean, s.Deviation, s.Low, s.Median, s.High]).Select(v => (v?.ToString("g5", CultureInfo.InvariantCulture) ?? "–").PadLeft(12))));
    }

    private static int List(Model source, System.Collections.Immutable.ImmutableDictionary<string, double> overrides, bool json)
    {
        var quantities = new ScanModel(source, overrides, withLedger: true).Quantities().ToList();
        if (json)
        {
            Console.WriteLine("[" + string.Join(",", quantities.Select(q => $"{{\"name\":{Quoted(q.Name)},\"unit\":{Quoted(q.Unit)},\"description\":{Quoted(q.Description)}}}")) + "]");
            return ExitCode.Success;
        }
        int width = quantities.Max(q => q.Name.Length) + 2;
        foreach (var q in quantities) Console.WriteLine($"{q.Name.PadRight(width)}{(q.Unit == "1" ? "" : q.Unit),-12}{q.Description}".TrimEnd());
        return ExitCode.Success;
    }

    private static int ListVaried(ScanModel model, bool json)
    {
        var variables = model.Variables().ToList();
        if (json)
        {
            Console.WriteLine("[" + string.Join(",", variables.Select(v => $"{{\"name\":{Quoted(v.Quantity.Name)},\"value\":{(double.IsFinite(v.Value) ? v.Value.ToString("R", CultureInfo.InvariantCulture) : "null")},\"unit\":{Quoted(v.Quantity.Unit)},\"description\":{Quoted(v.Quantity.Description)}}}")) + "]");
            return ExitCode.Success;
        }
        int width = variables.Select(v => v.Quantity.Name.Length).DefaultIfEmpty().Max() + 2, units = variables.Select(v => v.Quantity.Unit.Length).DefaultIfEmpty().Max() + 2;
        foreach (var (q, value) in variables) Console.WriteLine($"{q.Name.PadRight(width)}{value.ToString("g6", CultureInfo.InvariantCulture),12} {(q.Unit == "1" ? "" : q.Unit).PadRight(units)}{q.Description}".TrimEnd());
        return ExitCode.Success;
    }

    private static string Quoted(string text) => JsonSerializer.Serialize(text, RunJson.Default.String);

    private static string Label(string name, string unit) => unit is "" or "1" ? name : $"{name} ({unit})";
}
