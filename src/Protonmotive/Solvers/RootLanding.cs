namespace Protonmotive.Solvers;

/// <summary>
/// Brings a step to end on the root of a watched mode: finds the root on the dense output of an accepted trial, has the step
/// retaken to that time, and moves on a little where the retaken step falls just short.
/// </summary>
/// <remarks>Retaking costs one step and keeps every step a whole step of the method, with the full order at the stop.</remarks>
internal sealed class RootLanding
{
    private const int MaximumExtensions = 6;
    private const int Samples = 5;
    private const double Unresolved = 0.3;

    private readonly Modes modes;
    private readonly RootSearch search;
    private readonly double[] roots, slopes, samples, inside;
    private double limit;
    private int extensions;

    public RootLanding(Modes modes, int n)
    {
        this.modes = modes;
        search = new RootSearch(modes, n);
        roots = new double[modes.Count];
        slopes = new double[modes.Count];
        samples = new double[(Samples + 1) * modes.Count];
        inside = new double[n];
    }

    /// <summary>What to do with an accepted trial.</summary>
    public enum Outcome
    {
        /// <summary>No mode flips in it: keep it.</summary>
        Clear,

        /// <summary>A root moves too much in it to be followed: try a shorter one.</summary>
        TooLong,

        /// <summary>Retake it with <see cref="Step"/>.</summary>
        Retake,

        /// <summary>A mode flips at its very start: treat the start as a stop.</summary>
        FlipsAtOnce,

        /// <summary>It ends on the flip: keep it and stop there.</summary>
        Landed,
    }

    /// <summary>Whether a step is being retaken.</summary>
    public bool IsActive { get; private set; }

    /// <summary>Length of the step to retake.</summary>
    public double Step { get; private set; }

    /// <summary>The modes to flip at the stop whatever rounding says; null where the state there shows them.</summary>
    public bool[]? Flips { get; private set; }

    /// <summary>The retaken step was rejected, or a stop came between.</summary>
    public void Cancel() => IsActive = false;

    /// <summary>Looks at an accepted trial.</summary>
    public Outcome Examine(double t, double h, ReadOnlySpan<double> y, ReadOnlySpan<double> next, Stepper stepper)
    {
        if (IsActive) return Land(t, h, modes.Crossed(t + h, next, roots));
        int first = FirstSampleCrossed(t, h, y, next, stepper.DenseVectors(h));
        if (first == 0) return IsResolved() ? Outcome.Clear : Outcome.TooLong;

        samples.AsSpan(first * roots.Length, roots.Length).CopyTo(roots);
        double θ = search.FirstFlip(t, h, (first - 1.0) / Samples, (double)first / Samples, y, next, stepper.DenseVectors(h), roots);
        double ulp = Math.BitIncrement(Math.Abs(t) + h) - (Math.Abs(t) + h);
        Flips = modes.Flipped(search.Roots);
        if (θ * h <= 4 * ulp) return Outcome.FlipsAtOnce;
        if (θ >= 1)
        {
            Flips = null;
            return Outcome.Landed;
        }

        // Slope of each root from here to the end of the trial, for moving on.
        double past = ((double)first / Samples) - θ;
        for (int i = 0; i < roots.Length; i++) slopes[i] = past > 0 ? (roots[i] - search.Roots[i]) / (past * h) : 0;
        IsActive = true;
        Step = θ * h;
        limit = h;
        extensions = 0;
        return Outcome.Retake;
    }

    // Roots at equally spaced points of the step; the first at which a mode has flipped, 0 where none has.
    private int FirstSampleCrossed(double t, double h, ReadOnlySpan<double> y, ReadOnlySpan<double> next, ReadOnlySpan<double> vectors)
    {
        modes.Crossed(t, y, samples.AsSpan(0, roots.Length));
        for (int k = 1; k <= Samples; k++)
        {
            if (k < Samples) Interpolant.Evaluate((double)k / Samples, y, next, vectors, inside);
            else next.CopyTo(inside);
            if (modes.Crossed(t + (h * k / Samples), inside, samples.AsSpan(k * roots.Length, roots.Length))) return k;
        }

        return 0;
    }

    // A root that goes through zero and back between samples has large fifth differences, however it is scaled.
    private bool IsResolved()
    {
        int n = roots.Length;
        for (int i = 0; i < n; i++)
        {
            double largest = 0, smallest = double.PositiveInfinity;
            for (int k = 0; k <= Samples; k++)
            {
                double size = Math.Abs(samples[(k * n) + i]);
                largest = Math.Max(largest, size);
                smallest = Math.Min(smallest, size);
            }

            double fifth = samples[i + (5 * n)] - samples[i] + (5 * (samples[i + n] - samples[i + (4 * n)])) + (10 * (samples[i + (3 * n)] - samples[i + (2 * n)]));
            if (modes.IsWatched(i) && Math.Abs(fifth) > Unresolved * largest && smallest < largest) return false;
        }

        return true;
    }

    private Outcome Land(double t, double h, bool crossed)
    {
        if (crossed || extensions == MaximumExtensions)
        {
            IsActive = false;
            if (crossed) Flips = null;
            return Outcome.Landed;
        }

        // The retaken step falls short of the root by |g/g'|, of the order of the tolerance.
        double more = 4 * (Math.BitIncrement(Math.Abs(t) + h) - (Math.Abs(t) + h));
        for (int i = 0; i < roots.Length; i++)
            if (Flips![i] && slopes[i] != 0) more = Math.Max(more, 1.5 * Math.Abs(roots[i] / slopes[i]));
        more *= 1 << extensions++;
        if (h + more >= limit)
        {
            IsActive = false;
            return Outcome.Landed;
        }

        Step = h + more;
        return Outcome.Retake;
    }
}
