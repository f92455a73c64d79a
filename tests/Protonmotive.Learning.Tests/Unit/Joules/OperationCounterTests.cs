using Protonmotive.Learning.Joules;
using Protonmotive.Learning.Models;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;
using Transformer = Protonmotive.Learning.Models.Transformer;

namespace Protonmotive.Learning.Tests.Unit.Joules;

/// <summary>Counts against those done by hand.</summary>
public class OperationCounterTests
{
    [Fact]
    public void A_dense_network_by_hand()
    {
        using var scope = NewDisposeScope();
        var network = nn.Sequential(nn.Linear(5, 4), nn.ReLU(), nn.Linear(4, 3));
        var optimiser = optim.SGD(network.parameters(), 0.1);
        using var counter = new OperationCounter(network);
        network.call(rand(2, 5));
        var step = counter.Step(optimiser);
        int dense = 2 * ((5 * 4) + (4 * 3)), gates = 2 * 4, parameters = 24 + 15;
        Assert.Equal((3 * (dense + gates)) + parameters, step.MultiplyAdds);
        // forward in + weights + out; back twice (in + weights) + out; SGD reads weight and gradient, and writes the weight
        int first = (3 * (10 + 24)) + (2 * 8), gate = (3 * 8) + (2 * 8), second = (3 * (8 + 15)) + (2 * 6);
        Assert.Equal(first + gate + second + (3 * parameters), step.Words);
    }

    /// <summary>A convolution of 3 × 3 from 2 to 4 channels on 6 × 6: 4·36 outputs of 18 products each.</summary>
    [Fact]
    public void A_convolution_by_hand()
    {
        using var scope = NewDisposeScope();
        var network = nn.Sequential(nn.Conv2d(2, 4, 3, padding: 1, bias: false));
        using var counter = new OperationCounter(network);
        network.call(rand(1, 2, 6, 6));
        Assert.Equal((3 * 4 * 36 * 18) + 72, counter.Step(optim.SGD(network.parameters(), 0.1)).MultiplyAdds);
    }

    /// <summary>Forward, a character costs the matrices 12·L·d², the readout d·V and attention 2·L·t·d (Kaplan et al. 2020, arXiv 2001.08361, table 1, which counts multiplications and additions apart).</summary>
    [Fact]
    public void A_transformer_as_published()
    {
        using var scope = NewDisposeScope();
        const int layers = 2, width = 16, time = 8, vocabulary = 20, n = 3;
        var network = new Transformer(new TransformerSize(vocabulary, time, layers, 2, width));
        using var counter = new OperationCounter(network);
        network.call(zeros([n, time], int64));
        double parameters = network.parameters().Sum(p => p.numel());
        double forward = (counter.Step(optim.AdamW(network.parameters())).MultiplyAdds - (3 * parameters)) / 3;
        double norms = ((2 * layers) + 1) * width; // one a number
        Assert.Equal(n * time * ((12 * layers * width * width) + (width * vocabulary) + (2 * layers * time * width) + norms), forward);
    }

    [Fact]
    public void Counting_ends()
    {
        using var scope = NewDisposeScope();
        var network = nn.Sequential(nn.Linear(5, 4));
        var counter = new OperationCounter(network);
        network.call(rand(2, 5));
        counter.Dispose();
        var before = counter.Step(optim.SGD(network.parameters(), 0.1));
        network.call(rand(2, 5));
        Assert.Equal(before, counter.Step(optim.SGD(network.parameters(), 0.1)));
    }
}
