using CsCheck;
using Protonmotive.Networks;
using Protonmotive.Symbolics;
using Xunit;

namespace Protonmotive.Tests.Property.Networks;

/// <summary>J⁺ − J⁻ is the law and neither part is negative, for laws built of what rate laws are built of.</summary>
public class SplitsAreExact
{
    private static readonly Gen<string> positive = Choice("a", "b", "c", "(1 + a/0.7 + b)", "(a + c)^2", "exp(a - b)", "2.5", "a^1.5", "sqrt(b)", "(1 + c)^0.5");

    private static readonly Gen<string> difference = Gen.Select(positive, positive, positive, Choice("-", "+"), Choice("-", "+"), (x, y, z, s, t) => $"({x} {s} {y} {t} {z})");

    private static readonly Gen<string> law = Gen.Select(difference, positive, positive, difference, Choice("{1}*{0}/{2}", "{0}/({1} + {2})", "-{0}*{1} + {3}/{2}", "{0}*{3}/(1 + {1})", "{1}*(1 - {2}/({1}*3)) - {0}"),
        (d, x, y, e, form) => string.Format(System.Globalization.CultureInfo.InvariantCulture, form, d, x, y, e));

    private static Gen<string> Choice(params string[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    [Fact]
    public void Parts_differ_by_the_law_and_are_not_negative() =>
        Gen.Select(law, Gen.Double[0.05, 4].Array[3].Array[5]).Sample((text, points) =>
        {
            var formula = InfixParser.Parse(text);
            var split = new FluxSplitting(_ => null, _ => true, _ => 1).Split(formula);
            if (split.Forward is null) return;
            foreach (var point in points)
            {
                double At(string name) => point[name[0] - 'a'];
                double forward = split.Forward.Evaluate(At), backward = split.Backward!.Evaluate(At), net = formula.Evaluate(At);
                // (2.5 − c) passes for what is left of a total: it holds while that is not negative.
                if (split.Rests.All(rest => rest.Evaluate(At) >= 0)) Assert.True(forward >= 0 && backward >= 0, text);
                // Products in another order: some roundings of the larger part.
                Assert.True(Math.Abs(forward - backward - net) <= 1e-12 * (1 + Math.Abs(forward) + Math.Abs(backward)), $"{text}: {forward} − {backward} is not {net}");
            }
        });
}
