using System.Xml.Linq;

namespace Protonmotive.Formats.Sbml.Composition;

/// <summary>One copy of a model in the tree of submodels, with what its identifiers stand for.</summary>
internal sealed class ModelInstance
{
    private readonly Dictionary<string, XElement> ids = new(StringComparer.Ordinal);
    private readonly Dictionary<string, XElement> units = new(StringComparer.Ordinal);
    private readonly Dictionary<string, XElement> metaIds = new(StringComparer.Ordinal);
    private readonly Dictionary<string, XElement> ports = new(StringComparer.Ordinal);

    /// <param name="model">The model element, a copy of this instance's own.</param>
    /// <param name="prefix">What stands before its identifiers in the flat model.</param>
    /// <param name="parent">The instance whose submodel this is; null for the top.</param>
    /// <param name="submodel">The submodel element in the parent; null for the top.</param>
    public ModelInstance(XElement model, string prefix, ModelInstance? parent, XElement? submodel)
    {
        Model = model;
        Prefix = prefix;
        Parent = parent;
        Submodel = submodel;
        foreach (var e in model.DescendantsAndSelf())
        {
            if ((string?)e.Attribute("metaid") is { } meta) metaIds.TryAdd(meta, e);
            if (SbmlComposition.Id(e) is not { } id || ReferenceEquals(e, model)) continue;
            if (SbmlComposition.IsComp(e) && e.Name.LocalName == "port") ports.TryAdd(id, e);
            else if (e.Name.LocalName == "unitDefinition") units.TryAdd(id, e);
            else if (!IsLocal(e)) ids.TryAdd(id, e);
        }
    }

    /// <summary>The model element.</summary>
    public XElement Model { get; }

    /// <summary>What stands before its identifiers.</summary>
    public string Prefix { get; }

    /// <summary>The instance above.</summary>
    public ModelInstance? Parent { get; }

    /// <summary>The element that made it.</summary>
    public XElement? Submodel { get; }

    /// <summary>Its own submodels, by id.</summary>
    public Dictionary<string, ModelInstance> Submodels { get; } = new(StringComparer.Ordinal);

    /// <summary>The element of an identifier; null where there is none.</summary>
    public XElement? Find(string id) => ids.GetValueOrDefault(id);

    /// <summary>The unit definition of an identifier; null where there is none.</summary>
    public XElement? FindUnit(string id) => units.GetValueOrDefault(id);

    /// <summary>The element with a metaid; null where there is none.</summary>
    public XElement? FindMeta(string id) => metaIds.GetValueOrDefault(id);

    /// <summary>The port of an identifier; null where there is none.</summary>
    public XElement? FindPort(string id) => ports.GetValueOrDefault(id);

    /// <summary>This instance and all below it, inner ones first.</summary>
    public IEnumerable<ModelInstance> InnerFirst() => Submodels.Values.SelectMany(s => s.InnerFirst()).Append(this);

    /// <summary>This instance and all below it, outer ones first.</summary>
    public IEnumerable<ModelInstance> OuterFirst() => Submodels.Values.SelectMany(s => s.OuterFirst()).Prepend(this);

    private static bool IsLocal(XElement e) => e.Name.LocalName == "localParameter" || (e.Name.LocalName == "parameter" && e.Ancestors().Any(a => a.Name.LocalName == "kineticLaw"));
}
