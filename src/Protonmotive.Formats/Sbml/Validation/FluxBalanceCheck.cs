using System.Globalization;
using System.Xml.Linq;

namespace Protonmotive.Formats.Sbml.Validation;

/// <summary>Checks that what the package fbc names is there, and that bounds leave room for a flux.</summary>
/// <remarks>Olivier and Bergmann (2018), J Integr Bioinform 15:20170082, fbc version 2; version 1 lists its bounds apart.</remarks>
internal sealed class FluxBalanceCheck(ModelView view, Findings findings)
{
    public void Check()
    {
        var package = view.Model.Descendants().Select(e => e.Name.Namespace).Concat(view.Model.DescendantsAndSelf().Attributes().Select(a => a.Name.Namespace))
            .FirstOrDefault(n => n.NamespaceName.Contains("/fbc/version", StringComparison.Ordinal));
        if (package is null) return;
        var reactions = view.Reactions.Select(view.Id).ToHashSet(StringComparer.Ordinal);
        var genes = view.Model.Descendants(package + "geneProduct").Select(e => (string?)e.Attribute(package + "id")).ToHashSet(StringComparer.Ordinal);
        foreach (var reaction in view.Reactions) Bounds(reaction, package);
        foreach (var flux in view.Model.Descendants(package + "fluxObjective").Concat(view.Model.Descendants(package + "fluxBound")))
        {
            var name = (string?)flux.Attribute(package + "reaction");
            if (name is null || !reactions.Contains(name)) findings.Error(flux, null, $"<fbc:{flux.Name.LocalName}> names '{name}', which is no reaction.", "Name a reaction of the model.");
        }
        foreach (var bound in view.Model.Descendants(package + "fluxBound"))
        {
            if ((string?)bound.Attribute(package + "operation") is not ("lessEqual" or "greaterEqual" or "equal")) findings.Error(bound, null, "<fbc:fluxBound> has no operation that is known.", "Use lessEqual, greaterEqual or equal.");
            if (!AttributeCheck.IsNumber((string?)bound.Attribute(package + "value") ?? "")) findings.Error(bound, null, "<fbc:fluxBound> has no value.", "Give it a number.");
        }
        foreach (var gene in view.Model.Descendants(package + "geneProductRef").Where(g => !genes.Contains((string?)g.Attribute(package + "geneProduct"))))
            findings.Error(gene, null, $"<fbc:geneProductRef> names '{(string?)gene.Attribute(package + "geneProduct")}', which is no gene product.", "Declare it in fbc:listOfGeneProducts.");
        Objectives(package);
    }

    private void Objectives(XNamespace package)
    {
        if (view.Model.Element(package + "listOfObjectives") is not { } list) return;
        var active = (string?)list.Attribute(package + "activeObjective");
        if (!list.Elements(package + "objective").Any(o => (string?)o.Attribute(package + "id") == active)) findings.Error(list, null, $"The active objective is '{active}', which is not in the list.", "Set fbc:activeObjective to the id of an objective.");
        foreach (var objective in list.Elements(package + "objective").Where(o => (string?)o.Attribute(package + "type") is not ("maximize" or "minimize")))
            findings.Error(objective, null, $"The objective '{(string?)objective.Attribute(package + "id")}' has no type that is known.", "Set fbc:type to maximize or minimize.");
    }

    private void Bounds(XElement reaction, XNamespace package)
    {
        double? lower = Bound(reaction, package, "lowerFluxBound"), upper = Bound(reaction, package, "upperFluxBound");
        bool strict = (string?)view.Model.Attribute(package + "strict") is "true" or "1";
        if (lower > upper) findings.Add(reaction, null, strict ? SbmlSeverity.Error : SbmlSeverity.Warning, $"The reaction '{view.Id(reaction)}' has a lower bound {lower} above its upper bound {upper}.", "Exchange or mend the bounds.");
        if (double.IsPositiveInfinity(lower ?? 0) || double.IsNegativeInfinity(upper ?? 0)) findings.Add(reaction, null, strict ? SbmlSeverity.Error : SbmlSeverity.Warning, $"The bounds of the reaction '{view.Id(reaction)}' leave no finite flux.", "Use -INF only below and INF only above.");
    }

    private double? Bound(XElement reaction, XNamespace package, string name)
    {
        if ((string?)reaction.Attribute(package + name) is not { } id) return null;
        if (!view.Symbols.TryGetValue(id, out var parameter) || parameter.Name.LocalName != "parameter")
        {
            findings.Error(reaction, null, $"The attribute fbc:{name} names '{id}', which is no parameter.", "Declare the parameter.");
            return null;
        }
        return ModelView.Text(parameter, "value") switch
        {
            "INF" => double.PositiveInfinity,
            "-INF" => double.NegativeInfinity,
            { } text when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) => value,
            _ => null,
        };
    }
}
