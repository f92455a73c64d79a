using static TorchSharp.torch;

namespace Protonmotive.Learning.Bench;

/// <summary>A way to train a network; contenders of a training start from the same weights and see the same batches.</summary>
/// <param name="Name">Its name in the report.</param>
/// <param name="Step">Takes the step of a number.</param>
/// <param name="Weights">The weights as they are, one after another.</param>
internal sealed record Contender(string Name, Action<int> Step, Func<float[]> Weights)
{
    /// <summary>The weights of a network, one after another.</summary>
    public static float[] WeightsOf(nn.Module network)
    {
        using var scope = NewDisposeScope();
        return [.. network.parameters().SelectMany(p => p.detach().flatten().data<float>().ToArray())];
    }
}
