using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Protonmotive.Learning.Models;

/// <summary>The transformer of texts for continuous courses: a linear map takes the place of the embedding and of the readout. It tells how far each next value is from the last.</summary>
public sealed class SignalTransformer : nn.Module<Tensor, Tensor>
{
    private readonly Linear embedding, readout;
    private readonly Embedding positions;
    private readonly ModuleList<TransformerBlock> blocks;
    private readonly LayerNorm norm;
    private readonly nn.Module<Tensor, Tensor> entered;

    /// <summary>Makes a network.</summary>
    /// <param name="size">Its size; the vocabulary is not used.</param>
    /// <param name="channels">Quantities of a course.</param>
    public SignalTransformer(TransformerSize size, int channels)
        : base("signal transformer")
    {
        Size = size;
        embedding = nn.Linear(2 * channels, size.Width);
        positions = nn.Embedding(size.Context, size.Width);
        entered = nn.Identity();
        blocks = nn.ModuleList([.. Enumerable.Range(0, size.Layers).Select(_ => new TransformerBlock(size))]);
        norm = nn.LayerNorm(size.Width, bias: false);
        readout = nn.Linear(size.Width, channels);
        nn.init.normal_(positions.weight!, 0, 0.02);
        nn.init.zeros_(readout.weight!);
        nn.init.zeros_(readout.bias!);
        RegisterComponents();
    }

    /// <summary>Its size.</summary>
    public TransformerSize Size { get; }

    /// <summary>The blocks, the first one first.</summary>
    public IReadOnlyList<TransformerBlock> Blocks => [.. blocks];

    /// <summary>What follows the way in, what follows the blocks, and the way out.</summary>
    internal (nn.Module<Tensor, Tensor> Entered, nn.Module<Tensor, Tensor> Last, nn.Module<Tensor, Tensor> Out) Ends => (entered, norm, readout);

    /// <summary>Steps to the next values, as the network's loss measures them.</summary>
    /// <param name="input">Values and the steps that led to them, shape [n, time, 2·channels].</param>
    /// <returns>Shape [n, time, channels]; nothing at all before the first training step, so that it begins as "as before".</returns>
    public override Tensor forward(Tensor input)
    {
        var x = entered.call(embedding.call(input) + positions.call(arange(input.shape[1])));
        foreach (var block in blocks) x = block.call(x);
        return readout.call(norm.call(x));
    }
}
