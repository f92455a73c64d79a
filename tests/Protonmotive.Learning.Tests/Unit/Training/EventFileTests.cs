using System.Buffers.Binary;
using System.Text;
using Protonmotive.Learning.Training;
using Xunit;

namespace Protonmotive.Learning.Tests.Unit.Training;

/// <summary>Event files, read back by a reader of its own: bit by bit, from the descriptions of the formats alone.</summary>
public class EventFileTests
{
    /// <summary>RFC 3720, B.4: CRC-32C of 32 bytes of zeros, of ones, and of 0 to 31; masked as TensorFlow says.</summary>
    [Theory]
    [InlineData(0x00, 0, 0x8A9136AAu)]
    [InlineData(0xFF, 0, 0x62A8AB43u)]
    [InlineData(0x00, 1, 0x46DD794Eu)]
    public void Checksums_are_those_of_the_standard(int first, int step, uint expected)
    {
        var data = Enumerable.Range(0, 32).Select(i => (byte)(first + (i * step))).ToArray();
        Assert.Equal(unchecked(((expected >> 15) | (expected << 17)) + 0xa282ead8), EventFile.MaskedChecksum(data));
        Assert.Equal(expected, Crc(data));
    }

    [Fact]
    public void What_was_written_is_read_back()
    {
        var time = new DateTimeOffset(2026, 11, 29, 2, 0, 0, 250, TimeSpan.Zero);
        var stream = new MemoryStream();
        using (var file = new EventFile(stream, time))
        {
            file.Write(0, [("loss/probe", 2.5), ("loss/batch", -1e-3)]);
            file.Write(300, [("Δ/‖θ‖", double.NaN)]);
            file.Write(301, []);
        }
        var events = Read(stream.ToArray());
        Assert.Equal(3, events.Count);
        Assert.Equal(("brain.Event:2", 0L, 0), (events[0].Version, events[0].Step, events[0].Scalars.Count));
        Assert.All(events, e => Assert.Equal(1795917600.25, e.Time)); // seconds since 1970, by date(1)
        Assert.Equal([("loss/probe", 2.5f), ("loss/batch", -1e-3f)], events[1].Scalars);
        Assert.Equal((300L, "Δ/‖θ‖"), (events[2].Step, events[2].Scalars[0].Tag));
        Assert.True(float.IsNaN(events[2].Scalars[0].Value));
    }

    private static List<(double Time, long Step, string Version, List<(string Tag, float Value)> Scalars)> Read(byte[] bytes)
    {
        var events = new List<(double, long, string, List<(string, float)>)>();
        for (int at = 0; at < bytes.Length;)
        {
            int length = (int)BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(at));
            Assert.Equal(Masked(bytes[at..(at + 8)]), BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at + 8)));
            var data = bytes[(at + 12)..(at + 12 + length)];
            Assert.Equal(Masked(data), BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at + 12 + length)));
            double time = 0;
            long step = 0;
            var version = "";
            var scalars = new List<(string, float)>();
            foreach (var (field, value) in Fields(data)) // event.proto: wall_time 1, step 2, file_version 3, summary 5
            {
                if (field == 1) time = BitConverter.ToDouble(value);
                if (field == 2) step = BitConverter.ToInt64(value);
                if (field == 3) version = Encoding.UTF8.GetString(value);
                if (field == 5) scalars.AddRange(Fields(value).Select(v => Scalar(v.Value))); // summary.proto: value 1
            }
            events.Add((time, step, version, scalars));
            at += 16 + length;
        }
        return events;
    }

    private static (string, float) Scalar(byte[] data) // summary.proto: tag 1, simple_value 2
    {
        var fields = Fields(data).ToDictionary(f => f.Field, f => f.Value);
        return (Encoding.UTF8.GetString(fields[1]), BitConverter.ToSingle(fields[2]));
    }

    /// <summary>The fields of a protobuf message: a tag of number and kind, then a varint, 8 bytes, a length and bytes, or 4 bytes.</summary>
    private static List<(int Field, byte[] Value)> Fields(byte[] data)
    {
        var fields = new List<(int, byte[])>();
        int at = 0;
        long Varint()
        {
            long value = 0;
            for (int shift = 0; ; shift += 7)
            {
                byte b = data[at++];
                value |= (long)(b & 127) << shift;
                if (b < 128) return value;
            }
        }
        while (at < data.Length)
        {
            int tag = (int)Varint();
            if ((tag & 7) == 0)
            {
                fields.Add((tag >> 3, BitConverter.GetBytes(Varint())));
                continue;
            }
            int length = (tag & 7) switch { 1 => 8, 5 => 4, 2 => (int)Varint(), _ => throw new InvalidDataException() };
            fields.Add((tag >> 3, data[at..(at + length)]));
            at += length;
        }
        return fields;
    }

    private static uint Masked(byte[] data) => Crc(data) is var c ? unchecked(((c >> 15) | (c << 17)) + 0xa282ead8) : 0;

    private static uint Crc(byte[] data)
    {
        uint crc = uint.MaxValue;
        foreach (byte b in data)
        {
            crc ^= b;
            for (int i = 0; i < 8; i++) crc = (crc & 1) != 0 ? (crc >> 1) ^ 0x82F63B78 : crc >> 1;
        }
        return ~crc;
    }
}
