using System.Collections.Immutable;
using Protonmotive.Fitting.Optimisers;

namespace Protonmotive.Fitting.Training;

/// <summary>All that a training knows between two iterations: whoever has it can go on to the same bits. A value; an iteration makes a new one.</summary>
public sealed record TrainingState
{
    /// <summary>Index of the stage; the number of stages once all are done.</summary>
    public int Stage { get; init; }

    /// <summary>Iterations done in all stages.</summary>
    public int Iteration { get; init; }

    /// <summary>The optimiser within the stage; null before its first iteration.</summary>
    public OptimiserState? Optimiser { get; init; }

    /// <summary>The horizon of the stage, which may be shorter than planned where simulations failed.</summary>
    public required double Horizon { get; init; }

    /// <summary>Weights that the stage began with, shape [n]: the starts of segments follow from them.</summary>
    public required double[] Began { get; init; }

    /// <summary>Weights with the least held-out loss of the stage (the result, at the end), shape [n].</summary>
    public required double[] Best { get; init; }

    /// <summary>That loss, −ln likelihood per measurement; +∞ before the first look.</summary>
    public double BestLoss { get; init; } = double.PositiveInfinity;

    /// <summary>Looks since then.</summary>
    public int Waited { get; init; }

    /// <summary>All looks.</summary>
    public ImmutableArray<LearningPoint> History { get; init; } = [];

    /// <summary>What happened on the way: stages that ended early or failed, with the reason.</summary>
    public ImmutableArray<string> Notes { get; init; } = [];

    /// <summary>Evaluations of the loss in stages that are done.</summary>
    public long Evaluations { get; init; }

    /// <summary>Whether all stages are done.</summary>
    public bool IsFinished { get; init; }
}
