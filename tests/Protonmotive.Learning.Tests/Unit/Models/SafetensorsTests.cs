using System.Buffers.Binary;
using System.Text;
using Protonmotive.Learning.Data;
using Protonmotive.Learning.Models;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Protonmotive.Learning.Tests.Unit.Models;

public sealed class SafetensorsTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("pmf-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private string Write(byte[] bytes)
    {
        var path = Path.Combine(folder, "w.safetensors");
        File.WriteAllBytes(path, bytes);
        return path;
    }

    private static byte[] Bytes(string header, params byte[] data)
    {
        var length = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)Encoding.UTF8.GetByteCount(header));
        return [.. length, .. Encoding.UTF8.GetBytes(header), .. data];
    }

    /// <summary>The bytes that the format's README describes, written by hand.</summary>
    [Fact]
    public void A_file_as_the_format_says_is_read()
    {
        var path = Write(Bytes("""{"__metadata__":{"by":"hand"},"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"U8","shape":[],"data_offsets":[8,9]}}""", 0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0, 7));
        var tensors = Safetensors.Read(path);
        Assert.Equal([1f, -2f], tensors["a"].data<float>().ToArray());
        Assert.Empty(tensors["b"].shape);
        Assert.Equal(7, tensors["b"].item<byte>());
    }

    [Fact]
    public void Every_type_comes_back_as_it_was_written()
    {
        using var scope = NewDisposeScope();
        var tensors = new Dictionary<string, Tensor>
        {
            ["f32"] = randn(3, 4), ["f64"] = randn([2], float64), ["f16"] = randn([5], float16), ["bf16"] = randn([5], bfloat16), ["i64"] = arange(4), ["bool"] = tensor(new[] { true, false }),
            ["turned"] = randn(3, 4).t(), ["scalar"] = tensor(2.5f), ["empty"] = zeros([0, 3]),
        };
        var path = Path.Combine(folder, "all.safetensors");
        using (var stream = File.Create(path)) Safetensors.Write(stream, tensors, new Dictionary<string, string> { ["made"] = "here" });
        var read = Safetensors.Read(path);
        Assert.Equal(tensors.Keys.Order(), read.Keys.Order());
        foreach (var (name, expected) in tensors)
        {
            Assert.Equal(expected.shape, read[name].shape);
            Assert.True(expected.dtype == read[name].dtype && expected.eq(read[name]).all().item<bool>(), name);
        }
        Assert.Equal(0UL, BinaryPrimitives.ReadUInt64LittleEndian(File.ReadAllBytes(path)) % 8);
    }

    [Fact]
    public void Damaged_files_say_where()
    {
        const string header = """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""";
        var whole = Bytes(header, 1, 2, 3, 4, 5, 6, 7, 8);
        for (int length = 0; length < whole.Length; length++) Assert.Throws<DataException>(() => Safetensors.Read(Write(whole[..length])));
        foreach (var wrong in new[]
        {
            """{"a":{"dtype":"F31","shape":[2],"data_offsets":[0,8]}}""", """{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}""", """{"a":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}""",
            """{"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}""", """{"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}""", """{"a":{"dtype":"F32","data_offsets":[0,8]}}""", """{"a":7}""", """[1]""",
            """{"a":{"dtype":"F32","shape":[2147483647,2147483647,2147483647,2147483647],"data_offsets":[0,8]}}""",
        })
            Assert.Contains("w.safetensors", Assert.Throws<DataException>(() => Safetensors.Read(Write(Bytes(wrong, 1, 2, 3, 4, 5, 6, 7, 8)))).Where, StringComparison.Ordinal);
        Assert.Throws<DataException>(() => Safetensors.Read(Write([0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1])));
    }

    [Fact]
    public void Weights_of_another_network_are_refused()
    {
        using var scope = NewDisposeScope();
        var path = Path.Combine(folder, "linear.safetensors");
        using (var stream = File.Create(path)) Safetensors.Write(stream, nn.Linear(3, 2).state_dict());
        Assert.Contains("shape [2, 3]", Assert.Throws<DataException>(() => Safetensors.Load(nn.Linear(4, 2), path)).What, StringComparison.Ordinal);
        Assert.Contains("no 'bias'", Assert.Throws<DataException>(() => Safetensors.Load(nn.Linear(3, 2, hasBias: false), path)).What, StringComparison.Ordinal);
        Assert.Contains("lack", Assert.Throws<DataException>(() => Safetensors.Load(nn.BatchNorm1d(2), path)).What, StringComparison.Ordinal);
    }
}
