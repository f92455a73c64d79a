using Protonmotive.Kernels;

namespace Protonmotive.Solvers;

/// <summary>A Rosenbrock method given by its tableau.</summary>
public abstract class RosenbrockMethod : Method
{
    private readonly RosenbrockTableau tableau;

    /// <summary>Makes the method.</summary>
    protected RosenbrockMethod(RosenbrockTableau tableau) => this.tableau = tableau;

    /// <inheritdoc/>
    public sealed override string Name => tableau.Name;

    /// <inheritdoc/>
    public sealed override int Order => tableau.Order;

    /// <inheritdoc/>
    public sealed override int EmbeddedOrder => tableau.EmbeddedOrder;

    /// <inheritdoc/>
    public sealed override int DenseOrder => tableau.DenseOrder;

    /// <inheritdoc/>
    public sealed override int StageCount => tableau.StageCount;

    /// <inheritdoc/>
    public sealed override bool IsImplicit => true;

    /// <inheritdoc/>
    public sealed override Stepper CreateStepper(IDifferentialSystem system) => new RosenbrockStepper(system, tableau);
}
