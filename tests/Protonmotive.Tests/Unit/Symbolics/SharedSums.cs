using Protonmotive.Symbolics;
using Xunit;

namespace Protonmotive.Tests.Unit.Symbolics;

/// <summary>What is shared is taken apart once: doubling 60 times is 60 nodes, not 2⁶⁰ terms.</summary>
public class SharedSums
{
    [Fact]
    public void Doubled_sums_simplify_at_once()
    {
        var a = Expression.Symbol("a");
        var sum = a + Expression.Symbol("b");
        for (int i = 0; i < 60; i++) sum += sum;
        Assert.Equal(Math.Pow(2, 60) * 3, sum.Simplify().Evaluate(name => name == "a" ? 1 : 2));
    }

    [Fact]
    public void Squared_products_simplify_at_once()
    {
        var product = Expression.Symbol("a") * Expression.Symbol("b");
        for (int i = 0; i < 8; i++) product *= product;
        Assert.Equal(Math.Pow(2, 256), product.Simplify().Evaluate(name => name == "a" ? 1 : 2), Math.Pow(2, 210));
    }
}
