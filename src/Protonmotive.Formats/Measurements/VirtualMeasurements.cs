using System.Collections.Immutable;
using System.Globalization;
using Protonmotive.Fitting;
using Protonmotive.Fitting.Problems;
using Protonmotive.Networks;
using Protonmotive.Solvers.Designs;

namespace Protonmotive.Formats.Measurements;

/// <summary>Measurements of a model as a laboratory would make them: replicates with noise, from a seed.</summary>
public static class VirtualMeasurements
{
    private const uint Domain = 0x0B5E;

    /// <summary>Draws a table.</summary>
    /// <param name="network">The model.</param>
    /// <param name="observe">What is measured and how it scatters, as mappings write it: <c>A ± 5 % + 0.1</c>. The part is one of the simulated value.</param>
    /// <param name="times">When, in the model's unit; inf is at rest.</param>
    /// <param name="replicates">Columns of each; of several, column A becomes A_1, A_2.</param>
    /// <param name="seed">Seed of the noise: the same seed gives the same bits.</param>
    /// <param name="set">Values other than the model's own.</param>
    /// <param name="time">Name of the column of times.</param>
    /// <exception cref="MeasurementException">A text can't be read, or names nothing of the model.</exception>
    /// <exception cref="FitException">The simulation fails, or has no noise where one is needed.</exception>
    public static MeasurementTable Draw(Network network, ImmutableArray<string> observe, IReadOnlyList<double> times, int replicates, ulong seed, ImmutableDictionary<string, double>? set = null, string time = "time")
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(times);
        if (replicates < 1) throw new MeasurementException($"{replicates} replicates are asked for.", "virtual measurements", "Ask for at least one.");
        if (times.Count == 0) throw new MeasurementException("There is no time to measure at.", "virtual measurements", "Give a time of measurement before the end.");
        const string where = "virtual measurements";
        var columns = observe.Select(text => MeasuredColumn.Parse(text, where)).Select(c => c with { Column = c.Name }).ToList();
        var empty = new MeasurementTable(where, [time, .. columns.Select(c => c.Column)], [.. times.Select(t => ("", (ImmutableArray<string>)[Text(t), .. columns.Select(_ => "1")]))]);
        // The value 1 stands for what is not measured yet: only what is simulated for it, and its noise, is read.
        var stand = columns.Select(c => c.Noise.Length > 0 ? c : c with { Part = 0, Floor = 1 });
        var mapping = new MeasurementMapping(where, "", null, "", time, [.. stand], [], [], [], set ?? ImmutableDictionary<string, double>.Empty, false, [], []);
        var rows = new FitObjective(MeasurementProblem.Of(mapping, network, empty)).Simulate([]);
        foreach (var (_, reason) in rows.Failures) throw new FitException($"The simulation fails: {reason}", where, "Mend the values that are set, or measure earlier.");
        var cells = new string[times.Count, columns.Count * replicates];
        for (int i = 0; i < rows.Rows.Length; i++)
        {
            int row = i / columns.Count, k = i % columns.Count;
            var (column, simulated) = (columns[k], rows.Rows[i].Simulated);
            double sigma = column.Noise.Length > 0 ? rows.Rows[i].Sigma : (column.Part * Math.Abs(simulated)) + column.Floor;
            if (!(sigma >= 0) || !double.IsFinite(simulated)) throw new FitException(FormattableString.Invariant($"'{column.Column}' is simulated as {simulated:g6} with noise {sigma:g6} at t = {times[row]:g6}."), where, "Give a formula and a noise that are numbers at each time.");
            for (int r = 0; r < replicates; r++) cells[row, (k * replicates) + r] = Text(column.Model.Draw(simulated, sigma, new Philox(seed).Block((uint)row, (uint)r, (uint)k, Domain)));
        }
        return new MeasurementTable(where, [time, .. columns.SelectMany(c => Enumerable.Range(1, replicates).Select(r => replicates == 1 ? c.Column : FormattableString.Invariant($"{c.Column}_{r}")))],
            [.. times.Select((t, row) => ("", (ImmutableArray<string>)[Text(t), .. Enumerable.Range(0, columns.Count * replicates).Select(k => cells[row, k])]))]);
    }

    private static double Draw(this NoiseModel noise, double simulated, double sigma, (uint High, uint Low, uint, uint) words)
    {
        double u = (((((ulong)words.High << 32) | words.Low) >> 12) + 0.5) * (1.0 / (1UL << 52)); // in (0, 1)
        double deviation = noise.Distribution == NoiseDistribution.Normal ? NormalQuantile.At(u) : u < 0.5 ? Math.Log(2 * u) : -Math.Log(2 * (1 - u));
        return Scales.ToLinear(noise.OnScale(simulated) + (sigma * deviation), noise.Scale);
    }

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture) is var text && double.IsPositiveInfinity(value) ? "inf" : text;
}
