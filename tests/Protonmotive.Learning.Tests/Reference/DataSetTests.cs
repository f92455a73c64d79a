using Protonmotive.Learning.Data;
using Protonmotive.Learning.Native;
using TorchSharp;
using Xunit;

namespace Protonmotive.Learning.Tests.Reference;

/// <summary>Published data sets as their owners describe them.</summary>
public class DataSetTests
{
    /// <summary>Xiao, Rasul and Vollgraf (2017), arXiv 1708.07747: ten classes of equal size; mean grey level 0.2860 (their repository's issue on normalisation).</summary>
    [Fact]
    public void Fashion_mnist_is_as_described()
    {
        using var data = Available(ImageSet.FashionMnist);
        Check(data, equalClasses: true, mean: 0.2860);
    }

    /// <summary>LeCun, Cortes and Burges; mean grey level 0.1307 as PyTorch's example normalises by.</summary>
    [Fact]
    public void Mnist_is_as_described()
    {
        using var data = Available(ImageSet.Mnist);
        Check(data, equalClasses: false, mean: 0.1307);
        Assert.Equal([5L, 0, 4, 1, 9], data.Train.Labels[torch.TensorIndex.Slice(0, 5)].data<long>().ToArray());
    }

    /// <summary>Karpathy (2015), char-rnn, and nanoGPT's prepare.py: 1,115,394 characters, 65 different; 1,003,854 to train on, 111,540 held out.</summary>
    [Fact]
    public void Tiny_shakespeare_is_as_described()
    {
        using var text = Available(TextCorpus.TinyShakespeare);
        Assert.Equal(65, text.Vocabulary.Length);
        Assert.Equal(1_003_854, text.Train.shape[0]);
        Assert.Equal(111_540, text.Validation.shape[0]);
        Assert.StartsWith("First Citizen:", text.Decode(text.Train[torch.TensorIndex.Slice(0, 20)].data<long>().ToArray()), StringComparison.Ordinal);
    }

    /// <summary>A data set, or the reason why the test is skipped.</summary>
    internal static T Available<T>(Func<T> read)
    {
        LibTorch.Load();
        try
        {
            return read();
        }
        catch (DataException e)
        {
            Assert.Skip($"{e.What} {e.Mend}");
            throw;
        }
    }

    private static void Check(ImageSet data, bool equalClasses, double mean)
    {
        Assert.Equal([60_000L, 1, 28, 28], data.Train.Images.shape);
        Assert.Equal([10_000L, 1, 28, 28], data.Test.Images.shape);
        Assert.Equal(mean, data.Train.Images.mean().item<float>(), 4);
        using var counts = torch.bincount(data.Train.Labels, null, 10);
        Assert.Equal(10, counts.shape[0]);
        if (equalClasses) Assert.All(counts.data<long>().ToArray(), c => Assert.Equal(6000, c));
    }
}
