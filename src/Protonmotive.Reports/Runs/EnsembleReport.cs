using System.Collections.Immutable;
using Protonmotive.Networks;
using Protonmotive.Reports.Figures;
using Protonmotive.Solvers.Stochastic;

namespace Protonmotive.Reports.Runs;

/// <summary>An ensemble of stochastic runs as a run folder has it: record, columns, figure.</summary>
public static class EnsembleReport
{
    private const int MostPanels = 8;

    /// <summary>Mean and deviation of each output, then the first single runs: columns "X.mean", "X.deviation", "X.run0", …</summary>
    public static Trajectory Columns(StochasticEnsemble ensemble, IReadOnlyList<StochasticSolution> runs)
    {
        var columns = ImmutableArray.CreateBuilder<TrajectoryColumn>();
        columns.Add(new TrajectoryColumn(Trajectory.TimeName, ensemble.Kernel.Network.TimeUnit, ensemble.Times));
        foreach (var output in ensemble.Kernel.Outputs)
        {
            columns.Add(new TrajectoryColumn(output.Name + ".mean", output.Unit, ensemble.Mean(output.Name)));
            columns.Add(new TrajectoryColumn(output.Name + ".deviation", output.Unit, ensemble.StandardDeviation(output.Name)));
            foreach (var run in runs) columns.Add(new TrajectoryColumn($"{output.Name}.run{run.Member}", output.Unit, run[output.Name]));
        }
        return new Trajectory(columns.ToImmutable());
    }

    /// <summary>Bands of the outputs, at most eight: those with the largest deviations.</summary>
    public static BandFigure Figure(StochasticEnsemble ensemble, IReadOnlyList<StochasticSolution> runs)
    {
        var outputs = ensemble.Kernel.Outputs;
        var shown = outputs.OrderByDescending(o => ensemble.StandardDeviation(o.Name).Where(double.IsFinite).DefaultIfEmpty().Max())
            .Take(MostPanels).Select(o => o.Name).ToHashSet(StringComparer.Ordinal);
        return new BandFigure($"{ensemble.Kernel.Network.Name}, {ensemble.Runs} stochastic runs", ensemble.Kernel.Network.TimeUnit, ensemble.Times,
            [.. outputs.Where(o => shown.Contains(o.Name)).Select(o => new BandPanel(o.Name, o.Unit, ensemble.Mean(o.Name), ensemble.StandardDeviation(o.Name), [.. runs.Select(r => r[o.Name])]))]);
    }

    /// <summary>What is known of the ensemble besides its columns.</summary>
    public static RunRecord Record(Model model, StochasticEnsemble ensemble, StochasticOptions options, string command) => new()
    {
        System = model.Name,
        Title = model.System?.Title ?? model.Network.Name,
        Question = model.System?.Question ?? "",
        Scenario = model.Scenario?.Name ?? "",
        SourceHash = model.SourceHash,
        Command = command,
        Sources = model.System?.Sources ?? [],
        Processes = [.. ensemble.Kernel.System.Channels.Select(c => new ProcessRecord(c.Name, "Channel", model.Network.Processes.First(p => p.Name == c.Process).Equation, c.Propensity.ToString(), ""))],
        Results = [.. ensemble.Kernel.Outputs.SelectMany(o => new[]
        {
            new ResultRecord($"{o.Name}, mean", ensemble.Mean(o.Name)[^1], o.Unit, "at the end"),
            new ResultRecord($"{o.Name}, deviation", ensemble.StandardDeviation(o.Name)[^1], o.Unit, "at the end"),
        })],
        Start = ensemble.Times[0],
        End = ensemble.Times[^1],
        TimeUnit = model.Network.TimeUnit,
        Method = options.Method is StochasticMethod.TauLeaping leaping ? FormattableString.Invariant($"tau-leaping, epsilon {leaping.Epsilon}") : "exact stochastic simulation",
        Seed = ensemble.Seed,
        Work = new Dictionary<string, long> { ["runs"] = ensemble.Runs, ["firings"] = ensemble.Firings }.ToImmutableSortedDictionary(),
    };

    /// <summary>Overrides by the names a network's lowering gives: a species stands for its value at the start.</summary>
    public static ImmutableDictionary<string, double> Parameters(Network network, IReadOnlyDictionary<string, double> overrides)
    {
        var known = network.ToChannels().Equations.Parameters.Select(p => p.Name).ToHashSet(StringComparer.Ordinal);
        return overrides.ToImmutableDictionary(o => !known.Contains(o.Key) && known.Contains(o.Key + ".initial") ? o.Key + ".initial" : o.Key, o => o.Value, StringComparer.Ordinal);
    }
}
