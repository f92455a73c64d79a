namespace Protonmotive.Solvers;

/// <summary>A counter-based random generator: the same seed, stream and draw give the same number on any thread.</summary>
/// <remarks>Philox4x32-10: Salmon, Moraes, Dror and Shaw (2011), Parallel random numbers: as easy as 1, 2, 3, SC11.</remarks>
public readonly record struct Philox(ulong Seed)
{
    /// <summary>A number in [0, 1) for a member and a draw.</summary>
    public double Uniform(uint member, uint draw)
    {
        uint c0 = draw, c1 = member, c2 = 0, c3 = 0;
        uint k0 = (uint)Seed, k1 = (uint)(Seed >> 32);
        for (int round = 0; round < 10; round++)
        {
            ulong p0 = (ulong)0xD2511F53 * c0, p1 = (ulong)0xCD9E8D57 * c2;
            (c0, c1, c2, c3) = ((uint)(p1 >> 32) ^ c1 ^ k0, (uint)p1, (uint)(p0 >> 32) ^ c3 ^ k1, (uint)p0);
            k0 += 0x9E3779B9;
            k1 += 0xBB67AE85;
        }
        return ((((ulong)c0 << 32) | c1) >> 11) * (1.0 / (1UL << 53));
    }
}
