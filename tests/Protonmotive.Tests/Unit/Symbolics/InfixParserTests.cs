using Protonmotive.Symbolics;
using Xunit;
using static Protonmotive.Symbolics.Expression;

namespace Protonmotive.Tests.Unit.Symbolics;

/// <summary>The infix language: what binds how, what it prints, and what it says of a mistake.</summary>
public class InfixParserTests
{
    private static readonly Expression a = Symbol("a"), b = Symbol("b"), c = Symbol("c");

    public static TheoryData<string, Expression> Formulas => new()
    {
        { "a + b * c", a + (b * c) },
        { "(a + b) * c", (a + b) * c },
        { "a - b - c", a - b - c },
        { "a - (b - c)", a - (b - c) },
        { "a / b / c", a / b / c },
        { "a / (b * c)", a / (b * c) },
        { "a^b^c", Power(a, Power(b, c)) },
        { "(a^b)^c", Power(Power(a, b), c) },
        { "-a^2", -Power(a, 2) },
        { "(-2)^a", Power(-2, a) },
        { "a^-b", Power(a, -b) },
        { "-2 * a", -2 * a },
        { "-(2 * a)", -(2 * a) },
        { "a + -2", a + -2 },
        { "a < b", Less(a, b) },
        { "a <= b && b != c", And(LessOrEqual(a, b), AreNotEqual(b, c)) },
        { "a == b && b == c && c == a || !a", Or(And(AreEqual(a, b), AreEqual(b, c), AreEqual(c, a)), Not(a)) },
        { "(a && b) && c", And(And(a, b), c) },
        { "!(a && b)", Not(And(a, b)) },
        { "xor(a, b, c)", Xor(a, b, c) },
        { "min(a, b, c)", Min(Min(a, b), c) },
        { "max(a, min(b, c))", Max(a, Min(b, c)) },
        { "piecewise(a, a < b, b, b < c, c)", Select(Less(a, b), a, Select(Less(b, c), b, c)) },
        { "piecewise(a, a < b, NaN)", Piecewise([(a, Less(a, b))]) },
        { "branch(1, a < 0.0001, b)", Branch(Less(a, 1e-4), 1, b) },
        { "ln(a) + log10(b) + expm1(c)", Log(a) + Log10(b) + Expm1(c) },
        { "2 * time", 2 * Time },
        { "`time` + `K+` + `a``b`", Symbol("time") + Symbol("K+") + Symbol("a`b") },
        { "Δψ_m + ATP.amount + x₁", Symbol("Δψ_m") + Symbol("ATP.amount") + Symbol("x₁") },
        { "1E-300 + a", 1e-300 + a },
        { "a + Infinity", a + double.PositiveInfinity },
        { "and(a)", And(a) },
    };

    [Theory]
    [MemberData(nameof(Formulas), DisableDiscoveryEnumeration = true)]
    public void Formulas_read_as_written_and_print_back(string text, Expression expected)
    {
        if (!text.Contains('₁', StringComparison.Ordinal)) Assert.Equal(text, Infix.Print(expected));
        Assert.Same(expected, InfixParser.Parse(Infix.Print(expected)));
    }

    [Theory]
    [InlineData("a>b", "b < a")]
    [InlineData("a >= b", "b <= a")]
    [InlineData("-a*b", "-(a * b)")]
    [InlineData("+a", "a")]
    [InlineData("log(10, a)", "log10(a)")]
    [InlineData("log(2, a)", "ln(a) / 0.6931471805599453")]
    [InlineData("root(2, a)", "sqrt(a)")]
    [InlineData("sec(a) + arccoth(b)", "1 / cos(a) + atanh(1 / b)")]
    [InlineData("implies(a, b)", "!a || b")]
    [InlineData("piecewise(a, b)", "piecewise(a, b, NaN)")]
    [InlineData("rem(17, -5)", "2")]
    [InlineData("quotient(-17, 5)", "-3")]
    [InlineData("and()", "1")]
    [InlineData(".5e1", "5")]
    public void Other_spellings_are_read(string text, string printed) => Assert.Equal(printed, Infix.Print(InfixParser.Parse(text)));

    [Theory]
    [InlineData("", 1, "a number, a name")]
    [InlineData("a +", 4, "a number, a name")]
    [InlineData("a b", 3, "an operator")]
    [InlineData("2x", 2, "an operator")]
    [InlineData("(a + b", 7, "the ')' that closes column 1")]
    [InlineData("a + b)", 6, "no '(' is open")]
    [InlineData("a, b", 2, "belongs in a call")]
    [InlineData("(a, b)", 3, "belongs in a call")]
    [InlineData("a < b < c", 7, "do not chain")]
    [InlineData("1 + foo(a)", 5, "a known function")]
    [InlineData("1 + sin(a, b)", 5, "1")]
    [InlineData("sin()", 5, "a number, a name")]
    [InlineData("min(a, )", 8, "a number, a name")]
    [InlineData("a # b", 3, "an operator")]
    [InlineData("1e999", 1, "a number below")]
    [InlineData("`abc", 5, "the backquote that closes")]
    public void A_mistake_is_named_with_its_column(string text, int column, string expected)
    {
        var error = Assert.Throws<ExpressionSyntaxException>(() => InfixParser.Parse(text));
        Assert.Equal(column, error.Column);
        Assert.Contains(expected, error.Expected, StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_text_is_cut_where_asked() => Assert.Equal("a + b…", Infix.Print(a + b + c, 5));
}
