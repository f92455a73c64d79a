using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;

namespace Protonmotive.Learning.Native;

/// <summary>
/// The versions of other libraries that a 64-bit little-endian ELF library asks for, and a cure for those it asks for without using them.
/// </summary>
/// <remarks>
/// The loader refuses a library if a version named in <c>.gnu.version_r</c> is not there, unless the entry is marked weak. A compiler
/// may name a version through a symbol that nothing in the file refers to (GCC 13 does so with <c>ios_base_library_init</c>, which only
/// forces a new libstdc++); such an entry can be marked weak without harm. Layout: System V gABI, chapter 4 (sections, symbols,
/// relocations), and Linux Standard Base Core 5.0, section 10.7 (symbol versions).
/// </remarks>
public sealed class ElfVersionNeeds
{
    private const int SymbolsSection = 11, RelocationsSection = 4, NeedsSection = 0x6ffffffe, VersionsSection = 0x6fffffff;
    private const int SectionHeaderSize = 64, RelocationSize = 24, VersionSize = 2;
    private const ushort Weak = 2;

    private readonly byte[] file;

    private ElfVersionNeeds(byte[] file, ImmutableArray<ElfVersionNeed> needs) => (this.file, Needs) = (file, needs);

    /// <summary>The versions asked for, in the order of the file.</summary>
    public ImmutableArray<ElfVersionNeed> Needs { get; }

    /// <summary>Reads a library.</summary>
    /// <param name="file">The whole file; it is kept, not copied.</param>
    /// <returns>What it asks for; null if it is no 64-bit little-endian ELF file, or is damaged.</returns>
    public static ElfVersionNeeds? Read(byte[] file)
    {
        try
        {
            return file.AsSpan().StartsWith("\x7f"u8) && file.AsSpan(1, 5).SequenceEqual("ELF\x02\x01"u8) ? new ElfVersionNeeds(file, Parse(file)) : null;
        }
        catch (Exception e) when (e is ArgumentOutOfRangeException or IndexOutOfRangeException or OverflowException)
        {
            return null;
        }
    }

    /// <summary>The file with every unused need marked weak.</summary>
    public byte[] WithUnusedMadeWeak()
    {
        var changed = (byte[])file.Clone();
        foreach (var need in Needs.Where(n => !n.IsUsed && !n.IsWeak))
            BinaryPrimitives.WriteUInt16LittleEndian(changed.AsSpan(need.FlagsOffset), (ushort)(need.Flags | Weak));
        return changed;
    }

    private static ImmutableArray<ElfVersionNeed> Parse(ReadOnlySpan<byte> file)
    {
        var sections = Sections(file);
        var used = VersionsInUse(file, sections);
        var needs = ImmutableArray.CreateBuilder<ElfVersionNeed>();
        foreach (var section in sections.Where(s => s.Type == NeedsSection))
        {
            int library = section.Offset;
            for (int i = 0; i < section.Information; i++) // its field sh_info counts the libraries
            {
                int count = U16(file, library + 2), version = library + Int(U32(file, library + 8));
                var name = Text(file, sections[section.Link], U32(file, library + 4));
                for (int k = 0; k < count; k++)
                {
                    ushort flags = U16(file, version + 4), index = U16(file, version + 6);
                    needs.Add(new ElfVersionNeed(name, Text(file, sections[section.Link], U32(file, version + 8)), flags, used.Contains(index & 0x7fff), version + 4));
                    version += Int(U32(file, version + 12));
                }
                library += Int(U32(file, library + 12));
            }
        }
        return needs.ToImmutable();
    }

    /// <summary>Version indices of the symbols that a relocation refers to.</summary>
    private static HashSet<int> VersionsInUse(ReadOnlySpan<byte> file, List<Section> sections)
    {
        var used = new HashSet<int>();
        int versions = sections.FindIndex(s => s.Type == VersionsSection);
        if (versions < 0) return used;
        foreach (var section in sections.Where(s => s.Type == RelocationsSection && s.Link < sections.Count && sections[s.Link].Type == SymbolsSection))
        {
            for (int i = 0; i + RelocationSize <= section.Size; i += RelocationSize)
            {
                int symbol = Int(U32(file, section.Offset + i + 12)); // the high half of r_info
                if (symbol != 0) used.Add(U16(file, sections[versions].Offset + (symbol * VersionSize)) & 0x7fff);
            }
        }
        return used;
    }

    private static List<Section> Sections(ReadOnlySpan<byte> file)
    {
        int start = Int(U64(file, 40)), count = U16(file, 60);
        var sections = new List<Section>(count);
        for (int i = 0; i < count; i++)
        {
            int at = start + (i * SectionHeaderSize);
            int type = unchecked((int)U32(file, at + 4));
            bool hasBytes = type is SymbolsSection or RelocationsSection or NeedsSection or VersionsSection or 3;
            sections.Add(new Section(type, hasBytes ? Int(U64(file, at + 24)) : 0, hasBytes ? Int(U64(file, at + 32)) : 0, Int(U32(file, at + 40)), Int(U32(file, at + 44) & 0x7fffffff)));
        }
        return sections;
    }

    private static string Text(ReadOnlySpan<byte> file, Section strings, uint offset)
    {
        var rest = file[(strings.Offset + Int(offset))..];
        return Encoding.ASCII.GetString(rest[..rest.IndexOf((byte)0)]);
    }

    private static ushort U16(ReadOnlySpan<byte> file, int at) => BinaryPrimitives.ReadUInt16LittleEndian(file[at..]);

    private static uint U32(ReadOnlySpan<byte> file, int at) => BinaryPrimitives.ReadUInt32LittleEndian(file[at..]);

    private static ulong U64(ReadOnlySpan<byte> file, int at) => BinaryPrimitives.ReadUInt64LittleEndian(file[at..]);

    private static int Int(ulong value) => checked((int)value);

    private readonly record struct Section(int Type, int Offset, int Size, int Link, int Information);
}
