using System.Collections.Immutable;
using System.Globalization;

namespace Protonmotive.Solvers.Designs;

/// <summary>How one named quantity varies: a map from a probability to a value.</summary>
/// <param name="Name">The quantity.</param>
public abstract record DesignRange(string Name)
{
    /// <summary>Number of values in a grid; null where none was given.</summary>
    public int? Count { get; init; }

    /// <summary>Whether equal ratios are spaced equally, as figures should then show them.</summary>
    public virtual bool IsLogarithmic => false;

    /// <summary>The value below which a part u of the range lies.</summary>
    /// <param name="u">From 0 to 1; both ends are reached by bounded ranges only.</param>
    public abstract double Quantile(double u);

    /// <summary>The values of a grid: with both ends for bounded ranges, at the middles of equal probabilities for others.</summary>
    public virtual ImmutableArray<double> Grid(int count) =>
        [.. Enumerable.Range(0, count).Select(i => Quantile((i + 0.5) / count))];

    private protected static void Check(string name, bool holds, string what, string mend)
    {
        if (!holds) throw new DesignException(what, $"range of '{name}'", mend);
    }

    private protected static string Text(double value) => value.ToString("g6", CultureInfo.InvariantCulture);
}
