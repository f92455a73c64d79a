namespace Protonmotive.Formats.Sbml.Writing;

/// <summary>Addresses of the namespaces that are written.</summary>
internal static class SbmlNamespaces
{
    public const string Core = "http://www.sbml.org/sbml/level3/version2/core";

    public const string Distributions = "http://www.sbml.org/sbml/level3/version1/distrib/version1";

    public const string FluxBalance = "http://www.sbml.org/sbml/level3/version1/fbc/version2";

    public const string Html = "http://www.w3.org/1999/xhtml";

    /// <summary>Our annotation of elements: names that are no identifiers of SBML, fast reactions.</summary>
    public const string Network = "https://protonmotive.org/sbml/network/1";

    /// <summary>Around elements of others that older levels let stand side by side.</summary>
    public const string Kept = "https://protonmotive.org/sbml/kept/1";

    /// <summary>Our annotation of thermodynamic data.</summary>
    public const string Thermodynamics = "https://protonmotive.org/sbml/thermodynamics/1";
}
