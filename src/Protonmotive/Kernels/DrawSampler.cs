using Protonmotive.Networks;

namespace Protonmotive.Kernels;

/// <summary>Draws a random number.</summary>
/// <param name="distribution">From where.</param>
/// <param name="arguments">The distribution's parameters.</param>
/// <param name="lowest">Smallest value allowed.</param>
/// <param name="highest">Largest value allowed.</param>
public delegate double DrawSampler(Distribution distribution, ReadOnlySpan<double> arguments, double lowest, double highest);
