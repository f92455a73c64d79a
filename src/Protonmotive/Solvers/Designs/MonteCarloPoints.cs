namespace Protonmotive.Solvers.Designs;

/// <summary>Independent random points.</summary>
/// <param name="dimensions">Number of coordinates.</param>
/// <param name="seed">Seed.</param>
public sealed class MonteCarloPoints(int dimensions, ulong seed) : UnitPoints(dimensions)
{
    private readonly Philox philox = new(seed);

    /// <inheritdoc/>
    public override void Point(long index, Span<double> unit)
    {
        for (int d = 0; d < Dimensions; d += 2)
        {
            var (w0, w1, w2, w3) = philox.Block((uint)index, (uint)(index >> 32), (uint)d, Domain + 2);
            unit[d] = Middle((((ulong)w0 << 32) | w1) >> 12);
            if (d + 1 < Dimensions) unit[d + 1] = Middle((((ulong)w2 << 32) | w3) >> 12);
        }
    }
}
