using Protonmotive.Reports.Figures;
using Protonmotive.Reports.Mathematics;
using Protonmotive.Symbolics;
using SkiaSharp;
using Xunit;

namespace Protonmotive.Tests.Unit.Reports.Mathematics;

public class FormulaBoxTests
{
    [Theory]
    [InlineData("a / b + c / (d * e)")]
    [InlineData("(a / b)^2 + (x + y)^-2 - sqrt(x / 2) * exp(-x)")]
    [InlineData("piecewise(x^2, x < 1, 2 * x - 1, x != 3, y_j)")]
    [InlineData("f_j^y + V_max^q * Q_g")]
    [InlineData("abs(x / (1 + x)) + floor(x / 2) + ceil(x) + factorial(n) + ln(x / (y / z))")]
    [InlineData("sqrt(a / (b + c / (d + e / f)))")]
    [InlineData("`Größe_ж` * Delta_psi")]
    [InlineData("j")]
    public void Nothing_is_drawn_outside_its_box(string infix)
    {
        foreach (float width in (float[])[float.PositiveInfinity, 90])
        {
            var box = FormulaBox.Measure(Formulas.Of(InfixParser.Parse(infix)), 20, width);
            Assert.True(box.Width <= width);
            var ink = InkOf(box);
            Assert.False(ink.IsEmpty);
            // Edges are smoothed over a pixel, 1/1.6 of a point.
            Assert.True(ink.Left >= Sheet.Left - 0.7f && ink.Right <= Sheet.Left + box.Width + 0.7f, $"{infix}: ink from {ink.Left - Sheet.Left} to {ink.Right - Sheet.Left}, box {box.Width} wide");
            Assert.True(ink.Top >= Sheet.Baseline - box.Ascent - 0.7f && ink.Bottom <= Sheet.Baseline + box.Descent + 0.7f, $"{infix}: ink from {ink.Top - Sheet.Baseline} to {ink.Bottom - Sheet.Baseline}, box {-box.Ascent} to {box.Descent}");
        }
    }

    [Fact]
    public void A_box_grows_with_its_letters()
    {
        var formula = Formulas.Of(InfixParser.Parse("k * A^2 / (K_m + A)"));
        FormulaBox small = FormulaBox.Measure(formula, 10), large = FormulaBox.Measure(formula, 20);
        Assert.Equal(2, large.Width / small.Width, 2e-3);
        Assert.Equal(2, large.Height / small.Height, 2e-3);
    }

    [Fact]
    public void Long_sums_are_broken_before_a_sign_and_stand_in_behind_the_equals()
    {
        var sum = Formula.Equation(Formulas.Name("y"), Formulas.Of(InfixParser.Parse(string.Join(" + ", Enumerable.Range(1, 30).Select(i => $"x_{i}")))));
        var lines = Assert.IsType<Formula.Lines>(FormulaLines.Break(sum, 20)).Items;
        Assert.True(lines.Length > 2);
        Assert.Equal(0, lines[0].Indent);
        Assert.All(lines.Skip(1), l =>
        {
            Assert.True(l.Indent > 0);
            Assert.Equal("+", Assert.IsType<Formula.Operator>(Assert.IsType<Formula.Row>(l.Line).Items[0]).Sign);
        });
    }

    [Fact]
    public void A_broken_product_goes_on_with_a_cross()
    {
        var product = Formulas.Of(InfixParser.Parse(string.Join(" * ", Enumerable.Range(1, 12).Select(i => $"(a_{i} + b_{i})"))));
        var lines = Assert.IsType<Formula.Lines>(FormulaLines.Break(product, 20)).Items;
        Assert.All(lines.Skip(1), l => Assert.Equal("×", Assert.IsType<Formula.Operator>(Assert.IsType<Formula.Row>(l.Line).Items[0]).Sign));
    }

    [Fact]
    public void What_fits_is_not_broken()
    {
        var formula = Formulas.Of(InfixParser.Parse("a + b"));
        Assert.Same(formula, FormulaLines.Break(formula, 30));
    }

    [Fact]
    public void Drawings_carry_their_letters_as_outlines()
    {
        var sheet = new Sheet(FormulaBox.Measure(Formulas.Of(InfixParser.Parse("x / y")), 20));
        string svg = System.Text.Encoding.UTF8.GetString(sheet.ToSvg());
        Assert.DoesNotContain("KaTeX", svg, StringComparison.Ordinal); // no reader has that font
        Assert.Contains("<path", svg, StringComparison.Ordinal);
    }

    /// <summary>The smallest rectangle around what is drawn, in points.</summary>
    private static SKRect InkOf(FormulaBox box)
    {
        using var bitmap = SKBitmap.Decode(new Sheet(box).ToPng());
        int left = int.MaxValue, top = int.MaxValue, right = -1, bottom = -1;
        for (int y = 0; y < bitmap.Height; y++)
        for (int x = 0; x < bitmap.Width; x++)
        {
            if (bitmap.GetPixel(x, y).Red > 240) continue;
            (left, right, top, bottom) = (Math.Min(left, x), Math.Max(right, x + 1), Math.Min(top, y), Math.Max(bottom, y + 1));
        }
        return right < 0 ? SKRect.Empty : new SKRect(left / 1.6f, top / 1.6f, right / 1.6f, bottom / 1.6f);
    }

    private sealed class Sheet(FormulaBox box) : Figure
    {
        public const float Left = 60, Baseline = 300;

        public override string Name => "formula";

        public override string Caption => "A formula.";

        public override int Height => 800;

        protected override void Draw(Pen pen) => box.Draw(pen, Left, Baseline, SKColors.Black);
    }
}
