namespace Protonmotive.Reports.Figures.Diagrams;

/// <summary>Places along a layer: each node as near as it can be to what it is linked with, in the given order and without overlap.</summary>
internal static class DiagramSpacing
{
    /// <summary>Positions nearest to the wanted ones, in least squares, that keep the order and the distances.</summary>
    /// <param name="wanted">Wanted positions, in the order of the nodes.</param>
    /// <param name="weights">Weight of each.</param>
    /// <param name="distances">Least distance of each node from the one before it; the first is not read.</param>
    /// <remarks>Less the sums of the distances this is isotonic regression, solved by pooling adjacent violators (Barlow et al. 1972).</remarks>
    public static double[] Nearest(IReadOnlyList<double> wanted, IReadOnlyList<double> weights, IReadOnlyList<double> distances)
    {
        var offset = new double[wanted.Count];
        for (int i = 1; i < offset.Length; i++) offset[i] = offset[i - 1] + distances[i];
        var pools = new List<(double Sum, double Weight, int Count)>();
        for (int i = 0; i < offset.Length; i++)
        {
            var pool = (Sum: weights[i] * (wanted[i] - offset[i]), Weight: weights[i], Count: 1);
            while (pools.Count > 0 && pools[^1].Sum / pools[^1].Weight >= pool.Sum / pool.Weight)
            {
                pool = (pool.Sum + pools[^1].Sum, pool.Weight + pools[^1].Weight, pool.Count + pools[^1].Count);
                pools.RemoveAt(pools.Count - 1);
            }
            pools.Add(pool);
        }
        var placed = new double[offset.Length];
        int at = 0;
        foreach (var (sum, weight, count) in pools) for (int k = 0; k < count; k++, at++) placed[at] = (sum / weight) + offset[at];
        return placed;
    }
}
