using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using Protonmotive.Networks;
using Protonmotive.Reports;
using Protonmotive.Reports.Runs;
using TorchSharp;

namespace Protonmotive.Learning.Descent;

/// <summary>Writes a comparison of descents as a run folder: the flow's ledger and courses, and the steps beside them.</summary>
public static class DescentRun
{
    /// <summary>Writes it.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="network">The network.</param>
    /// <param name="comparison">What was compared.</param>
    /// <param name="seed">Seed of the network.</param>
    /// <param name="command">The command that makes it again.</param>
    /// <param name="overwrite">Whether a run that is there is replaced.</param>
    /// <param name="file">What its file tells a reader.</param>
    /// <exception cref="RunFolderException">The target exists, or the disk refuses.</exception>
    public static void Write(string path, LinearNetwork network, DescentComparison comparison, ulong seed, string command, bool overwrite = false, Trainings.Training? file = null) =>
        RunFolder.Write(path, Make(network, comparison, seed, command, file), overwrite);

    internal static Run Make(LinearNetwork network, DescentComparison comparison, ulong seed, string command, Trainings.Training? file = null)
    {
        ImmutableArray<DescentPath> all = [comparison.Flow, .. comparison.Steps];
        var descents = comparison.Steps[..^1];
        GraphCurve Curve(DescentPath p, ImmutableArray<double> y, bool skipStart = false) => new(p.Name, skipStart ? p.Times[1..] : p.Times, skipStart ? y[1..] : y);
        var solution = comparison.Solution;
        var record = new RunRecord
        {
            System = "flow",
            Title = "Descent as a flow, and in steps",
            Question = "What does training in steps lose against the gradient flow that it imitates?",
            ScenarioText = $"A network of two linear layers, {network.Inputs}-{network.Hidden}-{network.Outputs}, learns a map. As a system of the engine its weights are stores, the loss is their common energy, and conductors of mobility 1 let it run down: dw/dt = −∂L/∂w. The ledger is the flow's: all that the loss loses is dissipated, ∫‖∇L‖² dt. Beside it stand gradient descent and Adam from the same weights; a step of rate η takes the time η. The flow conserves each entry of W₁W₁ᵀ − W₂ᵀW₂, with W₁ and W₂ the weights of the two layers; steps let them drift. A leak is what the force did beyond the loss removed, over the loss removed.",
            Command = command,
            Sources =
            [
                "Saxe, McClelland and Ganguli (2014), Exact solutions to the nonlinear dynamics of learning in deep linear neural networks, arXiv 1312.6120",
                "Du, Hu and Lee (2018), Algorithmic regularization in learning deep homogeneous models: layers are automatically balanced, arXiv 1806.00900",
                "Kunin, Sagastuy-Brena, Ganguli, Yamins and Tanaka (2021), Neural mechanics: symmetry and broken conservation laws in deep learning dynamics, arXiv 2012.04728",
            ],
            Graphs =
            [
                new GraphRecord("descent", "Descent as a flow and in steps, from the same weights; a step of rate η takes the time η",
                [
                    new GraphPanel("Loss", "time Σ η", "loss", [.. all.Select(p => Curve(p, p.Losses))]) { IsLogY = true },
                    new GraphPanel("Drift of W₁W₁ᵀ − W₂ᵀW₂", "time Σ η", "largest change of an entry", [.. all.Select(p => Curve(p, [.. p.ChargeDrift.Select(d => Math.Max(d, 1e-16))], true))]) { IsLogY = true },
                    new GraphPanel("Work beyond the loss removed", "time Σ η", "loss", [.. all.Select(p => Curve(p, [.. p.Supplied.Zip(p.Losses, (w, l) => w - (p.Losses[0] - l))]))]),
                    new GraphPanel("Leak of gradient descent by rate", "rate η", "(work − loss removed) / loss removed", [new GraphCurve("", [.. descents.Select(RateOf)], [.. descents.Select(p => p.Leak)]) { IsDots = true }]) { IsLogX = true, IsLogY = true },
                ]),
            ],
            Results =
            [
                new ResultRecord("leak of the flow", comparison.Flow.Leak, "1", "(work − loss removed) over loss removed: the solver's error"),
                .. comparison.Steps.Select(p => new ResultRecord($"leak of {p.Name}", p.Leak, "1", p.Name.StartsWith("Adam", StringComparison.Ordinal) ? "its metric turns the step out of the force's direction" : "curvature of the loss along the steps")),
                .. all.Select(p => new ResultRecord($"drift, {p.Name}", p.ChargeDrift[^1], "1", "largest change of an entry of W₁W₁ᵀ − W₂ᵀW₂, at the end")),
            ],
            Start = 0,
            End = solution.FinalTime,
            TimeUnit = "",
            Method = solution.Method.ToString() ?? "",
            RelativeTolerance = solution.Tolerance.Relative,
            Seed = seed,
            Stop = "end",
            Versions = new Dictionary<string, string>
            {
                ["protonmotive"] = typeof(Network).Assembly.GetName().Version?.ToString(3) ?? "",
                ["torchsharp"] = typeof(torch).Assembly.GetName().Version?.ToString(3) ?? "",
                ["runtime"] = RuntimeInformation.FrameworkDescription,
                ["system"] = RuntimeInformation.RuntimeIdentifier,
            }.ToImmutableSortedDictionary(StringComparer.Ordinal),
        };
        return RunReport.Make(file?.Complete(record) ?? record, Trajectory.Of(solution), comparison.Ledger);
    }

    /// <summary>The table of a comparison.</summary>
    public static string Print(DescentComparison comparison)
    {
        var lines = new List<string> { $"{"",-30}{"loss at end",14}{"work",14}{"leak",12}{"drift",16}" };
        foreach (var p in (IEnumerable<DescentPath>)[comparison.Flow, .. comparison.Steps])
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"{p.Name,-30}{p.Losses[^1],14:g6}{p.Supplied[^1],14:g6}{p.Leak,12:0.0e+0}{p.ChargeDrift[^1],16:0.0e+0}"));
        return string.Join(Environment.NewLine, lines);
    }

    private static double RateOf(DescentPath path) => path.Times[^1] / path.Steps;
}
