using System.Collections.Immutable;

namespace Protonmotive.Catalogue;

/// <summary>The systems that can be run by name. Assemblies bring theirs; there is no global list.</summary>
/// <param name="Systems">The systems, in the order they are listed.</param>
public sealed record SystemCatalogue(ImmutableArray<CatalogueSystem> Systems)
{
    /// <summary>The system of a name.</summary>
    /// <exception cref="CatalogueException">There is none; near names are given.</exception>
    public CatalogueSystem Get(string name) => Systems.FirstOrDefault(s => s.Name == name) ?? throw new CatalogueException(
        $"There is no system '{name}'.", "catalogue", $"Systems: {string.Join(", ", Systems.Select(s => s.Name))}. Files are run by their path.");
}

/// <summary>A system or scenario that does not exist.</summary>
public sealed class CatalogueException : ProtonmotiveException
{
    /// <inheritdoc/>
    public CatalogueException(string what, string where, string mend, Exception? inner = null)
        : base(what, where, mend, inner)
    {
    }
}
