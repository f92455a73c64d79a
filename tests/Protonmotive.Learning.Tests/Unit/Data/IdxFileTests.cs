using System.IO.Compression;
using Protonmotive.Learning.Data;
using Xunit;

namespace Protonmotive.Learning.Tests.Unit.Data;

public sealed class IdxFileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("pmf-").FullName;

    /// <summary>Two rows of three unsigned bytes.</summary>
    private static readonly byte[] sample = [0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, 255];

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private string Write(byte[] bytes)
    {
        var path = Path.Combine(folder, "file");
        File.WriteAllBytes(path, bytes);
        return path;
    }

    private static byte[] Pack(byte[] bytes)
    {
        var packed = new MemoryStream();
        using (var stream = new GZipStream(packed, CompressionLevel.Optimal)) stream.Write(bytes);
        return packed.ToArray();
    }

    [Fact]
    public void Plain_and_packed_files_give_the_same()
    {
        foreach (var bytes in new[] { sample, Pack(sample) })
        {
            var file = IdxFile.Read(Write(bytes));
            Assert.Equal([2, 3], file.Shape);
            Assert.Equal([1f, 2, 3, 4, 5, 255], file.ToSingles());
        }
    }

    [Fact]
    public void Every_type_of_element_is_read()
    {
        float[] Values(params byte[] bytes) => IdxFile.Read(Write([0, 0, bytes[0], 1, 0, 0, 0, 1, .. bytes[1..]])).ToSingles();
        Assert.Equal([-2f], Values(0x09, 0xfe));
        Assert.Equal([-2f], Values(0x0B, 0xff, 0xfe));
        Assert.Equal([258f], Values(0x0C, 0, 0, 1, 2));
        Assert.Equal([1.5f], Values(0x0D, 0x3f, 0xc0, 0, 0));
        Assert.Equal([1.5f], Values(0x0E, 0x3f, 0xf8, 0, 0, 0, 0, 0, 0));
    }

    [Fact]
    public void Every_truncation_is_told_with_its_place()
    {
        for (int length = 0; length < sample.Length; length++)
        {
            var error = Assert.Throws<DataException>(() => IdxFile.Read(Write(sample[..length])));
            Assert.Contains("byte", error.Where, StringComparison.Ordinal);
        }
        Assert.Contains("truncated: its 2 × 3 elements need 18 bytes", Assert.Throws<DataException>(() => IdxFile.Read(Write(sample[..^1]))).What, StringComparison.Ordinal);
        Assert.Contains("too many", Assert.Throws<DataException>(() => IdxFile.Read(Write([.. sample, 0]))).What, StringComparison.Ordinal);
        var packed = Pack(sample);
        Assert.Throws<DataException>(() => IdxFile.Read(Write(packed[..^12])));
    }

    [Fact]
    public void Garbled_headers_are_told()
    {
        Assert.Contains("not in idx form", Assert.Throws<DataException>(() => IdxFile.Read(Write([.. "<!DOCTYPE html>"u8]))).What, StringComparison.Ordinal);
        byte[] huge = [0, 0, 8, 3, 0x7f, 0xff, 0xff, 0xff, 0x7f, 0xff, 0xff, 0xff, 0x7f, 0xff, 0xff, 0xff];
        Assert.Contains("Dimension 2", Assert.Throws<DataException>(() => IdxFile.Read(Write(huge))).What, StringComparison.Ordinal);
        byte[] negative = [0, 0, 8, 1, 0xff, 0xff, 0xff, 0xff];
        Assert.Contains("Dimension 1", Assert.Throws<DataException>(() => IdxFile.Read(Write(negative))).What, StringComparison.Ordinal);
        var broken = Pack(sample);
        broken[12] ^= 0xff;
        broken[14] ^= 0xff;
        Assert.Throws<DataException>(() => IdxFile.Read(Write(broken)));
    }
}
