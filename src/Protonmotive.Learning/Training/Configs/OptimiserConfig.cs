using System.Collections.Immutable;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Protonmotive.Learning.Training.Configs;

/// <summary>An optimiser.</summary>
/// <param name="Kind">sgd, adam or adamw.</param>
/// <param name="Rate">Highest learning rate.</param>
public sealed record OptimiserConfig(string Kind, double Rate)
{
    /// <summary>The kinds.</summary>
    public static ImmutableArray<string> Kinds { get; } = ["sgd", "adam", "adamw"];

    /// <summary>Momentum of SGD.</summary>
    public double Momentum { get; init; }

    /// <summary>Whether SGD's momentum is Nesterov's.</summary>
    public bool IsNesterov { get; init; }

    /// <summary>Memory of Adam's mean.</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>Memory of Adam's mean square.</summary>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>Weight decay: of all parameters, but in AdamW of those with two axes or more alone.</summary>
    public double Decay { get; init; }

    /// <summary>Makes it.</summary>
    public optim.Optimizer Make(nn.Module network)
    {
        const double epsilon = 1e-8;
        var parameters = network.parameters().ToList();
        return Kind switch
        {
            "sgd" => optim.SGD(parameters, Rate, Momentum, 0, Decay, IsNesterov),
            "adam" => optim.Adam(parameters, Rate, Beta1, Beta2, epsilon, Decay),
            _ => new AdamW(
                [new AdamW.ParamGroup(parameters.Where(p => p.dim() >= 2), Rate, Beta1, Beta2, epsilon, Decay), new AdamW.ParamGroup(parameters.Where(p => p.dim() < 2), Rate, Beta1, Beta2, epsilon, 0)],
                Rate, Beta1, Beta2, epsilon, Decay),
        };
    }

    /// <summary>Its settings, for the record.</summary>
    public ImmutableArray<TrainingSetting> Settings => Kind == "sgd"
        ? [new("rate", Rate, "highest learning rate of SGD"), new("momentum", Momentum, IsNesterov ? "momentum of SGD, Nesterov's" : "momentum of SGD"), new("decay", Decay, "weight decay")]
        : [new("rate", Rate, $"highest learning rate of {(Kind == "adam" ? "Adam" : "AdamW")}"), new("beta1", Beta1, "memory of the gradient's running mean, β₁"), new("beta2", Beta2, "memory of its running mean square, β₂"), new("decay", Decay, Kind == "adam" ? "weight decay" : "weight decay of matrices")];
}
