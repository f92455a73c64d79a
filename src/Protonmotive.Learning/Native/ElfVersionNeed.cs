namespace Protonmotive.Learning.Native;

/// <summary>A version of another library that an ELF library asks for.</summary>
/// <param name="Library">The other library, e.g. libstdc++.so.6.</param>
/// <param name="Version">The version, e.g. GLIBCXX_3.4.32.</param>
/// <param name="Flags">The entry's flags, <c>vna_flags</c>.</param>
/// <param name="IsUsed">Whether a relocation refers to a symbol of that version.</param>
/// <param name="FlagsOffset">Where the flags stand in the file, in bytes.</param>
public sealed record ElfVersionNeed(string Library, string Version, ushort Flags, bool IsUsed, int FlagsOffset)
{
    /// <summary>Whether the loader goes on without it.</summary>
    public bool IsWeak => (Flags & 2) != 0;
}
