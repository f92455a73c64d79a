using System.Xml.Linq;

namespace Protonmotive.Formats.Sbml.Validation;

/// <summary>Checks that identifiers are given once.</summary>
/// <remarks>Rules 10301 and 10303 within a model, and 10307 (metaid) within the file.</remarks>
internal static class IdentifierCheck
{
    public static void Check(ModelView view, Findings findings)
    {
        var seen = new Dictionary<string, XElement>(StringComparer.Ordinal);
        foreach (var e in Named(view))
        {
            string id = view.Id(e);
            if (id.Length > 0 && !seen.TryAdd(id, e)) findings.Error(e, 10301, $"The id '{id}' of <{e.Name.LocalName}> is already given to <{seen[id].Name.LocalName}>.", "Rename one of the two.");
        }
        foreach (var law in view.Reactions.Select(r => view.Child(r, "kineticLaw")).OfType<XElement>())
        {
            var locals = new HashSet<string>(StringComparer.Ordinal);
            foreach (var local in view.Locals(law).Where(p => view.Id(p).Length > 0 && !locals.Add(view.Id(p))))
                findings.Error(local, 10303, $"The kinetic law has two parameters '{view.Id(local)}'.", "Rename one of the two.");
        }
    }

    /// <summary>Checks the XML IDs of a whole file.</summary>
    public static void CheckMetaIds(XElement root, Findings findings)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var e in root.DescendantsAndSelf())
        {
            if ((string?)e.Attribute("metaid") is { Length: > 0 } id && !seen.Add(id)) findings.Error(e, 10307, $"The metaid '{AttributeCheck.Short(id)}' is given twice.", "Change one of the two.");
        }
    }

    /// <summary>The elements whose ids share one space.</summary>
    private static IEnumerable<XElement> Named(ModelView view)
    {
        if (view.Edition.Number >= 32)
        {
            return view.Model.DescendantsAndSelf().Where(e => e.Name.Namespace == view.Core && e.Name.LocalName is not ("unitDefinition" or "localParameter" or "unit") || IsPackageNamed(e));
        }
        var lists = view.Functions.Concat(view.Items(view.Model, "listOfCompartmentTypes")).Concat(view.Compartments).Concat(view.Items(view.Model, "listOfSpeciesTypes"))
            .Concat(view.Species).Concat(view.Parameters).Concat(view.Reactions).Concat(view.Events);
        if (view.Edition.Level > 1) lists = lists.Prepend(view.Model).Concat(view.Reactions.SelectMany(r => view.References(r).Concat(view.Items(r, "listOfModifiers"))));
        return view.Edition.Level == 3 ? lists.Concat(view.Model.Descendants().Where(IsPackageNamed)) : lists;
    }

    /// <summary>Elements of packages whose ids are in the model's space; ports have their own.</summary>
    private static bool IsPackageNamed(XElement e) =>
        e.Name.NamespaceName.Contains("/comp/", StringComparison.Ordinal) ? e.Name.LocalName is "submodel" or "deletion"
        : e.Name.NamespaceName.Contains("/fbc/", StringComparison.Ordinal) && e.Name.LocalName is "objective" or "fluxBound" or "geneProduct" or "fluxObjective";
}
