using System.Text.Json;
using Protonmotive.Tests.Unit.FluxBalance;
using Xunit;

namespace Protonmotive.Tests.Fault.Cli;

/// <summary>pmf fba, as a user meets it.</summary>
public sealed class FluxBalanceCommandLine : PmfTests
{
    [Fact]
    public void Fluxes_are_printed_and_written()
    {
        Model("model.xml", lower: 0, upper: 10);
        var (code, output, error) = Pmf("fba", "model.xml", "--variability", "--json", "fluxes.json");
        Assert.Equal("", error);
        Assert.Equal(0, code);
        Assert.Contains("objective most = 10 (optimal): maximise 1 out", output, StringComparison.Ordinal);
        Assert.Contains("1 of 3 fluxes are zero", output, StringComparison.Ordinal);
        Assert.DoesNotContain("idle", output, StringComparison.Ordinal);
        Assert.Contains("idle", Pmf("fba", "model.xml", "--all").Output, StringComparison.Ordinal);
        var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "fluxes.json"))).RootElement;
        Assert.Equal(10, json.GetProperty("fluxes").GetProperty("out").GetDouble(), 1e-8);
        Assert.Equal(10, json.GetProperty("ranges").GetProperty("in").GetProperty("minimum").GetDouble(), 1e-7);
        Assert.Contains("least = 0", Pmf("fba", "model.xml", "--objective", "least").Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("infeasible", "out ≥ 20 would have to be ≥ 10", 20, 1000.0)]
    [InlineData("unbounded", "these fluxes grow together: in, out", 0, double.PositiveInfinity)]
    public void What_has_no_optimum_is_told_and_exits_with_2(string what, string where, double lower, double upper)
    {
        Model("model.xml", lower, upper, uptake: double.IsInfinity(upper) ? "INF" : "10");
        var (code, output, error) = Pmf("fba", "model.xml", "--json", "fluxes.json");
        Assert.Equal(2, code);
        Assert.Equal("", output);
        Assert.Contains($"the problem is {what}.", error, StringComparison.Ordinal);
        Assert.Contains(where, error, StringComparison.Ordinal);
        Assert.Contains("mend:", error, StringComparison.Ordinal);
        Assert.Equal(what, JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "fluxes.json"))).RootElement.GetProperty("status").GetString());
    }

    [Theory]
    [InlineData("no such file", "fba", "nosuch.xml")]
    [InlineData("no objective 'x'", "fba", "model.xml", "--objective", "x")]
    [InlineData("fraction", "fba", "model.xml", "--variability", "--fraction", "2")]
    public void Bad_input_gets_what_where_mend(string what, params string[] arguments)
    {
        Model("model.xml", 0, 10);
        var (code, _, error) = Pmf(arguments);
        Assert.Equal(2, code);
        Assert.Contains(what, error, StringComparison.Ordinal);
        Assert.Contains("where:", error, StringComparison.Ordinal);
        Assert.Contains("mend:", error, StringComparison.Ordinal);
    }

    /// <summary>→ A → within bounds, and a reaction that does nothing.</summary>
    private void Model(string name, double lower, double upper, string uptake = "10") => File.WriteAllText(Path.Combine(Folder, name), SmallNetworks.Document(2, $"""
        <listOfParameters><parameter id="zero" value="0" constant="true"/><parameter id="low" value="{lower}" constant="true"/><parameter id="high" value="{(double.IsInfinity(upper) ? "INF" : upper)}" constant="true"/><parameter id="uptake" value="{uptake}" constant="true"/></listOfParameters>
        <listOfReactions>
        <reaction id="in" reversible="false" fbc:lowerFluxBound="zero" fbc:upperFluxBound="uptake"><listOfProducts><speciesReference species="A" stoichiometry="1" constant="true"/></listOfProducts></reaction>
        <reaction id="out" reversible="false" fbc:lowerFluxBound="low" fbc:upperFluxBound="high"><listOfReactants><speciesReference species="A" stoichiometry="1" constant="true"/></listOfReactants></reaction>
        <reaction id="idle" reversible="false" fbc:lowerFluxBound="zero" fbc:upperFluxBound="zero"><listOfReactants><speciesReference species="A" stoichiometry="1" constant="true"/></listOfReactants></reaction>
        </listOfReactions>
        <fbc:listOfObjectives fbc:activeObjective="most">
        <fbc:objective fbc:id="most" fbc:type="maximize"><fbc:listOfFluxObjectives><fbc:fluxObjective fbc:reaction="out" fbc:coefficient="1"/></fbc:listOfFluxObjectives></fbc:objective>
        <fbc:objective fbc:id="least" fbc:type="minimize"><fbc:listOfFluxObjectives><fbc:fluxObjective fbc:reaction="in" fbc:coefficient="1"/></fbc:listOfFluxObjectives></fbc:objective>
        </fbc:listOfObjectives>
        """));
}
