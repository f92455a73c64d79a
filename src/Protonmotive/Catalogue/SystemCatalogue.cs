using System.Collections.Immutable;
using Protonmotive.Kernels;

namespace Protonmotive.Catalogue;

/// <summary>What can be run by name. Assemblies bring theirs; there is no global list.</summary>
/// <param name="Systems">The systems that the engine runs, in the order they are listed.</param>
public sealed record SystemCatalogue(ImmutableArray<CatalogueSystem> Systems)
{
    /// <summary>What other programs run, listed after the systems.</summary>
    public ImmutableArray<CatalogueEntry> Elsewhere { get; init; } = [];

    /// <summary>All of it.</summary>
    public ImmutableArray<CatalogueEntry> Entries => [.. Systems, .. Elsewhere];

    /// <summary>The system of a name.</summary>
    /// <exception cref="CatalogueException">There is none, or another program runs it; what there is, is told.</exception>
    public CatalogueSystem Get(string name) => Entry(name) as CatalogueSystem
        ?? throw new CatalogueException($"'{name}' is no network that the engine runs.", "catalogue", $"Run it with '{Entry(name).Command}'; 'pmf show {name}' tells more.");

    /// <summary>What has a name, whatever runs it.</summary>
    /// <exception cref="CatalogueException">Nothing has; what there is, is told.</exception>
    public CatalogueEntry Entry(string name) => Entries.FirstOrDefault(s => s.Name == name) ?? throw new CatalogueException(
        $"There is no system '{name}'.", "catalogue", NearNames.Question(NearNames.Of(name, Entries.Select(e => e.Name)), $"Systems: {string.Join(", ", Entries.Select(s => s.Name))}. Files are run by their path."));
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
