using System.CommandLine;
using System.Globalization;
using Protonmotive.Formats.Measurements;
using Protonmotive.Reports.Runs;

namespace Protonmotive.Cli.Commands;

/// <summary>pmf measure.</summary>
internal static class MeasureCommand
{
    private const int MostTimes = 100_000;

    private const string Help = """
        Made-up measurements of a model, as a laboratory would make them: replicates with noise from a seed, as a CSV that pmf fit reads.

        Examples:
          pmf measure stress-test --set X_C1=5000 --seed 7 -o trace.csv
          pmf measure model.xml --observe 'S1 ± 5 % + 0.1' --every 10 --end 500 --replicates 3
        """;

    public static Command Create()
    {
        var model = CommonOptions.Model();
        var scenario = CommonOptions.Scenario();
        var set = CommonOptions.Set();
        var observe = new Option<string[]>("--observe") { Description = "What is measured, and its noise: 'S1 ± 0.1', 'OCR = 60*J_O2 ± 5 %', 'S1 ± 5 % + 0.1' (of the true value), 'S1 ± 0.2 log-normal'. A system may say it itself.", AllowMultipleArgumentsPerToken = true };
        var from = new Option<double?>("--from") { Description = "First time; the interval by default." };
        var every = new Option<double?>("--every") { Description = "Time between measurements; a system may say it itself." };
        var end = new Option<double?>("--end") { Description = "Last time; the scenario's end by default." };
        var replicates = new Option<int>("--replicates") { Description = "Replicates, each a column.", DefaultValueFactory = _ => 3 };
        var seed = new Option<ulong>("--seed") { Description = "Seed of the noise.", DefaultValueFactory = _ => 1 };
        var output = new Option<string?>("--out", "-o") { Description = "File; printed by default." };
        var overwrite = new Option<bool>("--overwrite") { Description = "Replace a file that is there." };
        var command = new Command("measure", Help) { model, scenario, set, observe, from, every, end, replicates, seed, output, overwrite };
        command.SetAction((parse, cancellation) => Task.FromResult(Guard.Run(() =>
        {
            var source = ModelSource.Load(parse.GetRequiredValue(model), parse.GetValue(scenario));
            var assay = source.System?.Assay;
            string[] asked = [.. (parse.GetValue(observe) ?? []).SelectMany(g => g.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];
            string[] what = asked.Length > 0 ? asked : assay is not null ? [assay.Observe] : throw new ModelSourceException("Nothing says what is measured.", "--observe", "Write e.g. --observe 'S1 ± 5 % + 0.1'.");
            double interval = parse.GetValue(every) ?? assay?.Interval ?? throw new ModelSourceException("Nothing says how often is measured.", "--every", "Give the time between measurements, e.g. --every 10.");
            double last = parse.GetValue(end) ?? source.Scenario?.End ?? Simulation.DefaultEnd, first = parse.GetValue(from) ?? interval;
            if (!(interval > 0) || !double.IsFinite(last) || !(first >= 0 && first <= last) || (last - first) / interval > MostTimes)
                throw new ModelSourceException(FormattableString.Invariant($"There are no times from {first:g6} to {last:g6}, every {interval:g6}."), "--from, --every, --end", $"Give a first time from 0 to the end, and an interval above 0; at most {MostTimes.ToString("#,0", CultureInfo.InvariantCulture)} times.");
            double[] times = [.. Enumerable.Range(0, (int)Math.Floor(((last - first) / interval) + 1e-9) + 1).Select(i => first + (i * interval))];
            var table = VirtualMeasurements.Draw(source.Network, [.. what], times, parse.GetValue(replicates), parse.GetValue(seed), CommonOptions.Overrides(parse.GetValue(set)));
            if (parse.GetValue(output) is not { } path)
            {
                Console.Write(table.ToCsv());
                return ExitCode.Success;
            }
            if (File.Exists(path) && !parse.GetValue(overwrite)) throw new ModelSourceException("The file is there already.", path, "Choose another name, or replace it with --overwrite.");
            File.WriteAllText(path, table.ToCsv());
            Console.WriteLine($"{table.RowCount} times, {table.Columns.Length - 1} columns: {path}");
            return ExitCode.Success;
        })));
        return command;
    }
}
