namespace Protonmotive.Solvers.Stochastic;

/// <summary>A stochastic simulation can't be started or can't go on.</summary>
public sealed class StochasticException : SolverException
{
    /// <summary>Makes the error from its three parts.</summary>
    public StochasticException(string what, string where, string mend, Exception? inner = null)
        : base(what, where, mend, inner)
    {
    }
}
