using System.Collections.Immutable;
using Protonmotive.Solvers;
using Protonmotive.Solvers.Designs;

namespace Protonmotive.Sensitivities;

/// <summary>Variance-based global sensitivity: how much of an output's variance each input explains, alone and with others.</summary>
/// <remarks>
/// Sobol (1993), Math. Model. Comput. Exp. 1, 407. First-order indices by the estimator of Saltelli et al. (2010), Comput. Phys.
/// Commun. 181, 259, table 2 (b), with outputs less their mean; total effects by that of Jansen (1999), Comput. Phys. Commun. 117, 35.
/// Intervals are percentiles over rows drawn again with replacement; as the rows of a Sobol sequence are more even than random ones,
/// they are on the wide side.
/// </remarks>
public sealed record SobolIndices
{
    /// <summary>The inputs.</summary>
    public required ImmutableArray<string> Inputs { get; init; }

    /// <summary>The indices of each output.</summary>
    public required ImmutableArray<OutputIndices> Outputs { get; init; }

    /// <summary>Rows of the design.</summary>
    public required long Rows { get; init; }

    /// <summary>Part of the resamples inside an interval.</summary>
    public required double Confidence { get; init; }

    /// <summary>Computes all members and their indices.</summary>
    /// <param name="design">The members.</param>
    /// <param name="outputs">Names of the outputs.</param>
    /// <param name="evaluate">Computes their values.</param>
    /// <param name="options">Intervals.</param>
    /// <param name="cancellation">Ends the work between blocks.</param>
    /// <exception cref="SensitivityException">Fewer than two rows gave finite values, or there is no output.</exception>
    public static SobolIndices Estimate(SaltelliDesign design, IReadOnlyList<string> outputs, MemberOutputs evaluate, SobolOptions? options = null, CancellationToken cancellation = default)
    {
        options ??= SobolOptions.Default;
        if (outputs.Count == 0) throw new SensitivityException("No output is named.", "Sobol indices", "Name at least one.");
        if (design.Count > int.MaxValue / outputs.Count) throw new SensitivityException($"{design.Count} members with {outputs.Count} outputs do not fit in memory.", "Sobol indices", "Take fewer rows or fewer outputs.");
        var values = new double[design.Count * outputs.Count];
        int block = Math.Max(1, options.Block / design.MembersOfRow) * design.MembersOfRow;
        for (long first = 0; first < design.Count; first += block)
        {
            cancellation.ThrowIfCancellationRequested();
            int count = (int)Math.Min(block, design.Count - first);
            evaluate(first, count, values.AsSpan((int)first * outputs.Count, count * outputs.Count));
        }

        var complete = outputs.Select((name, k) => Complete(design, values, k, outputs.Count, name)).ToArray();
        var indices = new OutputIndices[outputs.Count];
        Parallel.For(0, outputs.Count, new ParallelOptions { CancellationToken = cancellation }, k => indices[k] = Of(design, values, complete[k], k, outputs, options));
        return new SobolIndices { Inputs = design.Names, Outputs = [.. indices], Rows = design.Rows, Confidence = options.Confidence };
    }

    /// <summary>The rows whose members all gave a finite value.</summary>
    private static int[] Complete(SaltelliDesign design, double[] values, int output, int outputs, string name)
    {
        int width = design.MembersOfRow;
        int[] rows = [.. Enumerable.Range(0, (int)design.Rows).Where(row => Enumerable.Range(0, width).All(m => double.IsFinite(values[(((row * width) + m) * outputs) + output])))];
        return rows.Length >= 2 ? rows : throw new SensitivityException($"Of {design.Rows} rows, {rows.Length} gave finite values of '{name}'.", "Sobol indices", "Look at why members fail; narrow the ranges or shorten the run.");
    }

    private static OutputIndices Of(SaltelliDesign design, double[] values, int[] rows, int output, IReadOnlyList<string> outputs, SobolOptions options)
    {
        int d = design.Names.Length, width = design.MembersOfRow;
        double F(long row, int member) => values[(((row * width) + member) * outputs.Count) + output];
        double mean = rows.Average(row => (F(row, 0) + F(row, 1)) / 2);

        // One line a row: a² + b², a + b, then for each input b (ab − a) and (a − ab)²/2; all less the mean.
        var terms = new double[rows.Length, 2 + (2 * d)];
        for (int j = 0; j < rows.Length; j++)
        {
            double a = F(rows[j], 0) - mean, b = F(rows[j], 1) - mean;
            (terms[j, 0], terms[j, 1]) = ((a * a) + (b * b), a + b);
            for (int i = 0; i < d; i++)
            {
                double ab = F(rows[j], 2 + i) - mean;
                (terms[j, 2 + i], terms[j, 2 + d + i]) = (b * (ab - a), (a - ab) * (a - ab) / 2);
            }
        }

        double size = rows.Max(row => Math.Max(Math.Abs(F(row, 0)), Math.Abs(F(row, 1))));
        var all = new double[2 + (2 * d)];
        for (int j = 0; j < rows.Length; j++) for (int c = 0; c < all.Length; c++) all[c] += terms[j, c];
        var (variance, estimates) = Ratios(all, rows.Length, d, 1e-24 * size * size);
        var spread = new double[2 * d][];
        for (int c = 0; c < spread.Length; c++) spread[c] = new double[options.Resamples];
        for (int r = 0; r < options.Resamples; r++)
        {
            var random = new RandomStream(options.Seed, (ulong)r);
            var sums = new double[all.Length];
            for (int j = 0; j < rows.Length; j++)
            {
                int row = random.Choose(rows.Length);
                for (int c = 0; c < sums.Length; c++) sums[c] += terms[row, c];
            }

            var again = Ratios(sums, rows.Length, d, 1e-24 * size * size).Indices;
            for (int c = 0; c < spread.Length; c++) spread[c][r] = again[c];
        }

        SobolIndex Index(int c)
        {
            Array.Sort(spread[c]);
            double tail = (1 - options.Confidence) / 2;
            return options.Resamples == 0 ? new SobolIndex(estimates[c], double.NaN, double.NaN) : new SobolIndex(estimates[c], At(spread[c], tail), At(spread[c], 1 - tail));
        }

        return new OutputIndices(outputs[output], mean, variance, [.. Enumerable.Range(0, d).Select(Index)], [.. Enumerable.Range(d, d).Select(Index)], rows.Length);
    }

    // The sums of a (re)sample to its variance and indices.
    private static (double Variance, double[] Indices) Ratios(double[] sums, int rows, int d, double rounding)
    {
        double shift = sums[1] / (2 * rows), variance = (sums[0] / (2 * rows)) - (shift * shift);
        if (!(variance > rounding)) variance = 0;
        return (variance, [.. Enumerable.Range(2, 2 * d).Select(c => variance == 0 ? double.NaN : sums[c] / rows / variance)]);
    }

    private static double At(double[] sorted, double part)
    {
        double place = part * (sorted.Length - 1);
        int below = Math.Min((int)place, sorted.Length - 2);
        return sorted.Length == 1 ? sorted[0] : sorted[below] + ((place - below) * (sorted[below + 1] - sorted[below]));
    }
}
