namespace Protonmotive.Fitting.Sampling;

/// <summary>A quantity over the draws of several chains.</summary>
/// <param name="Mean">Mean.</param>
/// <param name="Deviation">Standard deviation.</param>
/// <param name="Low">2.5 % quantile.</param>
/// <param name="Median">Median.</param>
/// <param name="High">97.5 % quantile.</param>
/// <param name="Convergence">R̂: rank-normalised, split, the larger of bulk and folded; below 1.01 where chains agree.</param>
/// <param name="BulkSize">Effective sample size in the bulk.</param>
/// <param name="TailSize">Effective sample size in the tails (5 % and 95 %).</param>
public sealed record DrawSummary(double Mean, double Deviation, double Low, double Median, double High, double Convergence, double BulkSize, double TailSize)
{
    /// <summary>The summary of draws, by chain.</summary>
    public static DrawSummary Of(double[][] chains)
    {
        ArgumentNullException.ThrowIfNull(chains);
        double[] all = [.. chains.SelectMany(c => c)];
        Array.Sort(all);
        double mean = all.DefaultIfEmpty(double.NaN).Average(), variance = all.Sum(v => (v - mean) * (v - mean)) / Math.Max(1, all.Length - 1);
        return new DrawSummary(mean, Math.Sqrt(variance), PredictionBands.Quantile(all, 0.025), PredictionBands.Quantile(all, 0.5), PredictionBands.Quantile(all, 0.975),
            ChainDiagnostics.Convergence(chains), ChainDiagnostics.BulkSize(chains), ChainDiagnostics.TailSize(chains));
    }
}
