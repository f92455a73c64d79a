using System.Collections.Immutable;
using Protonmotive.Learning.Descent;
using YamlDotNet.RepresentationModel;

namespace Protonmotive.Learning.Training.Configs;

/// <summary>A comparison of descents as a file tells it: a network of two linear layers, the time of its flow, and the rates of the steps beside it.</summary>
/// <param name="Inputs">Inputs.</param>
/// <param name="Hidden">Hidden units.</param>
/// <param name="Outputs">Outputs.</param>
/// <param name="Examples">Examples.</param>
/// <param name="Scale">Deviation of the weights at the start.</param>
/// <param name="End">End of the flow's time.</param>
/// <param name="Rates">Rates of gradient descent.</param>
/// <param name="AdamRate">Rate of Adam.</param>
/// <param name="Seed">Seed of weights and examples.</param>
public sealed record DescentConfig(int Inputs, int Hidden, int Outputs, int Examples, double Scale, double End, ImmutableArray<double> Rates, double AdamRate, ulong Seed)
{
    /// <summary>Reads the file of a comparison; null where a file trains a network step by step.</summary>
    /// <param name="text">YAML or JSON.</param>
    /// <param name="file">Its file, for messages.</param>
    /// <exception cref="ConfigException">It says something that can't be done.</exception>
    public static DescentConfig? Parse(string text, string file)
    {
        if (ConfigReader.Root(text, file) is not { } root || !root.Children.TryGetValue(new YamlScalarNode("descent"), out var node)) return null;
        var top = new ConfigSection(root, file, "a comparison of descents", "name", "title", "question", "from", "known", "descent", "seed");
        var descent = new ConfigSection(node as YamlMappingNode ?? throw new ConfigException("'descent' is no mapping.", top.Line(node), "'pmf train flow --show' prints an example."), file, "a descent",
            "inputs", "hidden", "outputs", "examples", "scale", "end", "rates", "adam");
        descent.Need("rates", "rates: [0.1, 0.05]");
        var rates = descent.Find("rates") is YamlSequenceNode list ? list.Children.Select(r => new ConfigSection(new YamlMappingNode(new YamlScalarNode("rate"), r), file, "a rate", "rate").Number("rate", double.Epsilon)!.Value)
            : throw new ConfigException("'rates' is no list.", descent.Line(descent.Find("rates")!), "Write '[0.1, 0.05]'.");
        return new DescentConfig(descent.Count("inputs") ?? 3, descent.Count("hidden") ?? 3, descent.Count("outputs") ?? 2, descent.Count("examples") ?? 12, descent.Number("scale", double.Epsilon) ?? 0.3,
            descent.Number("end", double.Epsilon) ?? 12, [.. rates], descent.Number("adam", double.Epsilon) ?? 0.02, (ulong)(top.Number("seed", 0, 1L << 53, isWhole: true) ?? 1));
    }

    /// <summary>Runs it.</summary>
    /// <exception cref="ProtonmotiveException">The flow can't be solved.</exception>
    public (LinearNetwork Network, DescentComparison Comparison) Run()
    {
        var network = LinearNetwork.Random(Inputs, Hidden, Outputs, Examples, Scale, Seed);
        return (network, DescentComparison.Run(network, End, Rates, AdamRate));
    }
}
