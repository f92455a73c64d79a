namespace Protonmotive.Fitting;

/// <summary>What is asked of an objective; each part contains the ones before.</summary>
public enum ObjectiveParts
{
    /// <summary>The value.</summary>
    Value,
    /// <summary>The value and its gradient.</summary>
    Gradient,
    /// <summary>The value, its gradient and the Gauss-Newton form of its Hessian.</summary>
    GaussNewton,
}
