using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using Protonmotive.Networks;

namespace Protonmotive.Formats.Sbml.Validation;

/// <summary>
/// Finds all problems of an SBML file at once: its XML, its elements and attributes, identifiers, formulas, units, and what its
/// rules, reactions and events refer to; Levels 1 to 3, with the basic references of the packages comp and fbc.
/// </summary>
/// <remarks>
/// Works on the XML, apart from <see cref="SbmlReader"/>, so that a file that can't be read is still checked as a whole. Rules are
/// those of the validation appendix of Hucka et al. (2019), Level 3 Version 2 Core; docs/validate.md lists those that are checked.
/// </remarks>
public static partial class SbmlValidator
{
    private static readonly HashSet<string> knownPackages = new(StringComparer.Ordinal) { "comp", "fbc", "distrib", "l3v2extendedmath" };

    /// <summary>The problems of a file, in its order; empty for a file in order.</summary>
    /// <exception cref="IOException">The file can't be read from the disk.</exception>
    public static IReadOnlyList<SbmlProblem> Validate(string path)
    {
        using var stream = File.OpenRead(path);
        return Validate(stream, path);
    }

    /// <summary>The problems of a document, in its order; empty for one in order. The name is for messages.</summary>
    /// <exception cref="IOException">The stream can't be read.</exception>
    public static IReadOnlyList<SbmlProblem> Validate(Stream stream, string name)
    {
        var findings = new Findings();
        XElement root;
        try
        {
            root = SafeXml.Load(stream, name).Root!;
        }
        catch (SbmlException e)
        {
            var xml = e.InnerException as XmlException;
            var place = Place().Match(e.Where);
            int Number(string group) => int.TryParse(place.Groups[group].Value, NumberStyles.None, CultureInfo.InvariantCulture, out int n) ? n : 0;
            findings.Add(new SbmlProblem(xml is null ? null : 10104, SbmlSeverity.Error, e.What, xml?.LineNumber ?? Number("line"), xml?.LinePosition ?? Number("column"), "", null, e.Mend));
            return findings.InOrder();
        }
        if (Edition(root, findings) is not { } edition) return findings.InOrder();
        new StructureCheck(edition, root.Name.Namespace, findings).Check(root, SbmlGrammar.Find("sbml")!);
        IdentifierCheck.CheckMetaIds(root, findings);
        if (!Packages(root, edition, findings)) return findings.InOrder();
        Models(root, edition, findings);
        if (root.Elements(root.Name.Namespace + "model").FirstOrDefault() is { } model && !findings.HasErrors && stream.CanSeek) Units(stream, name, new ModelView(model, edition, root.Name.Namespace), findings);
        return findings.InOrder();
    }

    /// <summary>Level and version; null where they are missing or unknown, so that nothing more can be checked.</summary>
    private static SbmlEdition? Edition(XElement root, Findings findings)
    {
        if (root.Name.LocalName != "sbml")
        {
            findings.Error(root, 10102, $"The root element is <{root.Name.LocalName}>, not <sbml>.", "Give an SBML file.");
            return null;
        }
        bool isLevel = int.TryParse(ModelView.Text(root, "level"), NumberStyles.None, CultureInfo.InvariantCulture, out int level);
        bool isVersion = int.TryParse(ModelView.Text(root, "version"), NumberStyles.None, CultureInfo.InvariantCulture, out int version);
        var edition = new SbmlEdition(isLevel && isVersion && level < 10 && version < 10 ? (10 * level) + version : 0);
        if (!edition.Exists)
        {
            bool levelKnown = isLevel && level is >= 1 and <= 3;
            findings.Error(root, levelKnown ? 20103 : 20102, $"There is no SBML Level '{ModelView.Text(root, "level")}' Version '{ModelView.Text(root, "version")}'.", "Set level and version; the newest is level=\"3\" version=\"2\".");
            return null;
        }
        if (root.Name.NamespaceName != edition.Namespace)
            findings.Error(root, NamespaceRule(root.Name.NamespaceName, edition), $"The namespace of <sbml> is '{AttributeCheck.Short(root.Name.NamespaceName)}', not that of {edition}.", $"Set xmlns=\"{edition.Namespace}\".");
        return edition;
    }

    /// <summary>A namespace of another level or version contradicts the attributes; any other is no namespace of SBML.</summary>
    private static int NamespaceRule(string found, SbmlEdition edition) =>
        !found.StartsWith("http://www.sbml.org/sbml/level", StringComparison.Ordinal) ? 20101
        : found.StartsWith(FormattableString.Invariant($"http://www.sbml.org/sbml/level{edition.Level}"), StringComparison.Ordinal) ? 20103 : 20102;

    /// <summary>Names the packages that change the meaning of core and are not known here; false where there is one.</summary>
    private static bool Packages(XElement root, SbmlEdition edition, Findings findings)
    {
        bool known = true;
        foreach (var required in root.Attributes().Where(a => edition.Level == 3 && a.Name.LocalName == "required" && a.Name.NamespaceName.Length > 0 && a.Value.Trim() is "true" or "1"))
        {
            var parts = required.Name.NamespaceName.Split('/');
            string package = parts.Length > 2 ? parts[^2] : required.Name.NamespaceName;
            if (knownPackages.Contains(package)) continue;
            findings.Error(root, null, $"The model needs the SBML package '{package}', which is not known here; its formulas and references are not checked.", "Export the model to SBML core.");
            known = false;
        }
        return known;
    }

    private static void Models(XElement root, SbmlEdition edition, Findings findings)
    {
        bool extended = edition.Number >= 32 || root.Attributes().Any(a => a.Name.NamespaceName.Contains("/l3v2extendedmath/", StringComparison.Ordinal));
        var package = root.DescendantsAndSelf().Select(e => e.Name.Namespace).Concat(root.Attributes().Select(a => a.Name.Namespace)).FirstOrDefault(n => n.NamespaceName.Contains("/comp/version", StringComparison.Ordinal));
        var composition = package is null ? null : new CompositionCheck(root, package, findings);
        var definitions = package is null ? [] : root.Elements(package + "listOfModelDefinitions").Elements(package + "modelDefinition").ToList();
        foreach (var definition in definitions) new StructureCheck(edition, root.Name.Namespace, findings).Check(definition, SbmlGrammar.Find("model")!);
        foreach (var model in root.Elements(root.Name.Namespace + "model").Take(1).Concat(definitions))
        {
            var view = new ModelView(model, edition, root.Name.Namespace);
            Model(view, findings, extended);
            composition?.Check(view);
        }
    }

    private static void Model(ModelView view, Findings findings, bool extended)
    {
        IdentifierCheck.Check(view, findings);
        new UnitDefinitionCheck(view, findings).Check();
        new CompartmentCheck(view, findings).Check();
        new SpeciesCheck(view, findings).Check();
        var formulas = new MathCheck(view, findings, extended);
        if (view.Edition.Level > 1) FunctionCheck.Check(view, findings, formulas);
        Formulas(view, formulas);
        new RuleCheck(view, findings).Check();
        new ReactionCheck(view, findings).Check();
        EventCheck.Check(view, findings);
        new CircularityCheck(view, findings).Check();
        OverdeterminationCheck.Check(view, findings);
        if (view.Edition.Level == 3) new FluxBalanceCheck(view, findings).Check();
    }

    /// <summary>Every formula, with what it must give.</summary>
    private static void Formulas(ModelView view, MathCheck formulas)
    {
        foreach (var e in view.InitialAssignments.Concat(view.Rules)) formulas.Holder(e, [], MathKind.Number, 10217);
        foreach (var e in view.Constraints) formulas.Holder(e, [], MathKind.Boolean, 21001);
        foreach (var reaction in view.Reactions)
        {
            if (view.Child(reaction, "kineticLaw") is { } law) formulas.Holder(law, view.Locals(law).Select(view.Id), MathKind.Number, 10217);
            foreach (var e in view.References(reaction).Elements(view.Core + "stoichiometryMath")) formulas.Holder(e, [], MathKind.Number, 10217);
        }
        foreach (var e in view.Events)
        {
            foreach (var part in e.Elements().Where(p => p.Name.LocalName is "trigger" or "delay" or "priority"))
                formulas.Holder(part, [], part.Name.LocalName == "trigger" ? MathKind.Boolean : MathKind.Number, part.Name.LocalName == "trigger" ? 21202 : 10217);
            foreach (var assignment in view.Items(e, "listOfEventAssignments")) formulas.Holder(assignment, [], MathKind.Number, 10217);
        }
    }

    /// <summary>Units, where the model can be built: what can't be built says so when it is run.</summary>
    private static void Units(Stream stream, string name, ModelView view, Findings findings)
    {
        Network network;
        try
        {
            stream.Position = 0;
            network = SbmlReader.Read(stream, name);
        }
        catch (ProtonmotiveException)
        {
            return;
        }
        UnitConsistencyCheck.Check(view, network, findings);
    }

    [GeneratedRegex("line (?<line>[0-9]+), column (?<column>[0-9]+)")]
    private static partial Regex Place();
}
