using Protonmotive.Solvers;

namespace Protonmotive.Sensitivities.Sweeps;

/// <summary>
/// The path of a solve: its steps with their stages, its stops, and where rows were asked for. What does not fit into the memory
/// allowed is kept as checkpoints and computed again when it is needed.
/// </summary>
internal sealed class RunLog : IStepObserver, IStopObserver
{
    private readonly int n;
    private readonly long mostNumbers;
    private readonly List<StepBlock> open = [];
    private long numbers;
    private int firstFull;
    private StopRecord? stop;
    private bool hasStarted;

    /// <summary>An empty log.</summary>
    /// <param name="n">Components of a state.</param>
    /// <param name="asked">Times of rows, ascending.</param>
    /// <param name="memory">Bytes allowed for steps.</param>
    public RunLog(int n, double[] asked, long memory)
    {
        this.n = n;
        mostNumbers = memory / sizeof(double);
        Asked = asked;
    }

    /// <summary>Times of rows, ascending.</summary>
    public double[] Asked { get; }

    /// <summary>What happened, in order.</summary>
    public List<LogItem> Items { get; } = [];

    /// <summary>Rows before each item: row k stands at <see cref="Rows"/>[k].</summary>
    public List<RowPlace> Rows { get; } = [];

    /// <summary>Parameters, modes last, at the start before any stop.</summary>
    public double[] FirstParameters { get; set; } = [];

    /// <inheritdoc/>
    public bool Observe(in StepRecord step)
    {
        RowsUpTo(step.Time);
        var block = Items.Count > 0 && Items[^1].Block is { IsFull: false } last && last.Method == step.Method ? last : null;
        if (block is null)
        {
            block = new StepBlock(step.Method, n, step.Stages.Length / Math.Max(1, n), step.Start, Items.Count);
            Items.Add(new LogItem(block, null));
            open.Add(block);
        }
        int index = block.Add(step);
        numbers += step.Stages.Length + n;
        while (numbers > mostNumbers && firstFull < open.Count - 1) numbers -= open[firstFull++].DropStages();
        double end = step.Time + step.Step;
        while (Rows.Count < Asked.Length && Asked[Rows.Count] < end) Rows.Add(new RowPlace(Items.Count - 1, index, (Asked[Rows.Count] - step.Time) / step.Step));
        return true;
    }

    /// <summary>The solve is over: rows left stand at its end.</summary>
    public void Finish()
    {
        while (Rows.Count < Asked.Length) Rows.Add(new RowPlace(Items.Count, 0, 0));
    }

    /// <inheritdoc/>
    public void Begin(in StopPoint point, bool[]? forced)
    {
        // Rows before this time stand inside steps; rows at it show the state after.
        stop = new StopRecord(point.Time, point.State.ToArray(), point.Parameters.ToArray(), forced is null ? null : [.. forced], !hasStarted);
        hasStarted = true;
    }

    /// <inheritdoc/>
    public void Restored(in StopPoint point, int[] solved) => stop!.Acts.Add(new StopAct.Restored(point.State.ToArray(), point.Parameters.ToArray(), solved));

    /// <inheritdoc/>
    public void Triggered(in StopPoint point, int id, int index, bool computesValues) =>
        stop!.Acts.Add(new StopAct.Triggered(point.State.ToArray(), point.Parameters.ToArray(), id, index, computesValues));

    /// <inheritdoc/>
    public void Assigning(in StopPoint point, int id, int index, ReadOnlySpan<double> assigned, bool computesValues) =>
        stop!.Acts.Add(new StopAct.Assigned(point.State.ToArray(), point.Parameters.ToArray(), id, index, assigned.ToArray(), computesValues));

    /// <inheritdoc/>
    public void End(in StopPoint point)
    {
        var record = stop!;
        record.StateAfter = point.State.ToArray();
        record.ParametersAfter = point.Parameters.ToArray();
        if (record.Acts.Count > 0 || !record.Parameters.AsSpan().SequenceEqual(record.ParametersAfter)) Items.Add(new LogItem(null, record));
    }

    // A row at the start of a step shows the state after the stops before it.
    private void RowsUpTo(double time)
    {
        int item = Items.Count;
        bool goesOn = item > 0 && Items[^1].Block is { IsFull: false } last;
        while (Rows.Count < Asked.Length && Asked[Rows.Count] <= time) Rows.Add(goesOn ? new RowPlace(item - 1, Items[^1].Block!.Count - 1, 1) : new RowPlace(item, 0, 0));
    }
}

/// <summary>A part of the path: some steps of one method, or a stop.</summary>
internal readonly record struct LogItem(StepBlock? Block, StopRecord? Stop);

/// <summary>Where a row stands: in which item, at which of its steps, at which part of the step; before a stop's item, the state before it.</summary>
internal readonly record struct RowPlace(int Item, int Step, double Theta);
