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

    /// <summary>y(t), the state after the jump at the time of one; t lies in the solve, which has at least one step.</summary>
    public void Evaluate(double t, Span<double> result) => Evaluate(t, result, isBefore: false);

    /// <summary>Whether no step is kept yet.</summary>
    public bool IsEmpty => starts.Count == 0;

    /// <summary>As above; at the time of a jump the state before it, if asked.</summary>
    public void Evaluate(double t, Span<double> result, bool isBefore)
    {
        int index = starts.BinarySearch(t);
        if (index < 0) index = Math.Max(0, ~index - 1);
        else if (isBefore && index > 0) index--;
        int n = result.Length;
        double theta = Math.Clamp((t - starts[index]) / steps[index], 0, 1);
        var all = data[index].AsSpan();
        Interpolant.Evaluate(theta, all[..n], all.Slice(n, n), all[(2 * n)..], result);
    }
}
