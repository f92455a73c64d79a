namespace Protonmotive.Solvers.Designs;

/// <summary>Points of the unit cube, each computed from its index alone.</summary>
public abstract class UnitPoints
{
    private protected UnitPoints(int dimensions)
    {
        if (dimensions < 1) throw new DesignException($"Points of {dimensions} dimensions are asked for.", "sampling design", "Vary at least one quantity.");
        Dimensions = dimensions;
    }

    /// <summary>Number of coordinates.</summary>
    public int Dimensions { get; }

    /// <summary>The point of an index.</summary>
    /// <param name="index">From 0.</param>
    /// <param name="unit">Receives the coordinates, from 0 to 1; shape [dimensions].</param>
    public abstract void Point(long index, Span<double> unit);

    /// <summary>The words of a Philox counter are the index, the coordinate and this, so that no run's stream of numbers meets them.</summary>
    private protected const uint Domain = 0xD5160000;

    /// <summary>The middle of one of 2⁵² cells: neither 0 nor 1.</summary>
    private protected static double Middle(ulong cell) => (cell + 0.5) * (1.0 / (1UL << DirectionNumbers.Bits));
}
