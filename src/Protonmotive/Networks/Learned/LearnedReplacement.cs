using System.Collections.Immutable;

namespace Protonmotive.Networks;

/// <summary>A learned law in the place of a process's own.</summary>
public static class LearnedReplacement
{
    /// <summary>The network with one law learned; all else is as it was.</summary>
    /// <param name="network">The model.</param>
    /// <param name="process">The process whose law is replaced.</param>
    /// <param name="isFree">Whether the flux is free; else it is a mobility times the affinity.</param>
    /// <param name="inputs">What the neural network reads.</param>
    /// <param name="hidden">Neurons in each hidden layer.</param>
    /// <param name="scale">Flux per affinity at which the mobility's network gives 1, or flux at which the free one does, in the model's units.</param>
    /// <param name="seed">Seed of the first weights.</param>
    /// <returns>The network, and the perceptron, whose weights are named <c>PROCESS_net_…</c>.</returns>
    /// <exception cref="NetworkException">There is no such process, a name of a weight is taken, or a constant is not positive.</exception>
    public static (Network Network, Perceptron Net) WithLearnedLaw(this Network network, string process, bool isFree, ImmutableArray<LearnedInput> inputs, ImmutableArray<int> hidden, double scale, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(network);
        int index = network.Processes.Select((p, i) => (p.Name, i)).Where(p => p.Name == process).Select(p => p.i).FirstOrDefault(-1);
        if (index < 0) throw new NetworkException($"There is no process '{process}' whose law could be learned.", $"network {network.Name}", $"Its processes are {string.Join(", ", network.Processes.Take(20).Select(p => p.Name))}.");
        var weights = network.Parameters.ToBuilder();
        var net = new Perceptron(process + "_net", inputs, hidden, 1, Activation.Tanh, seed, (name, value, what) =>
        {
            if (network.Find(name) is not null) throw new NetworkException($"The name '{name}' of a weight is taken.", $"network {network.Name}", "Rename the quantity that has it.");
            var weight = new Parameter(name, "1", value) { Description = what };
            weights.Add(weight);
            return weight;
        });
        var law = isFree ? FluxLaw.LearnedFree(net, scale) : FluxLaw.Learned(new Mobility(net, scale));
        // A learned flux may turn either way, whatever the equation said of the law it replaces.
        var learned = network with { Parameters = weights.ToImmutable(), Processes = network.Processes.SetItem(index, network.Processes[index] with { Law = law, IsReversible = true }) };
        return (learned, net);
    }
}
