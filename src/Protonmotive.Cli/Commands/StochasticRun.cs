using System.Text.Json;
using Protonmotive.Reports.Runs;
using Protonmotive.Solvers.Stochastic;

namespace Protonmotive.Cli.Commands;

/// <summary>pmf run --stochastic.</summary>
internal static class StochasticRun
{
    private const int SingleRuns = 5;

    public static StochasticRunOptions Options() => new();

    public static int Execute(Model model, StochasticRunSettings settings, CancellationToken cancellation)
    {
        RunFolder.CheckTarget(settings.Folder, settings.Overwrite);
        using var progress = new EnsembleProgressLine();
        var options = new StochasticOptions
        {
            Method = settings.Epsilon is { } epsilon ? new StochasticMethod.TauLeaping(epsilon) : StochasticMethod.Exact,
            Parameters = EnsembleReport.Parameters(model.Network, settings.Overrides),
            Cancellation = cancellation,
            Progress = progress,
        };
        double end = settings.End ?? model.Scenario?.End ?? Simulation.DefaultEnd;
        double[] times = [.. Enumerable.Range(0, settings.Points).Select(i => end * i / (settings.Points - 1))];
        var kernel = StochasticKernel.Compile(model.Network, options);
        var ensemble = StochasticEnsemble.Run(kernel, settings.Runs, settings.Seed, times, options);
        var singles = Enumerable.Range(0, Math.Min(SingleRuns, settings.Runs)).Select(i => StochasticSimulation.Run(kernel, settings.Seed, times, (ulong)i, options)).ToList();
        progress.Dispose();

        var record = EnsembleReport.Record(model, ensemble, options, settings.Command);
        var figure = EnsembleReport.Figure(ensemble, singles);
        RunFolder.Write(settings.Folder, record, EnsembleReport.Columns(ensemble, singles),
            [(figure.Name + ".svg", figure.ToSvg()), (figure.Name + ".png", figure.ToPng())], settings.Overwrite, cancellation);
        if (settings.Json)
        {
            Console.WriteLine($"{{\"folder\":{JsonSerializer.Serialize(Path.GetFullPath(settings.Folder), RunJson.Default.String)},\"run\":{JsonSerializer.Serialize(record, RunJson.Default.RunRecord)}}}");
            return ExitCode.Success;
        }
        Print(ensemble, record, end);
        Console.WriteLine();
        Console.WriteLine($"run:    {settings.Folder}");
        return ExitCode.Success;
    }

    private static void Print(StochasticEnsemble ensemble, RunRecord record, double end)
    {
        Console.WriteLine(FormattableString.Invariant($"{ensemble.Runs} runs, {record.Method}, seed {ensemble.Seed}; {ensemble.Firings} firings"));
        Console.WriteLine();
        Console.WriteLine(FormattableString.Invariant($"{$"at t = {end:g6}",-34}{"mean",14}{"deviation",14}"));
        foreach (var output in ensemble.Kernel.Outputs)
            Console.WriteLine(FormattableString.Invariant($"{output.Name,-34}{ensemble.Mean(output.Name)[^1],14:g6}{ensemble.StandardDeviation(output.Name)[^1],14:g6} {(output.Unit == "1" ? "" : output.Unit)}").TrimEnd());
    }
}
