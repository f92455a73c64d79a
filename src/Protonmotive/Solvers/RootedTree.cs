namespace Protonmotive.Solvers;

/// <summary>
/// A rooted tree: every tree of order at most p stands for one condition that a one-step method of order p must satisfy.
/// </summary>
/// <remarks>Hairer, Nørsett and Wanner (1993), Solving Ordinary Differential Equations I, II.2.</remarks>
internal sealed class RootedTree
{
    private RootedTree(RootedTree[] children)
    {
        Children = children;
        Order = 1 + children.Sum(c => c.Order);
        Density = children.Aggregate((double)Order, (product, c) => product * c.Density);
    }

    /// <summary>The subtrees at the root; order without meaning.</summary>
    public RootedTree[] Children { get; }

    /// <summary>Number of vertices.</summary>
    public int Order { get; }

    /// <summary>γ(t): the order times the densities of the subtrees; the condition's right side is 1/γ(t).</summary>
    public double Density { get; }

    /// <summary>All rooted trees with at most <paramref name="order"/> vertices (1, 1, 2, 4, 9, 20, … of each order).</summary>
    public static IReadOnlyList<RootedTree> UpTo(int order)
    {
        var trees = new List<RootedTree> { new([]) };
        for (int n = 2; n <= order; n++)
            trees.AddRange(Forests(trees, trees.Count - 1, n - 1).Select(children => new RootedTree(children)).ToArray());
        return trees;
    }

    /// <inheritdoc/>
    public override string ToString() =>
        Children.Length == 0 ? "τ" : $"[{string.Join(",", Children.Select(c => c.ToString()))}]";

    // Multisets of trees with that many vertices in all, taken from trees[0..last] in falling order so that each stands once.
    private static IEnumerable<RootedTree[]> Forests(List<RootedTree> trees, int last, int vertices)
    {
        if (vertices == 0)
        {
            yield return [];
            yield break;
        }

        for (int i = last; i >= 0; i--)
        {
            if (trees[i].Order > vertices) continue;
            foreach (var rest in Forests(trees, i, vertices - trees[i].Order)) yield return [trees[i], .. rest];
        }
    }
}
