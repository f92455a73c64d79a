using System.Collections.Immutable;
using System.Globalization;

namespace Protonmotive.Solvers.Designs;

/// <summary>Points in named ranges, one for each member of an ensemble. Any member is computed by itself, on any thread; no table is kept.</summary>
public abstract class Design
{
    private protected Design(ImmutableArray<string> names, long count)
    {
        if (names.GroupBy(n => n, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new DesignException($"'{twice.Key}' is varied twice.", "names of a design", "Give each name one range.");
        Names = names;
        Count = count;
    }

    /// <summary>What is varied, in the order of every point.</summary>
    public ImmutableArray<string> Names { get; }

    /// <summary>Number of members.</summary>
    public long Count { get; }

    /// <summary>How the points were chosen, for readers.</summary>
    public abstract string Description { get; }

    /// <summary>The point of a member.</summary>
    /// <param name="member">From 0 to <see cref="Count"/> − 1.</param>
    /// <param name="values">Receives one value a name, each in the unit of its range; shape [names].</param>
    /// <exception cref="DesignException">No such member, or a span of another length.</exception>
    public void Point(long member, Span<double> values)
    {
        if (member < 0 || member >= Count) throw new DesignException($"There is no member {member.ToString(CultureInfo.InvariantCulture)}.", $"design of {Count.ToString(CultureInfo.InvariantCulture)} members", "Members count from 0.");
        if (values.Length != Names.Length) throw new DesignException($"A point has {Names.Length} values, not {values.Length}.", "design", "Give a span with one value for each name.");
        Fill(member, values);
    }

    /// <summary>The point of a member, shape [names].</summary>
    /// <exception cref="DesignException">No such member.</exception>
    public double[] Point(long member)
    {
        var values = new double[Names.Length];
        Point(member, values);
        return values;
    }

    /// <inheritdoc/>
    public override string ToString() => Description;

    private protected abstract void Fill(long member, Span<double> values);
}
