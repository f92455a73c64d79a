namespace Protonmotive.Networks;

/// <summary>Two places that are neighbours.</summary>
/// <param name="From">The place before.</param>
/// <param name="To">The place after it.</param>
/// <param name="Axis">0 along a row, 1 along a column.</param>
public readonly record struct Bond(Place From, Place To, int Axis);
