using System.Xml.Linq;
using Protonmotive.Formats.Sbml.Composition;
using Protonmotive.Networks;
using Protonmotive.Symbolics;

namespace Protonmotive.Formats.Sbml;

/// <summary>
/// Reads SBML core, Levels 1 to 3, into a <see cref="Network"/>: compartments, species, parameters, reactions, function
/// definitions, rules, initial assignments, units and events without delay or priority. What it does not read it refuses by name.
/// </summary>
/// <remarks>
/// SBML Level 3 Version 2 Core (Hucka et al. 2019, J Integr Bioinform 16:20190021). A kinetic law is amount per time; a species'
/// symbol is its concentration unless it has only substance units. No potentials are known, so the ledger says so.
/// </remarks>
public static class SbmlReader
{
    /// <summary>Packages that change the meaning of a model and are read.</summary>
    private static readonly string[] packagesRead = ["distrib"];

    /// <summary>Reads a file.</summary>
    /// <exception cref="SbmlException">It is no SBML, or holds something that is not read.</exception>
    /// <exception cref="NetworkException">Its equations do not fit together.</exception>
    public static Network Load(string path)
    {
        using var stream = File.OpenRead(path);
        return Read(stream, path, Path.GetDirectoryName(Path.GetFullPath(path)));
    }

    /// <summary>Reads a stream; the name is for errors.</summary>
    /// <exception cref="SbmlException">It is no SBML, or holds something that is not read.</exception>
    /// <exception cref="NetworkException">Its equations do not fit together.</exception>
    public static Network Read(Stream stream, string name) => Read(stream, name, folder: null);

    // Files that a hierarchical model names are opened only beside a model that is itself a file.
    private static Network Read(Stream stream, string name, string? folder)
    {
        var document = SbmlComposition.Flatten(SafeXml.Load(stream, name), name, folder);
        var root = document.Root ?? throw new SbmlException("The file is empty.", name, "Give an SBML file.");
        if (root.Name.LocalName != "sbml") throw SbmlException.At(root, name, $"The root element is <{root.Name.LocalName}>, not <sbml>.", "Give an SBML file.");
        if (!int.TryParse((string?)root.Attribute("level"), out int level) || level is < 1 or > 3)
            throw SbmlException.At(root, name, $"The SBML level is '{(string?)root.Attribute("level")}'.", "Levels 1, 2 and 3 are read.");
        foreach (var required in root.Attributes().Where(a => a.Name.LocalName == "required" && a.Name.NamespaceName.Length > 0 && a.Value is "true" or "1"))
        {
            var parts = required.Name.NamespaceName.Split('/');
            if (parts.Length > 2 && packagesRead.Contains(parts[^2])) continue;
            throw SbmlException.At(root, name, $"The model needs the SBML package '{(parts.Length > 2 ? parts[^2] : required.Name.NamespaceName)}', which is not read.", "Flatten or export the model to SBML core.");
        }
        var model = root.Elements().FirstOrDefault(e => e.Name.LocalName == "model")
            ?? throw SbmlException.At(root, name, "There is no <model>.", "Give an SBML file with a model.");
        Writing.SbmlExtension.Restore(model);
        return new SbmlModel(model, level, name).Build();
    }

    internal static bool Flag(XElement e, string name, bool standard = false) => (string?)e.Attribute(name) switch
    {
        "true" or "1" => true,
        "false" or "0" => false,
        _ => standard,
    };

    internal static string? Id(XElement e, int level) => (string?)e.Attribute(level == 1 ? "name" : "id");
}
