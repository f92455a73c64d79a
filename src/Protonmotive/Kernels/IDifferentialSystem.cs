namespace Protonmotive.Kernels;

/// <summary>
/// A system M dy/dt = f(t, y) as a stiff solver sees it, with its own workspace: not safe for use from two threads at once.
/// </summary>
public interface IDifferentialSystem
{
    /// <summary>Number of components of y, quadratures included.</summary>
    int Count { get; }

    /// <summary>Whether M is the identity.</summary>
    bool IsMassIdentity { get; }

    /// <summary>f(t, y).</summary>
    /// <param name="t">Time.</param>
    /// <param name="y">State, shape [Count].</param>
    /// <param name="rates">Receives f, shape [Count].</param>
    void Rates(double t, ReadOnlySpan<double> y, Span<double> rates);

    /// <summary>∂f/∂t at fixed y, shape [Count].</summary>
    void TimeDerivative(double t, ReadOnlySpan<double> y, Span<double> derivative);

    /// <summary>Evaluates ∂f/∂y at (t, y) and keeps it for <see cref="Factorize"/>.</summary>
    void EvaluateJacobian(double t, ReadOnlySpan<double> y);

    /// <summary>Factorises W = shift·M − ∂f/∂y, with the Jacobian evaluated last.</summary>
    /// <returns>False where W is singular to working precision.</returns>
    bool Factorize(double shift);

    /// <summary>Solves W x = b with the factors made last; <paramref name="b"/> holds x afterwards, shape [Count].</summary>
    void Solve(Span<double> b);

    /// <summary>result = M x, shape [Count].</summary>
    void MultiplyByMass(ReadOnlySpan<double> x, Span<double> result);

    /// <summary>result = ∂f/∂y · x with the Jacobian evaluated last, shape [Count].</summary>
    void MultiplyByJacobian(ReadOnlySpan<double> x, Span<double> result);
}
