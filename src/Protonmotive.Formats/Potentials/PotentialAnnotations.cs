using System.Globalization;
using System.Text;
using System.Xml.Linq;
using Protonmotive.Formats.Sbml;
using Protonmotive.Networks;

namespace Protonmotive.Formats.Potentials;

/// <summary>
/// Standard potentials in the annotations of species:
/// <c>&lt;thermo:standardPotential xmlns:thermo="https://protonmotive.org/sbml/thermodynamics/1" value="-10.2" unit="kJ/mol"/></c>.
/// </summary>
public static class PotentialAnnotations
{
    /// <summary>The namespace of the element.</summary>
    public const string Namespace = "https://protonmotive.org/sbml/thermodynamics/1";

    /// <summary>The potentials that a network's annotations give, by species; empty where there are none.</summary>
    /// <exception cref="PotentialTableException">An element of ours has no number, or a unit that is no energy per amount.</exception>
    public static IReadOnlyDictionary<string, StandardPotential> Of(Network network)
    {
        var potentials = new Dictionary<string, StandardPotential>(StringComparer.Ordinal);
        foreach (var species in network.Stores.OfType<Species>())
        {
            if (network.Documentation.TryGetValue(species.Name, out var said) && said.Annotation?.Contains(Namespace, StringComparison.Ordinal) == true && Find(said.Annotation, species.Name) is { } potential)
                potentials[species.Name] = potential;
        }
        return potentials;
    }

    /// <summary>The potential in one annotation; null where it holds none.</summary>
    /// <param name="annotation">The annotation element as XML text.</param>
    /// <param name="species">The species, for errors.</param>
    /// <exception cref="PotentialTableException">The element has no number, or a unit that is no energy per amount.</exception>
    public static StandardPotential? Find(string annotation, string species)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(annotation));
        var element = SafeXml.Load(stream, $"annotation of {species}").Descendants(XName.Get("standardPotential", Namespace)).FirstOrDefault();
        if (element is null) return null;
        string value = (string?)element.Attribute("value") ?? "", unit = (string?)element.Attribute("unit") ?? "kJ/mol";
        if (!double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) || !double.IsFinite(number))
            throw new PotentialTableException($"The standard potential '{value}' is no number.", $"annotation of {species}", "Write value=\"-10.2\" unit=\"kJ/mol\".");
        var joule = Unit.Parse("J/mol");
        if (Unit.TryParse(unit) is not { } given || !given.IsComparableTo(joule))
            throw new PotentialTableException($"'{unit}' is no unit of a standard potential.", $"annotation of {species}", "Give kJ/mol or J/mol.");
        return new StandardPotential(number * Unit.ConversionFactor(given, joule));
    }
}
