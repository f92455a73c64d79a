namespace Protonmotive.Solvers.Designs;

/// <summary>A range or a design that can't be used.</summary>
public sealed class DesignException : SolverException
{
    /// <summary>Makes the error from its three parts.</summary>
    public DesignException(string what, string where, string mend, Exception? inner = null)
        : base(what, where, mend, inner)
    {
    }
}
