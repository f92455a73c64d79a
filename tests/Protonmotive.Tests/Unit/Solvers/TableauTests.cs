using Protonmotive.Solvers;
using Xunit;

namespace Protonmotive.Tests.Unit.Solvers;

/// <summary>A tableau with a wrong digit can't be built.</summary>
public sealed class TableauTests
{
    [Fact]
    public void Published_tableaus_are_accepted()
    {
        Assert.Equal(6, Rodas4.Tableau.StageCount);
        Assert.Equal(8, Rodas5P.Tableau.StageCount);
        Assert.Equal(7, Tsit5.Tableau.StageCount);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(3, 2)]
    [InlineData(4, 4)]
    [InlineData(5, 9)]
    [InlineData(6, 20)]
    public void Rooted_trees_are_counted_as_published(int order, int count) => // HNW I, II.2, table 2.3
        Assert.Equal(count, RootedTree.UpTo(order).Count(tree => tree.Order == order));

    [Fact]
    public void A_wrong_digit_in_any_coefficient_of_Rodas4_throws() => EveryWrongDigitThrows(Rodas4.Tableau);

    [Fact]
    public void A_wrong_digit_in_any_coefficient_of_Rodas5P_throws() => EveryWrongDigitThrows(Rodas5P.Tableau);

    [Fact]
    public void A_wrong_digit_in_any_coefficient_of_Tsit5_throws()
    {
        var t = Tsit5.Tableau;
        int s = t.StageCount;
        double[][] a = [.. Enumerable.Range(1, s - 1).Select(i => Enumerable.Range(0, i).Select(j => t.A[i * s + j]).ToArray())];
        double[] nodes = [.. t.Nodes], errors = [.. t.ErrorWeights];
        double[][] polynomials = [.. Enumerable.Range(0, s).Select(j => Polynomial(t, j))];
        double[][] all = [.. a, nodes, errors, .. polynomials];
        Perturb(all, (_, _) => false, () => _ = new ButcherTableau("Tsit5", 5, 4, 4, a, nodes, errors, polynomials));
    }

    // bⱼ(θ) from θ bⱼ + θ(1 − θ)(d₁ + θ d₂ + θ² d₃).
    private static double[] Polynomial(ButcherTableau t, int j)
    {
        double b = t.Weights[j], d1 = t.Dense[j], d2 = t.Dense[t.StageCount + j], d3 = t.Dense[2 * t.StageCount + j];
        return [b + d1, d2 - d1, d3 - d2, -d3];
    }

    private static void EveryWrongDigitThrows(RosenbrockTableau t)
    {
        int s = t.StageCount;
        double[][] a = Rows(t.A, s), c = Rows(t.C, s);
        double[] nodes = [.. t.Nodes], times = [.. t.TimeWeights];
        double[][] dense = [.. Enumerable.Range(0, t.DenseCount).Select(k => t.Dense.Skip(k * s).Take(s).ToArray())];
        double[][] all = [.. a, .. c, nodes, times, .. dense];

        // The last stage is the error estimate, of higher order than the dense output: no order condition can see its weight.
        Perturb(all, (array, i) => dense.Contains(array) && i == s - 1, () => _ = new RosenbrockTableau(t.Name, t.Order, t.EmbeddedOrder, t.DenseOrder, t.Gamma, a, c, nodes, times, dense));
    }

    private static double[][] Rows(IReadOnlyList<double> matrix, int s) =>
        [.. Enumerable.Range(1, s - 1).Select(i => Enumerable.Range(0, i).Select(j => matrix[i * s + j]).ToArray())];

    // Each number in turn, wrong in its ninth digit.
    private static void Perturb(double[][] arrays, Func<double[], int, bool> isFree, Action build)
    {
        build();
        var unseen = new List<string>();
        foreach (var array in arrays)
        {
            for (int i = 0; i < array.Length; i++)
            {
                if (isFree(array, i)) continue;
                double right = array[i];
                array[i] = right + 1e-8 * Math.Max(1, Math.Abs(right));
                if (Record.Exception(build) is not TableauException) unseen.Add($"{Array.IndexOf(arrays, array)}:{i}");
                array[i] = right;
            }
        }

        Assert.Equal("", string.Join(" ", unseen));
    }
}
