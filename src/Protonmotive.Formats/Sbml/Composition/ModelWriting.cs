using System.Xml.Linq;
using static Protonmotive.Formats.Sbml.Composition.CompositionNames;

namespace Protonmotive.Formats.Sbml.Composition;

/// <summary>Writes what remains of one use of a model in the names and units of the flattened model.</summary>
internal sealed class ModelWriting
{
    private readonly ModelInstance instance;
    private readonly Replacements replacements;
    private readonly References references;
    private readonly XNamespace core;
    private readonly XNamespace flatCore;
    private readonly Func<XName, XName> rename;
    private Dictionary<string, string>? locals;

    public ModelWriting(ModelInstance instance, Replacements replacements, References references, XNamespace flatCore)
    {
        (this.instance, this.replacements, this.references, this.flatCore) = (instance, replacements, references, flatCore);
        core = instance.Library.Root.Name.Namespace;
        // A file of Level 3 Version 1 within one of Version 2 differs in name only.
        rename = core == flatCore ? name => name : name => name.Namespace == core ? flatCore + name.LocalName : name;
    }

    /// <summary>An element with all that remains in it; null where nothing does.</summary>
    public XElement? Write(XElement source)
    {
        if (replacements.IsRemoved(source) || source.Name.Namespace == Comp) return null;
        if (IsProse(source)) return Prose(source);
        if (source.Name == MathNamespace + "math") return new MathRewriting(instance, references, rename, Local).Rewrite(source, FactorOf(source.Parent!));
        if (source.Name.LocalName == "kineticLaw") locals = Locals(source);
        var made = PlacedElement.At(source, rename(source.Name));
        if (!AddAttributes(source, made)) return null;
        bool hadChildren = false;
        foreach (var node in source.Nodes())
        {
            if (node is XText text) made.Add(new XText(text.Value));
            else if (node is XElement child)
            {
                hadChildren = true;
                if (Write(child) is { } written) made.Add(written);
            }
        }
        if (source.Name.LocalName == "kineticLaw") locals = null;
        return hadChildren && !made.HasElements && source.Name.LocalName.StartsWith("listOf", StringComparison.Ordinal) ? null : made;
    }

    /// <summary>Writes the attributes; false where the element says nothing any more.</summary>
    public bool AddAttributes(XElement source, XElement made)
    {
        foreach (var attribute in source.Attributes())
        {
            if (attribute.Name.Namespace == Comp || attribute.IsNamespaceDeclaration) continue;
            var value = attribute.Value;
            if (attribute == Id(source))
            {
                value = IsLocal(source) ? locals?.GetValueOrDefault(value) ?? value : source.Name.LocalName == "model" ? value : references.Name(source)!;
            }
            else if (attribute.Name == "metaid")
            {
                value = references.MetaId(source)!;
            }
            else if (ReferenceAttributes.IsId(source, attribute, core))
            {
                var found = references.Find(instance, value, source);
                if (found is null && source.Name.Namespace == core && instance.Parent is not null)
                    throw SbmlException.At(source, instance.File, $"'{value}' is not declared in the submodel's model.", "Declare it there.");
                if (found is { Name: null })
                {
                    if (ReferenceAttributes.EndsWith(source, attribute)) return false;
                    throw SbmlException.At(source, instance.File, $"<{source.Name.LocalName}> needs '{value}', which is deleted.", "Delete or replace this element too.");
                }
                value = found?.Name ?? value;
            }
            else if (ReferenceAttributes.IsUnit(attribute))
            {
                value = references.Unit(instance, value);
            }
            made.Add(new XAttribute(rename(attribute.Name), value));
        }
        // An element that took another's place from inside takes its names too, even where it had none.
        if (Id(made) is null && references.Name(source) is { } name && replacements.Namesake(source) != source) made.Add(new XAttribute("id", name));
        if (made.Attribute("metaid") is null && replacements.Namesake(source) != source && references.MetaId(source) is { } metaId) made.Add(new XAttribute("metaid", metaId));
        return true;
    }

    /// <summary>What a formula is multiplied by for the sake of what it gives.</summary>
    private ConversionFactor FactorOf(XElement owner)
    {
        var time = references.Time(instance);
        var given = owner.Name.LocalName switch
        {
            "assignmentRule" or "rateRule" or "eventAssignment" => (string?)owner.Attribute("variable"),
            "initialAssignment" => (string?)owner.Attribute("symbol"),
            _ => null,
        };
        var target = given is not null && references.Find(instance, given, owner) is { } found ? ConversionFactor.One / found.Factor : ConversionFactor.One;
        return owner.Name.LocalName switch
        {
            "kineticLaw" => references.Extent(instance) / time,
            "rateRule" => target / time,
            "delay" => time,
            _ => target,
        };
    }

    private string? Local(string name) => locals?.GetValueOrDefault(name);

    /// <summary>The local parameters of a kinetic law by their new ids: one that would hide a symbol of the flattened model gives way.</summary>
    private Dictionary<string, string> Locals(XElement law)
    {
        var made = new Dictionary<string, string>(StringComparer.Ordinal);
        var all = law.Descendants().Where(e => IsLocal(e) && Id(e) is not null).ToList();
        var scaling = references.Extent(instance) / references.Time(instance);
        var used = law.Descendants(MathNamespace + "ci").Select(c => c.Value.Trim()).Distinct(StringComparer.Ordinal)
            .Where(name => !all.Any(e => !replacements.IsRemoved(e) && Id(e)!.Value == name))
            .Select(name => references.Find(instance, name, law)).Where(f => f?.Name is not null).SelectMany(f => f!.Factor.Names.Append(f.Name!))
            .Concat(scaling.Names).Concat(references.Time(instance).Names).ToHashSet(StringComparer.Ordinal);
        foreach (var e in all)
        {
            var id = Id(e)!.Value;
            if (replacements.Next(e) is not null) used.Add(references.Follow(instance, e, law).Name ?? "");
        }
        foreach (var e in all)
        {
            var id = Id(e)!.Value;
            if (replacements.Next(e) is not null)
            {
                if (references.Follow(instance, e, law) is { Name: { } name } reference)
                {
                    if (!reference.Factor.IsOne) throw SbmlException.At(e, instance.File, "A local parameter is replaced with a conversion factor, which is not read.", "Make it a parameter of the model.");
                    made[id] = name;
                }
                continue;
            }
            if (replacements.IsRemoved(e)) continue;
            var fresh = id;
            while (used.Contains(fresh) || (fresh != id && all.Any(o => Id(o)!.Value == fresh))) fresh += "_";
            made[id] = fresh;
        }
        return made;
    }

    private PlacedElement Prose(XElement source)
    {
        var made = core == flatCore ? PlacedElement.Copy(source) : PlacedElement.Copy(source, null, rename);
        if (instance.Prefix.Length == 0) return made;
        foreach (var about in made.Descendants().Attributes().Where(a => a.Name.LocalName == "about" && a.Value.StartsWith('#')))
            if (instance.MetaIds.TryGetValue(about.Value[1..], out var e) && references.MetaId(e) is { } metaId) about.Value = "#" + metaId;
        return made;
    }
}
