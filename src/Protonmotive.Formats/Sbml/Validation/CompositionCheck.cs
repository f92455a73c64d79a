using System.Xml.Linq;

namespace Protonmotive.Formats.Sbml.Validation;

/// <summary>Checks that what the package comp names is there: models, submodels, ports and elements of the same file.</summary>
/// <remarks>Smith et al. (2015), J Integr Bioinform 12:268, comp version 1. What lies in other files is seen only by flattening.</remarks>
internal sealed class CompositionCheck
{
    private readonly Findings findings;
    private readonly XNamespace package;
    private readonly Dictionary<string, XElement> models = new(StringComparer.Ordinal);
    private readonly HashSet<string> external = new(StringComparer.Ordinal);

    public CompositionCheck(XElement root, XNamespace package, Findings findings)
    {
        this.findings = findings;
        this.package = package;
        foreach (var model in root.Elements().Where(e => e.Name.LocalName == "model").Concat(root.Descendants(package + "modelDefinition")))
            if ((string?)model.Attribute("id") is { } id && !models.TryAdd(id, model)) findings.Error(model, null, $"The file has two models '{id}'.", "Rename one of the two.");
        foreach (var model in root.Descendants(package + "externalModelDefinition"))
        {
            if (Value(model, "id") is { } id) external.Add(id);
            if (Value(model, "source") is null) findings.Error(model, null, "<comp:externalModelDefinition> has no source.", "Name the file.");
        }
    }

    public void Check(ModelView view)
    {
        var submodels = new Dictionary<string, XElement>(StringComparer.Ordinal);
        foreach (var submodel in view.Model.Elements(package + "listOfSubmodels").Elements(package + "submodel"))
        {
            if (Value(submodel, "id") is { } id) submodels.TryAdd(id, submodel);
            if (Value(submodel, "modelRef") is not { } name) findings.Error(submodel, null, "<comp:submodel> has no modelRef.", "Name the model that it is an instance of.");
            else if (!models.ContainsKey(name) && !external.Contains(name)) findings.Error(submodel, null, $"The submodel is an instance of '{name}', and there is no such model.", "Name a model definition of this file.");
            foreach (var factor in (ReadOnlySpan<string>)["timeConversionFactor", "extentConversionFactor"])
                if (Value(submodel, factor) is { } parameter && !(view.Symbols.TryGetValue(parameter, out var e) && e.Name.LocalName == "parameter"))
                    findings.Error(submodel, null, $"The {factor} '{parameter}' is no parameter.", "Name a constant parameter of the model around the submodel.");
            foreach (var deletion in submodel.Descendants(package + "deletion")) Reference(deletion, submodel);
        }
        foreach (var e in view.Model.Descendants().Where(e => e.Name == package + "replacedElement" || e.Name == package + "replacedBy"))
        {
            if (Value(e, "submodelRef") is not { } name || !submodels.TryGetValue(name, out var submodel)) findings.Error(e, null, $"<comp:{e.Name.LocalName}> names '{Value(e, "submodelRef")}', which is no submodel.", "Name a submodel of this model.");
            else if (Value(e, "deletion") is null) Reference(e, submodel);
            else if (!submodel.Descendants(package + "deletion").Any(d => Value(d, "id") == Value(e, "deletion"))) findings.Error(e, null, $"<comp:{e.Name.LocalName}> names the deletion '{Value(e, "deletion")}', which the submodel does not have.", "Name a deletion of the submodel.");
        }
        foreach (var port in view.Model.Elements(package + "listOfPorts").Elements(package + "port")) Within(port, view.Model);
    }

    /// <summary>A reference into a submodel: to a port, an id, a unit or a metaid of its model.</summary>
    private void Reference(XElement reference, XElement submodel)
    {
        if (Value(submodel, "modelRef") is { } name && models.TryGetValue(name, out var model)) Within(reference, model);
    }

    private void Within(XElement reference, XElement model)
    {
        foreach (var (attribute, sought) in (ReadOnlySpan<(string, string)>)[("portRef", "port"), ("idRef", "id"), ("unitRef", "unit"), ("metaIdRef", "metaid")])
        {
            if (Value(reference, attribute) is not { } target) continue;
            bool found = sought switch
            {
                "port" => model.Descendants(package + "port").Any(p => Value(p, "id") == target),
                "unit" => model.Descendants().Any(e => e.Name.LocalName == "unitDefinition" && (string?)e.Attribute("id") == target),
                "metaid" => model.DescendantsAndSelf().Any(e => (string?)e.Attribute("metaid") == target),
                _ => model.Descendants().Any(e => (string?)e.Attribute("id") == target || Value(e, "id") == target || e.Attributes().Any(a => a.Name.LocalName == "id" && a.Value == target)),
            };
            if (!found) findings.Error(reference, null, $"<comp:{reference.Name.LocalName}> names the {sought} '{target}', which the model '{(string?)model.Attribute("id")}' does not have.", "Mend the reference.");
        }
    }

    private string? Value(XElement e, string name) => ((string?)e.Attribute(package + name) ?? (string?)e.Attribute(name))?.Trim();
}
