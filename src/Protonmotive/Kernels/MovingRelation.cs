using Protonmotive.Symbolics;

namespace Protonmotive.Kernels;

/// <summary>A comparison whose truth changes in the course of time: the sign of a function affine in time.</summary>
/// <param name="Root">Left minus right.</param>
/// <param name="Slope">Its rate of change between firings; itself fixed between them.</param>
internal readonly record struct MovingRelation(Expression Root, Expression Slope);
