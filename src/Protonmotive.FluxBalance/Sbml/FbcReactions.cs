using System.Collections.Immutable;
using System.Xml.Linq;
using Protonmotive.Formats.Sbml;

namespace Protonmotive.FluxBalance.Sbml;

/// <summary>Reads reactions: stoichiometry, bounds of all three versions, genes.</summary>
internal sealed class FbcReactions
{
    private readonly XElement model;
    private readonly FbcElements package;
    private readonly ConstantValues values;
    private readonly bool strict;
    private readonly List<string> notes;
    private readonly Dictionary<string, (string First, int Count)> lax = new(StringComparer.Ordinal);
    private readonly HashSet<string> species;
    private readonly Dictionary<string, (double? Lower, double? Upper)> listed = new(StringComparer.Ordinal);

    public FbcReactions(XElement model, FbcElements package, ConstantValues values, bool strict, List<string> notes, HashSet<string> species)
    {
        this.model = model;
        this.package = package;
        this.values = values;
        this.strict = strict;
        this.notes = notes;
        this.species = species;
    }

    public ImmutableArray<FluxBalanceReaction> Read()
    {
        var elements = Core.List(model, "listOfReactions").ToList();
        if (package.Version == 1) ReadListedBounds([.. elements.Select(e => (string?)e.Attribute("id") ?? "")]);
        ImmutableArray<FluxBalanceReaction> reactions = [.. elements.Select(ReadReaction)];
        notes.AddRange(lax.Values.Select(l => $"The model says that it is strict, but {l.First}{(l.Count > 1 ? $" ({l.Count - 1} more such place{(l.Count > 2 ? "s" : "")})" : "")}."));
        return reactions;
    }

    /// <summary>Refuses bounds that no number can keep whatever the others are.</summary>
    /// <exception cref="SbmlException">A bound is NaN, or infinite on the wrong side.</exception>
    public static void CheckBounds(XElement e, string id, double lower, double upper, string file)
    {
        if (double.IsNaN(lower) || double.IsPositiveInfinity(lower)) throw SbmlException.At(e, file, $"The lower bound of '{id}' is {Written(lower)}.", "Give a number, or -INF for no bound.");
        if (double.IsNaN(upper) || double.IsNegativeInfinity(upper)) throw SbmlException.At(e, file, $"The upper bound of '{id}' is {Written(upper)}.", "Give a number, or INF for no bound.");
    }

    private FluxBalanceReaction ReadReaction(XElement e)
    {
        var id = (string?)e.Attribute("id") ?? throw Fault(e, "A reaction has no id.", "Give it an id.");
        var (lower, upper) = package.Version == 1
            ? listed.GetValueOrDefault(id)
            : (Bound(e, id, "lowerFluxBound"), Bound(e, id, "upperFluxBound"));
        // Without bounds a reaction goes as its reversibility says (Olivier and Bergmann 2015, section on flux bounds).
        bool forward = !Core.Flag(e, "reversible", true);
        double low = lower ?? (forward && (upper ?? 0) >= 0 ? 0 : double.NegativeInfinity);
        double high = upper ?? double.PositiveInfinity;
        CheckBounds(e, id, low, high, package.File);
        return new FluxBalanceReaction(id, (string?)e.Attribute("name") ?? "", Stoichiometry(e, id), low, high, Genes(e));
    }

    private double? Bound(XElement e, string id, string attribute)
    {
        if (package.Reference(e, attribute, values) is { } value)
        {
            var parameter = package.Text(e, attribute)!.Trim();
            if (strict && (values.MayChange(parameter) || values.IsSet(parameter))) Lax("value", $"the bound '{parameter}' of '{id}' is no plain constant");
            return value;
        }
        if (strict) Lax(attribute, $"the reaction '{id}' has no {attribute}");
        return null;
    }

    /// <summary>Notes the first place of a kind that breaks the rules of strictness, and counts the others.</summary>
    private void Lax(string kind, string why) => lax[kind] = lax.TryGetValue(kind, out var met) ? (met.First, met.Count + 1) : (why, 1);

    private ImmutableSortedDictionary<string, double> Stoichiometry(XElement e, string id)
    {
        var net = ImmutableSortedDictionary.CreateBuilder<string, double>(StringComparer.Ordinal);
        foreach (var (list, sign) in new[] { ("listOfReactants", -1), ("listOfProducts", 1) })
        {
            foreach (var reference in Core.List(e, list))
            {
                var name = (string?)reference.Attribute("species") ?? throw Fault(reference, $"A reference in '{id}' names no species.", "Name one.");
                if (!species.Contains(name)) throw Fault(reference, $"The reaction '{id}' names the species '{name}', which is not declared.", "Declare it in listOfSpecies.");
                double coefficient = Coefficient(reference, id, name);
                if (!double.IsFinite(coefficient)) throw Fault(reference, $"The stoichiometry of '{name}' in '{id}' is {Written(coefficient)}.", "Give a finite number.");
                net[name] = net.GetValueOrDefault(name) + (sign * coefficient);
            }
        }
        return net.ToImmutable();
    }

    private double Coefficient(XElement reference, string reaction, string name)
    {
        if (strict && !Core.Flag(reference, "constant", true)) Lax("stoichiometry", $"the stoichiometry of '{name}' in '{reaction}' is not marked constant");
        if ((string?)reference.Attribute("id") is { } id) return values.Of(id, reference);
        return Core.Number(reference, "stoichiometry", package.File)
            ?? throw Fault(reference, $"The stoichiometry of '{name}' in '{reaction}' is missing.", "Give it a number.");
    }

    private void ReadListedBounds(HashSet<string> reactions)
    {
        foreach (var e in package.List(model, "listOfFluxBounds"))
        {
            var reaction = package.Text(e, "reaction")?.Trim() ?? throw Fault(e, "A flux bound names no reaction.", "Name one.");
            if (!reactions.Contains(reaction)) throw Fault(e, $"A flux bound names '{reaction}', which is no reaction.", "Mend its spelling.");
            double value = package.Number(e, "value") ?? throw Fault(e, $"A flux bound of '{reaction}' has no value.", "Give it one.");
            if (double.IsNaN(value)) throw Fault(e, $"A flux bound of '{reaction}' is NaN.", "Give a number.");
            // A linear program cannot tell < from ≤.
            var (isLower, isUpper) = package.Text(e, "operation")?.Trim() switch
            {
                "lessEqual" or "less" => (false, true),
                "greaterEqual" or "greater" => (true, false),
                "equal" => (true, true),
                var other => throw Fault(e, $"The operation of a flux bound of '{reaction}' is '{other}'.", "Write lessEqual, greaterEqual or equal."),
            };
            if (isLower && double.IsPositiveInfinity(value)) CheckBounds(e, reaction, value, 0, package.File);
            if (isUpper && double.IsNegativeInfinity(value)) CheckBounds(e, reaction, 0, value, package.File);
            // Several bounds of one reaction hold together.
            var (lower, upper) = listed.GetValueOrDefault(reaction);
            listed[reaction] = (isLower ? Math.Max(lower ?? value, value) : lower, isUpper ? Math.Min(upper ?? value, value) : upper);
        }
    }

    private GeneAssociation? Genes(XElement reaction) =>
        package.Element(reaction, "geneProductAssociation") is { } association && association.Elements().FirstOrDefault(e => e.Name.NamespaceName == association.Name.NamespaceName) is { } tree ? Genes(tree, reaction) : null;

    private GeneAssociation Genes(XElement e, XElement reaction) => e.Name.LocalName switch
    {
        "geneProductRef" => GeneAssociation.Of(package.Text(e, "geneProduct") ?? throw Fault(e, "A gene product reference names none.", "Name one.")),
        "and" => new GeneAssociation(GeneRelation.And, "", [.. e.Elements().Where(x => x.Name.Namespace == e.Name.Namespace).Select(x => Genes(x, reaction))]),
        "or" => new GeneAssociation(GeneRelation.Or, "", [.. e.Elements().Where(x => x.Name.Namespace == e.Name.Namespace).Select(x => Genes(x, reaction))]),
        var other => throw Fault(e, $"<{other}> is no part of a gene association.", "Use and, or, geneProductRef."),
    };

    private static string Written(double value) => double.IsNaN(value) ? "NaN" : value > 0 ? "INF" : "-INF";

    private SbmlException Fault(XElement e, string what, string mend) => SbmlException.At(e, package.File, what, mend);
}
