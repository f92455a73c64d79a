using System.Globalization;

namespace Protonmotive.Solvers.Designs;

/// <summary>
/// The Sobol sequence: the first 2ᵐ points fill the cube evenly, for every m. Shifted digitally by a seed, which keeps that
/// and makes every coordinate unbiased; or as published, beginning with 0.
/// </summary>
/// <remarks>
/// Sobol (1967), USSR Comput. Math. Math. Phys. 7, 86-112; in the order of Antonov and Saleev (1979), ibid. 19, 252-256, where
/// the bits of the Gray code of the index say which direction numbers are added. Direction numbers of Joe and Kuo (2008).
/// </remarks>
public sealed class SobolSequence : UnitPoints
{
    private readonly ulong[][] directions;
    private readonly ulong[]? shift;

    /// <summary>A sequence.</summary>
    /// <param name="dimensions">Number of coordinates, at most 2048.</param>
    /// <param name="seed">Seed of the shift; null for the sequence as published.</param>
    /// <exception cref="DesignException">Too many dimensions, or none.</exception>
    public SobolSequence(int dimensions, ulong? seed)
        : base(dimensions)
    {
        if (dimensions > DirectionNumbers.MostDimensions)
            throw new DesignException($"A Sobol sequence of {dimensions} dimensions is asked for.", "sampling design", $"Vary at most {DirectionNumbers.MostDimensions} quantities (half as many for Sobol indices), or take a Latin hypercube.");
        directions = [.. Enumerable.Range(0, dimensions).Select(DirectionNumbers.Of)];
        if (seed is not { } key) return;
        var philox = new Philox(key);
        shift = [.. Enumerable.Range(0, dimensions).Select(d =>
        {
            var block = philox.Block(0, 0, (uint)d, Domain + 1);
            return (((ulong)block.Word0 << 32) | block.Word1) >> (64 - DirectionNumbers.Bits);
        })];
    }

    /// <inheritdoc/>
    /// <exception cref="DesignException">The index is negative or needs more than 52 bits.</exception>
    public override void Point(long index, Span<double> unit)
    {
        if (index < 0 || index >> DirectionNumbers.Bits != 0) throw new DesignException($"A Sobol sequence has no point {index.ToString(CultureInfo.InvariantCulture)}.", "sampling design", "Points count from 0 to 2^52 - 1.");
        ulong gray = (ulong)(index ^ (index >> 1));
        for (int d = 0; d < Dimensions; d++)
        {
            ulong x = 0;
            var v = directions[d];
            for (ulong bits = gray; bits != 0; bits &= bits - 1) x ^= v[System.Numerics.BitOperations.TrailingZeroCount(bits)];
            unit[d] = shift is null ? x * (1.0 / (1UL << DirectionNumbers.Bits)) : Middle(x ^ shift[d]);
        }
    }
}
