using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Protonmotive.Learning.Joules;

/// <summary>Counts what passes the modules of a network in one forward pass, and from it what a step takes; it changes nothing.</summary>
/// <remarks>
/// Forward, a module reads its input and its weights and writes its output; backward it does twice as many multiplications and reads the
/// output's adjoint, input and weights, and writes the adjoint of the input and of the weights. Every tensor goes to memory and back: caches are not modelled. An
/// optimiser reads weight, gradient and its averages, and writes weight and averages. Dense and convolutional layers and modules that
/// count themselves (<see cref="ICountsOperations"/>) have their multiplications counted, others one a number; what a user's module computes by
/// functions outside of modules is not seen.
/// </remarks>
public sealed class OperationCounter : IDisposable
{
    private readonly List<Action> removals = [];
    private OperationCount forward, backward;

    /// <summary>Begins to count.</summary>
    /// <param name="network">The network.</param>
    public OperationCounter(nn.Module network)
    {
        foreach (var module in network.named_modules().Select(m => m.module).Append(network).Distinct())
        {
            if (module is not nn.Module<Tensor, Tensor> called || (module.children().Any() && module is not ICountsOperations)) continue;
            removals.Add(called.register_forward_hook((_, input, output) =>
            {
                Count(module, input, output);
                return output;
            }).remove);
        }
    }

    /// <summary>What a step takes: the pass counted, the pass back, and the optimiser.</summary>
    /// <param name="optimiser">The optimiser.</param>
    public OperationCount Step(optim.Optimizer optimiser)
    {
        int averages = optimiser switch { Adam or AdamW => 2, SGD s => s.ParamGroups.OfType<SGD.ParamGroup>().Any(g => g.Options is SGD.Options { momentum: > 0 }) ? 1 : 0, _ => 2 };
        double parameters = optimiser.parameters().Sum(p => p.numel());
        return forward + backward + new OperationCount((1 + averages) * parameters, (3 + (2 * averages)) * parameters);
    }

    /// <summary>Ends counting.</summary>
    public void Dispose()
    {
        foreach (var remove in removals) remove();
        removals.Clear();
    }

    private void Count(nn.Module module, Tensor input, Tensor output)
    {
        double i = input.numel(), o = output.numel(), w = module.parameters(false).Sum(p => p.numel());
        double products = module switch
        {
            Linear l => o * l.weight!.shape[1],
            Conv1d or Conv2d or Conv3d => o * module.parameters(false).First().numel() / output.shape[1],
            Embedding => 0,
            ICountsOperations own => own.OwnMultiplyAdds(input.shape),
            Flatten or Dropout or Identity => 0,
            _ => o,
        };
        if (module is Flatten) return; // the same numbers in the same place
        if (module is Embedding) (i, w) = (o, 0); // it reads the rows that it gives
        forward += new OperationCount(products, i + w + o);
        backward += new OperationCount(2 * products, (2 * (i + w)) + o);
    }
}
