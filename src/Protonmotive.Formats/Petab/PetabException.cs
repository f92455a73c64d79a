namespace Protonmotive.Formats.Petab;

/// <summary>A PEtab problem that can't be read: what is wrong, in which file, line and column, and how to mend it.</summary>
public sealed class PetabException : ProtonmotiveException
{
    /// <inheritdoc/>
    public PetabException(string what, string where, string mend, Exception? inner = null)
        : base(what, where, mend, inner)
    {
    }
}
