using System.Text.Json.Serialization;

namespace Protonmotive.Fitting.Optimisers;

/// <summary>
/// All that an optimiser knows between two iterations: whoever has it can go on exactly as if there had been no pause. A value;
/// an iteration makes a new one.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "method")]
[JsonDerivedType(typeof(TrustRegionState), "trust-region")]
[JsonDerivedType(typeof(LimitedMemoryState), "l-bfgs-b")]
[JsonDerivedType(typeof(EvolutionState), "cma-es")]
[JsonDerivedType(typeof(TwoPhaseState), "two-phase")]
[JsonDerivedType(typeof(AdamState), "adam")]
[JsonDerivedType(typeof(HoppingState), "hopping")]
public abstract record OptimiserState
{
    /// <summary>The best point so far, on the scale of estimation, shape [n].</summary>
    public required double[] X { get; init; }

    /// <summary>The objective there.</summary>
    public required double Value { get; init; }

    /// <summary>Iterations done.</summary>
    public int Iterations { get; init; }

    /// <summary>Evaluations of the objective.</summary>
    public long Evaluations { get; init; }

    /// <summary>Those of them with a gradient.</summary>
    public long Gradients { get; init; }

    /// <summary>How far it is.</summary>
    public FitStatus Status { get; init; }

    /// <summary>Why it stopped, or why the start failed; "" while it runs.</summary>
    public string Message { get; init; } = "";

    /// <summary>Whether it has stopped.</summary>
    [JsonIgnore]
    public bool IsFinished => Status != FitStatus.Running;
}
