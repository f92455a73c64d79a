using System.Collections.Immutable;

namespace Protonmotive.FluxBalance;

/// <summary>Which gene products a reaction needs: a tree of "and" and "or".</summary>
/// <param name="Relation">How its parts go together.</param>
/// <param name="Gene">Id of the gene product, for <see cref="GeneRelation.Product"/>; empty otherwise.</param>
/// <param name="Parts">The parts of "and" and "or".</param>
public sealed record GeneAssociation(GeneRelation Relation, string Gene, ImmutableArray<GeneAssociation> Parts)
{
    /// <summary>A single gene product.</summary>
    public static GeneAssociation Of(string gene) => new(GeneRelation.Product, gene, []);

    /// <summary>Whether the reaction can run with the gene products that are there.</summary>
    public bool IsMet(Func<string, bool> present) => Relation switch
    {
        GeneRelation.And => Parts.All(p => p.IsMet(present)),
        GeneRelation.Or => Parts.Any(p => p.IsMet(present)),
        _ => present(Gene),
    };

    /// <summary>The association in words: (a and b) or c.</summary>
    public override string ToString() => Relation == GeneRelation.Product ? Gene
        : string.Join(Relation == GeneRelation.And ? " and " : " or ", Parts.Select(p => p.Relation == GeneRelation.Product ? p.Gene : $"({p})"));
}
