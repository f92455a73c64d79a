using Protonmotive.Atlas;
using Protonmotive.Formats.Antimony;
using Protonmotive.Networks;
using Protonmotive.Symbolics;
using Xunit;

namespace Protonmotive.Tests.Unit.Formats.Antimony;

public class AntimonyWriterTests
{
    public static TheoryData<int> Samples() => [.. Enumerable.Range(0, AntimonySamples.All.Length)];

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_model_comes_back_as_the_same_equations(int sample)
    {
        var network = AntimonyReader.Parse(AntimonySamples.All[sample]);
        var text = AntimonyWriter.Print(network);
        var back = AntimonyReader.Parse(text);
        if (network.Draws.IsEmpty) SameEquations.Check(network, back);
        Assert.Equal(network.Draws.Select(d => d.Distribution), back.Draws.Select(d => d.Distribution));
        Assert.Equal(text, AntimonyWriter.Print(back));
    }

    [Fact]
    public void A_network_is_written_as_a_modeller_writes_it()
    {
        var b = new NetworkBuilder("two pools") { AmountUnit = "mmol", TimeUnit = "min" };
        var cell = b.Compartment("cell", 2, "L");
        var A = b.Species("A", cell, 1, description: "the \"first\"");
        var B = b.Reservoir("B", cell, 0.5);
        var k = b.Parameter("k", 0.1, "1/min");
        b.Process("J", ProcessKind.Reaction, "2 A <-> B", FluxLaw.Formula(k * A * A));
        b.When(new NetworkEvent("E", Expression.Less(5, Expression.Time), [new EventAssignment("k", 0)]) { Priority = 1 });
        Assert.Equal("""
            // Written by Protonmotive
            model two_pools()

              // Compartments and species
              compartment cell;
              species A in cell;
              species $B in cell;

              // Values at the start
              cell = 2;
              A = 1;
              B = 0.5;
              k = 0.1;

              // Reactions
              J: 2 A -> B; k * A * A;

              // Events
              E: at (5 < time), priority=1: k = 0;

              // Units
              unit substance = 0.001 mole;
              unit time_unit = 60 second;
              unit unit_mM = mole / metre^3;
              unit unit_0_0166667_1_per_s = 0.016666666666666666 dimensionless / second;
              cell has litre;
              A has unit_mM;
              B has unit_mM;
              k has unit_0_0166667_1_per_s;

              // Names
              A is "the 'first'";
            end
            two_pools is "two pools"

            """.ReplaceLineEndings("\n"), AntimonyWriter.Print(b.Build()));
    }

    [Fact]
    public void Names_that_Antimony_does_not_allow_are_changed()
    {
        var b = new NetworkBuilder("m");
        foreach (var name in new[] { "J.k", "J_k", "at", "o", "ΔΨ", "2x", "time_" }) b.Parameter(name, 1);
        b.Assign("J.k", Expression.Symbol("at") + -Expression.Symbol("o") + Expression.Symbol("ΔΨ"));
        var text = AntimonyWriter.Print(b.Build());
        Assert.Contains("J_k_2 := at_ - o_ + u0394u03a8;", text);
        Assert.Equal(text, AntimonyWriter.Print(AntimonyReader.Parse(text)));
    }

    [Fact]
    public void What_Antimony_has_no_words_for_is_written_as_equations_and_told()
    {
        using var text = new StringWriter();
        var network = AtlasCatalogue.Systems.Systems.First().Build(AtlasCatalogue.Systems.Systems.First().Scenario(null));
        var warnings = AntimonyWriter.Write(network, text);
        Assert.NotEmpty(warnings);
        SameEquations.Check(network, AntimonyReader.Parse(text.ToString()), relative: 1e-9);
    }

    [Fact]
    public void Functions_that_Antimony_lacks_are_defined()
    {
        var b = new NetworkBuilder("m");
        b.Parameter("x", 1e-9);
        b.Define("y", Expression.Expm1(Expression.Symbol("x")));
        var text = AntimonyWriter.Print(b.Build());
        Assert.Contains("function expm1(x)", text);
        Assert.Same(Expression.Expm1(Expression.Symbol("x")), Assert.Single(AntimonyReader.Parse(text).Assignments).Value);
    }

    [Fact]
    public void A_number_that_stands_in_two_formulas_is_drawn_once_and_told()
    {
        var b = new NetworkBuilder("m");
        var draw = b.Draw(new Draw("noise", Distribution.Normal, [0, 1]));
        b.Define("x", draw + 1);
        b.Define("y", draw + 2);
        using var text = new StringWriter();
        Assert.Contains(AntimonyWriter.Write(b.Build(), text), w => w.Contains("'noise' stands in several formulas"));
        Assert.Contains("= normal(0, 1);", text.ToString());
        Assert.Single(AntimonyReader.Parse(text.ToString()).Draws);
    }
}
