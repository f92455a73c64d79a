namespace Protonmotive.Fitting.Problems;

/// <summary>A fit problem that can't be worked on as it is.</summary>
public sealed class FitException : ProtonmotiveException
{
    /// <summary>Makes the error from its three parts.</summary>
    public FitException(string what, string where, string mend, Exception? inner = null)
        : base(what, where, mend, inner)
    {
    }
}
