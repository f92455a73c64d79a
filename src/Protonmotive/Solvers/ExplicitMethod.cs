using Protonmotive.Kernels;

namespace Protonmotive.Solvers;

/// <summary>An explicit Runge–Kutta pair given by its tableau.</summary>
public abstract class ExplicitMethod : Method
{
    /// <summary>Makes the method.</summary>
    protected ExplicitMethod(ButcherTableau coefficients) => Coefficients = coefficients;

    /// <inheritdoc/>
    public sealed override string Name => Coefficients.Name;

    /// <inheritdoc/>
    public sealed override int Order => Coefficients.Order;

    /// <inheritdoc/>
    public sealed override int EmbeddedOrder => Coefficients.EmbeddedOrder;

    /// <inheritdoc/>
    public sealed override int DenseOrder => Coefficients.DenseOrder;

    /// <inheritdoc/>
    public sealed override int StageCount => Coefficients.StageCount;

    /// <inheritdoc/>
    public sealed override bool IsImplicit => false;

    /// <summary>Its coefficients.</summary>
    internal ButcherTableau Coefficients { get; }

    /// <inheritdoc/>
    public sealed override Stepper CreateStepper(IDifferentialSystem system, ErrorNorm norm) => new ExplicitStepper(system, Coefficients);
}
