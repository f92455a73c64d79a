using System.Runtime.InteropServices;

namespace Protonmotive.Learning.Native;

/// <summary>
/// Lets glibc keep what libtorch frees. By default large tensors and the end of the heap go back to the system at every step, and come as fresh pages at the next:
/// a tenth to a quarter of the time of a training (docs/learning-ledger.md).
/// </summary>
/// <remarks>The settings are those of mallopt(3) and hold for the process; where the environment says them (MALLOC_TRIM_THRESHOLD_, MALLOC_MMAP_THRESHOLD_, glibc.malloc in GLIBC_TUNABLES), it has the last word.</remarks>
internal static partial class FreedMemory
{
    private const int TrimThreshold = -1, MapThreshold = -3; // M_TRIM_THRESHOLD, M_MMAP_THRESHOLD

    /// <summary>Bytes at the end of the heap that are kept.</summary>
    private const int Kept = 1 << 30;

    /// <summary>Bytes from which on a tensor is not taken from the heap: the most that glibc allows.</summary>
    private const int Mapped = 32 << 20;

    /// <summary>Keeps it, where the C library is glibc.</summary>
    public static void Keep()
    {
        if (!OperatingSystem.IsLinux() || IsSaid("MALLOC_TRIM_THRESHOLD_", "") || IsSaid("MALLOC_MMAP_THRESHOLD_", "") || IsSaid("GLIBC_TUNABLES", "glibc.malloc.")) return;
        try
        {
            _ = Set(MapThreshold, Mapped);
            _ = Set(TrimThreshold, Kept);
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            // another C library: it works as before
        }
    }

    private static bool IsSaid(string variable, string part) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value && value.Contains(part, StringComparison.Ordinal);

    [LibraryImport("libc", EntryPoint = "mallopt")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Set(int parameter, int value);
}
