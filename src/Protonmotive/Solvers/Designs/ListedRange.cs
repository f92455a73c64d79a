using System.Collections.Immutable;
using System.Globalization;

namespace Protonmotive.Solvers.Designs;

/// <summary>One of several values, all equally likely.</summary>
public sealed record ListedRange : DesignRange
{
    /// <summary>A range.</summary>
    /// <param name="name">The quantity.</param>
    /// <param name="values">Its values, in the order of a grid.</param>
    /// <exception cref="DesignException">There is no value, or one is not finite.</exception>
    public ListedRange(string name, ImmutableArray<double> values)
        : base(name)
    {
        Check(name, !values.IsDefaultOrEmpty && values.All(double.IsFinite), "The list of values is empty or holds one that is not finite.", "Give at least one finite number.");
        Values = values;
        Count = values.Length;
    }

    /// <summary>The values.</summary>
    public ImmutableArray<double> Values { get; }

    /// <inheritdoc/>
    public override double Quantile(double u) => Values[Math.Clamp((int)(u * Values.Length), 0, Values.Length - 1)];

    /// <summary>The values themselves, whatever the count.</summary>
    public override ImmutableArray<double> Grid(int count) => Values;

    /// <summary>Equal values in the same order.</summary>
    public bool Equals(ListedRange? other) => other is not null && Name == other.Name && Values.SequenceEqual(other.Values);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Values.Length, Values[0]);

    /// <inheritdoc/>
    public override string ToString() => $"{Name} = {string.Join(",", Values.Select(v => v.ToString(CultureInfo.InvariantCulture)))}";
}
