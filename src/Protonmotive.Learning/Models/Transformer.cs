using Protonmotive.Learning.Joules;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Protonmotive.Learning.Models;

/// <summary>A decoder-only transformer: it predicts each next character from those before it.</summary>
/// <remarks>
/// GPT-2's architecture (Radford et al. 2019) as nanoGPT (Karpathy 2022) sets it for characters: learned positions, normalisation before
/// each part, GELU, no biases, the readout tied to the embedding. Weights start normal with deviation 0.02, those that write
/// into the residual stream with 0.02/√(2·layers).
/// </remarks>
public sealed class Transformer : nn.Module<Tensor, Tensor>, ICountsOperations
{
    private readonly Embedding characters, positions;
    private readonly ModuleList<TransformerBlock> blocks;
    private readonly LayerNorm norm;
    private readonly nn.Module<Tensor, Tensor> dropout;

    /// <summary>Makes a network.</summary>
    public Transformer(TransformerSize size)
        : base("transformer")
    {
        Size = size;
        characters = nn.Embedding(size.Vocabulary, size.Width);
        positions = nn.Embedding(size.Context, size.Width);
        dropout = nn.Dropout(size.Dropout);
        blocks = nn.ModuleList([.. Enumerable.Range(0, size.Layers).Select(_ => new TransformerBlock(size))]);
        norm = nn.LayerNorm(size.Width, bias: false);
        nn.init.normal_(characters.weight!, 0, 0.02);
        nn.init.normal_(positions.weight!, 0, 0.02);
        RegisterComponents();
    }

    /// <summary>Its size.</summary>
    public TransformerSize Size { get; }

    /// <summary>The blocks, the first one first.</summary>
    public IReadOnlyList<TransformerBlock> Blocks => [.. blocks];

    /// <summary>What follows the embedding, and what follows the blocks.</summary>
    internal (nn.Module<Tensor, Tensor> Embedded, nn.Module<Tensor, Tensor> Last) Ends => (dropout, norm);

    /// <summary>Logits of the next character at every place.</summary>
    /// <param name="input">Numbers of characters, shape [n, time], time at most the context.</param>
    /// <returns>Shape [n, time, vocabulary].</returns>
    public override Tensor forward(Tensor input) => nn.functional.linear(Hidden(Embed(input)), characters.weight!, null);

    /// <summary>What characters and their places are held as, before the first block.</summary>
    /// <param name="input">Shape [n, time].</param>
    /// <returns>Shape [n, time, width].</returns>
    public Tensor Embed(Tensor input) => dropout.call(characters.call(input) + positions.call(arange(input.shape[1])));

    /// <summary>What the last block and the normalisation after it make of that.</summary>
    /// <param name="embedded">Shape [n, time, width].</param>
    /// <returns>Shape [n, time, width].</returns>
    public Tensor Hidden(Tensor embedded)
    {
        var x = embedded;
        foreach (var block in blocks) x = block.call(x);
        return norm.call(x);
    }

    /// <summary>Writes on.</summary>
    /// <param name="start">Numbers of the characters to go on from; at least one.</param>
    /// <param name="count">Characters to add.</param>
    /// <param name="seed">Seed of the draws.</param>
    /// <param name="temperature">Divides the logits: below 1 the likelier characters come more often.</param>
    public long[] Sample(ReadOnlySpan<long> start, int count, ulong seed, double temperature = 1)
    {
        using var off = no_grad();
        bool wasTraining = training;
        eval();
        var text = new List<long>(start.ToArray());
        var random = new Philox(seed);
        for (int i = 0; i < count; i++)
        {
            using var scope = NewDisposeScope();
            var seen = text[Math.Max(0, text.Count - Size.Context)..];
            var logits = call(tensor(seen).unsqueeze(0))[0, -1].to(float64) / temperature;
            var cumulative = nn.functional.softmax(logits, 0).cumsum(0).data<double>().ToArray();
            double u = random.Uniform(0, (uint)i);
            int next = Array.FindIndex(cumulative, c => c > u);
            text.Add(next < 0 ? cumulative.Length - 1 : next);
        }
        train(wasTraining);
        return [.. text];
    }

    /// <summary>The readout, tied to the embedding: n·time·width·vocabulary.</summary>
    double ICountsOperations.OwnMultiplyAdds(ReadOnlySpan<long> input) => (double)input[0] * input[1] * Size.Width * Size.Vocabulary;
}
