using System.Collections.Immutable;

namespace Protonmotive.Solvers.Designs;

/// <summary>Between two positive values, even in the logarithm.</summary>
public sealed record LogarithmicRange : DesignRange
{
    /// <summary>A range.</summary>
    /// <param name="name">The quantity.</param>
    /// <param name="low">Its lowest value, above 0.</param>
    /// <param name="high">Its highest value.</param>
    /// <exception cref="DesignException">The ends are not positive and finite, or in the wrong order.</exception>
    public LogarithmicRange(string name, double low, double high)
        : base(name)
    {
        Check(name, low > 0 && double.IsFinite(high) && low < high, $"From {Text(low)} to {Text(high)} there is no logarithmic range.", "Give two positive numbers, the lower one first.");
        Low = low;
        High = high;
    }

    /// <summary>The lowest value.</summary>
    public double Low { get; }

    /// <summary>The highest value.</summary>
    public double High { get; }

    /// <inheritdoc/>
    public override bool IsLogarithmic => true;

    /// <inheritdoc/>
    public override double Quantile(double u) => u <= 0 ? Low : u >= 1 ? High : Math.Exp((Math.Log(Low) * (1 - u)) + (Math.Log(High) * u));

    /// <inheritdoc/>
    public override ImmutableArray<double> Grid(int count) =>
        [.. Enumerable.Range(0, count).Select(i => Quantile(count == 1 ? 0.5 : (double)i / (count - 1)))];

    /// <inheritdoc/>
    public override string ToString() => $"{Name} = {Text(Low)}..{Text(High)}, logarithmic";
}
