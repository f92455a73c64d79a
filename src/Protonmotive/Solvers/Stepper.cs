using Protonmotive.Kernels;

namespace Protonmotive.Solvers;

/// <summary>A method at work on one system: its work arrays, and the counts of what it asked of the system.</summary>
public abstract class Stepper
{
    private readonly double[] denseVectors;
    private bool denseReady;

    /// <summary>Makes the arrays all methods need.</summary>
    /// <param name="system">The system; used by this stepper alone.</param>
    /// <param name="stageCount">Number of stage vectors.</param>
    /// <param name="denseCount">Number of vectors of the dense output.</param>
    protected Stepper(IDifferentialSystem system, int stageCount, int denseCount)
    {
        System = system;
        Stages = new double[stageCount * system.Count];
        denseVectors = new double[denseCount * system.Count];
    }

    /// <summary>The system stepped.</summary>
    public IDifferentialSystem System { get; }

    /// <summary>The stage vectors of the last step, one after the other, shape [StageCount·n]. Rosenbrock methods: Uᵢ; explicit ones: kᵢ.</summary>
    public double[] Stages { get; }

    /// <summary>Evaluations of f so far.</summary>
    public long Rates { get; protected set; }

    /// <summary>Evaluations of ∂f/∂y so far.</summary>
    public long Jacobians { get; protected set; }

    /// <summary>Factorisations so far.</summary>
    public long Factorisations { get; protected set; }

    /// <summary>Linear solves so far.</summary>
    public long Solves { get; protected set; }

    /// <summary>f(t, y) at the point of the next step; computed once a point.</summary>
    /// <param name="t">Time.</param>
    /// <param name="y">State, shape [n].</param>
    public abstract ReadOnlySpan<double> RatesAt(double t, ReadOnlySpan<double> y);

    /// <summary>One trial step. Called again at the same point with another h, it reuses what depends on the point only.</summary>
    /// <param name="t">Start of the step.</param>
    /// <param name="y">State at <paramref name="t"/>, shape [n].</param>
    /// <param name="h">Step; negative to go back.</param>
    /// <param name="next">Receives y(t + h), shape [n]; must not overlap <paramref name="y"/>.</param>
    /// <param name="error">Receives the local error estimate, shape [n].</param>
    /// <returns>False where the step can't be made: a singular matrix.</returns>
    public bool TryStep(double t, ReadOnlySpan<double> y, double h, Span<double> next, Span<double> error)
    {
        denseReady = false;
        return Step(t, y, h, next, error);
    }

    /// <summary>The step was accepted: the next one starts where it ended.</summary>
    public abstract void Advance();

    /// <summary>The state or the system changed: nothing of the point is reused.</summary>
    public abstract void Invalidate();

    /// <summary>The vectors q of the dense output of the last step (<see cref="Interpolant"/>), shape [DenseCount·n].</summary>
    /// <param name="h">The last step.</param>
    public ReadOnlySpan<double> DenseVectors(double h)
    {
        if (!denseReady)
        {
            ComputeDenseVectors(h, denseVectors);
            denseReady = true;
        }

        return denseVectors;
    }

    /// <summary>As <see cref="TryStep"/>.</summary>
    protected abstract bool Step(double t, ReadOnlySpan<double> y, double h, Span<double> next, Span<double> error);

    /// <summary>Computes the vectors of the dense output from the stages of the last step.</summary>
    protected abstract void ComputeDenseVectors(double h, Span<double> vectors);
}
