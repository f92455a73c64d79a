namespace Protonmotive.Solvers;

/// <summary>Collects a solve's rows, segments, jumps and dense output while it runs.</summary>
internal sealed class SolutionRecorder
{
    private readonly int n;
    private readonly double[] asked;
    private readonly OutputTimes output;
    private readonly double[] inside;
    private double[] rows;
    private double[] times;
    private int[] segments;
    private int count, nextAsked;

    public SolutionRecorder(int n, OutputTimes output, double start, double end, DenseOutput? dense)
    {
        this.n = n;
        this.output = output;
        Dense = dense;
        asked = output.Times(start, end);
        inside = new double[n];
        int capacity = Math.Max(4, asked.Length);
        rows = new double[capacity * n];
        times = new double[capacity];
        segments = new int[capacity];
    }

    public DenseOutput? Dense { get; }

    public List<double[]> Segments { get; } = [];

    public List<EventRecord> Events { get; } = [];

    /// <summary>Parameters and modes from here on.</summary>
    public void AddSegment(ReadOnlySpan<double> parameters) => Segments.Add(parameters.ToArray());

    /// <summary>The rows strictly inside a step, from its dense output.</summary>
    public void Inside(double t, double end, ReadOnlySpan<double> y, ReadOnlySpan<double> next, Stepper stepper, double h)
    {
        while (nextAsked < asked.Length && asked[nextAsked] < end)
        {
            Interpolant.Evaluate((asked[nextAsked] - t) / h, y, next, stepper.DenseVectors(h), inside);
            Add(asked[nextAsked++], inside);
        }

        Dense?.Add(t, h, y, next, stepper.DenseVectors(h));
    }

    /// <summary>The row at the start, at the end of a step, or at a stop where something jumps after it.</summary>
    public void Point(double t, ReadOnlySpan<double> y, bool jumps)
    {
        // Rows before a jump are left out on request, and where this time already has its row (a jump right after another).
        if (jumps && (!output.IncludesJumps || (count > 0 && times[count - 1] == t))) return;
        bool isAsked = nextAsked < asked.Length && asked[nextAsked] <= t;
        if (isAsked) nextAsked++;
        if (isAsked || jumps || output.IsEveryStep) Add(t, y);
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
    }

    /// <summary>The solution so far, as columns.</summary>
    public (double[] Times, double[] Columns, int[] Segments) Columns()
    {
        var columns = new double[count * n];
        for (int row = 0; row < count; row++)
            for (int i = 0; i < n; i++) columns[i * count + row] = rows[row * n + i];
        return (times[..count], columns, segments[..count]);
    }

    private void Add(double t, ReadOnlySpan<double> y)
    {
        if (count == times.Length)
        {
            Array.Resize(ref rows, 2 * rows.Length);
            Array.Resize(ref times, 2 * times.Length);
            Array.Resize(ref segments, 2 * segments.Length);
        }

        y.CopyTo(rows.AsSpan(count * n, n));
        times[count] = t;
        segments[count++] = Segments.Count - 1;
    }
}
