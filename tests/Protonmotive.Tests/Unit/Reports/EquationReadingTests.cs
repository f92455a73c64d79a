using System.Collections.Immutable;
using Protonmotive.Atlas;
using Protonmotive.Networks;
using Protonmotive.Reports.Runs;
using Protonmotive.Symbolics;
using Xunit;

namespace Protonmotive.Tests.Unit.Reports;

public class EquationReadingTests
{
    [Fact]
    public void Gates_of_a_channel_stand_below_the_laws_that_name_them()
    {
        var equations = Read("squid-axon");
        // Hodgkin and Huxley 1952: m and h for sodium, n for potassium; their rates of opening and closing, and the factor of temperature.
        Assert.Equal(["m", "h", "n"], equations.Where(e => e.Kind == EquationKind.Rate).Select(e => e.Name));
        foreach (string name in (string[])["phi", "alpha_m", "beta_m", "alpha_h", "beta_h", "alpha_n", "beta_n"]) Assert.Contains(equations, e => e.Kind == EquationKind.Definition && e.Name == name);
    }

    [Fact]
    public void A_potential_that_a_law_names_is_told()
    {
        // The slope of y ln y + (1 − y) ln(1 − y) − u y.
        var potential = Assert.Single(Read("logistic-unit"));
        Assert.Equal("potential.y", potential.Name);
        Assert.Equal(Math.Log(0.2 / 0.8) + 15, InfixParser.Parse(potential.Value).Evaluate(s => s == "y.content" ? 0.2 : 0), 1e-12); // u is −15 at the start
    }

    [Fact]
    public void A_shared_energy_is_told_by_its_name()
    {
        var energy = Assert.Single(Read("attention-head"), e => e.Kind == EquationKind.Energy);
        Assert.Equal(("E", "energy"), (energy.Name, energy.Description));
    }

    [Fact]
    public void The_level_of_what_is_held_is_told_where_a_law_names_it()
    {
        var equations = Read("heart");
        Assert.Equal(["H_x", "H_c"], equations.Where(e => e.Kind == EquationKind.Held && e.Name.StartsWith("H_", StringComparison.Ordinal)).Select(e => e.Name));
        Assert.Equal(1e-7, InfixParser.Parse(equations.Single(e => e.Name == "H_x").Value).Evaluate(_ => 7), 1e-20); // 10 to the −pH
    }

    [Fact]
    public void A_membrane_that_a_law_names_is_told_by_its_charge_and_capacitance()
    {
        var membrane = Assert.Single(Read("pumped-axon"), e => e.Name == "membrane");
        Assert.Equal(3, InfixParser.Parse(membrane.Value).Evaluate(s => s == "membrane.charge" ? 6 : 2));
    }

    [Fact]
    public void The_size_of_a_compartment_that_a_law_names_is_told()
    {
        var axoplasm = Assert.Single(Read("myelinated-axon"), e => e.Name == "axoplasm");
        Assert.Equal(2e6, InfixParser.Parse(axoplasm.Value).Evaluate(s => s == "l" ? 0.5 : 2), 1e-6); // d L/(4 l), in nL for cm³
    }

    [Fact]
    public void Of_many_places_the_first_is_told_without_its_number() => Assert.All(Read("axon-cable"), e => Assert.DoesNotContain("[", e.Name, StringComparison.Ordinal));

    [Fact]
    public void A_law_without_definitions_needs_no_more() => Assert.Empty(Read("closed-reaction"));

    [Fact]
    public void Of_more_definitions_than_anyone_reads_none_are_listed()
    {
        var b = new NetworkBuilder("many");
        var cell = b.Compartment("cell", 1);
        var sum = Enumerable.Range(0, 101).Aggregate((Expression)0, (s, i) => s + b.Define($"d_{i}", i * Expression.Time));
        b.Species("A", cell, 1);
        b.Process("decay", ProcessKind.Reaction, "A ->", FluxLaw.Formula(sum));
        Assert.Empty(Of(b.Build()));
    }

    private static ImmutableArray<EquationRecord> Read(string name)
    {
        var system = AtlasCatalogue.Systems.Get(name);
        return Of(system.Build(system.Scenarios[0]));
    }

    private static ImmutableArray<EquationRecord> Of(Network network) => EquationReading.Of(network, network.Processes.DistinctBy(p => p.LineName).Select(p => p.Law.Fluxes(p, network.Constants, [.. network.Membranes]).Net));
}
