using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using Google.Protobuf;
using Tensorboard;

namespace Protonmotive.Learning.Training;

/// <summary>Scalars as an event file, which TensorBoard and what reads its files can show.</summary>
/// <remarks>
/// Frames (TensorFlow, core/lib/io/record_writer.h): length as 64 bits, its masked CRC-32C, the event in protobuf, its masked CRC-32C, all
/// little-endian. TorchSharp's own SummaryWriter makes such files too, but keeps the time of an event in 32 bits and opens the file anew for each.
/// </remarks>
public sealed class EventFile : IDisposable
{
    private readonly Stream stream;
    private readonly double time;

    /// <summary>Begins a file.</summary>
    /// <param name="stream">Where to; the file owns it.</param>
    /// <param name="time">When its events were.</param>
    public EventFile(Stream stream, DateTimeOffset time)
    {
        (this.stream, this.time) = (stream, time.ToUnixTimeMilliseconds() / 1000.0);
        Write(new Event { FileVersion = "brain.Event:2", WallTime = this.time });
    }

    /// <summary>Name of a file that TensorBoard finds by.</summary>
    /// <param name="time">When its events were.</param>
    public static string NameAt(DateTimeOffset time) => $"events.out.tfevents.{time.ToUnixTimeSeconds()}.protonmotive";

    /// <summary>Writes the scalars of a step.</summary>
    /// <param name="step">The step.</param>
    /// <param name="scalars">Values by tag; a / in a tag groups it.</param>
    public void Write(long step, IEnumerable<(string Tag, double Value)> scalars)
    {
        var summary = new Summary();
        summary.Value.AddRange(scalars.Select(s => new Summary.Types.Value { Tag = s.Tag, SimpleValue = (float)s.Value }));
        if (summary.Value.Count > 0) Write(new Event { Step = step, WallTime = time, Summary = summary });
    }

    /// <inheritdoc/>
    public void Dispose() => stream.Dispose();

    private void Write(Event happened)
    {
        var data = happened.ToByteArray();
        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, data.Length);
        stream.Write(length);
        WriteChecksum(length);
        stream.Write(data);
        WriteChecksum(data);
    }

    private void WriteChecksum(ReadOnlySpan<byte> data)
    {
        Span<byte> sum = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(sum, MaskedChecksum(data));
        stream.Write(sum);
    }

    /// <summary>CRC-32C (Castagnoli), turned right by 15 bits and moved by a constant, so that a checksum of checksums is no weak one (core/lib/hash/crc32c.h).</summary>
    internal static uint MaskedChecksum(ReadOnlySpan<byte> data)
    {
        uint crc = uint.MaxValue;
        foreach (ulong word in MemoryMarshal.Cast<byte, ulong>(data)) crc = BitOperations.Crc32C(crc, BitConverter.IsLittleEndian ? word : BinaryPrimitives.ReverseEndianness(word));
        foreach (byte b in data[(data.Length / 8 * 8)..]) crc = BitOperations.Crc32C(crc, b);
        return BitOperations.RotateRight(~crc, 15) + 0xa282ead8;
    }
}
