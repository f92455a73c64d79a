using System.Collections.Immutable;
using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Protonmotive.Reports.Analyses;
using Protonmotive.Reports.Scans;
using Protonmotive.Sensitivities;
using Protonmotive.Solvers.Designs;

namespace Protonmotive.Cli.Commands;

/// <summary>pmf sobol.</summary>
internal static class SobolCommand
{
    private const string Help = """
        Sobol indices: how much of the variance of each output every parameter explains, alone (first order) and with all its interactions (total effect), with confidence intervals. Ranges and outputs are those of pmf scan.

        Examples:
          pmf sobol model.xml --vary k1=50%..200%:log --vary k2=50%..200%:log --end 50 --output S1
          pmf sobol atp-demand --vary X_AtC=1e-6..5e-6 --vary X_H=50%..200%:log --steady --output OCR 'ledger:oxid*.efficiency' --samples 256
          pmf sobol model.xml --vary 'k1~lognormal(1,0.3)' --vary S1=5..15 --points 41 --end 50
        """;

    public static Command Create()
    {
        var model = CommonOptions.Model();
        var scenario = CommonOptions.Scenario();
        var set = CommonOptions.Set();
        var potentials = CommonOptions.Potentials();
        var json = CommonOptions.Json();
        var members = new MemberOptions();
        var samples = new Option<long>("--samples", "-n") { Description = "Base samples; each takes as many members as there are ranges, and two more. Best a power of two.", DefaultValueFactory = _ => 1024 };
        var confidence = new Option<double>("--confidence") { Description = "Part of the resamples inside an interval.", DefaultValueFactory = _ => SobolOptions.Default.Confidence };
        var resamples = new Option<int>("--resamples") { Description = "How often the samples are drawn again for the intervals.", DefaultValueFactory = _ => SobolOptions.Default.Resamples };
        var folder = new Option<string?>("--out", "-o") { Description = "Folder for tables, figures and report; analyses/NAME-sobol by default, with a number where that is taken." };
        var overwrite = new Option<bool>("--overwrite") { Description = "Replace an analysis that is there." };
        var command = new Command("sobol", Help) { model, samples, confidence, resamples, scenario, set, potentials, folder, overwrite, json };
        foreach (var option in members.All) command.Options.Add(option);
        command.SetAction((parse, cancellation) => Task.FromResult(Guard.Run(() =>
        {
            var source = ModelSource.Load(parse.GetRequiredValue(model), parse.GetValue(scenario), parse.GetValue(potentials));
            var target = parse.GetValue(folder) ?? AnalysisOutput.FreeFolder(source, "sobol");
            AnalysisFolder.CheckTarget(target, parse.GetValue(overwrite));
            var options = Options(parse.GetValue(confidence), parse.GetValue(resamples), members.Seed(parse));
            var overrides = CommonOptions.Overrides(parse.GetValue(set));
            ScanModel? plain = null;
            var plan = new ScanPlan(source, members.Read(parse, overrides, () => Design(members.Vary(parse), parse.GetValue(samples), members.Seed(parse), name => (plain ??= new ScanModel(source, overrides, withLedger: false)).Nominal(name))));
            bool asJson = parse.GetValue(json);
            if (!asJson) Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{source.Name}: {plan.Settings.Design.Description}; {plan.Form}"));
            var watch = Stopwatch.StartNew();
            SobolAnalysis found;
            using (var progress = new ScanProgressLine()) found = SobolAnalysis.Of(plan, options, progress, cancellation);
            double seconds = watch.Elapsed.TotalSeconds;
            return AnalysisOutput.Give(SobolReport.Of(plan, found, RunCommand.CommandLine(parse)), target, parse.GetValue(overwrite), asJson, () =>
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{plan.Members.Count:#,0} members in {seconds:0.0} s, {ScanProgressLine.Rate(plan.Members.Count / seconds)}; {(found.Failed == 0 ? "none" : found.Failed.ToString("#,0", CultureInfo.InvariantCulture))} failed"));
                for (int output = 0; output < plan.OutputQuantities.Length; output++) Print(plan, found.Indices, output);
            }, cancellation);
        })));
        return command;
    }

    private static SaltelliDesign Design(ImmutableArray<string> vary, long samples, ulong seed, Func<string, double?> nominal) => vary.IsEmpty
        ? throw new ModelSourceException("Nothing is varied.", "options of pmf sobol", "Give --vary NAME=LOW..HIGH, once or more; see 'pmf scan MODEL --list-parameters' for names.")
        : samples < 2 ? throw new ModelSourceException(string.Create(CultureInfo.InvariantCulture, $"{samples} samples are asked for."), "--samples", "Ask for at least 2, best for a power of two such as 1024.")
        : new SaltelliDesign([.. vary.Select(v => RangeText.Parse(v, nominal))], samples, seed);

    private static SobolOptions Options(double confidence, int resamples, ulong seed)
    {
        if (!(confidence is > 0 and < 1)) throw new ModelSourceException(string.Create(CultureInfo.InvariantCulture, $"A confidence of {confidence} is of no use."), "--confidence", "Give a part between 0 and 1, e.g. 0.95.");
        if (resamples < 0) throw new ModelSourceException(string.Create(CultureInfo.InvariantCulture, $"{resamples} resamples are asked for."), "--resamples", "Give a number such as 500, or 0 for no intervals.");
        return new SobolOptions { Confidence = confidence, Resamples = resamples, Seed = seed };
    }

    /// <summary>The indices in the last row, the largest total effect first.</summary>
    private static void Print(ScanPlan plan, SobolIndices indices, int output)
    {
        var (quantity, entry) = (plan.OutputQuantities[output], SobolReport.At(plan, indices, plan.Times.Length - 1, output));
        var when = plan.Settings.Steady ? "in the steady state" : FormattableString.Invariant($"at {plan.Times[^1]:g6} {plan.Model.Kernel.System.TimeUnit}").TrimEnd();
        Console.WriteLine();
        Console.WriteLine($"{TextTable.Label(quantity.Name, quantity.Unit)} {when}: mean {TextTable.Number(entry.Mean)}, deviation {TextTable.Number(Math.Sqrt(entry.Variance))}{(entry.Variance > 0 ? $"; {TextTable.Share(entry.Interactions)} of the variance by interactions" : "")}");
        if (entry.Variance == 0) return;
        var level = string.Create(CultureInfo.InvariantCulture, $"{100 * indices.Confidence:0.##} %");
        var text = new TextTable("  input", "first order", level, "total effect", level);
        foreach (int i in Enumerable.Range(0, indices.Inputs.Length).OrderByDescending(i => entry.Total[i].Value))
            text.Add("  " + indices.Inputs[i], TextTable.Share(entry.First[i].Value), Interval(entry.First[i]), TextTable.Share(entry.Total[i].Value), Interval(entry.Total[i]));
        text.Print();
    }

    private static string Interval(SobolIndex index) => double.IsNaN(index.Low) ? "–" : $"{TextTable.Share(index.Low)} to {TextTable.Share(index.High)}";
}
