namespace Protonmotive.Formats.Potentials;

/// <summary>A table or annotation of standard potentials that can't be read, with the line of the fault.</summary>
public sealed class PotentialTableException : ProtonmotiveException
{
    /// <inheritdoc/>
    public PotentialTableException(string what, string where, string mend, Exception? inner = null)
        : base(what, where, mend, inner)
    {
    }
}
