using System.Collections.Immutable;
using System.Globalization;

namespace Protonmotive.Solvers.Designs;

/// <summary>All combinations of the values of each range; the last range varies fastest.</summary>
public sealed class GridDesign : Design
{
    /// <summary>A grid.</summary>
    /// <param name="ranges">What varies, each with its count of values.</param>
    /// <exception cref="DesignException">A name twice, no range, a range without a count, or more members than can be numbered.</exception>
    public GridDesign(ImmutableArray<DesignRange> ranges)
        : base([.. ranges.Select(r => r.Name)], Size(ranges))
    {
        Ranges = ranges;
        Axes = [.. ranges.Select(r => r.Grid(r.Count!.Value))];
    }

    /// <summary>The ranges, in the order of the names.</summary>
    public ImmutableArray<DesignRange> Ranges { get; }

    /// <summary>The values of each range.</summary>
    public ImmutableArray<ImmutableArray<double>> Axes { get; }

    /// <inheritdoc/>
    public override string Description => string.Create(CultureInfo.InvariantCulture, $"grid of {string.Join(" × ", Axes.Select(a => a.Length))} members");

    private protected override void Fill(long member, Span<double> values)
    {
        for (int i = Axes.Length - 1; i >= 0; i--)
        {
            (member, long place) = Math.DivRem(member, Axes[i].Length);
            values[i] = Axes[i][(int)place];
        }
    }

    private static long Size(ImmutableArray<DesignRange> ranges)
    {
        if (ranges.IsDefaultOrEmpty) throw new DesignException("A grid without ranges is asked for.", "sampling design", "Vary at least one quantity.");
        long size = 1;
        foreach (var range in ranges)
        {
            if (range.Count is not { } count)
                throw new DesignException($"The grid does not know how many values '{range.Name}' takes.", $"range of '{range.Name}'", $"Write the count last, e.g. {range.Name}=1..10:25.");
            if (count < 1) throw new DesignException($"{count} values of '{range.Name}' are asked for.", $"range of '{range.Name}'", "Ask for at least one.");
            if (size > long.MaxValue / count) throw new DesignException("The grid has more members than can be numbered.", "sampling design", "Take fewer values, or a Sobol sequence.");
            size *= count;
        }

        return size;
    }
}
