namespace Protonmotive.Solvers;

/// <summary>The step that the tolerance asks for is too small to advance time.</summary>
public sealed class StepTooSmallException : SolverException
{
    /// <summary>Makes the error from its three parts.</summary>
    public StepTooSmallException(string what, string where, string mend)
        : base(what, where, mend)
    {
    }
}
