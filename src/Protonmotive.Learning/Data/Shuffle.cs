namespace Protonmotive.Learning.Data;

/// <summary>Orders of examples by seed: the same seed and epoch give the same order on every machine.</summary>
/// <param name="Seed">The seed.</param>
public readonly record struct Shuffle(ulong Seed)
{
    /// <summary>The order of an epoch: a permutation of 0 to count − 1, by Fisher and Yates' shuffle (Knuth, TAOCP 2, 3.4.2, algorithm P).</summary>
    /// <param name="count">Number of examples.</param>
    /// <param name="epoch">Number of the epoch, from 0.</param>
    public long[] Order(int count, int epoch)
    {
        var random = new Philox(Seed);
        var order = new long[count];
        for (int i = 0; i < count; i++) order[i] = i;
        for (int i = count - 1; i > 0; i--)
        {
            int j = (int)(random.Uniform((uint)epoch, (uint)i) * (i + 1));
            (order[i], order[j]) = (order[j], order[i]);
        }
        return order;
    }

    /// <summary>The batches of an epoch: indices of examples, every one once; the last batch may be smaller.</summary>
    /// <param name="count">Number of examples.</param>
    /// <param name="size">Examples in a batch.</param>
    /// <param name="epoch">Number of the epoch, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The size is below 1.</exception>
    public IEnumerable<long[]> Batches(int count, int size, int epoch)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        return Order(count, epoch).Chunk(size);
    }

    /// <summary>Parts the examples into two sets that have none in common, in random order.</summary>
    /// <param name="count">Number of examples.</param>
    /// <param name="share">Share of the first set, 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The share is not from 0 to 1.</exception>
    public (long[] First, long[] Second) Split(int count, double share)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(share);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(share, 1);
        var order = Order(count, epoch: -1);
        int first = (int)Math.Round(share * count);
        return (order[..first], order[first..]);
    }
}
