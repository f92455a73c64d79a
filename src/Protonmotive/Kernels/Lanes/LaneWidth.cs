using System.Runtime.Intrinsics;

namespace Protonmotive.Kernels.Lanes;

/// <summary>How many members one instruction treats side by side.</summary>
internal static class LaneWidth
{
    /// <summary>The most this machine accelerates: software stands in for wider ones, several times slower.</summary>
    public static int Best => Vector512.IsHardwareAccelerated ? 8 : Vector256.IsHardwareAccelerated ? 4 : 1;

    /// <summary>Factors and solutions of more instructions than this run as loops where 8 members stand side by side: code and numbers together leave the cache.</summary>
    public const int WideLimit = 30_000;

    /// <summary>The width that suits a system: 4 where factors are written out for 4 and not for 8.</summary>
    public static int For(Factorization plan) => plan.Instructions is > WideLimit and <= RunPrograms.UnrollLimit ? Math.Min(4, Best) : Best;

    /// <summary>Checks a width that was asked for.</summary>
    /// <exception cref="KernelException">It is none of 1, 4 and 8.</exception>
    public static void Check(int lanes)
    {
        if (lanes is 1 or 4 or 8) return;
        throw new KernelException($"{lanes} members side by side are not possible.", "Width of an ensemble.", "Ask for 1, 4 or 8, or leave it out for what suits machine and system.");
    }
}
