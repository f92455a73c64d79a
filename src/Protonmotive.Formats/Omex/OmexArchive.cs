using System.Collections.Immutable;
using System.IO.Compression;
using System.Xml.Linq;
using Protonmotive.Formats.SedMl;
using Protonmotive.Formats.Sbml;

namespace Protonmotive.Formats.Omex;

/// <summary>
/// A COMBINE archive: a zip file with a manifest. Nothing is unpacked to the disk; a file is unpacked into memory when it is asked for,
/// and no further than its declared size.
/// </summary>
/// <remarks>Bergmann et al. (2014), BMC Bioinformatics 15:369.</remarks>
public sealed class OmexArchive : ExperimentFiles, IDisposable
{
    /// <summary>Name of the manifest.</summary>
    public const string ManifestName = "manifest.xml";

    private const int MostEntries = 10_000;
    private const long LargestTotal = 1_000_000_000, LargestRatio = 1_000, SmallEnough = 1_000_000;
    private static readonly uint[] checksums = Checksums();
    private readonly string file;
    private readonly ZipArchive zip;
    private readonly Dictionary<string, ZipArchiveEntry> entries = new(StringComparer.Ordinal);

    private OmexArchive(string file, ZipArchive zip)
    {
        this.file = file;
        this.zip = zip;
    }

    /// <summary>The files that the manifest lists, in its order.</summary>
    public ImmutableArray<OmexContent> Contents { get; private set; } = [];

    /// <inheritdoc/>
    public override string Place => $"archive {file}";

    /// <summary>Paths of all files in the archive, listed or not.</summary>
    public IEnumerable<string> Paths => entries.Keys;

    /// <summary>Opens an archive and reads its manifest.</summary>
    /// <exception cref="OmexException">It is no archive, is damaged, or asks for more than is safe.</exception>
    public static OmexArchive Open(string path) => Open(File.OpenRead(path), path);

    /// <summary>Opens an archive and reads its manifest.</summary>
    /// <param name="stream">The archive; closed with it.</param>
    /// <param name="name">Its name, for errors.</param>
    /// <exception cref="OmexException">It is no archive, is damaged, or asks for more than is safe.</exception>
    public static OmexArchive Open(Stream stream, string name)
    {
        ZipArchive? zip = null;
        try
        {
            zip = new ZipArchive(stream, ZipArchiveMode.Read);
            var archive = new OmexArchive(name, zip);
            archive.List();
            archive.ReadManifest();
            return archive;
        }
        catch (Exception e)
        {
            zip?.Dispose();
            stream.Dispose();
            if (e is InvalidDataException or EndOfStreamException or NotSupportedException)
                throw new OmexException($"The file is no zip archive that can be read: {e.Message}", name, "Check that it is complete; fetch it again.", e);
            throw;
        }
    }

    /// <summary>The SED-ML files to run: those marked as master, or all where none is.</summary>
    /// <exception cref="OmexException">There is none.</exception>
    public IReadOnlyList<OmexContent> Experiments()
    {
        var all = Contents.Where(c => c.IsSedMl).ToList();
        if (all.Count == 0) throw new OmexException("The archive holds no SED-ML file.", file, $"Its files are {string.Join(", ", Contents.Select(c => c.Path).Take(20))}; take out a model and run it by itself.");
        var masters = all.Where(c => c.IsMaster).ToList();
        return masters.Count > 0 ? masters : all;
    }

    /// <inheritdoc/>
    /// <exception cref="OmexException">The file is damaged, or not what the archive says.</exception>
    public override byte[]? Read(string path)
    {
        if (!entries.TryGetValue(path, out var entry)) return null;
        try
        {
            using var packed = entry.Open();
            var content = new byte[entry.Length];
            packed.ReadExactly(content);
            if (packed.ReadByte() >= 0 || Checksum(content) != entry.Crc32) throw new InvalidDataException("its size or checksum is not what the archive says.");
            return content;
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or NotSupportedException)
        {
            throw new OmexException($"'{path}' can't be unpacked: {e.Message}", file, "The archive is damaged or encrypted; fetch it again.", e);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => zip.Dispose();

    private void List()
    {
        if (zip.Entries.Count > MostEntries) throw Unsafe($"The archive has {zip.Entries.Count} entries, more than {MostEntries}.");
        long total = 0;
        foreach (var entry in zip.Entries)
        {
            if (entry.FullName.EndsWith('/') || entry.FullName.EndsWith('\\')) continue;
            var path = Resolve("", entry.FullName);
            if (path is null || entry.FullName.Split('/', '\\').Contains("..")) throw Unsafe($"The entry '{entry.FullName}' leads out of the archive.");
            total += entry.Length;
            if (entry.Length > LargestFile || total > LargestTotal) throw Unsafe($"Unpacked, '{path}' has {entry.Length} bytes and the archive so far {total}.");
            if (entry.Length > SmallEnough && entry.Length > LargestRatio * Math.Max(1, entry.CompressedLength)) throw Unsafe($"'{path}' unpacks to more than {LargestRatio} times its size.");
            if (!entries.TryAdd(path, entry)) throw Unsafe($"The archive holds '{path}' twice.");
        }
    }

    private void ReadManifest()
    {
        var where = $"{file}, {ManifestName}";
        var bytes = Read(ManifestName) ?? throw new OmexException($"The archive has no {ManifestName}.", file, "It is no COMBINE archive: add a manifest, or unpack it and run its SED-ML file.");
        XElement root;
        try
        {
            root = SafeXml.Load(new MemoryStream(bytes), where).Root!;
        }
        catch (SbmlException e)
        {
            throw new OmexException(e.What, e.Where, "Mend the manifest.", e);
        }
        if (root.Name.LocalName != "omexManifest") throw new OmexException($"The root element is <{root.Name.LocalName}>, not <omexManifest>.", where, "Mend the manifest.");
        var contents = ImmutableArray.CreateBuilder<OmexContent>();
        foreach (var e in root.Elements().Where(e => e.Name.LocalName == "content"))
        {
            var at = new SedNode(e, where);
            var location = (string?)e.Attribute("location") ?? "";
            if (location is "." or "./" or "/" or "") continue; // the archive itself
            var path = Resolve("", location.TrimStart('/')) ?? throw new OmexException($"The location '{location}' leads out of the archive.", at.Where, "Mend the manifest.");
            if (!entries.ContainsKey(path)) throw new OmexException($"The manifest lists '{location}', which the archive does not hold.", at.Where, "Add the file, or remove it from the manifest.");
            contents.Add(new OmexContent(path, (string?)e.Attribute("format") ?? "", SbmlReader.Flag(e, "master")));
        }
        Contents = contents.ToImmutable();
    }

    /// <summary>CRC-32 as zip files use it: polynomial 0x04C11DB7 reflected, start and end inverted.</summary>
    private static uint Checksum(ReadOnlySpan<byte> content)
    {
        uint rest = uint.MaxValue;
        foreach (byte b in content) rest = checksums[(byte)(rest ^ b)] ^ (rest >> 8);
        return ~rest;
    }

    private static uint[] Checksums()
    {
        var table = new uint[256];
        for (uint i = 0; i < 256; i++)
        {
            uint rest = i;
            for (int bit = 0; bit < 8; bit++) rest = (rest & 1) != 0 ? (rest >> 1) ^ 0xEDB88320 : rest >> 1;
            table[i] = rest;
        }
        return table;
    }

    private OmexException Unsafe(string what) => new(what, file, "Such an archive is not opened; make it again with fewer, smaller or properly named files.");
}
