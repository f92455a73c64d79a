using System.Text;
using Protonmotive.FluxBalance;
using Protonmotive.Formats.Sbml;
using Protonmotive.Tests.Unit.FluxBalance;
using Xunit;

namespace Protonmotive.Tests.Fault.FluxBalance;

/// <summary>What is no flux balance model is answered with what, where and mend; no number is guessed.</summary>
public class BadFluxBalance
{
    private const string Parameters = """
        <listOfParameters><parameter id="zero" value="0" constant="true"/><parameter id="ten" value="10" constant="true"/><parameter id="inf" value="INF" constant="true"/>
        <parameter id="nan" value="NaN" constant="true"/><parameter id="empty" constant="true"/><parameter id="p" value="1" constant="false"/></listOfParameters>
        """;

    [Theory]
    [InlineData("", "empty")]
    [InlineData("nonsense", "no well-formed XML")]
    [InlineData("<html/>", "not <sbml>")]
    [InlineData("<sbml level='2'><model/></sbml>", "belongs to Level 3")]
    [InlineData("<sbml level='3'/>", "no <model>")]
    [InlineData("<sbml level='3'><model id='m'/></sbml>", "does not use the SBML package fbc")]
    [InlineData("<sbml level='3' xmlns:fbc='http://www.sbml.org/sbml/level3/version1/fbc/version9' fbc:required='false'><model id='m'/></sbml>", "Version '9'")]
    [InlineData("<sbml level='3' xmlns:c='http://www.sbml.org/sbml/level3/version1/multi/version1' c:required='true'><model id='m'/></sbml>", "package 'multi'")]
    [InlineData("<!DOCTYPE a [<!ENTITY x 'x'>]><sbml level='3'/>", "document type definition")]
    public void Files_that_are_no_flux_balance_models(string text, string what) => Faults(text, what);

    [Theory]
    [InlineData("fbc:lowerFluxBound='zero' fbc:upperFluxBound='nowhere'", "'nowhere', which is no parameter")]
    [InlineData("fbc:lowerFluxBound='A' fbc:upperFluxBound='ten'", "'A', which is no parameter")]
    [InlineData("fbc:lowerFluxBound='nan' fbc:upperFluxBound='ten'", "lower bound of 'r' is NaN")]
    [InlineData("fbc:lowerFluxBound='inf' fbc:upperFluxBound='ten'", "lower bound of 'r' is INF")]
    [InlineData("fbc:lowerFluxBound='empty' fbc:upperFluxBound='ten'", "'empty' has no value")]
    public void Bounds_without_a_meaning(string bounds, string what) => Faults(SmallNetworks.Document(2, Parameters + Reaction(bounds, "")), what);

    [Theory]
    [InlineData("<rateRule variable='p'><math><cn>1</cn></math></rateRule>", "'p' changes in time")]
    [InlineData("<assignmentRule variable='p'><math><csymbol definitionURL='http://www.sbml.org/sbml/symbols/time'/></math></assignmentRule>", "depends on time")]
    [InlineData("<assignmentRule variable='p'><math><ci>A</ci></math></assignmentRule>", "'A' has no constant value")]
    [InlineData("<assignmentRule variable='p'><math><apply><plus/><ci>p</ci><cn>1</cn></apply></math></assignmentRule>", "depends on itself")]
    [InlineData("<assignmentRule variable='p'><math><ci>q</ci></math></assignmentRule>", "'q' is not defined")]
    public void Bounds_that_are_not_constant(string rule, string what) =>
        Faults(SmallNetworks.Document(2, $"{Parameters}<listOfRules>{rule}</listOfRules>{Reaction("fbc:lowerFluxBound='p' fbc:upperFluxBound='ten'", "")}"), what);

    [Theory]
    [InlineData("<speciesReference species='A' constant='true'/>", "stoichiometry of 'A' in 'r' is missing")]
    [InlineData("<speciesReference species='A' stoichiometry='NaN' constant='true'/>", "stoichiometry of 'A' in 'r' is NaN")]
    [InlineData("<speciesReference species='Z' stoichiometry='1' constant='true'/>", "'Z', which is not declared")]
    [InlineData("<speciesReference stoichiometry='1' constant='true'/>", "names no species")]
    public void Stoichiometry_without_a_number(string reference, string what) => Faults(SmallNetworks.Document(2, Parameters + Reaction("", reference)), what);

    [Fact]
    public void Stoichiometry_that_changes()
    {
        var reference = "<speciesReference id='s' species='A' stoichiometry='1' constant='false'/>";
        Faults(SmallNetworks.Document(2, $"{Parameters}<listOfRules><rateRule variable='s'><math><cn>1</cn></math></rateRule></listOfRules>{Reaction("", reference)}"), "'s' changes in time");
        Faults(SmallNetworks.Document(2, $"{Parameters}{Reaction("", reference)}<listOfEvents><event><trigger/><listOfEventAssignments><eventAssignment variable='s'/></listOfEventAssignments></event></listOfEvents>"), "'s' changes in time");
    }

    [Theory]
    [InlineData("<fbc:objective fbc:id='o' fbc:type='maximize'><fbc:listOfFluxObjectives><fbc:fluxObjective fbc:reaction='r' fbc:coefficient='NaN'/></fbc:listOfFluxObjectives></fbc:objective>", "coefficient of 'r' is NaN")]
    [InlineData("<fbc:objective fbc:id='o' fbc:type='maximize'><fbc:listOfFluxObjectives><fbc:fluxObjective fbc:reaction='r'/></fbc:listOfFluxObjectives></fbc:objective>", "coefficient of 'r' in an objective is missing")]
    [InlineData("<fbc:objective fbc:id='o' fbc:type='maximize'><fbc:listOfFluxObjectives><fbc:fluxObjective fbc:reaction='A' fbc:coefficient='1'/></fbc:listOfFluxObjectives></fbc:objective>", "'A', which is no reaction")]
    [InlineData("<fbc:objective fbc:id='o' fbc:type='best'/>", "type 'best'")]
    [InlineData("<fbc:objective fbc:type='maximize'/>", "has no id")]
    [InlineData("<fbc:objective fbc:id='q' fbc:type='maximize'/>", "active objective 'o' is not among")]
    [InlineData("<fbc:objective fbc:id='o' fbc:type='maximize'/><fbc:objective fbc:id='o' fbc:type='maximize'/>", "'o' is given twice")]
    public void Objectives_without_a_meaning(string objective, string what) =>
        Faults(SmallNetworks.Document(2, $"{Parameters}{Reaction("", "")}<fbc:listOfObjectives fbc:activeObjective='o'>{objective}</fbc:listOfObjectives>"), what);

    [Theory]
    [InlineData("fbc:reaction='r' fbc:operation='below' fbc:value='1'", "operation of a flux bound of 'r' is 'below'")]
    [InlineData("fbc:reaction='q' fbc:operation='equal' fbc:value='1'", "'q', which is no reaction")]
    [InlineData("fbc:reaction='r' fbc:operation='equal' fbc:value='NaN'", "is NaN")]
    [InlineData("fbc:reaction='r' fbc:operation='equal' fbc:value='INF'", "lower bound of 'r' is INF")]
    [InlineData("fbc:reaction='r' fbc:operation='equal' fbc:value='one'", "'one' is no number")]
    public void Listed_bounds_without_a_meaning(string bound, string what) =>
        Faults(SmallNetworks.Document(1, $"{Reaction("", "")}<fbc:listOfFluxBounds><fbc:fluxBound {bound}/></fbc:listOfFluxBounds>"), what);

    [Fact]
    public void A_long_chain_of_assignments_ends()
    {
        var text = new StringBuilder("<listOfParameters>");
        for (int i = 0; i <= 50_000; i++) text.Append($"<parameter id='p{i}' constant='false'{(i == 0 ? " value='7'" : "")}/>");
        text.Append("</listOfParameters><listOfRules>");
        for (int i = 1; i <= 50_000; i++) text.Append($"<assignmentRule variable='p{i}'><math><ci>p{i - 1}</ci></math></assignmentRule>");
        text.Append("</listOfRules>");
        Assert.Equal(7, SmallNetworks.Read(2, text + Reaction("fbc:upperFluxBound='p50000'", "")).Reactions[0].UpperBound);
    }

    [Fact]
    public void What_is_infeasible_or_unbounded_says_so_where_an_optimum_is_required()
    {
        var infeasible = new FluxBalanceProblem(SmallNetworks.Branch with { Reactions = SmallNetworks.Branch.Reactions.SetItem(3, SmallNetworks.Reaction("export", 15, 100, ("B", -1))) }).Solve();
        Assert.Contains("export ≥ 15", Assert.Throws<FluxBalanceException>(infeasible.RequireOptimal).Where, StringComparison.Ordinal);
        var unbounded = new FluxBalanceProblem(SmallNetworks.Split(new("o", "", true, [new("x", 1)]))).Solve();
        Assert.Contains("x, y", Assert.Throws<FluxBalanceException>(unbounded.RequireOptimal).Where, StringComparison.Ordinal);
    }

    [Fact]
    public void Models_built_by_hand_are_checked_too()
    {
        Assert.Contains("'nowhere'", Solve(new("o", "", true, [new("nowhere", 1)])).What, StringComparison.Ordinal);
        Assert.Contains("NaN", Solve(new("o", "", true, [new("export", double.NaN)])).What, StringComparison.Ordinal);
        Assert.Contains("no objective 'z'", Assert.Throws<FluxBalanceException>(() => (new FluxBalanceProblem(SmallNetworks.Branch) { Objective = "z" }).Solve()).What, StringComparison.Ordinal);
        var nan = SmallNetworks.Branch with { Reactions = SmallNetworks.Branch.Reactions.Add(SmallNetworks.Reaction("bad", double.NaN, 1)) };
        Assert.Contains("NaN", Assert.Throws<FluxBalanceException>(() => new FluxBalanceProblem(nan).Solve()).What, StringComparison.Ordinal);

        static FluxBalanceException Solve(FluxObjective objective) => Assert.Throws<FluxBalanceException>(() => new FluxBalanceProblem(SmallNetworks.Branch with { Objectives = [objective], ActiveObjective = "o" }).Solve());
    }

    private static string Reaction(string attributes, string reference) =>
        $"<listOfReactions><reaction id='r' reversible='true' {attributes}><listOfReactants>{reference}</listOfReactants></reaction></listOfReactions>";

    private static void Faults(string text, string what)
    {
        var e = Assert.Throws<SbmlException>(() => FluxBalanceModel.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), "test.xml"));
        Assert.Contains(what, e.What, StringComparison.Ordinal);
        Assert.StartsWith("test.xml", e.Where, StringComparison.Ordinal);
        Assert.NotEmpty(e.Mend);
    }
}
