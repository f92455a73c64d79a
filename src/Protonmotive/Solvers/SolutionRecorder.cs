namespace Protonmotive.Solvers;

/// <summary>Collects a solve's rows, segments, jumps and dense output while it runs.</summary>
internal sealed class SolutionRecorder
{
    private const int Parts = 4; // of a step, between which rows may stand that show its curve
    private const int MostNumbers = 4_000_000; // that wait to be thinned out
    private readonly int n;
    private readonly double[] asked;
    private readonly OutputTimes output;
    private readonly double[] inside;
    private readonly DetailRows? detail;
    private double[] rows;
    private double[] times;
    private int[] segments;
    private double[] watched = [];
    private bool[] isFixed = [];
    private int count, nextAsked, thinAt;

    public SolutionRecorder(int n, OutputTimes output, double start, double end, DenseOutput? dense, DetailRows? detail = null)
    {
        this.n = n;
        this.output = output;
        this.detail = detail is { Count: > 0, MostRows: > 0 } ? detail : null;
        Dense = dense;
        asked = output.Times(start, end);
        inside = new double[n];
        int capacity = Math.Max(4, asked.Length);
        rows = new double[capacity * n];
        times = new double[capacity];
        segments = new int[capacity];
        thinAt = Math.Max(2 * capacity, MostNumbers / Math.Max(1, n + (detail?.Count ?? 0)));
    }

    public DenseOutput? Dense { get; }

    public List<double[]> Segments { get; } = [];

    public List<EventRecord> Events { get; } = [];

    /// <summary>Parameters and modes from here on.</summary>
    public void AddSegment(ReadOnlySpan<double> parameters) => Segments.Add(parameters.ToArray());

    /// <summary>The rows strictly inside a step, from its dense output.</summary>
    public void Inside(double t, double end, ReadOnlySpan<double> y, ReadOnlySpan<double> next, Stepper stepper, double h)
    {
        double Asked() => nextAsked < asked.Length && asked[nextAsked] < end ? asked[nextAsked] : double.PositiveInfinity;
        double Part(int k) => k < Parts && t + (k * h / Parts) < end ? t + (k * h / Parts) : double.PositiveInfinity;
        for (int k = detail is null ? Parts : 1; Math.Min(Asked(), Part(k)) is double time and < double.PositiveInfinity;)
        {
            Interpolant.Evaluate((time - t) / h, y, next, stepper.DenseVectors(h), inside);
            bool isAsked = Asked() == time;
            if (Part(k) == time) k++;
            if (isAsked) nextAsked++;
            if (isAsked || (time > t && count > 0)) Add(time, inside, isAsked);
        }

        Dense?.Add(t, h, y, next, stepper.DenseVectors(h));
    }

    /// <summary>The row at the start, at the end of a step, or at a stop where something jumps after it.</summary>
    public void Point(double t, ReadOnlySpan<double> y, bool jumps)
    {
        // Rows before a jump are left out on request, and where this time already has its row (a jump right after another).
        if (jumps && count > 0 && times[count - 1] == t) Fix();
        if (jumps && (!output.IncludesJumps || (count > 0 && times[count - 1] == t))) return;
        bool isAsked = nextAsked < asked.Length && asked[nextAsked] <= t;
        if (isAsked) nextAsked++;
        if (isAsked || jumps || output.IsEveryStep) Add(t, y);
        else if (detail is not null && count > 0 && times[count - 1] < t) Add(t, y, isFixed: false);
    }

    /// <summary>The row after a jump.</summary>
    public void AfterJump(double t, ReadOnlySpan<double> y)
    {
        if (output.IncludesJumps) Add(t, y);
        else Point(t, y, jumps: false);
    }

    /// <summary>The row where an observer ended the solve, if it does not stand yet.</summary>
    public void Stopped(double t, ReadOnlySpan<double> y)
    {
        if (count == 0 || times[count - 1] != t) Add(t, y);
        else Fix();
    }

    /// <summary>The solution so far, as columns.</summary>
    public (double[] Times, double[] Columns, int[] Segments) Columns()
    {
        Thin();
        if (detail is not null) count = Array.LastIndexOf(isFixed, true, count - 1, count) + 1;
        var columns = new double[count * n];
        for (int row = 0; row < count; row++)
            for (int i = 0; i < n; i++) columns[i * count + row] = rows[row * n + i];
        return (times[..count], columns, segments[..count]);
    }

    // A row that shows how a curve bends turns out to be asked for.
    private void Fix()
    {
        if (detail is not null) isFixed[count - 1] = true;
    }

    private void Add(double t, ReadOnlySpan<double> y, bool isFixed = true)
    {
        if (detail is not null && count >= thinAt)
        {
            Thin();
            thinAt = Math.Max(thinAt, 2 * count);
        }
        if (count == times.Length)
        {
            Array.Resize(ref rows, 2 * rows.Length);
            Array.Resize(ref times, 2 * times.Length);
            Array.Resize(ref segments, 2 * segments.Length);
        }

        y.CopyTo(rows.AsSpan(count * n, n));
        times[count] = t;
        segments[count] = Segments.Count - 1;
        if (detail is not null)
        {
            if (this.isFixed.Length < times.Length)
            {
                Array.Resize(ref this.isFixed, times.Length);
                Array.Resize(ref watched, times.Length * detail.Count);
            }
            this.isFixed[count] = isFixed;
            detail.Watch(t, y, watched.AsSpan(count * detail.Count, detail.Count));
        }
        count++;
    }

    // Rows after the last fixed one wait for the next.
    private void Thin()
    {
        if (detail is null || count == 0) return;
        int end = Array.LastIndexOf(isFixed, true, count - 1, count) + 1, next = 0;
        var kept = detail.Kept(times.AsSpan(0, end), watched.AsSpan(0, end * detail.Count), isFixed.AsSpan(0, end));
        for (int row = 0; row < count; row++)
        {
            if (row < end && !kept[row]) continue;
            rows.AsSpan(row * n, n).CopyTo(rows.AsSpan(next * n, n));
            watched.AsSpan(row * detail.Count, detail.Count).CopyTo(watched.AsSpan(next * detail.Count, detail.Count));
            (times[next], segments[next], isFixed[next]) = (times[row], segments[row], isFixed[row]);
            next++;
        }
        count = next;
    }
}
