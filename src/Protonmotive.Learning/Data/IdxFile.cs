using System.Buffers.Binary;
using System.Collections.Immutable;
using System.IO.Compression;

namespace Protonmotive.Learning.Data;

/// <summary>An array as the idx format holds it: MNIST's images and labels, and those of its kin.</summary>
/// <remarks>
/// Layout (LeCun, Cortes and Burges, THE MNIST DATABASE, "file formats"): two zero bytes, the element type, the number of dimensions,
/// each dimension as a big-endian 32-bit integer, then the elements, big-endian, the last index fastest.
/// </remarks>
public sealed class IdxFile
{
    private readonly byte[] bytes;
    private readonly int first;

    private IdxFile(IdxElement element, ImmutableArray<int> shape, byte[] bytes, int first) => (Element, Shape, this.bytes, this.first) = (element, shape, bytes, first);

    /// <summary>Type of the elements.</summary>
    public IdxElement Element { get; }

    /// <summary>The dimensions.</summary>
    public ImmutableArray<int> Shape { get; }

    /// <summary>Number of elements.</summary>
    public int Count => Shape.Aggregate(1, (a, b) => a * b);

    /// <summary>Reads a file, packed by gzip or not.</summary>
    /// <param name="path">The file; what it is packed by is read from its first bytes, not from its name.</param>
    /// <exception cref="DataException">It is no idx file, is truncated or has too much.</exception>
    /// <exception cref="IOException">It can't be read.</exception>
    public static IdxFile Read(string path)
    {
        var bytes = File.ReadAllBytes(path);
        if (bytes.AsSpan().StartsWith((ReadOnlySpan<byte>)[0x1f, 0x8b])) bytes = Unpack(bytes, path);
        return Parse(bytes, path);
    }

    /// <summary>The elements in the order of the file.</summary>
    public float[] ToSingles()
    {
        var values = new float[Count];
        var data = bytes.AsSpan(first);
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = Element switch
            {
                IdxElement.UnsignedByte => data[i],
                IdxElement.SignedByte => (sbyte)data[i],
                IdxElement.Integer16 => BinaryPrimitives.ReadInt16BigEndian(data[(2 * i)..]),
                IdxElement.Integer32 => BinaryPrimitives.ReadInt32BigEndian(data[(4 * i)..]),
                IdxElement.Floating32 => BinaryPrimitives.ReadSingleBigEndian(data[(4 * i)..]),
                _ => (float)BinaryPrimitives.ReadDoubleBigEndian(data[(8 * i)..]),
            };
        }
        return values;
    }

    private static IdxFile Parse(byte[] bytes, string path)
    {
        if (bytes.Length < 4 || bytes[0] != 0 || bytes[1] != 0 || !Enum.IsDefined((IdxElement)bytes[2]) || bytes[3] == 0)
            throw Damaged($"The file is not in idx form: it starts with {Convert.ToHexStringLower(bytes.AsSpan(0, Math.Min(4, bytes.Length)))}.", $"{path}, byte 0");
        int dimensions = bytes[3], header = 4 + (4 * dimensions);
        if (bytes.Length < header) throw Damaged($"The file ends within its {dimensions} dimensions.", $"{path}, byte {bytes.Length} of {header}");
        var shape = new int[dimensions];
        long count = 1;
        for (int i = 0; i < dimensions; i++)
        {
            shape[i] = BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(4 + (4 * i)));
            if (shape[i] < 0 || (count *= shape[i]) > int.MaxValue) throw Damaged($"Dimension {i + 1} is {(uint)shape[i]}, which can't be.", $"{path}, byte {4 + (4 * i)}");
        }
        long expected = header + (count * Size((IdxElement)bytes[2]));
        if (bytes.Length < expected) throw Damaged($"The file is truncated: its {string.Join(" × ", shape)} elements need {expected} bytes.", $"{path}, byte {bytes.Length}");
        if (bytes.Length > expected) throw Damaged($"The file has {bytes.Length - expected} bytes too many after its {string.Join(" × ", shape)} elements.", $"{path}, byte {expected}");
        return new IdxFile((IdxElement)bytes[2], [.. shape], bytes, header);
    }

    private static byte[] Unpack(byte[] packed, string path)
    {
        var unpacked = new MemoryStream();
        try
        {
            using var stream = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
            stream.CopyTo(unpacked);
            return unpacked.ToArray();
        }
        catch (InvalidDataException e)
        {
            throw Damaged($"The packed data are damaged: {e.Message}", $"{path}, after {unpacked.Length} unpacked bytes", e);
        }
    }

    private static int Size(IdxElement element) => element switch
    {
        IdxElement.UnsignedByte or IdxElement.SignedByte => 1,
        IdxElement.Integer16 => 2,
        IdxElement.Floating64 => 8,
        _ => 4,
    };

    private static DataException Damaged(string what, string where, Exception? inner = null) => new(what, where, "Fetch the file again.", inner);
}
