using System.Xml.Linq;
using static Protonmotive.Formats.Sbml.Composition.CompositionNames;

namespace Protonmotive.Formats.Sbml.Composition;

/// <summary>What is deleted, what stands for what, and under which name; found from the innermost models outwards.</summary>
internal sealed class Replacements
{
    private static readonly string[] waysToRefer = ["portRef", "idRef", "unitRef", "metaIdRef"];

    private readonly Dictionary<XElement, ModelInstance> roots = [];
    private readonly Dictionary<XElement, Replacement> replaced = [];
    private readonly HashSet<XElement> deleted = [];
    private readonly Dictionary<XElement, XElement> namedAs = [];

    /// <param name="main">The main model with all that is inside it.</param>
    /// <exception cref="SbmlException">Something refers to what is not there.</exception>
    public Replacements(ModelInstance main)
    {
        Register(main);
        Apply(main);
    }

    /// <summary>Whether the element is left out of the flattened model.</summary>
    public bool IsRemoved(XElement e) => deleted.Contains(e) || replaced.ContainsKey(e);

    /// <summary>The use of a model that an element belongs to.</summary>
    public ModelInstance Owner(XElement e)
    {
        while (e.Parent is { } parent) e = parent;
        return roots[e];
    }

    /// <summary>Whether the element, or anything around it, is left out.</summary>
    public bool IsGone(XElement e)
    {
        XElement? at = e;
        while (at is not null)
        {
            if (IsRemoved(at)) return true;
            at = at.Parent ?? roots[at].Submodel;
        }
        return false;
    }

    /// <summary>What an element is replaced by in the next step; null where it stands for itself.</summary>
    public Replacement? Next(XElement e) => replaced.GetValueOrDefault(e);

    /// <summary>What stands for an element in the end.</summary>
    public XElement Survivor(XElement e)
    {
        while (replaced.TryGetValue(e, out var next)) e = next.By;
        return e;
    }

    /// <summary>The element whose names an element takes: another's where it replaced that one from inside.</summary>
    public XElement Namesake(XElement e) => namedAs.GetValueOrDefault(e, e);

    private void Register(ModelInstance instance)
    {
        roots[instance.Model] = instance;
        foreach (var child in instance.Children.Values) Register(child);
    }

    private void Apply(ModelInstance instance)
    {
        foreach (var child in instance.Children.Values) Apply(child);
        foreach (var (submodel, child) in instance.Children)
            foreach (var deletion in List(submodel, "listOfDeletions", "deletion"))
                deleted.Add(Survivor(Resolve(deletion, child, instance.File)));
        foreach (var e in instance.Replacing)
        {
            foreach (var replacedElement in List(e, "listOfReplacedElements", "replacedElement"))
            {
                var inside = Inside(replacedElement, instance);
                // A replacement of a deletion says whose place it takes; nothing refers through it.
                if (Attribute(replacedElement, "deletion") is { } deletion)
                {
                    if (!List(inside.Submodel!, "listOfDeletions", "deletion").Any(d => Attribute(d, "id") == deletion))
                        throw SbmlException.At(replacedElement, instance.File, $"There is no deletion '{deletion}' in the submodel '{Attribute(inside.Submodel!, "id")}'.", "Name a deletion by its id.");
                    continue;
                }
                var target = Survivor(Resolve(replacedElement, inside, instance.File));
                Replace(target, new Replacement(e, Attribute(replacedElement, "conversionFactor"), instance, FromInside: false), replacedElement, instance);
            }
            if (e.Element(Comp + "replacedBy") is { } replacedBy)
            {
                var by = Survivor(Resolve(replacedBy, Inside(replacedBy, instance), instance.File));
                Replace(e, new Replacement(by, null, instance, FromInside: true), replacedBy, instance);
                namedAs[by] = e;
            }
        }
    }

    private void Replace(XElement e, Replacement replacement, XElement at, ModelInstance instance)
    {
        if (Survivor(replacement.By) == e) throw SbmlException.At(at, instance.File, "The element would replace itself.", "Remove one of the replacements.");
        if (replaced.ContainsKey(e)) throw SbmlException.At(at, instance.File, "The element is replaced twice.", "Remove one of the replacements.");
        if (IsGone(replacement.FromInside ? replacement.By : e)) throw SbmlException.At(at, instance.File, "The element that this refers to is deleted.", "Remove the deletion, or name the deletion instead.");
        replaced[e] = replacement;
    }

    private ModelInstance Inside(XElement reference, ModelInstance instance)
    {
        var id = Attribute(reference, "submodelRef") ?? throw SbmlException.At(reference, instance.File, "This names no submodel.", "Give it a submodelRef.");
        if (!instance.Ids.TryGetValue(id, out var submodel) || submodel.Name != Comp + "submodel") throw SbmlException.At(reference, instance.File, $"There is no submodel '{id}'.", "Name a submodel of this model.");
        return Enter(submodel);
    }

    private ModelInstance Enter(XElement submodel)
    {
        submodel = Survivor(submodel);
        var owner = Owner(submodel);
        return owner.Children.TryGetValue(submodel, out var child) ? child
            : throw SbmlException.At(submodel, owner.File, $"The submodel '{Attribute(submodel, "id")}' does not stand in a listOfSubmodels of a model.", "Move it there.");
    }

    private XElement Resolve(XElement reference, ModelInstance inside, string file) => Resolve(reference, inside, file, []);

    // The ports met on the way are kept over all its steps: no way that ends meets one twice.
    private XElement Resolve(XElement reference, ModelInstance inside, string file, HashSet<XElement> seen)
    {
        while (true)
        {
            var found = Target(reference, inside, file, seen);
            if (reference.Element(Comp + "sBaseRef") is not { } further) return found;
            if (Survivor(found).Name != Comp + "submodel") throw SbmlException.At(further, file, "This looks into something that is no submodel.", "Refer to a submodel first.");
            (reference, inside) = (further, Enter(found));
        }
    }

    private XElement Target(XElement reference, ModelInstance inside, string file, HashSet<XElement> seen)
    {
        var given = waysToRefer.Where(name => Attribute(reference, name) is not null).ToList();
        if (given.Count != 1) throw SbmlException.At(reference, file, given.Count == 0 ? "This refers to nothing." : "This refers to several things.", "Give exactly one of portRef, idRef, unitRef and metaIdRef.");
        var name = Attribute(reference, given[0])!;
        var (names, kind) = given[0] switch { "portRef" => (inside.Ports, "port"), "idRef" => (inside.Ids, "element"), "unitRef" => (inside.Units, "unit"), _ => (inside.MetaIds, "metaid") };
        if (!names.TryGetValue(name, out var found))
            throw SbmlException.At(reference, file, $"There is no {kind} '{name}' in the model '{Id(inside.Model)?.Value}'{(inside.Submodel is { } s ? $" (submodel '{Attribute(s, "id")}')" : "")}.", "Mend the reference, or declare what it names.");
        if (given[0] != "portRef") return found;
        if (!seen.Add(found)) throw SbmlException.At(found, inside.File, $"The port '{name}' leads back to itself.", "Let it refer to an element.");
        return Resolve(found, inside, inside.File, seen);
    }
}
