namespace Protonmotive.Formats;

/// <summary>A format that does not exist or can't do what is asked, or a file that may not be written.</summary>
public sealed class ModelFormatException : ProtonmotiveException
{
    /// <inheritdoc/>
    public ModelFormatException(string what, string where, string mend, Exception? inner = null)
        : base(what, where, mend, inner)
    {
    }
}
