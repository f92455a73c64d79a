namespace Protonmotive.Formats.Omex;

/// <summary>A COMBINE archive that can't be read.</summary>
public sealed class OmexException : ProtonmotiveException
{
    /// <inheritdoc/>
    public OmexException(string what, string where, string mend, Exception? inner = null)
        : base(what, where, mend, inner)
    {
    }
}
