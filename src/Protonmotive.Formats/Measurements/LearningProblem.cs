using System.Collections.Immutable;
using Protonmotive.Fitting.Problems;
using Protonmotive.Networks;

namespace Protonmotive.Formats.Measurements;

/// <summary>A problem with laws to be learned.</summary>
/// <param name="Problem">What the weights, and other parameters that are estimated, are to meet.</param>
/// <param name="Network">The model with the learned laws.</param>
/// <param name="Nets">Their neural networks.</param>
/// <param name="Watched">Names of the experiments that decide when training stops; empty for none.</param>
public sealed record LearningProblem(FitProblem Problem, Network Network, ImmutableArray<Perceptron> Nets, ImmutableSortedSet<string> Watched);
