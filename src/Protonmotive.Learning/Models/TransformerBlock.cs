using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Protonmotive.Learning.Models;

/// <summary>A block: attention to what stands before, then a dense part at each place, both added to the residual stream.</summary>
public sealed class TransformerBlock : nn.Module<Tensor, Tensor>
{
    private readonly LayerNorm norm1, norm2;
    private readonly CausalAttention attention;
    private readonly Linear widen, narrow;
    private readonly nn.Module<Tensor, Tensor> dropout;

    internal TransformerBlock(TransformerSize size)
        : base("block")
    {
        norm1 = nn.LayerNorm(size.Width, bias: false);
        attention = new CausalAttention(size);
        norm2 = nn.LayerNorm(size.Width, bias: false);
        widen = nn.Linear(size.Width, 4 * size.Width, hasBias: false);
        narrow = nn.Linear(4 * size.Width, size.Width, hasBias: false);
        dropout = nn.Dropout(size.Dropout);
        nn.init.normal_(widen.weight!, 0, 0.02);
        nn.init.normal_(narrow.weight!, 0, 0.02 / Math.Sqrt(2 * size.Layers));
        RegisterComponents();
    }

    /// <summary>Its attention.</summary>
    public CausalAttention Attention => attention;

    /// <summary>What its attention is given of the residual stream.</summary>
    /// <param name="stream">Shape [n, time, width].</param>
    public Tensor AttentionInput(Tensor stream) => norm1.call(stream);

    /// <summary>The residual stream after the block.</summary>
    /// <param name="input">Shape [n, time, width].</param>
    public override Tensor forward(Tensor input)
    {
        var x = input + attention.call(norm1.call(input));
        return x + dropout.call(narrow.call(nn.functional.gelu(widen.call(norm2.call(x)))));
    }
}
