namespace Protonmotive.Solvers;

/// <summary>The dense output of every step of a solve, kept on request.</summary>
internal sealed class DenseOutput
{
    private readonly List<double> starts = [];
    private readonly List<double> steps = [];
    private readonly List<double[]> data = [];

    /// <summary>Keeps one step.</summary>
    public void Add(double t, double h, ReadOnlySpan<double> y, ReadOnlySpan<double> next, ReadOnlySpan<double> vectors)
    {
        var all = new double[y.Length + next.Length + vectors.Length];
        y.CopyTo(all);
        next.CopyTo(all.AsSpan(y.Length));
        vectors.CopyTo(all.AsSpan(2 * y.Length));
        starts.Add(t);
        steps.Add(h);
        data.Add(all);
    }

    /// <summary>y(t), the state after the jump at the time of one; false where no step holds t.</summary>
    public bool TryEvaluate(double t, Span<double> result)
    {
        if (starts.Count == 0) return false;
        int index = starts.BinarySearch(t);
        if (index < 0) index = ~index - 1;
        if (index < 0) return false;
        int n = result.Length;
        double theta = Math.Min(1, (t - starts[index]) / steps[index]);
        var all = data[index].AsSpan();
        Interpolant.Evaluate(theta, all[..n], all.Slice(n, n), all[(2 * n)..], result);
        return true;
    }
}
