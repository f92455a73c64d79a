using System.Collections.Immutable;
using System.Globalization;

namespace Protonmotive.Solvers.Designs;

/// <summary>Points of the unit cube, stretched over ranges.</summary>
public sealed class SampledDesign : Design
{
    private readonly UnitPoints points;

    private SampledDesign(ImmutableArray<DesignRange> ranges, UnitPoints points, long count, string description)
        : base([.. ranges.Select(r => r.Name)], count)
    {
        if (count < 1) throw new DesignException($"A design of {count.ToString(CultureInfo.InvariantCulture)} members is asked for.", "sampling design", "Ask for at least one member.");
        Ranges = ranges;
        this.points = points;
        Description = description;
    }

    /// <summary>The ranges, in the order of the names.</summary>
    public ImmutableArray<DesignRange> Ranges { get; }

    /// <inheritdoc/>
    public override string Description { get; }

    /// <summary>A Sobol sequence; its first 2ᵐ points fill the ranges most evenly, so a power of two is the best count.</summary>
    /// <param name="ranges">What varies, at most 2048.</param>
    /// <param name="count">Number of members.</param>
    /// <param name="seed">Seed of the digital shift.</param>
    /// <exception cref="DesignException">A name twice, no range, too many, or no member.</exception>
    public static SampledDesign Sobol(ImmutableArray<DesignRange> ranges, long count, ulong seed = 1) =>
        new(ranges, new SobolSequence(ranges.Length, seed), count, Text("Sobol sequence", count, ranges, seed));

    /// <summary>A Latin hypercube.</summary>
    /// <param name="ranges">What varies.</param>
    /// <param name="count">Number of members.</param>
    /// <param name="seed">Seed.</param>
    /// <exception cref="DesignException">A name twice, no range, or no member.</exception>
    public static SampledDesign LatinHypercube(ImmutableArray<DesignRange> ranges, long count, ulong seed = 1) =>
        new(ranges, new LatinHypercube(ranges.Length, count, seed), count, Text("Latin hypercube", count, ranges, seed));

    /// <summary>Independent random points.</summary>
    /// <param name="ranges">What varies.</param>
    /// <param name="count">Number of members.</param>
    /// <param name="seed">Seed.</param>
    /// <exception cref="DesignException">A name twice, no range, or no member.</exception>
    public static SampledDesign MonteCarlo(ImmutableArray<DesignRange> ranges, long count, ulong seed = 1) =>
        new(ranges, new MonteCarloPoints(ranges.Length, seed), count, Text("Monte Carlo", count, ranges, seed));

    private protected override void Fill(long member, Span<double> values)
    {
        points.Point(member, values);
        for (int i = 0; i < values.Length; i++) values[i] = Ranges[i].Quantile(values[i]);
    }

    private static string Text(string kind, long count, ImmutableArray<DesignRange> ranges, ulong seed) =>
        string.Create(CultureInfo.InvariantCulture, $"{kind} of {count} members over {ranges.Length} {(ranges.Length == 1 ? "range" : "ranges")}, seed {seed}");
}
