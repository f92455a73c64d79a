using System.Collections.Immutable;

namespace Protonmotive.Thermodynamics;

/// <summary>How work is spread forward, p_F(W), and on the reversed protocol, p_R(−W), over common bins.</summary>
/// <remarks>Crooks (1999), Phys. Rev. E 60, 2721: ln p_F(W)/p_R(−W) = (W − ΔF)/k_BT, a straight line through 0 at ΔF.</remarks>
public sealed record WorkHistogram
{
    private WorkHistogram(double[] work, double[] forward, double[] reverse) =>
        (Work, Forward, Reverse) = ([.. work], [.. forward], [.. reverse]);

    /// <summary>Middles of the bins, in the unit of the work.</summary>
    public ImmutableArray<double> Work { get; }

    /// <summary>p_F(W), per unit of work.</summary>
    public ImmutableArray<double> Forward { get; }

    /// <summary>p_R(−W), per unit of work.</summary>
    public ImmutableArray<double> Reverse { get; }

    /// <summary>The line through ln p_F(W)/p_R(−W) by least squares, each bin weighted by its counts: slope per unit of work and where it is 0, with standard errors; NaN where fewer than two bins have both.</summary>
    public (double Slope, double SlopeError, double Crossing, double CrossingError) Line { get; private init; }

    /// <summary>The histogram of two sets of paths.</summary>
    /// <param name="forward">Work on each forward path.</param>
    /// <param name="reverse">Work on each path of the reversed protocol.</param>
    /// <param name="bins">Number of bins from the smallest to the largest work.</param>
    /// <exception cref="ProtonmotiveException">There are no paths of one kind, or no bins.</exception>
    public static WorkHistogram Of(ReadOnlySpan<double> forward, ReadOnlySpan<double> reverse, int bins)
    {
        if (forward.IsEmpty || reverse.IsEmpty || bins < 1)
            throw new ProtonmotiveException($"Work of {forward.Length} forward and {reverse.Length} reverse paths is to be spread over {bins} bins.", "histogram of work", "Give paths of both kinds and at least one bin.");
        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        foreach (double w in forward) (low, high) = (Math.Min(low, w), Math.Max(high, w));
        foreach (double w in reverse) (low, high) = (Math.Min(low, -w), Math.Max(high, -w));
        double width = high > low ? (high - low) / bins : 1;
        var (ahead, back) = (new double[bins], new double[bins]);
        foreach (double w in forward) ahead[Math.Min(bins - 1, (int)((w - low) / width))]++;
        foreach (double w in reverse) back[Math.Min(bins - 1, (int)((-w - low) / width))]++;
        double[] middles = [.. Enumerable.Range(0, bins).Select(i => low + ((i + 0.5) * width))];
        var line = Fit(middles, ahead, back, Math.Log((double)reverse.Length / forward.Length));
        for (int i = 0; i < bins; i++) (ahead[i], back[i]) = (ahead[i] / (forward.Length * width), back[i] / (reverse.Length * width));
        return new WorkHistogram(middles, ahead, back) { Line = line };
    }

    // The logarithm of a count n has the variance 1/n.
    private static (double, double, double, double) Fit(double[] x, double[] ahead, double[] back, double shift)
    {
        double s = 0, sx = 0, sy = 0, sxx = 0, sxy = 0;
        int used = 0;
        for (int i = 0; i < x.Length; i++)
        {
            if (ahead[i] == 0 || back[i] == 0) continue;
            double weight = 1 / ((1 / ahead[i]) + (1 / back[i])), y = Math.Log(ahead[i] / back[i]) + shift;
            (s, sx, sy, sxx, sxy, used) = (s + weight, sx + (weight * x[i]), sy + (weight * y), sxx + (weight * x[i] * x[i]), sxy + (weight * x[i] * y), used + 1);
        }
        if (used < 2) return (double.NaN, double.NaN, double.NaN, double.NaN);
        double middle = sx / s, spread = sxx - (s * middle * middle), slope = (sxy - (middle * sy)) / spread, level = sy / s, crossing = middle - (level / slope);
        return (slope, Math.Sqrt(1 / spread), crossing, Math.Sqrt((1 / s) + ((crossing - middle) * (crossing - middle) / spread)) / Math.Abs(slope));
    }
}
