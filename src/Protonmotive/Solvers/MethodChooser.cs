using System.Globalization;
using Protonmotive.Kernels;

namespace Protonmotive.Solvers;

/// <summary>Chooses methods for <see cref="Automatic"/>.</summary>
internal sealed class MethodChooser
{
    // Steps that an explicit method may take before a stiff one, whose steps cost several times as much, is worth it.
    private const double ExplicitSteps = 300;
    private const double StabilityLimit = 3.3;
    private const int PowerIterations = 12;

    private readonly Kernel kernel;
    private readonly Tolerance tolerance;
    private readonly LinearSolverChoice linear;

    public MethodChooser(Kernel kernel, Tolerance tolerance, LinearSolver asked)
    {
        this.kernel = kernel;
        this.tolerance = tolerance;
        linear = LinearSolverChoice.For(kernel, asked);
    }

    /// <summary>The method to start with.</summary>
    public MethodChoice AtStart(KernelInstance instance, double start, double end, double[] initial)
    {
        if (!instance.IsMassIdentity) return Stiff(start, "the system has algebraic equations or a mass matrix");
        if (kernel.StateCount == 0) return new MethodChoice(start, new Tsit5(), LinearSolver.Direct, "there are no states");
        double rate = new FastestRate(instance).At(start, initial, PowerIterations), steps = rate * (end - start) / StabilityLimit;
        string size = string.Create(CultureInfo.InvariantCulture, $"the fastest rate at the start is {rate:g3} over a span of {end - start:g3}");
        return steps <= ExplicitSteps
            ? new MethodChoice(start, new Tsit5(), LinearSolver.Direct, $"not stiff: {size}")
            : Stiff(start, $"stiff: {size}");
    }

    /// <summary>A method that was asked for, with the linear solver for it.</summary>
    /// <exception cref="SolverException">The method does not go with the linear solver asked for.</exception>
    public MethodChoice AsAsked(Method method, double start)
    {
        if (linear.Solver == LinearSolver.MatrixFreeKrylov && method is not Bdf) throw new SolverException(
            $"{method.Name} needs products with the Jacobian of the start of a step, which a matrix-free solver has not.", "Linear solver of the solve.", "Use BDF, or LinearSolver.Krylov.");
        return new MethodChoice(start, method, method.IsImplicit ? linear.Solver : LinearSolver.Direct, "asked for");
    }

    /// <summary>The method to go on with where explicit steps are limited by stability.</summary>
    public MethodChoice AfterStiffness(double time) => Stiff(time, "stability began to limit explicit steps");

    private MethodChoice Stiff(double time, string why)
    {
        if (linear.Solver != LinearSolver.Direct) return new MethodChoice(time, new Bdf(), linear.Solver, $"{why}; {linear.Reason}");
        bool isTight = tolerance.Relative < 3e-5;
        string how = string.Create(CultureInfo.InvariantCulture, $"{why}; relative tolerance {tolerance.Relative:g2}, {kernel.StateCount} states");
        return new MethodChoice(time, isTight ? new Rodas5P() : new Rodas4(), LinearSolver.Direct, how);
    }
}
