using Protonmotive.Atlas;
using Protonmotive.Networks;
using Protonmotive.Symbolics;
using Xunit;

namespace Protonmotive.Tests.Unit.Networks;

using Unit = Protonmotive.Networks.Unit;

/// <summary>Units run through formulas, and what does not fit is named.</summary>
public class UnitCheckerTests
{
    private static readonly Dictionary<string, string> symbols = new()
    {
        ["E"] = "V", ["e"] = "mV", ["n"] = "mol", ["v"] = "L", ["c"] = "M", ["K"] = "M", ["F"] = "C/mol", ["R"] = "J/(mol K)", ["T"] = "K", ["k"] = "1/s", ["x"] = "1",
    };

    [Theory]
    [InlineData("n / v", "M")]
    [InlineData("F * E / (R * T)", "1")]
    [InlineData("exp(F * E / (R * T)) * c", "M")]
    [InlineData("sqrt(c^2 + K * c)", "M")]
    [InlineData("k * c * K / (K + c)", "mol/(L s)")]
    [InlineData("x^2 + 1", "1")]
    [InlineData("piecewise(c, c < K, 0)", "M")]
    [InlineData("max(c, 0) * time", "M s")]
    public void Formulas_in_order_have_their_unit(string formula, string unit)
    {
        var checker = Checker();
        Assert.True(Unit.Parse(unit).Matches(checker.Infer(InfixParser.Parse(formula))!), checker.Infer(InfixParser.Parse(formula))!.ToString());
        Assert.Empty(checker.Mismatches);
    }

    [Theory]
    [InlineData("E + e", "they differ by a factor 1000")]
    [InlineData("n + v", "'mol' meets 'L'; they differ in dimension")]
    [InlineData("exp(c)", "'M' meets '1'")]
    [InlineData("c + 1", "'M' meets '1'")]
    [InlineData("sin(e / E)", "they differ by a factor 0.001")]
    [InlineData("2^c", "'M' meets '1'")]
    [InlineData("c < n", "'M' meets 'mol'")]
    [InlineData("piecewise(c, x < 1, n)", "'M' meets 'mol'")]
    [InlineData("time + k", "'s' meets '1/s'")]
    [InlineData("ln(c)", "(note: a reference of 1 is implied)")]
    public void What_does_not_fit_is_reported_once(string formula, string part)
    {
        var checker = Checker();
        checker.Infer(InfixParser.Parse(formula), "law");
        var mismatch = Assert.Single(checker.Mismatches);
        Assert.Contains(part, mismatch.ToString(), StringComparison.Ordinal);
        Assert.Equal(formula.StartsWith("ln", StringComparison.Ordinal), mismatch.IsNote);
    }

    [Theory]
    [InlineData("unknown + c")]
    [InlineData("exp(unknown * c)")]
    [InlineData("c^x + K^x")]
    public void What_is_unknown_is_not_reported(string formula)
    {
        var checker = Checker();
        checker.Infer(InfixParser.Parse(formula));
        Assert.Empty(checker.Mismatches);
    }

    [Fact]
    public void A_network_is_checked_law_by_law()
    {
        var b = new NetworkBuilder("units");
        var cell = b.Compartment("cell", 1, "L");
        b.Species("A", cell, 1, unit: "M");
        b.Species("B", cell, 0, unit: "M");
        var slow = b.Parameter("slow", 0.1, "1/s");
        b.Process("right", ProcessKind.Reaction, "A -> B", FluxLaw.Formula(slow * cell * Expression.Symbol("A")));
        b.Process("wrong", ProcessKind.Reaction, "B -> A", FluxLaw.Formula(slow * Expression.Symbol("B")));
        b.Define("share", Expression.Symbol("A") / Expression.Symbol("B"), "mM");
        var found = NetworkUnits.Check(b.Build());
        Assert.Equal(["definition of share", "flux of wrong"], found.Select(m => m.Where));
        Assert.Equal("mol/(L s)", found[1].Left.ToString());
        Assert.Equal("mol/s", found[1].Right.ToString());
    }

    /// <summary>
    /// Published models leave out units of 1 (10^-pH in M, volumes per litre of mitochondria), but nothing in the atlas is off by a
    /// mere factor, as V for mV would be; oxygen uptake holds its conversion to nmol/min in the formula.
    /// </summary>
    [Fact]
    public void Nothing_in_the_atlas_is_off_by_a_factor()
    {
        var found = AtlasCatalogue.Systems.Systems
            .SelectMany(s => NetworkUnits.Check(s.Build(s.Scenarios[0])).Where(m => !m.IsNote && m.Ratio is not null && m.Where != "definition of OCR").Select(m => $"{s.Name}: {m}"))
            .ToList();
        Assert.True(found.Count == 0, string.Join("\n", found));
    }

    private static UnitChecker Checker() => new(n => symbols.TryGetValue(n, out var unit) ? Unit.Parse(unit) : null, Unit.Parse("s"));
}
