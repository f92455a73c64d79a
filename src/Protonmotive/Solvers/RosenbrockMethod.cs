using Protonmotive.Kernels;

namespace Protonmotive.Solvers;

/// <summary>A Rosenbrock method given by its Coefficients.</summary>
public abstract class RosenbrockMethod : Method
{
    /// <summary>Makes the method.</summary>
    protected RosenbrockMethod(RosenbrockTableau coefficients) => Coefficients = coefficients;

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
    public sealed override bool IsImplicit => true;

    /// <summary>Its coefficients.</summary>
    internal RosenbrockTableau Coefficients { get; }

    /// <inheritdoc/>
    public sealed override Stepper CreateStepper(IDifferentialSystem system, ErrorNorm norm) => new RosenbrockStepper(system, Coefficients);
}
