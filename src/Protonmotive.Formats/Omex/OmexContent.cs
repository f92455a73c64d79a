namespace Protonmotive.Formats.Omex;

/// <summary>A file that a manifest lists.</summary>
/// <param name="Path">Its path in the archive, without a leading './'.</param>
/// <param name="Format">URI of its format, or its media type.</param>
/// <param name="IsMaster">Whether a reader is to begin with it.</param>
public sealed record OmexContent(string Path, string Format, bool IsMaster)
{
    /// <summary>Whether it is SED-ML.</summary>
    public bool IsSedMl => Names("sed-ml", "sedml");

    /// <summary>Whether it is SBML.</summary>
    public bool IsSbml => Names("sbml");

    /// <summary>Whether it says something about the archive.</summary>
    public bool IsMetadata => Names("omex-metadata", "application/rdf");

    private bool Names(params string[] names) => names.Any(n => Format.Contains(n, StringComparison.OrdinalIgnoreCase));
}
