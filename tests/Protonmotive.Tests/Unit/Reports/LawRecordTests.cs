using Protonmotive.Atlas;
using Protonmotive.Networks;
using Protonmotive.Reports.Runs;
using Protonmotive.Symbolics;
using Xunit;

namespace Protonmotive.Tests.Unit.Reports;

public class LawRecordTests
{
    [Fact]
    public void Gates_of_a_channel_stand_under_the_law_that_names_them_once()
    {
        var laws = Laws("squid-axon");
        string[] Told(string process) => [.. laws.Single(p => p.Name == process).Where.Select(w => w.Name)];
        // Hodgkin and Huxley 1952: m³h for sodium, n⁴ for potassium, none for the leak; rates of opening and closing and the factor of temperature with the first that needs them.
        Assert.Equal(["phi", "alpha_m", "beta_m", "alpha_h", "beta_h", Network.RateName("m"), Network.RateName("h")], Told("sodium"));
        Assert.Equal(["alpha_n", "beta_n", Network.RateName("n")], Told("potassium"));
        Assert.Empty(Told("leak"));
    }

    [Fact]
    public void A_law_without_definitions_needs_no_more() => Assert.All(Laws("closed-reaction"), p => Assert.Empty(p.Where));

    [Fact]
    public void Of_more_definitions_than_anyone_reads_none_are_listed()
    {
        var b = new NetworkBuilder("many");
        var cell = b.Compartment("cell", 1);
        var sum = Enumerable.Range(0, 101).Aggregate((Expression)0, (s, i) => s + b.Define($"d_{i}", i * Expression.Time));
        b.Species("A", cell, 1);
        b.Process("decay", ProcessKind.Reaction, "A ->", FluxLaw.Formula(sum));
        Assert.Empty(Assert.Single(LawRecords.Of(b.Build(), [])).Where);
    }

    private static System.Collections.Immutable.ImmutableArray<ProcessRecord> Laws(string name)
    {
        var system = AtlasCatalogue.Systems.Get(name);
        var network = system.Build(system.Scenarios[0]);
        return LawRecords.Of(network, [.. network.Membranes]);
    }
}
