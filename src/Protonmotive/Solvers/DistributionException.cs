namespace Protonmotive.Solvers;

/// <summary>A random number can't be drawn: a parameter of its distribution is out of range, or its bounds leave nothing.</summary>
public sealed class DistributionException : SolverException
{
    /// <summary>Makes the error from its three parts.</summary>
    public DistributionException(string what, string where, string mend, Exception? inner = null)
        : base(what, where, mend, inner)
    {
    }
}
