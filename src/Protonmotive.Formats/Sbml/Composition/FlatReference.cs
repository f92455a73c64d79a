namespace Protonmotive.Formats.Sbml.Composition;

/// <summary>What a name of a submodel is in the flattened model: old value = value of the name · factor.</summary>
/// <param name="Name">The id; null where it was deleted.</param>
/// <param name="Factor">The factor.</param>
internal sealed record FlatReference(string? Name, ConversionFactor Factor)
{
    public static FlatReference Deleted { get; } = new(null, ConversionFactor.One);
}
