namespace Protonmotive.Solvers;

/// <summary>The limit on steps was reached before the end.</summary>
public sealed class TooManyStepsException : SolverException
{
    /// <summary>Makes the error from its three parts.</summary>
    public TooManyStepsException(string what, string where, string mend)
        : base(what, where, mend)
    {
    }
}
