using Protonmotive.Kernels;

namespace Protonmotive.Solvers;

/// <summary>
/// A one-step method: it steps a smooth system between two stops of the integration loop, which owns step control, events and
/// output. A value without state; a new method is one new file.
/// </summary>
public abstract class Method
{
    /// <summary>Published name.</summary>
    public abstract string Name { get; }

    /// <summary>Order of the solution: the error after a fixed time is O(h^Order).</summary>
    public abstract int Order { get; }

    /// <summary>Order of the embedded solution; the error estimate of one step is O(h^(EmbeddedOrder + 1)).</summary>
    public abstract int EmbeddedOrder { get; }

    /// <summary>Order of the dense output.</summary>
    public abstract int DenseOrder { get; }

    /// <summary>Number of stage vectors a step leaves behind.</summary>
    public abstract int StageCount { get; }

    /// <summary>Whether it solves linear systems, so that stiffness does not limit the step and M may be singular.</summary>
    public abstract bool IsImplicit { get; }

    /// <summary>Makes the work arrays for one system.</summary>
    /// <exception cref="SolverException">The method cannot treat the system's mass matrix.</exception>
    public abstract Stepper CreateStepper(IDifferentialSystem system);

    /// <summary>The method's name.</summary>
    public override string ToString() => Name;
}
