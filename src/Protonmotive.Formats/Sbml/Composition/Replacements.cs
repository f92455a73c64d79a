using System.Xml.Linq;

namespace Protonmotive.Formats.Sbml.Composition;

/// <summary>What is deleted and what stands for what, over a whole tree of submodels.</summary>
internal sealed class Replacements
{
    private const int LongestChain = 10_000;

    private readonly string file;
    private readonly Dictionary<XElement, ModelInstance> owners = [];
    private readonly HashSet<XElement> deleted = [];
    private readonly Dictionary<XElement, XElement> replacedBy = [];
    private readonly Dictionary<XElement, XElement> namedFor = [];
    private readonly Dictionary<XElement, (ModelInstance Scope, string Factor)> factors = [];

    /// <summary>Reads all deletions and replacements of the tree, inner ones first.</summary>
    /// <exception cref="SbmlException">A reference leads nowhere.</exception>
    public Replacements(ModelInstance top, string file)
    {
        this.file = file;
        foreach (var instance in top.InnerFirst()) owners[instance.Model] = instance;
        foreach (var instance in top.InnerFirst())
        {
            foreach (var (id, submodel) in instance.Submodels) Delete(instance, id, submodel);
            foreach (var e in instance.Model.Descendants().Where(SbmlComposition.IsComp).ToList())
            {
                if (e.Name.LocalName == "replacedElement") Replace(instance, e);
                else if (e.Name.LocalName == "replacedBy") ReplaceBy(instance, e);
            }
        }
    }

    /// <summary>The instance that holds an element.</summary>
    public ModelInstance Owner(XElement e) => owners[e.AncestorsAndSelf().Last()];

    /// <summary>Whether an element is left out of the flat model.</summary>
    public bool IsGone(XElement e) => deleted.Contains(e) || replacedBy.ContainsKey(e);

    /// <summary>Whether an instance, and all it lies in, is kept.</summary>
    public bool IsLive(ModelInstance instance)
    {
        for (var i = instance; i.Submodel is not null; i = i.Parent!) if (IsGone(i.Submodel)) return false;
        return true;
    }

    /// <summary>What stands for an element in the flat model, and the factors that take its values to those of the other.</summary>
    public (XElement Element, IReadOnlyList<(ModelInstance Scope, string Factor)> Factors) Standing(XElement e)
    {
        var met = new List<(ModelInstance, string)>();
        for (int length = 0; replacedBy.TryGetValue(e, out var next); length++)
        {
            if (length > LongestChain) throw SbmlException.At(e, file, "Elements replace each other in a circle.", "Break the circle.");
            if (factors.TryGetValue(e, out var factor)) met.Add(factor);
            e = next;
        }
        return (e, met);
    }

    /// <summary>The identifier of an element in the flat model.</summary>
    public string Name(XElement e)
    {
        for (int length = 0; namedFor.TryGetValue(e, out var other) && length < LongestChain; length++) e = other;
        return Owner(e).Prefix + SbmlComposition.Id(e);
    }

    private void Delete(ModelInstance instance, string id, ModelInstance submodel)
    {
        foreach (var deletion in instance.Submodels[id].Submodel!.Elements().Where(e => e.Name.LocalName == "listOfDeletions").Elements())
            deleted.Add(Standing(Target(deletion, submodel)).Element);
    }

    private void Replace(ModelInstance instance, XElement reference)
    {
        if (SbmlComposition.Attribute(reference, "deletion") is not null) return;
        var parent = reference.Parent!.Parent!;
        var target = Standing(Target(reference, Submodel(instance, reference))).Element;
        if (ReferenceEquals(target, parent)) throw Fault(reference, "An element replaces itself.", "Remove the replacement.");
        replacedBy[target] = parent;
        if (SbmlComposition.Attribute(reference, "conversionFactor") is { } factor) factors[target] = (instance, factor);
    }

    private void ReplaceBy(ModelInstance instance, XElement reference)
    {
        var parent = reference.Parent!;
        var target = Standing(Target(reference, Submodel(instance, reference))).Element;
        if (ReferenceEquals(target, parent)) throw Fault(reference, "An element is replaced by itself.", "Remove the replacement.");
        replacedBy[parent] = target;
        // The one that stays takes the name that the outer model knows.
        if (SbmlComposition.Id(parent) is not null && SbmlComposition.Id(target) is not null) namedFor[target] = parent;
    }

    private ModelInstance Submodel(ModelInstance instance, XElement reference)
    {
        var name = SbmlComposition.Attribute(reference, "submodelRef") ?? throw Fault(reference, "A replacement names no submodel.", "Give it a submodelRef.");
        return instance.Submodels.GetValueOrDefault(name) ?? throw Fault(reference, $"There is no submodel '{name}'.", "Mend the submodelRef.");
    }

    /// <summary>The element that a reference means within an instance.</summary>
    private XElement Target(XElement reference, ModelInstance scope)
    {
        for (int depth = 0; depth < 1000; depth++)
        {
            var found = Direct(reference, scope);
            var inner = reference.Elements().FirstOrDefault(e => e.Name.LocalName == "sBaseRef");
            if (found.Name.LocalName == "port")
            {
                (reference, var after) = (found, inner);
                if (after is not null) throw Fault(after, "A reference by port goes on into a submodel.", "Let the port itself refer to it.");
                continue;
            }
            if (inner is null) return found;
            var id = SbmlComposition.Id(found);
            scope = (found.Name.LocalName == "submodel" && id is not null ? scope.Submodels.GetValueOrDefault(id) : null)
                ?? throw Fault(inner, $"'{id}' is no submodel, so nothing in it can be referred to.", "Mend the reference.");
            reference = inner;
        }
        throw Fault(reference, "The reference does not end.", "Break the circle of ports.");
    }

    private XElement Direct(XElement reference, ModelInstance scope)
    {
        if (SbmlComposition.Attribute(reference, "portRef") is { } port) return scope.FindPort(port) ?? throw Missing(reference, "port", port);
        if (SbmlComposition.Attribute(reference, "idRef") is { } id) return scope.Find(id) ?? throw Missing(reference, "element", id);
        if (SbmlComposition.Attribute(reference, "unitRef") is { } unit) return scope.FindUnit(unit) ?? throw Missing(reference, "unit", unit);
        if (SbmlComposition.Attribute(reference, "metaIdRef") is { } meta) return scope.FindMeta(meta) ?? throw Missing(reference, "metaid", meta);
        throw Fault(reference, $"<{reference.Name.LocalName}> refers to nothing.", "Give it a portRef, idRef, unitRef or metaIdRef.");
    }

    private SbmlException Missing(XElement at, string what, string name) => Fault(at, $"There is no {what} '{name}' in the submodel.", "Mend the reference.");

    private SbmlException Fault(XElement at, string what, string mend) => SbmlException.At(at, file, what, mend);
}
