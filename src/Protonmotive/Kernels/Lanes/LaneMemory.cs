using System.Runtime.InteropServices;

namespace Protonmotive.Kernels.Lanes;

/// <summary>Native memory for lanes: aligned to 64 bytes, cleared; freed by <see cref="NativeMemory.AlignedFree"/>.</summary>
internal static unsafe class LaneMemory
{
    /// <summary>Room for some slots of several lanes each.</summary>
    public static double* Allocate(int slots, int lanes)
    {
        nuint bytes = (nuint)Math.Max(1, slots) * (nuint)lanes * sizeof(double);
        var memory = NativeMemory.AlignedAlloc(bytes, 64);
        NativeMemory.Clear(memory, bytes);
        return (double*)memory;
    }
}
