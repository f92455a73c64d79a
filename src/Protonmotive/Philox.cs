using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Protonmotive;

/// <summary>A counter-based random generator: the same seed, stream and draw give the same number on any thread.</summary>
/// <remarks>Philox4x32-10: Salmon, Moraes, Dror and Shaw (2011), Parallel random numbers: as easy as 1, 2, 3, SC11.</remarks>
public readonly record struct Philox(ulong Seed)
{
    /// <summary>How many numbers <see cref="Fill"/> makes at once: both halves of eight blocks.</summary>
    internal const int Batch = 16;

    private const uint Multiplier0 = 0xD2511F53, Multiplier1 = 0xCD9E8D57, Weyl0 = 0x9E3779B9, Weyl1 = 0xBB67AE85;
    private const int Rounds = 10;

    /// <summary>A number in [0, 1) for a member and a draw.</summary>
    public double Uniform(uint member, uint draw)
    {
        var block = Block(draw, member, 0, 0);
        return ((((ulong)block.Word0 << 32) | block.Word1) >> 11) * (1.0 / (1UL << 53));
    }

    /// <summary>The four random words of a counter of four words, keyed by the seed (its low word first).</summary>
    public (uint Word0, uint Word1, uint Word2, uint Word3) Block(uint c0, uint c1, uint c2, uint c3)
    {
        uint k0 = (uint)Seed, k1 = (uint)(Seed >> 32);
        for (int round = 0; round < Rounds; round++)
        {
            ulong p0 = (ulong)Multiplier0 * c0, p1 = (ulong)Multiplier1 * c2;
            (c0, c1, c2, c3) = ((uint)(p1 >> 32) ^ c1 ^ k0, (uint)p1, (uint)(p0 >> 32) ^ c3 ^ k1, (uint)p0);
            k0 += Weyl0;
            k1 += Weyl1;
        }
        return (c0, c1, c2, c3);
    }

    /// <summary>
    /// Eight blocks in a row: the numbers 0 to 7 are their words 0 and 1, the numbers 8 to 15 their words 2 and 3. The counter
    /// is the block's index in its two low words and the member in the two high ones.
    /// </summary>
    /// <param name="member">Which stream.</param>
    /// <param name="firstBlock">Index of the first block; a multiple of 8.</param>
    /// <param name="numbers">Receives the numbers, shape [<see cref="Batch"/>].</param>
    internal void Fill(ulong member, ulong firstBlock, Span<ulong> numbers)
    {
        if (Avx2.IsSupported) FillWide(member, firstBlock, numbers);
        else FillPlain(member, firstBlock, numbers);
    }

    /// <summary>As <see cref="Fill"/>, word by word: the plain path.</summary>
    internal void FillPlain(ulong member, ulong firstBlock, Span<ulong> numbers)
    {
        for (int k = 0; k < Batch / 2; k++)
        {
            ulong block = firstBlock + (ulong)k;
            var (w0, w1, w2, w3) = Block((uint)block, (uint)(block >> 32), (uint)member, (uint)(member >> 32));
            numbers[k] = ((ulong)w0 << 32) | w1;
            numbers[k + (Batch / 2)] = ((ulong)w2 << 32) | w3;
        }
    }

    // Two chains of four blocks, one word in the low half of each 64-bit lane; firstBlock is a multiple of 8, so its low word
    // does not overflow within a batch.
    private void FillWide(ulong member, ulong firstBlock, Span<ulong> numbers)
    {
        var low = Vector256.Create(0xFFFFFFFFUL);
        var a0 = Vector256.Create(firstBlock & 0xFFFFFFFF) + Vector256.Create(0UL, 1, 2, 3);
        var b0 = a0 + Vector256.Create(4UL);
        var a1 = Vector256.Create(firstBlock >> 32);
        var a2 = Vector256.Create(member & 0xFFFFFFFF);
        var a3 = Vector256.Create(member >> 32);
        var (b1, b2, b3) = (a1, a2, a3);
        var m0 = Vector256.Create((ulong)Multiplier0).AsUInt32();
        var m1 = Vector256.Create((ulong)Multiplier1).AsUInt32();
        uint k0 = (uint)Seed, k1 = (uint)(Seed >> 32);
        for (int round = 0; round < Rounds; round++)
        {
            var key0 = Vector256.Create((ulong)k0);
            var key1 = Vector256.Create((ulong)k1);
            Round(ref a0, ref a1, ref a2, ref a3, m0, m1, key0, key1, low);
            Round(ref b0, ref b1, ref b2, ref b3, m0, m1, key0, key1, low);
            k0 += Weyl0;
            k1 += Weyl1;
        }
        ((a0 << 32) | a1).CopyTo(numbers);
        ((b0 << 32) | b1).CopyTo(numbers[4..]);
        ((a2 << 32) | a3).CopyTo(numbers[8..]);
        ((b2 << 32) | b3).CopyTo(numbers[12..]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Round(ref Vector256<ulong> c0, ref Vector256<ulong> c1, ref Vector256<ulong> c2, ref Vector256<ulong> c3,
        Vector256<uint> m0, Vector256<uint> m1, Vector256<ulong> key0, Vector256<ulong> key1, Vector256<ulong> low)
    {
        var p0 = Avx2.Multiply(c0.AsUInt32(), m0);
        var p1 = Avx2.Multiply(c2.AsUInt32(), m1);
        c0 = (p1 >> 32) ^ c1 ^ key0;
        c1 = p1 & low;
        c2 = (p0 >> 32) ^ c3 ^ key1;
        c3 = p0 & low;
    }
}
