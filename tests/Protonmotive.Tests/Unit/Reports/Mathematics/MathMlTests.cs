using System.Text.RegularExpressions;
using System.Xml.Linq;
using Protonmotive.Networks;
using Protonmotive.Reports.Mathematics;
using Protonmotive.Symbolics;
using Xunit;

namespace Protonmotive.Tests.Unit.Reports.Mathematics;

/// <summary>Expressions against presentation MathML written by hand; operators' attributes, which only give room, are left out.</summary>
public partial class MathMlTests
{
    private const string Times = "<mo>\u2062</mo>", Apply = "<mo>\u2061</mo>", Minus = "<mo>−</mo>";

    [Theory]
    // quotients
    [InlineData("a / b", "<mfrac><mi>a</mi><mi>b</mi></mfrac>")]
    [InlineData("k * A / (K_m + A)", $"<mfrac><mrow><mi>k</mi>{Times}<mi>A</mi></mrow><mrow><msub><mi>K</mi><mi>m</mi></msub><mo>+</mo><mi>A</mi></mrow></mfrac>")]
    [InlineData("a / b / c", $"<mfrac><mi>a</mi><mrow><mi>b</mi>{Times}<mi>c</mi></mrow></mfrac>")]
    [InlineData("a / (b / c)", "<mfrac><mi>a</mi><mfrac><mi>b</mi><mi>c</mi></mfrac></mfrac>")]
    [InlineData("a * (1 / b)", "<mfrac><mi>a</mi><mi>b</mi></mfrac>")]
    [InlineData("a * (b / c)", $"<mrow><mi>a</mi>{Times}<mfrac><mi>b</mi><mi>c</mi></mfrac></mrow>")]
    // powers and roots
    [InlineData("x^-2", "<mfrac><mn>1</mn><msup><mi>x</mi><mn>2</mn></msup></mfrac>")]
    [InlineData("a * x^-2", "<mfrac><mi>a</mi><msup><mi>x</mi><mn>2</mn></msup></mfrac>")]
    [InlineData("(a / b)^-2", "<msup><mrow><mo>(</mo><mfrac><mi>b</mi><mi>a</mi></mfrac><mo>)</mo></mrow><mn>2</mn></msup>")]
    [InlineData("(a * b)^c", $"<msup><mrow><mo>(</mo><mrow><mi>a</mi>{Times}<mi>b</mi></mrow><mo>)</mo></mrow><mi>c</mi></msup>")]
    [InlineData("H_x^4", "<msubsup><mi>H</mi><mi>x</mi><mn>4</mn></msubsup>")]
    [InlineData("m * m * m * h", $"<mrow><msup><mi>m</mi><mn>3</mn></msup>{Times}<mi>h</mi></mrow>")]
    [InlineData("x^0.5", "<msqrt><mi>x</mi></msqrt>")]
    [InlineData("(x^2)^3", "<msup><mrow><mo>(</mo><msup><mi>x</mi><mn>2</mn></msup><mo>)</mo></mrow><mn>3</mn></msup>")]
    [InlineData("exp(-x)", $"<msup><mi>e</mi><mrow>{Minus}<mi>x</mi></mrow></msup>")]
    [InlineData("u / expm1(u)", $"<mfrac><mi>u</mi><mrow><msup><mi>e</mi><mi>u</mi></msup>{Minus}<mn>1</mn></mrow></mfrac>")]
    // precedence
    [InlineData("a - (b - c)", $"<mrow><mi>a</mi>{Minus}<mrow><mo>(</mo><mrow><mi>b</mi>{Minus}<mi>c</mi></mrow><mo>)</mo></mrow></mrow>")]
    [InlineData("a - b - c", $"<mrow><mi>a</mi>{Minus}<mi>b</mi>{Minus}<mi>c</mi></mrow>")]
    [InlineData("(a + b) * c", $"<mrow><mrow><mo>(</mo><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mo>)</mo></mrow>{Times}<mi>c</mi></mrow>")]
    [InlineData("a + -b * c", $"<mrow><mi>a</mi>{Minus}<mi>b</mi>{Times}<mi>c</mi></mrow>")]
    [InlineData("-(a + b)", $"<mrow>{Minus}<mrow><mo>(</mo><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mo>)</mo></mrow></mrow>")]
    // functions
    [InlineData("ln(x)", $"<mrow><mi>ln</mi>{Apply}<mrow><mo>(</mo><mi>x</mi><mo>)</mo></mrow></mrow>")]
    [InlineData("abs(x)", "<mrow><mo>|</mo><mi>x</mi><mo>|</mo></mrow>")]
    [InlineData("max(a, b, c)", $"<mrow><mi>max</mi>{Apply}<mrow><mo>(</mo><mrow><mi>a</mi><mo>,</mo><mi>b</mi><mo>,</mo><mi>c</mi></mrow><mo>)</mo></mrow></mrow>")]
    [InlineData("delay(x, tau)", $"<mrow><mi>x</mi>{Apply}<mrow><mo>(</mo><mrow><mi>t</mi>{Minus}<mi>τ</mi></mrow><mo>)</mo></mrow></mrow>")]
    [InlineData("tanh(x / w)^2", $"<mrow><msup><mi>tanh</mi><mn>2</mn></msup>{Apply}<mrow><mo>(</mo><mfrac><mi>x</mi><mi>w</mi></mfrac><mo>)</mo></mrow></mrow>")]
    [InlineData("ln(x) * ln(x)", $"<mrow><msup><mi>ln</mi><mn>2</mn></msup>{Apply}<mrow><mo>(</mo><mi>x</mi><mo>)</mo></mrow></mrow>")]
    [InlineData("log10(x)^2", $"<mrow><msubsup><mi>log</mi><mn>10</mn><mn>2</mn></msubsup>{Apply}<mrow><mo>(</mo><mi>x</mi><mo>)</mo></mrow></mrow>")]
    [InlineData("sin(x)^n", $"<msup><mrow><mo>(</mo><mrow><mi>sin</mi>{Apply}<mrow><mo>(</mo><mi>x</mi><mo>)</mo></mrow></mrow><mo>)</mo></mrow><mi>n</mi></msup>")]
    [InlineData("max(a, b)^2", $"<msup><mrow><mo>(</mo><mrow><mi>max</mi>{Apply}<mrow><mo>(</mo><mrow><mi>a</mi><mo>,</mo><mi>b</mi></mrow><mo>)</mo></mrow></mrow><mo>)</mo></mrow><mn>2</mn></msup>")]
    // products that would read as another name, and numbers that are one
    [InlineData("k * E * S", $"<mrow><mi>k</mi>{Times}<mi>E</mi><mo>&#183;</mo><mi>S</mi></mrow>")]
    [InlineData("R * T * x", $"<mrow><mi>R</mi>{Times}<mi>T</mi>{Times}<mi>x</mi></mrow>")]
    [InlineData("1 / (2 * F * (2 * F) * R)", $"<mfrac><mn>1</mn><mrow><mn>4</mn>{Times}<msup><mi>F</mi><mn>2</mn></msup>{Times}<mi>R</mi></mrow></mfrac>")]
    // cases
    [InlineData("piecewise(a, x < 1, b, 1 <= x && x < y, c)",
        "<mrow><mo>{</mo><mtable>"
        + "<mtr><mtd><mi>a</mi></mtd><mtd><mtext>if\u00a0</mtext><mrow><mi>x</mi><mo>&lt;</mo><mn>1</mn></mrow></mtd></mtr>"
        + "<mtr><mtd><mi>b</mi></mtd><mtd><mtext>if\u00a0</mtext><mrow><mn>1</mn><mo>≤</mo><mi>x</mi><mo>&lt;</mo><mi>y</mi></mrow></mtd></mtr>"
        + "<mtr><mtd><mi>c</mi></mtd><mtd><mtext>otherwise</mtext></mtd></mtr></mtable></mrow>")]
    [InlineData("piecewise(a, x < 1, b) * k - c", // what follows a condition would read as part of it
        $"<mrow><mrow><mo>(</mo><mrow><mi>k</mi>{Times}<mrow><mo>{{</mo><mtable>"
        + "<mtr><mtd><mi>a</mi></mtd><mtd><mtext>if\u00a0</mtext><mrow><mi>x</mi><mo>&lt;</mo><mn>1</mn></mrow></mtd></mtr>"
        + $"<mtr><mtd><mi>b</mi></mtd><mtd><mtext>otherwise</mtext></mtd></mtr></mtable></mrow></mrow><mo>)</mo></mrow>{Minus}<mi>c</mi></mrow>")]
    [InlineData("branch(1 - u / 2, abs(u) < 0.0001, u / expm1(u))", $"<mfrac><mi>u</mi><mrow><msup><mi>e</mi><mi>u</mi></msup>{Minus}<mn>1</mn></mrow></mfrac>")]
    // numbers
    [InlineData("x * 2", $"<mrow><mn>2</mn>{Times}<mi>x</mi></mrow>")]
    [InlineData("2.5E-9 * x", $"<mrow><mn>2.5</mn><mo>×</mo><msup><mn>10</mn><mrow>{Minus}<mn>9</mn></mrow></msup>{Times}<mi>x</mi></mrow>")]
    [InlineData("2.6666666666666665 * x", $"<mrow><mfrac><mn>8</mn><mn>3</mn></mfrac>{Times}<mi>x</mi></mrow>")]
    [InlineData("6.283185307179586 * x", $"<mrow><mn>2</mn>{Times}<mi>π</mi>{Times}<mi>x</mi></mrow>")]
    [InlineData("0.477464829275686 * x", $"<mrow><mfrac><mn>3</mn><mrow><mn>2</mn>{Times}<mi>π</mi></mrow></mfrac>{Times}<mi>x</mi></mrow>")] // 3/(2π)
    [InlineData("192970.66424662 * x", $"<mrow><mn>2</mn>{Times}<mi>F</mi>{Times}<mi>x</mi></mrow>")] // CODATA 2018: F = 96485.33212331
    [InlineData("192970.66424662 * F", $"<mrow><mn>192971</mn>{Times}<mi>F</mi></mrow>")] // F is something else here
    // names
    [InlineData("E_Na", "<msub><mi>E</mi><mi>Na</mi></msub>")]
    [InlineData("DeltaPsi", "<mrow><mi>Δ</mi><mi>Ψ</mi></mrow>")]
    [InlineData("Delta_psi_m", "<msub><mrow><mi>Δ</mi><mi>ψ</mi></mrow><mi>m</mi></msub>")]
    [InlineData("alpha", "<mi>α</mi>")]
    [InlineData("k1", "<msub><mi>k</mi><mn>1</mn></msub>")]
    [InlineData("Vmax", "<msub><mi>V</mi><mi>max</mi></msub>")]
    [InlineData("Pi_x", "<msub><mi>P</mi><mrow><mi>i</mi><mo>,</mo><mi>x</mi></mrow></msub>")]
    [InlineData("`potential.X`", "<msub><mi>μ</mi><mi>X</mi></msub>")]
    [InlineData("`affinity.r`", "<msub><mi>A</mi><mi>r</mi></msub>")]
    [InlineData("`X.amount`", "<msub><mi>n</mi><mi>X</mi></msub>")]
    public void Expressions_are_set_as_in_a_book(string infix, string expected) =>
        Assert.Equal($"<math>{expected}</math>", Bare(MathMl.Write(Formulas.Of(InfixParser.Parse(infix)))));

    [Fact]
    public void Letters_are_italic_and_words_and_labels_upright()
    {
        string text = MathMl.Write(Formulas.Of(InfixParser.Parse("K_m + ATP")));
        Assert.Contains("<mi>K</mi><mi mathvariant=\"normal\">m</mi>", text, StringComparison.Ordinal); // MathML Core: one letter is italic by itself
        Assert.Contains("<mi>ATP</mi>", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2 X + Y ⇌ 3 X", $"<mrow><mn>2</mn>{Times}<mi>X</mi><mo>+</mo><mi>Y</mi><mo>⇌</mo><mn>3</mn>{Times}<mi>X</mi></mrow>")]
    [InlineData("ATP_c → ADP_c + O2", "<mrow><msub><mi>ATP</mi><mi>c</mi></msub><mo>→</mo><msub><mi>ADP</mi><mi>c</mi></msub><mo>+</mo><msub><mi>O</mi><mn>2</mn></msub></mrow>")]
    [InlineData("8/3 H → ", $"<mrow><mfrac><mn>8</mn><mn>3</mn></mfrac>{Times}<mi>H</mi><mo>→</mo><mi>∅</mi></mrow>")]
    public void Equations_of_processes_are_read_back(string equation, string expected) => Assert.Equal($"<math>{expected}</math>", Bare(MathMl.Write(Formulas.ReadReaction(equation)!)));

    [Fact]
    public void A_store_changes_by_what_comes_in_less_what_goes_out()
    {
        var builder = new NetworkBuilder("two steps");
        var vessel = builder.Compartment("vessel", 1);
        foreach (var name in (string[])["A", "B", "C"]) builder.Species(name, vessel, 1);
        builder.Process("use", ProcessKind.Reaction, "2 B -> C", FluxLaw.MassAction(builder.Parameter("k_u", 1, "1/s")));
        builder.Process("make", ProcessKind.Reaction, "A -> B", FluxLaw.MassAction(builder.Parameter("k_m", 1, "1/s")));
        var network = builder.Build();
        Assert.Equal(
            $"<math><mrow><mfrac><mrow><mi>d</mi><msub><mi>n</mi><mi>B</mi></msub></mrow><mrow><mi>d</mi><mi>t</mi></mrow></mfrac><mo>=</mo><msub><mi>J</mi><mi>make</mi></msub>{Minus}<mn>2</mn>{Times}<msub><mi>J</mi><mi>use</mi></msub></mrow></math>",
            Bare(MathMl.Write(Formulas.Rate(network.Stores.First(s => s.Name == "B"), network))));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a + ")]
    [InlineData("a + b…")] // cut by Infix.Print
    public void What_can_not_be_read_is_null(string text) => Assert.Null(Formulas.Read(text));

    [Fact]
    public void What_no_one_can_read_is_left_to_the_text()
    {
        string sum = string.Join(" + ", Enumerable.Range(0, 20_000).Select(i => $"x{i}"));
        Assert.Null(Formulas.Read(sum[..90_000].TrimEnd('+', ' ')));
        Assert.Contains("…", MathMl.Write(Formulas.Of(InfixParser.Parse(sum))), StringComparison.Ordinal);
    }

    [Fact]
    public void Names_can_not_break_out_of_the_page()
    {
        string text = MathMl.Write(Formulas.Of(Expression.Symbol("<script>") + Expression.Symbol("a&b_<c>")));
        Assert.NotNull(XElement.Parse(text));
        Assert.DoesNotContain("<script", text, StringComparison.Ordinal);
    }

    private static string Bare(string mathMl)
    {
        _ = XElement.Parse(mathMl); // well formed
        return Attributes().Replace(mathMl, "<$1>").Replace("&#x2062;", "\u2062", StringComparison.Ordinal).Replace("&#x2061;", "\u2061", StringComparison.Ordinal)
            .Replace("&#215;", "×", StringComparison.Ordinal).Replace("&#160;", "\u00a0", StringComparison.Ordinal);
    }

    [GeneratedRegex("<(\\w+)( [^>]*)>")]
    private static partial Regex Attributes();
}
