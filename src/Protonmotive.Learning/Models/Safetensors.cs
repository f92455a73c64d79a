using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text.Json;
using Protonmotive.Learning.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace Protonmotive.Learning.Models;

/// <summary>Weights as safetensors files, which Python's libraries read and write too.</summary>
/// <remarks>
/// Format (huggingface/safetensors, README, "Format"): the length of the header as a little-endian 64-bit number, the header in JSON (name to
/// dtype, shape, and place in what follows), then the numbers, little-endian, rows first, without gaps.
/// </remarks>
public static class Safetensors
{
    private const long LargestHeader = 100_000_000;
    private const string MetadataKey = "__metadata__";

    private static readonly ImmutableArray<(string Name, ScalarType Type, int Size)> types =
    [
        ("F64", ScalarType.Float64, 8), ("F32", ScalarType.Float32, 4), ("F16", ScalarType.Float16, 2), ("BF16", ScalarType.BFloat16, 2), ("I64", ScalarType.Int64, 8),
        ("I32", ScalarType.Int32, 4), ("I16", ScalarType.Int16, 2), ("I8", ScalarType.Int8, 1), ("U8", ScalarType.Byte, 1), ("BOOL", ScalarType.Bool, 1),
    ];

    /// <summary>Writes tensors.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="tensors">The tensors by name, e.g. a module's state_dict().</param>
    /// <param name="metadata">Texts to keep with them.</param>
    /// <exception cref="DataException">A tensor is of a type the format has no name for.</exception>
    public static void Write(Stream stream, IReadOnlyDictionary<string, Tensor> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        var ordered = tensors.OrderBy(t => t.Key, StringComparer.Ordinal).ToList();
        var header = Header(ordered, metadata);
        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
        stream.Write(length);
        stream.Write(header);
        foreach (var (_, tensor) in ordered)
        {
            using var scope = NewDisposeScope();
            using var off = no_grad();
            stream.Write(tensor.detach().cpu().contiguous().bytes);
        }
    }

    /// <summary>Reads a file.</summary>
    /// <returns>The tensors by name, which the caller owns.</returns>
    /// <exception cref="DataException">The file is truncated or damaged.</exception>
    /// <exception cref="IOException">It can't be read.</exception>
    public static Dictionary<string, Tensor> Read(string path)
    {
        var bytes = File.ReadAllBytes(path);
        if (bytes.Length < 8) throw Damaged("The file ends before its header.", $"{path}, byte {bytes.Length} of 8");
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        if (length > LargestHeader || (int)length > bytes.Length - 8) throw Damaged($"The header would have {length} bytes; the file has {bytes.Length}.", $"{path}, byte 0");
        var data = bytes.AsMemory(8 + (int)length);
        var tensors = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        try
        {
            using var header = JsonDocument.Parse(bytes.AsMemory(8, (int)length));
            foreach (var entry in header.RootElement.EnumerateObject().Where(e => e.Name != MetadataKey)) tensors.Add(entry.Name, Entry(entry, data, path));
            return tensors;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            Dispose(tensors);
            throw Damaged($"The header can't be read: {e.Message}", $"{path}, byte 8", e);
        }
        catch
        {
            Dispose(tensors);
            throw;
        }
    }

    /// <summary>Fills a module's parameters and buffers.</summary>
    /// <exception cref="DataException">A name is missing or left over, a shape differs, or the file is damaged.</exception>
    public static void Load(nn.Module module, string path)
    {
        var read = Read(path);
        using var off = no_grad();
        try
        {
            var own = module.state_dict();
            if (own.Keys.Except(read.Keys).FirstOrDefault() is { } missing) throw new DataException($"The weights lack '{missing}'.", path, "Load them into the network they were saved from.");
            if (read.Keys.Except(own.Keys).FirstOrDefault() is { } extra) throw new DataException($"The network has no '{extra}'.", path, "Load the weights into the network they were saved from.");
            foreach (var (name, tensor) in own)
            {
                if (!tensor.shape.SequenceEqual(read[name].shape))
                    throw new DataException($"'{name}' has shape [{string.Join(", ", read[name].shape)}]; the network's is [{string.Join(", ", tensor.shape)}].", path, "Make the network of the size that was saved.");
            }
            foreach (var (name, tensor) in own) tensor.copy_(read[name]);
        }
        finally
        {
            Dispose(read);
        }
    }

    private static byte[] Header(List<KeyValuePair<string, Tensor>> tensors, IReadOnlyDictionary<string, string>? metadata)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            if (metadata is not null)
            {
                json.WriteStartObject(MetadataKey);
                foreach (var (key, value) in metadata) json.WriteString(key, value);
                json.WriteEndObject();
            }
            long offset = 0;
            foreach (var (name, tensor) in tensors)
            {
                var type = types.FirstOrDefault(t => t.Type == tensor.dtype);
                if (type.Name is null) throw new DataException($"Safetensors has no name for {tensor.dtype}.", $"tensor {name}", "Convert it, e.g. to 32-bit numbers.");
                long end = offset + (tensor.numel() * type.Size);
                json.WriteStartObject(name);
                json.WriteString("dtype", type.Name);
                json.WriteStartArray("shape");
                foreach (long n in tensor.shape) json.WriteNumberValue(n);
                json.WriteEndArray();
                json.WriteStartArray("data_offsets");
                json.WriteNumberValue(offset);
                json.WriteNumberValue(end);
                json.WriteEndArray();
                json.WriteEndObject();
                offset = end;
            }
            json.WriteEndObject();
        }
        while (buffer.Length % 8 != 0) buffer.WriteByte((byte)' '); // the numbers begin at a multiple of 8
        return buffer.ToArray();
    }

    private static Tensor Entry(JsonProperty entry, ReadOnlyMemory<byte> data, string path)
    {
        var where = $"{path}, tensor {entry.Name}";
        var name = entry.Value.GetProperty("dtype").GetString();
        var type = types.FirstOrDefault(t => t.Name == name);
        if (type.Name is null) throw new DataException($"The type {name} is not known.", where, "Save it as F32 or F64.");
        long[] shape = [.. entry.Value.GetProperty("shape").EnumerateArray().Select(n => n.GetInt64())], offsets = [.. entry.Value.GetProperty("data_offsets").EnumerateArray().Select(n => n.GetInt64())];
        UInt128 needed = shape.Aggregate((UInt128)type.Size, (a, n) => n is >= 0 and <= int.MaxValue ? a * (UInt128)n : UInt128.MaxValue / 4);
        if (offsets.Length != 2 || offsets[0] < 0 || offsets[1] < offsets[0] || offsets[1] > data.Length || needed != (UInt128)(offsets[1] - offsets[0]))
            throw Damaged($"Its numbers should stand at {string.Join(" to ", offsets)} of {data.Length} bytes, for a shape of [{string.Join(", ", shape)}].", where);
        var tensor = empty(shape, type.Type);
        data.Span[(int)offsets[0]..(int)offsets[1]].CopyTo(tensor.bytes);
        return tensor;
    }

    private static void Dispose(Dictionary<string, Tensor> tensors)
    {
        foreach (var tensor in tensors.Values) tensor.Dispose();
    }

    private static DataException Damaged(string what, string where, Exception? inner = null) => new(what, where, "The file is truncated or damaged: save the weights again.", inner);
}
