namespace Protonmotive.Formats.Antimony;

/// <summary>An Antimony file that can't be read, with the line and column of the fault, or a network that can't be written.</summary>
public sealed class AntimonyException : ProtonmotiveException
{
    /// <inheritdoc/>
    public AntimonyException(string what, string where, string mend, Exception? inner = null)
        : base(what, where, mend, inner)
    {
    }

    /// <summary>Line of the fault, from 1; 0 where there is none.</summary>
    public int Line { get; init; }

    /// <summary>Column of the fault, from 1, in UTF-16 units; 0 where there is none.</summary>
    public int Column { get; init; }
}
