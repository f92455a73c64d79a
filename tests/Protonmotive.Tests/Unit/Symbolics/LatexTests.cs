using Protonmotive.Symbolics;
using Xunit;

namespace Protonmotive.Tests.Unit.Symbolics;

/// <summary>Expressions as LaTeX.</summary>
public class LatexTests
{
    [Theory]
    [InlineData("V_max * S / (K_m + S)", @"\frac{V_{\mathrm{max}} \, S}{K_{m} + S}")]
    [InlineData("Delta_psi", @"\Delta \psi")]
    [InlineData("ΔΨ_m", @"\Delta \Psi_{m}")]
    [InlineData("K_eq^2", @"{K_{\mathrm{eq}}}^{2}")]
    [InlineData("mu_H_x", @"\mu_{H,x}")]
    [InlineData("ATP.amount", @"\mathrm{ATP}_{\mathrm{amount}}")]
    [InlineData("sqrt(a + b)", @"\sqrt{a + b}")]
    [InlineData("(a + b) * c", @"\left(a + b\right) \, c")]
    [InlineData("(a / b)^c", @"\left(\frac{a}{b}\right)^{c}")]
    [InlineData("a - (b - c)", @"a - \left(b - c\right)")]
    [InlineData("-(a * b)", @"-a \, b")]
    [InlineData("exp(-a / b)", @"e^{-\frac{a}{b}}")]
    [InlineData("a * -2", @"a \cdot \left(-2\right)")]
    [InlineData("1e-7 * a", @"10^{-7} \, a")]
    [InlineData("ln(a) + asin(b) + min(a, b, c)", @"\ln\left(a\right) + \arcsin\left(b\right) + \min\left(a, b, c\right)")]
    [InlineData("piecewise(1, a < b, 0)", @"\begin{cases} 1 & \text{if } a < b \\ 0 & \text{otherwise} \end{cases}")]
    [InlineData("a && !b", @"a \land \lnot b")]
    [InlineData("`50%`", @"\mathrm{50\%}")]
    [InlineData("time * pH", @"t \, \mathrm{pH}")]
    public void Formulas_are_set(string formula, string latex) =>
        Assert.Equal(latex, Latex.Print(InfixParser.Parse(formula)));

    [Fact]
    public void Given_names_win() =>
        Assert.Equal(@"\dot{x}", Latex.Print(Expression.Symbol("x"), new Dictionary<string, string> { ["x"] = @"\dot{x}" }));

    [Fact]
    public void Deep_expressions_need_no_deep_stack()
    {
        var deep = Expression.Symbol("x");
        for (int i = 0; i < 100_000; i++) deep = Expression.Sin(deep);
        Assert.True(Latex.Print(deep).Length > 100_000);
        Assert.EndsWith(@"\ldots", Latex.Print(deep, maximumLength: 100), StringComparison.Ordinal);
    }
}
