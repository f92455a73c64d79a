namespace Protonmotive.Solvers;

/// <summary>Modes or events switch without end, at one time or at times that run together.</summary>
public sealed class EndlessSwitchingException : SolverException
{
    /// <summary>Makes the error from its three parts.</summary>
    public EndlessSwitchingException(string what, string where, string mend)
        : base(what, where, mend)
    {
    }
}
