namespace Protonmotive.Solvers;

/// <summary>Finds the first root of a watched mode inside a step, on its dense output.</summary>
internal sealed class RootSearch
{
    private readonly Modes modes;
    private readonly double[] lower, upper, middle, inside;

    public RootSearch(Modes modes, int n)
    {
        this.modes = modes;
        lower = new double[modes.Count];
        upper = new double[modes.Count];
        middle = new double[modes.Count];
        inside = new double[n];
    }

    /// <summary>The roots at the relative time found; there, at least one mode has flipped.</summary>
    public ReadOnlySpan<double> Roots => upper;

    /// <summary>The earliest relative time θ in (low, high], to rounding, at which a watched mode has flipped.</summary>
    /// <param name="t">Start of the step.</param>
    /// <param name="h">Step.</param>
    /// <param name="low">A relative time at which none has flipped.</param>
    /// <param name="high">A relative time at which one has.</param>
    /// <param name="y">State at the start, shape [n].</param>
    /// <param name="next">State at the end, shape [n].</param>
    /// <param name="vectors">Dense output.</param>
    /// <param name="highRoots">Roots at <paramref name="high"/>.</param>
    /// <remarks>Secants alternate with bisections, so the bracket at least halves every second time.</remarks>
    public double FirstFlip(double t, double h, double low, double high, ReadOnlySpan<double> y, ReadOnlySpan<double> next, ReadOnlySpan<double> vectors, ReadOnlySpan<double> highRoots)
    {
        Interpolant.Evaluate(low, y, next, vectors, inside);
        modes.Crossed(t + low * h, inside, lower);
        highRoots.CopyTo(upper);
        double rounding = Math.Max(1e-15, 2 * (Math.BitIncrement(Math.Abs(t) + h) - (Math.Abs(t) + h)) / h);
        for (int round = 0; round < 200 && high - low > rounding; round++)
        {
            double θ = round % 2 == 0 ? Secant(low, high) : 0.5 * (low + high);
            Interpolant.Evaluate(θ, y, next, vectors, inside);
            if (modes.Crossed(t + θ * h, inside, middle))
            {
                high = θ;
                middle.CopyTo(upper, 0);
            }
            else
            {
                low = θ;
                middle.CopyTo(lower, 0);
            }
        }

        return high;
    }

    // The earliest of the secant estimates of the flipped modes, kept inside the bracket.
    private double Secant(double low, double high)
    {
        double earliest = high;
        for (int i = 0; i < upper.Length; i++)
        {
            if (!modes.HasFlipped(i, upper[i])) continue;
            double estimate = low + (high - low) * (lower[i] / (lower[i] - upper[i]));
            if (double.IsFinite(estimate)) earliest = Math.Min(earliest, estimate);
        }

        // A little past the estimate, so that the root is bracketed closely from above.
        double width = high - low;
        return Math.Clamp(earliest + 1e-3 * width, low + 1e-3 * width, high - 1e-3 * width);
    }
}
