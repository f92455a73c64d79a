using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Apache.Arrow.Ipc;

namespace Protonmotive.Reports.Scans;

/// <summary>
/// The finished parts of a scan on disk: a table and a record each, or, where no table is kept, a digest of all parts so far. Every
/// file is written beside its name and moved into place, the record last; what does not agree with its checksum is done again.
/// </summary>
internal sealed class PartFolder(ScanPlan plan, string key, string folder)
{
    private readonly MemberTable table = new(plan);

    private string DigestFile => Path.Combine(folder, "digest.bin");

    /// <summary>Writes a part.</summary>
    public void Write(int index, ScanPart part)
    {
        using var stream = new MemoryStream();
        using (var batch = table.Batch(part))
        using (var writer = new ArrowFileWriter(stream, table.Schema, leaveOpen: true))
        {
            writer.WriteRecordBatch(batch);
            writer.WriteEnd();
        }
        var bytes = stream.GetBuffer().AsSpan(0, (int)stream.Length);
        Replace(PartFile(index, "arrow"), bytes);
        WriteRecord(index, part, Convert.ToHexStringLower(SHA256.HashData(bytes)));
    }

    /// <summary>Writes a part of which only the digest is kept, then the digest of all parts so far.</summary>
    public void Write(int index, ScanPart part, ScanDigest digest)
    {
        WriteRecord(index, part, "");
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(key);
            writer.Write(index + 1);
            digest.Write(writer);
        }
        stream.Write(SHA256.HashData(stream.GetBuffer().AsSpan(0, (int)stream.Length)));
        Replace(DigestFile, stream.GetBuffer().AsSpan(0, (int)stream.Length));
    }

    /// <summary>Whether a part is there and whole.</summary>
    public bool Has(int index) => Record(index) is { } record && File.Exists(PartFile(index, "arrow")) && Checksum(PartFile(index, "arrow")) == record.Checksum;

    /// <summary>A part that is there.</summary>
    public ScanPart Read(int index)
    {
        var (first, count) = plan.Part(index);
        using var stream = File.OpenRead(PartFile(index, "arrow"));
        using var reader = new ArrowFileReader(stream);
        using var batch = reader.ReadNextRecordBatch() ?? throw new InvalidDataException("it holds no rows");
        return table.Read(batch, first, count, [.. Record(index)!.Failures]);
    }

    /// <summary>The digest of the parts so far and their number; an empty one where there is none, or where it or a record is damaged.</summary>
    public (ScanDigest Digest, int Parts) ReadDigest()
    {
        try
        {
            var bytes = File.ReadAllBytes(DigestFile);
            if (bytes.Length > 32 && SHA256.HashData(bytes.AsSpan(0, bytes.Length - 32)).AsSpan().SequenceEqual(bytes.AsSpan(bytes.Length - 32)))
            {
                using var reader = new BinaryReader(new MemoryStream(bytes, 0, bytes.Length - 32));
                if (reader.ReadString() == key)
                {
                    int parts = reader.ReadInt32();
                    if (Enumerable.Range(0, parts).All(i => Record(i) is not null)) return (ScanDigest.Read(reader, plan), parts);
                }
            }
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or InvalidDataException or EndOfStreamException)
        {
            // Done again from the start.
        }
        return (new ScanDigest(plan), 0);
    }

    /// <summary>Members of a part that failed.</summary>
    public IEnumerable<ScanFailure> Failures(int index) => Record(index)?.Failures ?? [];

    private PartRecord? Record(int index)
    {
        var (first, count) = plan.Part(index);
        try
        {
            var record = JsonSerializer.Deserialize(File.ReadAllText(PartFile(index, "json")), ScanJson.Default.PartRecord);
            return record is not null && record.Key == key && record.First == first && record.Count == count && !record.Failures.IsDefault ? record : null;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or JsonException)
        {
            return null;
        }
    }

    private void WriteRecord(int index, ScanPart part, string checksum) =>
        Replace(PartFile(index, "json"), JsonSerializer.SerializeToUtf8Bytes(new PartRecord(key, part.First, part.Count, checksum, [.. part.Failures]), ScanJson.Default.PartRecord));

    private string PartFile(int index, string ending) => Path.Combine(folder, $"part-{index:d6}.{ending}");

    private static string Checksum(string path)
    {
        using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    /// <summary>Writes beside a name and moves into place.</summary>
    internal static void Replace(string path, ReadOnlySpan<byte> bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using (var file = File.Create(path + ".writing")) file.Write(bytes);
        File.Move(path + ".writing", path, overwrite: true);
    }
}
