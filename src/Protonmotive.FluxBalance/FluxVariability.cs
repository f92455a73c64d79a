using System.Collections.Immutable;

namespace Protonmotive.FluxBalance;

/// <summary>How far each flux can go while the objective keeps a given part of its optimum.</summary>
/// <param name="Solution">The optimum that it is measured from.</param>
/// <param name="Fraction">The part of the optimum that is kept, 0 to 1.</param>
/// <param name="Ranges">A range for each reaction, in the order of the model; empty where there is no optimum.</param>
/// <remarks>Mahadevan and Schilling (2003), Metab Eng 5:264.</remarks>
public sealed record FluxVariability(FluxBalanceSolution Solution, double Fraction, ImmutableArray<FluxRange> Ranges);
