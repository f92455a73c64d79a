using System.Collections.Immutable;

namespace Protonmotive.Solvers.Designs;

/// <summary>Even between two values.</summary>
public sealed record LinearRange : DesignRange
{
    /// <summary>A range.</summary>
    /// <param name="name">The quantity.</param>
    /// <param name="low">Its lowest value.</param>
    /// <param name="high">Its highest value.</param>
    /// <exception cref="DesignException">The ends are not finite, or in the wrong order.</exception>
    public LinearRange(string name, double low, double high)
        : base(name)
    {
        Check(name, double.IsFinite(low) && double.IsFinite(high) && low < high, $"From {Text(low)} to {Text(high)} there is no range.", "Give two finite numbers, the lower one first.");
        Low = low;
        High = high;
    }

    /// <summary>The lowest value.</summary>
    public double Low { get; }

    /// <summary>The highest value.</summary>
    public double High { get; }

    /// <inheritdoc/>
    public override double Quantile(double u) => (Low * (1 - u)) + (High * u);

    /// <inheritdoc/>
    public override ImmutableArray<double> Grid(int count) =>
        [.. Enumerable.Range(0, count).Select(i => Quantile(count == 1 ? 0.5 : (double)i / (count - 1)))];

    /// <inheritdoc/>
    public override string ToString() => $"{Name} = {Text(Low)}..{Text(High)}";
}
