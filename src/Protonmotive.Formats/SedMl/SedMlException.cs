namespace Protonmotive.Formats.SedMl;

/// <summary>A SED-ML document that can't be read or run, with the line and column of the fault.</summary>
public sealed class SedMlException : ProtonmotiveException
{
    /// <inheritdoc/>
    public SedMlException(string what, string where, string mend, Exception? inner = null)
        : base(what, where, mend, inner)
    {
    }
}
