using System.Collections.Immutable;

namespace Protonmotive.Fitting.Training;

/// <summary>A finished training.</summary>
/// <param name="Parameters">What was trained.</param>
/// <param name="Weights">The best weights of the last stage, on their scales, shape [n].</param>
/// <param name="Training">How well what was trained on is met, over all times.</param>
/// <param name="HeldOut">How well what was held out is met; null where nothing was.</param>
/// <param name="History">Looks on the way.</param>
/// <param name="Notes">Stages that ended early or failed, and why.</param>
/// <param name="Evaluations">Evaluations of the loss with its gradient.</param>
public sealed record TrainingResult(ImmutableArray<EstimatedParameter> Parameters, double[] Weights, TrajectoryMeasure Training, TrajectoryMeasure? HeldOut, ImmutableArray<LearningPoint> History, ImmutableArray<string> Notes, long Evaluations)
{
    /// <summary>Weights by name, as overrides of the system's parameters.</summary>
    public ImmutableDictionary<string, double> Values => Parameters.Select((p, i) => (p, i)).ToImmutableDictionary(p => p.p.Name, p => Problems.Scales.ToLinear(Weights[p.i], p.p.Scale), StringComparer.Ordinal);
}
