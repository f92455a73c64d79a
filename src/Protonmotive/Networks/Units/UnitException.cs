namespace Protonmotive.Networks;

/// <summary>A unit that can't be read, or two that do not fit.</summary>
public sealed class UnitException : ProtonmotiveException
{
    /// <inheritdoc/>
    public UnitException(string what, string where, string mend, Exception? inner = null)
        : base(what, where, mend, inner)
    {
    }
}
