using Protonmotive.Learning.Native;
using TorchSharp;
using Xunit;

namespace Protonmotive.Learning.Tests.Unit.Native;

public class LibTorchTests
{
    [Fact]
    public void It_loads_and_multiplies()
    {
        Assert.SkipUnless(LibTorch.Serves(LibTorch.System), $"TorchSharp does not serve {LibTorch.System}.");
        LibTorch.Load();
        using var a = torch.tensor(new[] { 1.0, 2, 3, 4 }).reshape(2, 2);
        using var product = a.mm(a);
        Assert.Equal([7.0, 10, 15, 22], product.data<double>().ToArray());
        Assert.Equal(1, torch.get_num_threads());
    }

    [Theory]
    [InlineData("linux-arm64")]
    [InlineData("osx-x64")]
    [InlineData("unknown-wasm")]
    public void Systems_that_are_not_served_are_told_which_are(string system)
    {
        var error = Assert.Throws<LibTorchException>(() => LibTorch.CheckSystem(system));
        Assert.Contains(system, error.Where, StringComparison.Ordinal);
        Assert.Contains("linux-x64", error.Where, StringComparison.Ordinal);
    }
}
