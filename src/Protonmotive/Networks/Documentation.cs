namespace Protonmotive.Networks;

/// <summary>What a file says about one of its elements besides its mathematics; kept so that it can be written again.</summary>
/// <param name="Notes">The notes element as XML text; null for none.</param>
/// <param name="Annotation">The annotation element as XML text; null for none.</param>
/// <param name="Term">Term of the Systems Biology Ontology, e.g. "SBO:0000252"; null for none.</param>
/// <param name="MetaId">Identifier that annotations refer to; null for none.</param>
public sealed record Documentation(string? Notes, string? Annotation, string? Term, string? MetaId)
{
    /// <summary>The name for readers, where the element has one that is not a <see cref="Quantity.Description"/> (the model, events).</summary>
    public string? Name { get; init; }
}
