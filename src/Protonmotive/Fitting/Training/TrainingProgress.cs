namespace Protonmotive.Fitting.Training;

/// <summary>How far a training is.</summary>
/// <param name="Stage">Index of the stage.</param>
/// <param name="Stages">Number of stages.</param>
/// <param name="Name">Name of the stage.</param>
/// <param name="Iteration">Iterations done in all stages.</param>
/// <param name="Training">Mean of residual² over what is trained on, at the last look.</param>
/// <param name="HeldOut">The same over what is held out; NaN where there is nothing.</param>
public sealed record TrainingProgress(int Stage, int Stages, string Name, int Iteration, double Training, double HeldOut);
