using Protonmotive.Solvers.Designs;

namespace Protonmotive.Fitting.Sampling;

/// <summary>R̂ and effective sample sizes.</summary>
/// <remarks>Vehtari, Gelman, Simpson, Carpenter and Bürkner (2021), Rank-normalization, folding, and localization: an improved R̂, Bayesian Anal. 16, 667-718.</remarks>
public static class ChainDiagnostics
{
    /// <summary>R̂: the larger of that of rank-normalised split chains and of their distances from the median. NaN below 4 draws a chain or where all are equal.</summary>
    public static double Convergence(double[][] chains)
    {
        if (!IsUsable(chains)) return double.NaN;
        double[] all = [.. chains.SelectMany(c => c)];
        Array.Sort(all);
        double median = PredictionBands.Quantile(all, 0.5);
        var folded = chains.Select(c => c.Select(v => Math.Abs(v - median)).ToArray()).ToArray();
        return Math.Max(Ratio(Ranked(Split(chains))), Ratio(Ranked(Split(folded))));
    }

    /// <summary>Effective sample size of rank-normalised split chains.</summary>
    public static double BulkSize(double[][] chains) => IsUsable(chains) ? Size(Ranked(Split(chains))) : double.NaN;

    /// <summary>The smaller effective sample size of the indicators of the 5 % and 95 % quantiles.</summary>
    public static double TailSize(double[][] chains)
    {
        if (!IsUsable(chains)) return double.NaN;
        double[] all = [.. chains.SelectMany(c => c)];
        Array.Sort(all);
        double Indicator(double probability)
        {
            double q = PredictionBands.Quantile(all, probability);
            return Size(Split([.. chains.Select(c => c.Select(v => v <= q ? 1.0 : 0).ToArray())]));
        }

        return Math.Min(Indicator(0.05), Indicator(0.95));
    }

    /// <summary>The plain ratio √(V̂/W) of chains as they are (equations 1 to 4).</summary>
    public static double Ratio(double[][] chains)
    {
        int n = chains.Min(c => c.Length);
        double within = chains.Average(Variance), between = Variance([.. chains.Select(c => c.Average())]);
        return Math.Sqrt((((n - 1.0) / n * within) + between) / within);
    }

    /// <summary>Effective sample size of chains as they are, by Geyer's initial monotone sequence (equations 10 to 13).</summary>
    public static double Size(double[][] chains)
    {
        int m = chains.Length, n = chains.Min(c => c.Length);
        double[] means = [.. chains.Select(c => c.Average())];
        double Covariance(int lag)
        {
            double sum = 0;
            for (int k = 0; k < m; k++) for (int i = 0; i < n - lag; i++) sum += (chains[k][i] - means[k]) * (chains[k][i + lag] - means[k]);
            return sum / n / m;
        }

        double within = Covariance(0) * n / (n - 1), total = (within * (n - 1) / n) + (m > 1 ? Variance(means) : 0);
        if (!(total > 0)) return double.NaN;
        double Rho(int lag) => 1 - ((within - Covariance(lag)) / total);
        var rho = new List<double> { 1, Rho(1) };
        double last = 0;
        for (int t = 2; t + 1 < n - 3; t += 2)
        {
            double even = Rho(t), odd = Rho(t + 1);
            if (!(even + odd > 0))
            {
                last = Math.Max(0, even);
                break;
            }
            (even, odd) = rho[t - 2] + rho[t - 1] < even + odd ? ((rho[t - 2] + rho[t - 1]) / 2, (rho[t - 2] + rho[t - 1]) / 2) : (even, odd);
            rho.Add(even);
            rho.Add(odd);
        }
        double time = -1 + (2 * rho.Sum()) + last;
        return m * n / Math.Max(time, 1 / Math.Log10(m * n));
    }

    private static bool IsUsable(double[][] chains) => chains is { Length: > 0 } && chains.Min(c => c.Length) >= 4 && Array.TrueForAll(chains, c => Array.TrueForAll(c, double.IsFinite)) && chains.Any(c => c.Any(v => v != chains[0][0]));

    private static double Variance(double[] values)
    {
        double mean = values.Average();
        return values.Sum(v => (v - mean) * (v - mean)) / (values.Length - 1);
    }

    // Halves; of an odd number the middle one is left out.
    private static double[][] Split(double[][] chains) => [.. chains.SelectMany(c => (double[][])[c[..(c.Length / 2)], c[^(c.Length / 2)..]])];

    // Normal quantiles of the ranks among all draws, equal ones at their mean rank (equation 14).
    private static double[][] Ranked(double[][] chains)
    {
        var places = chains.SelectMany((c, k) => c.Select((v, i) => (Value: v, Chain: k, Index: i))).OrderBy(p => p.Value).ToArray();
        var ranked = chains.Select(c => new double[c.Length]).ToArray();
        for (int from = 0; from < places.Length;)
        {
            int to = from;
            while (to < places.Length && places[to].Value == places[from].Value) to++;
            double normal = NormalQuantile.At(((from + 1 + to) / 2.0 - 0.375) / (places.Length + 0.25));
            for (; from < to; from++) ranked[places[from].Chain][places[from].Index] = normal;
        }
        return ranked;
    }
}
