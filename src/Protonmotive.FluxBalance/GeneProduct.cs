namespace Protonmotive.FluxBalance;

/// <summary>A gene product that reactions may need.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Label">The label a reader knows it by, such as a locus tag.</param>
/// <param name="Name">Its name; empty where it has none.</param>
/// <param name="Species">Id of the species that stands for it in the model, where there is one.</param>
public sealed record GeneProduct(string Id, string Label, string Name, string? Species = null);
