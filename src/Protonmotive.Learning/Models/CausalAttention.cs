using Protonmotive.Learning.Joules;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Protonmotive.Learning.Models;

/// <summary>Attention of each place to itself and those before it, in several heads: softmax(QKᵀ/√d) V (Vaswani et al. 2017).</summary>
public sealed class CausalAttention : nn.Module<Tensor, Tensor>, ICountsOperations
{
    private readonly Linear qkv, merge;
    private readonly nn.Module<Tensor, Tensor> dropout;
    private readonly int heads;
    private readonly double dropoutShare;

    internal CausalAttention(TransformerSize size)
        : base("attention")
    {
        heads = size.Heads;
        dropoutShare = size.Dropout;
        qkv = nn.Linear(size.Width, 3 * size.Width, hasBias: false);
        merge = nn.Linear(size.Width, size.Width, hasBias: false);
        dropout = nn.Dropout(size.Dropout);
        nn.init.normal_(qkv.weight!, 0, 0.02);
        nn.init.normal_(merge.weight!, 0, 0.02 / Math.Sqrt(2 * size.Layers));
        RegisterComponents();
    }

    /// <summary>What each place gathers.</summary>
    /// <param name="input">Shape [n, time, width].</param>
    public override Tensor forward(Tensor input)
    {
        var (n, time, width) = (input.shape[0], input.shape[1], input.shape[2]);
        var parts = qkv.call(input).view(n, time, 3, heads, width / heads).permute(2, 0, 3, 1, 4); // [3, n, heads, time, width of a head]
        var gathered = nn.functional.scaled_dot_product_attention(parts[0], parts[1], parts[2], p: training ? dropoutShare : 0, is_casual: true);
        return dropout.call(merge.call(gathered.transpose(1, 2).reshape(n, time, width)));
    }

    /// <summary>QKᵀ and its product with V: 2 n·time²·width, the part above the diagonal too.</summary>
    double ICountsOperations.OwnMultiplyAdds(ReadOnlySpan<long> input) => 2.0 * input[0] * input[1] * input[1] * input[2];

    /// <summary>The share of its attention that each place gives to each other, softmax(QKᵀ/√d), and the scores QKᵀ/√d before the softmax; computed anew, since <see cref="forward"/> keeps none.</summary>
    /// <param name="input">Shape [n, time, width].</param>
    /// <returns>Both of shape [n, heads, time, time]; shares above the diagonal are 0 and a row's add up to 1, scores above the diagonal count for nothing.</returns>
    public (Tensor Shares, Tensor Scores) Weights(Tensor input)
    {
        using var scope = NewDisposeScope();
        var (n, time, width) = (input.shape[0], input.shape[1], input.shape[2]);
        var parts = qkv.call(input).view(n, time, 3, heads, width / heads).permute(2, 0, 3, 1, 4);
        var scores = parts[0].matmul(parts[1].transpose(-2, -1)) / Math.Sqrt((double)width / heads);
        var hidden = ones([time, time], ScalarType.Bool, input.device).triu(1);
        var shares = nn.functional.softmax(scores.masked_fill(hidden, double.NegativeInfinity), -1);
        return (shares.MoveToOuterDisposeScope(), scores.MoveToOuterDisposeScope());
    }
}
