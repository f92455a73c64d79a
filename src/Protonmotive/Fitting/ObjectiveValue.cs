namespace Protonmotive.Fitting;

/// <summary>An objective at one point.</summary>
/// <param name="Value">The negative logarithm of likelihood or posterior; +∞ where it can't be computed.</param>
/// <param name="Gradient">∂Value/∂x on the scale of estimation, shape [n]; null where it was not asked for or the value is infinite.</param>
/// <param name="GaussNewton">A positive semidefinite stand-in for the Hessian that needs first derivatives only (the Fisher information), shape [n, n]; null where not asked for or infinite.</param>
/// <param name="Failure">Why the value is infinite; null where it is finite.</param>
public sealed record ObjectiveValue(double Value, double[]? Gradient = null, double[,]? GaussNewton = null, string? Failure = null)
{
    /// <summary>A value of infinity, with its reason.</summary>
    /// <param name="reason">What failed, and where.</param>
    public static ObjectiveValue Infinite(string reason) => new(double.PositiveInfinity, Failure: reason);
}
