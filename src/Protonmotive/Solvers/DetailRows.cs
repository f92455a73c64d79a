using Protonmotive.Kernels;

namespace Protonmotive.Solvers;

/// <summary>Watches curves while a solve runs, and tells which of its rows straight lines can do without.</summary>
internal sealed class DetailRows
{
    private readonly RowDetail detail;
    private readonly KernelInstance instance;
    private readonly (int Index, double Factor, int Axis)[] curves;
    private readonly double[] observables, low, high;

    /// <param name="detail">What is watched.</param>
    /// <param name="instance">Evaluates it; its parameters and modes are those of the time reached.</param>
    /// <exception cref="SolverException">There is no such observable.</exception>
    public DetailRows(RowDetail detail, KernelInstance instance)
    {
        (this.detail, this.instance) = (detail, instance);
        var known = instance.Kernel.System.Observables;
        var index = known.Select((o, i) => (o.Name, i)).ToDictionary(o => o.Name, o => o.i, StringComparer.Ordinal);
        curves = [.. detail.Axes.SelectMany((axis, a) => axis.Select(c => (index.TryGetValue(c.Observable, out int i) ? i : throw new SolverException(
            $"There is no observable '{c.Observable}' to watch.", $"System '{instance.Kernel.System.Name}'.", "Watch observables that the system has."), c.Factor, a)))];
        observables = new double[known.Length];
        low = [.. detail.Axes.Select(_ => double.PositiveInfinity)];
        high = [.. detail.Axes.Select(_ => double.NegativeInfinity)];
    }

    /// <summary>Number of watched curves.</summary>
    public int Count => curves.Length;

    /// <summary>Most rows that are added.</summary>
    public int MostRows => detail.MostRows;

    /// <summary>Evaluates the curves at a row, and widens their axes' ranges.</summary>
    /// <param name="t">Time of the row.</param>
    /// <param name="y">Its state, quadratures included, shape [n].</param>
    /// <param name="values">Receives the curves, shape [<see cref="Count"/>].</param>
    public void Watch(double t, ReadOnlySpan<double> y, Span<double> values)
    {
        instance.Observables(t, y, observables);
        for (int i = 0; i < curves.Length; i++)
        {
            var (index, factor, axis) = curves[i];
            values[i] = observables[index] * factor;
            if (!double.IsFinite(values[i])) continue;
            low[axis] = Math.Min(low[axis], values[i]);
            high[axis] = Math.Max(high[axis], values[i]);
        }
    }

    /// <summary>Which rows stay: all fixed ones, and of the others the most missed ones.</summary>
    /// <param name="times">Time of each row, shape [rows].</param>
    /// <param name="values">Curves of each row, shape [rows·<see cref="Count"/>].</param>
    /// <param name="isFixed">Whether a row stays in any case, shape [rows]; the first and the last do.</param>
    public bool[] Kept(ReadOnlySpan<double> times, ReadOnlySpan<double> values, ReadOnlySpan<bool> isFixed)
    {
        double[] scales = [.. curves.Select(c => Math.Max(high[c.Axis] - low[c.Axis], 0.01 * Math.Max(Math.Abs(low[c.Axis]), Math.Abs(high[c.Axis]))))];
        var missed = new double[times.Length];
        for (int from = 0, row = 1; row < times.Length; row++)
        {
            if (!isFixed[row]) continue;
            Measure(times, values, scales, from, row, missed);
            from = row;
        }
        var kept = isFixed.ToArray();
        foreach (int row in Enumerable.Range(0, missed.Length).Where(i => missed[i] > 0).OrderByDescending(i => missed[i]).ThenBy(i => i).Take(detail.MostRows)) kept[row] = true;
        return kept;
    }

    // By how much the line between its neighbours in importance misses a row; never more than theirs, so that these go after it.
    private void Measure(ReadOnlySpan<double> times, ReadOnlySpan<double> values, double[] scales, int first, int last, double[] missed)
    {
        var open = new Stack<(int From, int To, double Bound)>();
        open.Push((first, last, double.PositiveInfinity));
        while (open.TryPop(out var piece))
        {
            var (from, to, bound) = piece;
            int worst = -1;
            double most = detail.LargestMiss;
            for (int row = from + 1; row < to; row++)
            {
                double share = (times[row] - times[from]) / (times[to] - times[from]), ratio = LogShare(times[from] - times[0], times[row] - times[0], times[to] - times[0]);
                for (int c = 0; c < scales.Length; c++)
                {
                    double a = values[(from * scales.Length) + c], b = values[(to * scales.Length) + c], rise = values[(row * scales.Length) + c] - a;
                    double miss = Math.Max(Math.Abs(rise - (share * (b - a))), Math.Abs(rise - (ratio * (b - a)))) / scales[c];
                    if (!(miss > most)) continue;
                    (worst, most) = (row, miss);
                }
            }
            if (worst < 0) continue;
            missed[worst] = Math.Min(most, bound);
            open.Push((from, worst, missed[worst]));
            open.Push((worst, to, missed[worst]));
        }
    }

    // Where a time lies between two others on a logarithmic axis.
    private static double LogShare(double from, double time, double to) => from > 0 ? Math.Log(time / from) / Math.Log(to / from) : time / to;
}
