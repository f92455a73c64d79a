using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Protonmotive.Learning.Models;

/// <summary>A block: attention to what stands before, then a dense part at each place, both added to the residual stream.</summary>
public sealed class TransformerBlock : nn.Module<Tensor, Tensor>
{
    private readonly LayerNorm norm1, norm2;
    private readonly CausalAttention attention;
    private readonly Linear dense1, dense2;
    private readonly nn.Module<Tensor, Tensor> dropout;

    internal TransformerBlock(TransformerSize size)
        : base("block")
    {
        norm1 = nn.LayerNorm(size.Width, bias: false);
        attention = new CausalAttention(size);
        norm2 = nn.LayerNorm(size.Width, bias: false);
        dense1 = nn.Linear(size.Width, 4 * size.Width, hasBias: false);
        dense2 = nn.Linear(4 * size.Width, size.Width, hasBias: false);
        dropout = nn.Dropout(size.Dropout);
        nn.init.normal_(dense1.weight!, 0, 0.02);
        nn.init.normal_(dense2.weight!, 0, 0.02 / Math.Sqrt(2 * size.Layers));
        RegisterComponents();
    }

    /// <summary>What the names of its layers mean.</summary>
    internal static string LayerText => "In a block, norm1 stands before attention, whose qkv makes queries, keys and values and whose merge joins what the heads gather; norm2 stands before two dense layers.";

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
        return x + dropout.call(dense2.call(nn.functional.gelu(dense1.call(norm2.call(x)))));
    }
}
