namespace Protonmotive.Solvers;

/// <summary>How long a step may be at each time: what something that is not in the error test of a solve asks of its steps.</summary>
public sealed class StepLimits
{
    private readonly double[] starts, limits;

    /// <summary>Limits that hold from given times on.</summary>
    /// <param name="starts">Times, ascending; before the first there is no limit.</param>
    /// <param name="limits">Longest step from each time to the next, positive, shape of <paramref name="starts"/>.</param>
    /// <exception cref="SolverException">The arrays do not fit, are out of order, or a limit is not positive.</exception>
    public StepLimits(IReadOnlyList<double> starts, IReadOnlyList<double> limits)
    {
        ArgumentNullException.ThrowIfNull(starts);
        ArgumentNullException.ThrowIfNull(limits);
        (this.starts, this.limits) = ([.. starts], [.. limits]);
        bool isInOrder = Enumerable.Range(1, Math.Max(0, starts.Count - 1)).All(k => starts[k] >= starts[k - 1]);
        if (starts.Count != limits.Count || !isInOrder || limits.Any(limit => !(limit > 0)))
            throw new SolverException("Limits on steps are not usable.", $"{starts.Count} times, {limits.Count} limits.", "Give as many positive limits as ascending times.");
    }

    /// <summary>The longest step from a time that keeps to every limit on its way.</summary>
    /// <param name="t">Start of the step.</param>
    /// <param name="h">The step wanted.</param>
    internal double From(double t, double h)
    {
        int at = Array.BinarySearch(starts, t);
        if (at < 0) at = ~at - 1;
        if (at >= 0) h = Math.Min(h, limits[at]);
        for (int k = at + 1; k < starts.Length && starts[k] < t + h; k++) h = Math.Min(h, Math.Max(starts[k] - t, limits[k]));
        return h;
    }
}
