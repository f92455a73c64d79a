using System.Globalization;
using System.Numerics;

namespace Protonmotive.Solvers.Designs;

/// <summary>A random-looking permutation of 0 … N − 1 given by a key: any entry is computed by itself.</summary>
/// <remarks>
/// A Feistel network over the next power of two (Luby and Rackoff 1988, SIAM J. Comput. 17, 373-386) with Philox as its round
/// function, followed until it falls below N (Black and Rogaway 2002, Ciphers with arbitrary finite domains, CT-RSA).
/// </remarks>
internal sealed class KeyedPermutation
{
    private const int Rounds = 6;
    private const uint Domain = 0xD5160004;

    private readonly Philox philox;
    private readonly uint key;
    private readonly ulong count;
    private readonly int leftBits, rightBits;

    /// <summary>A permutation.</summary>
    /// <param name="count">N, from 1 to 2⁶².</param>
    /// <param name="seed">Seed.</param>
    /// <param name="key">Tells permutations of one seed apart.</param>
    public KeyedPermutation(long count, ulong seed, uint key)
    {
        if (count < 1) throw new DesignException($"A design of {count.ToString(CultureInfo.InvariantCulture)} members is asked for.", "sampling design", "Ask for at least one member.");
        this.count = (ulong)count;
        this.key = key;
        philox = new Philox(seed);
        int bits = Math.Max(2, 64 - BitOperations.LeadingZeroCount((ulong)count - 1));
        leftBits = bits / 2;
        rightBits = bits - leftBits;
    }

    /// <summary>Where an index goes.</summary>
    public long Of(long index)
    {
        if (index < 0 || (ulong)index >= count) throw new DesignException($"There is no member {index.ToString(CultureInfo.InvariantCulture)}.", $"design of {count.ToString(CultureInfo.InvariantCulture)} members", "Members count from 0.");
        ulong x = (ulong)index;
        do x = Encrypt(x);
        while (x >= count);
        return (long)x;
    }

    // The halves change places every round, their lengths with them; after an even number of rounds all is as before.
    private ulong Encrypt(ulong x)
    {
        var (left, right) = (x >> rightBits, x & ((1UL << rightBits) - 1));
        var (a, b) = (leftBits, rightBits);
        for (uint round = 0; round < Rounds; round++)
        {
            var block = philox.Block((uint)right, (uint)(right >> 32), key, Domain + round);
            ulong mask = (1UL << a) - 1;
            (left, right) = (right, left ^ ((((ulong)block.Word0 << 32) | block.Word1) & mask));
            (a, b) = (b, a);
        }

        return (left << rightBits) | right;
    }
}
