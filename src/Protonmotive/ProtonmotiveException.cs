namespace Protonmotive;

/// <summary>An error that tells its reader what happened, where, and how to mend it. All errors of the product derive from it.</summary>
public class ProtonmotiveException : Exception
{
    /// <summary>Makes the error from its three parts.</summary>
    /// <param name="what">What happened.</param>
    /// <param name="where">The place: file, line and column; identifier; time and species.</param>
    /// <param name="mend">What the reader can do.</param>
    /// <param name="inner">The cause, where there is one.</param>
    public ProtonmotiveException(string what, string where, string mend, Exception? inner = null)
        : base($"{what}\n{where}\n{mend}", inner)
    {
        What = what;
        Where = where;
        Mend = mend;
    }

    /// <summary>What happened.</summary>
    public string What { get; }

    /// <summary>The place.</summary>
    public string Where { get; }

    /// <summary>What the reader can do.</summary>
    public string Mend { get; }
}
