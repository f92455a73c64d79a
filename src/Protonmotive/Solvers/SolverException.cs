namespace Protonmotive.Solvers;

/// <summary>A solve that can't be started or can't go on.</summary>
public class SolverException : ProtonmotiveException
{
    /// <summary>Makes the error from its three parts.</summary>
    public SolverException(string what, string where, string mend, Exception? inner = null)
        : base(what, where, mend, inner)
    {
    }
}
