using Protonmotive.Kernels;

namespace Protonmotive.Solvers;

/// <summary>
/// A method: it steps a smooth system between two stops of the integration loop, which owns step control, events and
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

    /// <summary>Order of the first steps after the start or a stop.</summary>
    public virtual int StartOrder => Order;

    /// <summary>Makes the work arrays for one system.</summary>
    /// <param name="system">The system; used by the stepper alone.</param>
    /// <param name="norm">How errors are measured: for methods that solve their equations by iteration, or choose their order.</param>
    /// <exception cref="SolverException">The method cannot treat the system's mass matrix.</exception>
    public abstract Stepper CreateStepper(IDifferentialSystem system, ErrorNorm norm);

    /// <summary>Who chooses the steps of a stepper of this method.</summary>
    internal virtual IStepController CreateController(Stepper stepper) => new StepController(this);

    /// <summary>The method's name.</summary>
    public override string ToString() => Name;
}
