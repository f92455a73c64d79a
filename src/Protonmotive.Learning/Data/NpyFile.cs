using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;

namespace Protonmotive.Learning.Data;

/// <summary>Reads arrays of numbers with one axis from numpy's files.</summary>
/// <remarks>Format (numpy, format version 1.0 and 2.0): "\x93NUMPY", version, length of the header, the header as a Python dictionary, then the numbers.</remarks>
public static partial class NpyFile
{
    private const long Largest = 1L << 30;

    /// <summary>Reads a member of a zip archive.</summary>
    /// <exception cref="DataException">There is no such member, or it is damaged.</exception>
    /// <exception cref="IOException">It can't be read.</exception>
    public static double[] ReadPacked(string archive, string member)
    {
        try
        {
            using var zip = ZipFile.OpenRead(archive);
            var entry = zip.GetEntry(member) ?? throw new DataException($"The archive has no {member}.", archive, "Fetch it again.");
            if (entry.Length > Largest) throw new DataException($"{member} would unpack to {entry.Length} bytes.", archive, "Fetch it again.");
            using var stream = entry.Open();
            var bytes = new byte[entry.Length];
            stream.ReadExactly(bytes);
            return Parse(bytes, $"{archive}, {member}");
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
            throw new DataException($"The archive is damaged: {e.Message}", archive, "Fetch it again.", e);
        }
    }

    /// <summary>Reads an array.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="name">Its name in messages.</param>
    /// <exception cref="DataException">It is no such file, or has more than one axis or numbers of another kind.</exception>
    public static double[] Parse(ReadOnlySpan<byte> bytes, string name)
    {
        if (bytes.Length < 12 || bytes[0] != 0x93 || !bytes[1..6].SequenceEqual("NUMPY"u8)) throw new DataException("This is no file of numpy.", $"{name}, byte 0", "Save it by numpy.save.");
        int offset = bytes[6] == 1 ? 10 : 12, length = bytes[6] == 1 ? BinaryPrimitives.ReadUInt16LittleEndian(bytes[8..]) : BinaryPrimitives.ReadInt32LittleEndian(bytes[8..]);
        if (length < 0 || offset + length > bytes.Length) throw new DataException("The file ends within its header.", $"{name}, byte {bytes.Length}", "Save it again.");
        var header = HeaderPattern().Match(Encoding.Latin1.GetString(bytes.Slice(offset, length)));
        if (!header.Success) throw new DataException("The array has more than one axis, or numbers of a kind that is not read.", name, "Save one row of little-endian numbers, e.g. by numpy.save(file, x.ravel().astype('<f8')).");
        var data = bytes[(offset + length)..];
        var kind = header.Groups[1].Value;
        if (!int.TryParse(header.Groups[2].Value, out int count)) count = -1;
        int size = kind[^1] - '0';
        if (count < 0 || (long)count * size != data.Length) throw new DataException($"The array should have {header.Groups[2].Value} numbers of {size} bytes; there are {data.Length} bytes.", name, "The file is truncated: fetch it again.");
        var values = new double[count];
        for (int i = 0; i < count; i++)
        {
            var at = data.Slice(i * size, size);
            values[i] = kind[^2..] switch
            {
                "u1" => at[0],
                "u2" => BinaryPrimitives.ReadUInt16LittleEndian(at),
                "i2" => BinaryPrimitives.ReadInt16LittleEndian(at),
                "i4" => BinaryPrimitives.ReadInt32LittleEndian(at),
                "i8" => BinaryPrimitives.ReadInt64LittleEndian(at),
                "f4" => BinaryPrimitives.ReadSingleLittleEndian(at),
                _ => BinaryPrimitives.ReadDoubleLittleEndian(at),
            };
        }
        return values;
    }

    [GeneratedRegex(@"'descr': '([<|](?:u1|u2|i2|i4|i8|f4|f8))'.*'shape': \((\d+),\)")]
    private static partial Regex HeaderPattern();
}
