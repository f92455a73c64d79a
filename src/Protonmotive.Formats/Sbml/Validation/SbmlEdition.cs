namespace Protonmotive.Formats.Sbml.Validation;

/// <summary>Level and version of a file as one number to compare: Level 2 Version 4 is 24.</summary>
/// <param name="Number">Ten times the level, plus the version.</param>
internal readonly record struct SbmlEdition(int Number)
{
    public int Level => Number / 10;

    public int Version => Number % 10;

    /// <summary>Whether there is such an edition of SBML.</summary>
    public bool Exists => Number is 11 or 12 or (>= 21 and <= 25) or 31 or 32;

    /// <summary>The namespace of the core elements.</summary>
    public string Namespace => Number switch
    {
        11 or 12 => "http://www.sbml.org/sbml/level1",
        21 => "http://www.sbml.org/sbml/level2",
        31 or 32 => FormattableString.Invariant($"http://www.sbml.org/sbml/level3/version{Version}/core"),
        _ => FormattableString.Invariant($"http://www.sbml.org/sbml/level{Level}/version{Version}"),
    };

    /// <summary>The attribute that identifies an element: Level 1 says name.</summary>
    public string IdAttribute => Level == 1 ? "name" : "id";

    /// <summary>As people write it.</summary>
    public override string ToString() => FormattableString.Invariant($"Level {Level} Version {Version}");
}
