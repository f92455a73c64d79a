using CsCheck;
using Protonmotive.Symbolics;
using Xunit;

namespace Protonmotive.Tests.Property.Symbolics;

/// <summary>What is printed is read back as the same object.</summary>
public class InfixRoundTrip
{
    [Fact]
    public void Every_expression_reads_back_as_the_same_object() => RandomExpressions.Any.Sample(
        e =>
        {
            string text = Infix.Print(e, 100_000);
            return text.EndsWith('…') || ReferenceEquals(InfixParser.Parse(text), e);
        },
        iter: 5000, print: e => Infix.Print(e, 1000));

    [Fact]
    public void Every_number_reads_back_to_the_last_bit() => Gen.Double.Sample(
        x => ReferenceEquals(InfixParser.Parse(Infix.Print(x)), Expression.Constant(x)), iter: 5000);

    /// <summary>The shortest form of .NET misses some powers of two; ours does not.</summary>
    [Fact]
    public void Every_power_of_two_reads_back()
    {
        for (int n = -1074; n <= 1023; n++)
            Assert.Same(Expression.Constant(Math.ScaleB(1, n)), InfixParser.Parse(Infix.Print(Math.ScaleB(1, n))));
    }
}
