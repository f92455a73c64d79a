namespace Protonmotive.Fitting.Training;

/// <summary>A look at a training under way.</summary>
/// <param name="Stage">Index of the stage.</param>
/// <param name="Iteration">Iterations done in all stages.</param>
/// <param name="Objective">What the optimiser lowers: −ln likelihood, priors and penalties.</param>
/// <param name="Training">Mean of residual² in units of σ over the experiments that are trained on; +∞ where a simulation fails.</param>
/// <param name="HeldOut">The same over those held out; NaN where there are none.</param>
public sealed record LearningPoint(int Stage, int Iteration, double Objective, double Training, double HeldOut);
