namespace Protonmotive.Reports.Scans;

/// <summary>Spearman's rank correlation: how far one quantity rises with another, −1 to 1.</summary>
/// <remarks>Spearman (1904), American Journal of Psychology 15, 72-101; equal values share their mean rank.</remarks>
internal static class RankCorrelation
{
    /// <summary>The correlation over the points where both are finite; NaN where one does not vary.</summary>
    public static double Of(double[] x, double[] y)
    {
        var both = Enumerable.Range(0, x.Length).Where(i => double.IsFinite(x[i]) && double.IsFinite(y[i])).ToArray();
        var (a, b) = (Ranks([.. both.Select(i => x[i])]), Ranks([.. both.Select(i => y[i])]));
        double middle = (both.Length - 1) / 2.0, ab = 0, aa = 0, bb = 0;
        for (int i = 0; i < a.Length; i++)
        {
            ab += (a[i] - middle) * (b[i] - middle);
            aa += (a[i] - middle) * (a[i] - middle);
            bb += (b[i] - middle) * (b[i] - middle);
        }
        return ab / Math.Sqrt(aa * bb);
    }

    private static double[] Ranks(double[] values)
    {
        var order = Enumerable.Range(0, values.Length).ToArray();
        Array.Sort((double[])values.Clone(), order);
        var ranks = new double[values.Length];
        for (int from = 0; from < order.Length;)
        {
            int to = from;
            while (to + 1 < order.Length && values[order[to + 1]] == values[order[from]]) to++;
            for (int i = from; i <= to; i++) ranks[order[i]] = (from + to) / 2.0;
            from = to + 1;
        }
        return ranks;
    }
}
