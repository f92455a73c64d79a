namespace Protonmotive.Solvers;

/// <summary>A rate or the state is not a number or infinite.</summary>
public sealed class NonFiniteException : SolverException
{
    /// <summary>Makes the error from its three parts.</summary>
    public NonFiniteException(string what, string where, string mend)
        : base(what, where, mend)
    {
    }
}
