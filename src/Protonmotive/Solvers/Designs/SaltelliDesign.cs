using System.Collections.Immutable;
using System.Globalization;

namespace Protonmotive.Solvers.Designs;

/// <summary>
/// The points that first-order and total-effect indices are estimated from: of two independent points A and B each row has A, B, and
/// for every range A with that coordinate from B. Members of a row follow each other: A, B, AB₁ … AB_d.
/// </summary>
/// <remarks>
/// Saltelli, Annoni, Azzini, Campolongo, Ratto and Tarantola (2010), Comput. Phys. Commun. 181, 259-270. A and B are the two halves of
/// a shifted Sobol sequence of 2d dimensions.
/// </remarks>
public sealed class SaltelliDesign : Design
{
    private readonly SobolSequence sequence;

    /// <summary>A design of rows · (ranges + 2) members.</summary>
    /// <param name="ranges">What varies independently, at most 1024.</param>
    /// <param name="rows">Number of rows; a power of two is best.</param>
    /// <param name="seed">Seed of the digital shift.</param>
    /// <exception cref="DesignException">A name twice, no range, too many, or no row.</exception>
    public SaltelliDesign(ImmutableArray<DesignRange> ranges, long rows, ulong seed = 1)
        : base([.. ranges.Select(r => r.Name)], Size(ranges, rows))
    {
        Ranges = ranges;
        Rows = rows;
        sequence = new SobolSequence(2 * ranges.Length, seed);
        Description = string.Create(CultureInfo.InvariantCulture, $"Saltelli design of {Count} members ({rows} rows) over {ranges.Length} {(ranges.Length == 1 ? "range" : "ranges")}, seed {seed}");
    }

    /// <summary>The ranges, in the order of the names.</summary>
    public ImmutableArray<DesignRange> Ranges { get; }

    /// <summary>Number of rows.</summary>
    public long Rows { get; }

    /// <summary>Members of a row: one for A, one for B, one for each range.</summary>
    public int MembersOfRow => Ranges.Length + 2;

    /// <inheritdoc/>
    public override string Description { get; }

    private protected override void Fill(long member, Span<double> values)
    {
        int d = Ranges.Length;
        var (row, place) = Math.DivRem(member, MembersOfRow);
        Span<double> both = 2 * d <= 64 ? stackalloc double[2 * d] : new double[2 * d];
        sequence.Point(row, both);
        for (int i = 0; i < d; i++) values[i] = Ranges[i].Quantile(both[place == 1 || place == i + 2 ? d + i : i]);
    }

    private static long Size(ImmutableArray<DesignRange> ranges, long rows)
    {
        if (ranges.IsDefaultOrEmpty) throw new DesignException("A design without ranges is asked for.", "sampling design", "Vary at least one quantity.");
        if (rows < 1 || rows > long.MaxValue / (ranges.Length + 2)) throw new DesignException($"A design of {rows.ToString(CultureInfo.InvariantCulture)} rows is asked for.", "sampling design", "Ask for at least one row, and for not more members than can be numbered.");
        return rows * (ranges.Length + 2);
    }
}
