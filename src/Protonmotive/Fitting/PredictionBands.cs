using System.Collections.Immutable;

namespace Protonmotive.Fitting;

/// <summary>Quantiles of predictions over many parameter vectors: samples of a posterior, or points of profiles below the threshold.</summary>
/// <param name="Probabilities">The quantiles, rising.</param>
/// <param name="Quantiles">One row a probability, shape [q][m]; NaN where every prediction failed.</param>
/// <param name="Failed">Vectors whose prediction failed; they are left out.</param>
public sealed record PredictionBands(ImmutableArray<double> Probabilities, ImmutableArray<ImmutableArray<double>> Quantiles, int Failed)
{
    /// <summary>Predicts with every vector and takes quantiles number by number.</summary>
    /// <param name="points">The vectors, each of shape [n].</param>
    /// <param name="predict">A prediction of shape [m]; null where it fails.</param>
    /// <param name="probabilities">The quantiles.</param>
    /// <param name="workers">Threads; 0 for all cores.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="FitException">There are no vectors, or a probability is not between 0 and 1.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static PredictionBands Of(IReadOnlyList<double[]> points, Func<double[], double[]?> predict, ImmutableArray<double> probabilities, int workers = 0, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(points);
        if (points.Count == 0) throw new FitException("There is nothing to predict with.", "prediction bands", "Give samples or points of a profile.");
        if (probabilities.IsEmpty || probabilities.Any(p => !(p is >= 0 and <= 1))) throw new FitException("A quantile is asked for that does not exist.", "prediction bands", "Give probabilities between 0 and 1.");
        var rows = new double[]?[points.Count];
        WorkQueue.Run(Enumerable.Range(0, points.Count), workers, (k, token) =>
        {
            token.ThrowIfCancellationRequested();
            rows[k] = predict(points[k]);
        }, cancellation);
        var good = rows.OfType<double[]>().Where(r => Array.TrueForAll(r, double.IsFinite)).ToList();
        int width = rows.OfType<double[]>().Select(r => r.Length).FirstOrDefault();
        var quantiles = probabilities.Select(_ => new double[width]).ToArray();
        for (int m = 0; m < width; m++)
        {
            double[] column = [.. good.Select(r => r[m])];
            Array.Sort(column);
            for (int q = 0; q < quantiles.Length; q++) quantiles[q][m] = Quantile(column, probabilities[q]);
        }
        return new PredictionBands(probabilities, [.. quantiles.Select(q => q.ToImmutableArray())], points.Count - good.Count);
    }

    /// <summary>A quantile of sorted numbers, linear between them (Hyndman and Fan 1996, definition 7); NaN where there is none.</summary>
    public static double Quantile(ReadOnlySpan<double> sorted, double probability)
    {
        if (sorted.IsEmpty) return double.NaN;
        double at = probability * (sorted.Length - 1);
        int below = Math.Min((int)at, sorted.Length - 1), above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((at - below) * (sorted[above] - sorted[below]));
    }
}
