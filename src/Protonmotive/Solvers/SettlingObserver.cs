namespace Protonmotive.Solvers;

/// <summary>Watches an integration until its solution stands still, and remembers how it moved in case it never does.</summary>
internal sealed class SettlingObserver : IStepObserver
{
    private readonly ErrorNorm norm;
    private readonly double start, end, limit;
    private readonly double[] rates;
    private readonly double[][] lowest, highest;

    /// <param name="n">Number of components.</param>
    /// <param name="norm">Weights.</param>
    /// <param name="start">First time.</param>
    /// <param name="end">The horizon.</param>
    /// <param name="limit">Stop where the present rates would move the state by less than this many tolerances over the whole horizon.</param>
    public SettlingObserver(int n, ErrorNorm norm, double start, double end, double limit)
    {
        this.norm = norm;
        this.start = start;
        this.end = end;
        this.limit = limit;
        rates = new double[n];
        lowest = [Filled(n, double.PositiveInfinity), Filled(n, double.PositiveInfinity)];
        highest = [Filled(n, double.NegativeInfinity), Filled(n, double.NegativeInfinity)];
    }

    /// <inheritdoc/>
    public bool Observe(in StepRecord step)
    {
        double t = step.Time + step.Step;
        double part = (t - start) / (end - start);
        if (part > 0.5) Extend(part > 0.75 ? 1 : 0, step.End);

        // The mean rate over the step needs no evaluation and is close enough to the rate at its end.
        for (int i = 0; i < rates.Length; i++) rates[i] = (step.End[i] - step.Start[i]) / step.Step;
        return !(norm.OfStates(rates, step.End) * (end - start) <= limit);
    }

    /// <summary>How the solution moved in the last quarter of the horizon against the one before.</summary>
    public SteadyStateStatus Motion(int stateCount)
    {
        bool oscillates = false, grows = false;
        for (int i = 0; i < stateCount; i++)
        {
            double before = highest[0][i] - lowest[0][i], after = highest[1][i] - lowest[1][i];
            double size = Math.Max(Math.Abs(highest[1][i]), Math.Abs(lowest[1][i]));
            if (!(after > 1e-3 * size)) continue;
            bool overlaps = Math.Min(highest[0][i], highest[1][i]) - Math.Max(lowest[0][i], lowest[1][i]) > 0.5 * Math.Max(before, after);
            oscillates |= overlaps;
            grows |= !overlaps && size > Math.Max(Math.Abs(highest[0][i]), Math.Abs(lowest[0][i])) * 1.02;
        }

        return grows ? SteadyStateStatus.Grows : oscillates ? SteadyStateStatus.Oscillates : SteadyStateStatus.StillMoving;
    }

    private void Extend(int window, ReadOnlySpan<double> y)
    {
        for (int i = 0; i < y.Length; i++)
        {
            lowest[window][i] = Math.Min(lowest[window][i], y[i]);
            highest[window][i] = Math.Max(highest[window][i], y[i]);
        }
    }

    private static double[] Filled(int n, double value)
    {
        var array = new double[n];
        Array.Fill(array, value);
        return array;
    }
}
