using System.Collections.Immutable;
using Protonmotive.Learning.Data;
using Protonmotive.Reports.Runs;
using static TorchSharp.torch;

namespace Protonmotive.Learning.Training;

/// <summary>The figure of a held-out course: what was recorded, what was predicted one sample ahead, and the errors beside it.</summary>
internal static class PredictionGraph
{
    private const int MostQuantities = 4, HalfWidth = 4;

    /// <summary>The figure.</summary>
    /// <param name="data">Names of the quantities.</param>
    /// <param name="course">The course, in deviations, shape [time, quantities].</param>
    /// <param name="network">What the network predicts of its end, shape [predicted, quantities].</param>
    /// <param name="linear">What the autoregression predicts of the same.</param>
    /// <param name="change">Root mean square change from sample to sample, shape [1, quantities].</param>
    public static GraphRecord Of(SignalSet data, Tensor course, Tensor network, Tensor linear, Tensor change)
    {
        int count = (int)network.shape[0], from = (int)course.shape[0] - count;
        ImmutableArray<double> t = [.. Enumerable.Range(from, count).Select(i => (double)i)];
        var recorded = course.narrow(0, from, count);
        var time = data.Sample.Length > 0 ? $"time, in samples of {data.Sample}" : "time, in samples";
        GraphCurve Error(string name, Tensor predicted, int c) => new(name, t, Smoothed(Values((predicted - recorded) / change, c)));
        var left = data.Labels.Length > MostQuantities ? $". Of {data.Labels.Length} quantities, the first {MostQuantities}" : "";
        return new GraphRecord("prediction", $"The next sample of a held-out course, predicted from those before it. At the right the root mean square error over nine samples; 1 is a sample's usual change{left}",
        [
            .. data.Labels.Take(MostQuantities).SelectMany((name, c) => new[]
            {
                new GraphPanel(name, time, "standard deviations from the mean", [new GraphCurve("recorded", t, Values(recorded, c)), new GraphCurve("network", t, Values(network, c)) { IsDots = true }]),
                new GraphPanel($"{name}: error", time, "error over usual change", [Error("network", network, c), Error("autoregression", linear, c) with { IsDashed = true }]) { IsLogY = true },
            }),
        ]);
    }

    private static ImmutableArray<double> Values(Tensor rows, int column)
    {
        using var one = rows.select(1, column).contiguous();
        return [.. one.data<double>()];
    }

    // Root of the mean square over as many samples before as after, fewer at the ends.
    private static ImmutableArray<double> Smoothed(ImmutableArray<double> errors) => [.. errors.Select((_, i) =>
    {
        var near = errors[Math.Max(0, i - HalfWidth)..Math.Min(errors.Length, i + HalfWidth + 1)];
        return Math.Sqrt(near.Average(e => e * e));
    })];
}
