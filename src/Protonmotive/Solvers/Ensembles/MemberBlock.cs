namespace Protonmotive.Solvers.Ensembles;

/// <summary>The results of a stretch of members, kept until they are folded.</summary>
/// <param name="capacity">Most members in a block.</param>
/// <param name="variedCount">Values that vary, a member.</param>
/// <param name="rowCount">Times, a member.</param>
/// <param name="outputCount">Results, a row.</param>
internal sealed class MemberBlock(int capacity, int variedCount, int rowCount, int outputCount)
{
    private readonly double[] varied = new double[capacity * variedCount];
    private readonly double[] rows = new double[capacity * rowCount * outputCount];
    private readonly MemberFailure?[] failures = new MemberFailure?[capacity];

    /// <summary>The first member.</summary>
    public long First { get; private set; }

    /// <summary>Number of members.</summary>
    public int Count { get; private set; }

    /// <summary>Accepted and rejected steps of all members.</summary>
    public long Steps { get; set; }

    /// <summary>Takes other members; what stood here is gone.</summary>
    public void Begin(long first, int count)
    {
        (First, Count, Steps) = (first, count, 0);
        Array.Fill(rows, double.NaN, 0, count * rowCount * outputCount);
        Array.Clear(failures);
    }

    /// <summary>A member's values of what varies.</summary>
    public Span<double> Varied(int k) => varied.AsSpan(k * variedCount, variedCount);

    /// <summary>A member's results, row after row.</summary>
    public Span<double> Rows(int k) => rows.AsSpan(k * rowCount * outputCount, rowCount * outputCount);

    /// <summary>One row of a member.</summary>
    public Span<double> Row(int k, int row) => rows.AsSpan(((k * rowCount) + row) * outputCount, outputCount);

    /// <summary>Why a member failed; null where it did not.</summary>
    public MemberFailure? Failure(int k) => failures[k];

    /// <summary>Notes that a member failed.</summary>
    public void Fail(int k, double time, ProtonmotiveException error) => failures[k] = new MemberFailure(First + k, time, error);

    /// <summary>A member's results, as a fold sees them.</summary>
    public EnsembleMember Member(int k) => new(First + k, Varied(k), Rows(k), failures[k]);
}
