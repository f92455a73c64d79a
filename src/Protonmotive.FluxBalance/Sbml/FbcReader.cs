using System.Collections.Immutable;
using System.Xml.Linq;
using Protonmotive.Formats.Sbml;

namespace Protonmotive.FluxBalance.Sbml;

/// <summary>Reads a document with the package fbc into a flux balance model.</summary>
internal sealed class FbcReader
{
    private const string NamespaceStart = "http://www.sbml.org/sbml/level3/version1/fbc/version";
    private readonly string file;
    private readonly XElement model;
    private readonly FbcElements package;
    private readonly ConstantValues values;
    private readonly bool strict;
    private readonly List<string> notes = [];

    public FbcReader(XDocument document, string file)
    {
        this.file = file;
        var root = document.Root ?? throw new SbmlException("The file is empty.", file, "Give an SBML file.");
        if (root.Name.LocalName != "sbml") throw Fault(root, $"The root element is <{root.Name.LocalName}>, not <sbml>.", "Give an SBML file.");
        if (((string?)root.Attribute("level"))?.Trim() != "3") throw Fault(root, $"The SBML level is '{(string?)root.Attribute("level")}'; the package fbc belongs to Level 3.", "Convert the model to Level 3 with fbc.");
        foreach (var required in root.Attributes().Where(a => a.Name.LocalName == "required" && Core.Flag(a.Value) && !a.Name.NamespaceName.StartsWith(NamespaceStart, StringComparison.Ordinal)))
        {
            var parts = required.Name.NamespaceName.Split('/');
            throw Fault(root, $"The model needs the SBML package '{(parts.Length > 2 ? parts[^2] : required.Name.NamespaceName)}', which flux balance does not read.", "Flatten the model, or export it to SBML core with fbc.");
        }
        model = root.Elements().FirstOrDefault(e => e.Name.LocalName == "model") ?? throw Fault(root, "There is no <model>.", "Give an SBML file with a model.");
        var space = root.DescendantsAndSelf().Attributes().Select(a => a.Name.NamespaceName).Concat(model.Elements().Select(e => e.Name.NamespaceName))
            .FirstOrDefault(n => n.StartsWith(NamespaceStart, StringComparison.Ordinal));
        int version = space?[NamespaceStart.Length..] switch
        {
            "1" => 1,
            "2" => 2,
            "3" => 3,
            null => throw Fault(model, "The model has no flux bounds or objectives: it does not use the SBML package fbc.", "Give a model with fbc, version 1, 2 or 3."),
            var other => throw Fault(root, $"Version '{other}' of the package fbc is not known.", "Give version 1, 2 or 3."),
        };
        package = new FbcElements(space, version, file);
        values = new ConstantValues(model, file);
        strict = Core.Flag(package.Text(model, "strict"));
    }

    public FluxBalanceModel Read()
    {
        var species = Core.List(model, "listOfSpecies").Select(ReadSpecies).ToImmutableArray();
        var reactions = new FbcReactions(model, package, values, strict, notes, [.. species.Select(s => s.Id)]).Read();
        var terms = new FbcTerms(package, values, [.. reactions.Select(r => r.Id)]);
        var constraints = ReadConstraints(terms);
        var objectives = package.List(model, "listOfObjectives").Select(e => ReadObjective(e, terms)).ToImmutableArray();
        if (objectives.GroupBy(o => o.Id).FirstOrDefault(g => g.Count() > 1) is { } twice) throw Fault(model, $"The objective '{twice.Key}' is given twice.", "Give one of them another id.");
        return new FluxBalanceModel
        {
            Id = (string?)model.Attribute("id") ?? Path.GetFileNameWithoutExtension(file),
            PackageVersion = package.Version,
            Strict = strict,
            Species = species,
            Reactions = reactions,
            FreeVariables = terms.FreeVariables,
            Constraints = constraints,
            Objectives = objectives,
            ActiveObjective = ReadActive(objectives),
            GeneProducts = [.. package.List(model, "listOfGeneProducts").Select(ReadGeneProduct)],
            Notes = [.. notes],
        };
    }

    private FluxBalanceSpecies ReadSpecies(XElement e)
    {
        var id = (string?)e.Attribute("id") ?? throw Fault(e, "A species has no id.", "Give it an id.");
        double? charge = package.Number(e, "charge");
        if (charge is { } q && !double.IsFinite(q)) throw Fault(e, $"The charge of '{id}' is {q}.", "Give a finite charge, or none.");
        return new FluxBalanceSpecies(id, Name(e), (string?)e.Attribute("compartment") ?? "", Core.Flag(e, "boundaryCondition") || Core.Flag(e, "constant"), charge, package.Text(e, "chemicalFormula"));
    }

    private FluxObjective ReadObjective(XElement e, FbcTerms terms)
    {
        var id = package.Text(e, "id") ?? throw Fault(e, "An objective has no id.", "Give it an id.");
        bool maximize = package.Text(e, "type")?.Trim() switch
        {
            "maximize" => true,
            "minimize" => false,
            var other => throw Fault(e, $"The objective '{id}' has the type '{other}'.", "Write maximize or minimize."),
        };
        return new FluxObjective(id, package.Text(e, "name") ?? "", maximize, [.. package.List(e, "listOfFluxObjectives").Select(terms.OfObjective)]);
    }

    private ImmutableArray<FluxConstraint> ReadConstraints(FbcTerms terms)
    {
        var constraints = ImmutableArray.CreateBuilder<FluxConstraint>();
        foreach (var e in package.List(model, "listOfUserDefinedConstraints"))
        {
            var id = package.Text(e, "id") ?? $"constraint {constraints.Count + 1}";
            double lower = package.Reference(e, "lowerBound", values) ?? throw Fault(e, $"The constraint '{id}' has no lower bound.", "Name a parameter; its value may be -INF.");
            double upper = package.Reference(e, "upperBound", values) ?? throw Fault(e, $"The constraint '{id}' has no upper bound.", "Name a parameter; its value may be INF.");
            FbcReactions.CheckBounds(e, id, lower, upper, file);
            constraints.Add(new FluxConstraint(id, package.Text(e, "name") ?? "", lower, upper, [.. package.List(e, "listOfUserDefinedConstraintComponents").Select(terms.OfConstraint)]));
        }
        return constraints.ToImmutable();
    }

    private string? ReadActive(ImmutableArray<FluxObjective> objectives)
    {
        var list = package.Element(model, "listOfObjectives");
        var active = list is null ? null : package.Text(list, "activeObjective");
        if (active is not null && objectives.All(o => o.Id != active)) throw Fault(list!, $"The active objective '{active}' is not among the objectives.", $"Name one of: {string.Join(", ", objectives.Select(o => o.Id))}.");
        if (active is not null || objectives.Length != 1) return active;
        notes.Add($"No objective is marked active; the only one, '{objectives[0].Id}', is taken.");
        return objectives[0].Id;
    }

    private GeneProduct ReadGeneProduct(XElement e)
    {
        var id = package.Text(e, "id") ?? throw Fault(e, "A gene product has no id.", "Give it an id.");
        return new GeneProduct(id, package.Text(e, "label") ?? id, package.Text(e, "name") ?? "", package.Text(e, "associatedSpecies"));
    }

    private static string Name(XElement e) => (string?)e.Attribute("name") ?? "";

    private SbmlException Fault(XElement e, string what, string mend) => SbmlException.At(e, file, what, mend);
}
