namespace Protonmotive.Formats.BioNetGen;

/// <summary>A BioNetGen network that can't be read, with the line of the fault.</summary>
public sealed class BioNetGenException : ProtonmotiveException
{
    /// <inheritdoc/>
    public BioNetGenException(string what, string where, string mend, Exception? inner = null)
        : base(what, where, mend, inner)
    {
    }

    internal static BioNetGenException At(string file, int line, string what, string mend, Exception? inner = null) =>
        new(what, line > 0 ? $"{file}, line {line}" : file, mend, inner);
}
