namespace Protonmotive.Solvers.Designs;

/// <summary>N points of which each coordinate has one in every Nth part of its range, placed at random within it.</summary>
/// <remarks>
/// McKay, Beckman and Conover (1979), Technometrics 21, 239-245. Coordinates are joined by keyed permutations
/// (<see cref="KeyedPermutation"/>), so a point needs no table.
/// </remarks>
public sealed class LatinHypercube : UnitPoints
{
    private readonly long count;
    private readonly Philox philox;
    private readonly KeyedPermutation[] permutations;

    /// <summary>A hypercube.</summary>
    /// <param name="dimensions">Number of coordinates.</param>
    /// <param name="count">Number of points N.</param>
    /// <param name="seed">Seed.</param>
    /// <exception cref="DesignException">No dimension, or no point.</exception>
    public LatinHypercube(int dimensions, long count, ulong seed)
        : base(dimensions)
    {
        this.count = count;
        philox = new Philox(seed);
        permutations = [.. Enumerable.Range(0, dimensions).Select(d => new KeyedPermutation(count, seed, (uint)d))];
    }

    /// <inheritdoc/>
    /// <exception cref="DesignException">No such point.</exception>
    public override void Point(long index, Span<double> unit)
    {
        for (int d = 0; d < Dimensions; d++)
        {
            var block = philox.Block((uint)index, (uint)(index >> 32), (uint)d, Domain + 3);
            double within = Middle((((ulong)block.Word0 << 32) | block.Word1) >> 12);
            double u = (permutations[d].Of(index) + within) / count;
            unit[d] = u < 1 ? u : Math.BitDecrement(1.0);
        }
    }
}
