using Protonmotive.FluxBalance;
using Xunit;

namespace Protonmotive.Tests.Unit.FluxBalance;

public class FluxBalanceReaderTests
{
    private const double Inf = double.PositiveInfinity;

    [Fact]
    public void Version_1_bounds_of_one_reaction_hold_together()
    {
        var model = SmallNetworks.Read(1, """
            <listOfReactions><reaction id="a" reversible="true"/><reaction id="b" reversible="false"/><reaction id="c1" reversible="false"/><reaction id="d" reversible="true"/><reaction id="e" reversible="false"/></listOfReactions>
            <fbc:listOfFluxBounds>
            <fbc:fluxBound fbc:reaction="a" fbc:operation="lessEqual" fbc:value="5"/><fbc:fluxBound fbc:reaction="a" fbc:operation="less" fbc:value="3"/><fbc:fluxBound fbc:reaction="a" fbc:operation="greater" fbc:value="-INF"/>
            <fbc:fluxBound fbc:reaction="c1" fbc:operation="greaterEqual" fbc:value="-INF"/>
            <fbc:fluxBound fbc:reaction="d" fbc:operation="equal" fbc:value="2.5"/>
            <fbc:fluxBound fbc:reaction="e" fbc:operation="lessEqual" fbc:value="-1"/>
            </fbc:listOfFluxBounds>
            """);
        Assert.Equal(
            // Without bounds the reversibility decides; what is written goes before it.
            [("a", -Inf, 3), ("b", 0, Inf), ("c1", -Inf, Inf), ("d", 2.5, 2.5), ("e", -Inf, -1)],
            model.Reactions.Select(r => (r.Id, r.LowerBound, r.UpperBound)));
        Assert.Equal(1, model.PackageVersion);
    }

    [Fact]
    public void Version_2_bounds_name_parameters_with_constant_values()
    {
        var model = SmallNetworks.Read(2, """
            <listOfFunctionDefinitions><functionDefinition id="twice"><math><lambda><bvar><ci>x</ci></bvar><apply><times/><cn>2</cn><ci>x</ci></apply></lambda></math></functionDefinition></listOfFunctionDefinitions>
            <listOfParameters><parameter id="k" value="3" constant="true"/><parameter id="ruled" constant="false"/><parameter id="begun" value="-1" constant="true"/><parameter id="left" value="7" constant="false"/><parameter id="top" value="INF" constant="true"/></listOfParameters>
            <listOfInitialAssignments><initialAssignment symbol="begun"><math><apply><minus/><ci>ruled</ci></apply></math></initialAssignment><initialAssignment symbol="k"/><initialAssignment symbol="s"><math><apply><divide/><ci>k</ci><cn>2</cn></apply></math></initialAssignment></listOfInitialAssignments>
            <listOfRules><assignmentRule variable="ruled"><math><apply><ci>twice</ci><ci>k</ci></apply></math></assignmentRule><assignmentRule variable="left"/></listOfRules>
            <listOfReactions>
            <reaction id="a" reversible="true" fbc:lowerFluxBound="begun" fbc:upperFluxBound="ruled"><listOfReactants><speciesReference id="s" species="A" stoichiometry="4" constant="false"/></listOfReactants><listOfProducts><speciesReference species="A" stoichiometry="-0.25" constant="true"/></listOfProducts></reaction>
            <reaction id="b" reversible="false" fbc:upperFluxBound="left"/>
            <reaction id="d" reversible="true" fbc:lowerFluxBound="k" fbc:upperFluxBound="top"/>
            </listOfReactions>
            """, "fbc:strict='false'");
        Assert.Equal([("a", -6, 6), ("b", 0, 7), ("d", 3, Inf)], model.Reactions.Select(r => (r.Id, r.LowerBound, r.UpperBound)));
        Assert.Equal(-1.75, model.Reactions[0].Stoichiometry["A"], 1e-15);
        Assert.False(model.Strict);
        Assert.Empty(model.Notes);
    }

    [Fact]
    public void What_says_it_is_strict_and_is_not_is_noted()
    {
        var model = SmallNetworks.Read(2, """
            <listOfParameters><parameter id="p" value="1" constant="false"/><parameter id="q" value="2" constant="true"/></listOfParameters>
            <listOfReactions><reaction id="a" reversible="true" fbc:lowerFluxBound="p"><listOfReactants><speciesReference species="A" stoichiometry="1" constant="false"/></listOfReactants></reaction><reaction id="b" reversible="true" fbc:lowerFluxBound="p" fbc:upperFluxBound="q"/></listOfReactions>
            """, "fbc:strict='true'");
        Assert.True(model.Strict);
        Assert.Equal(
            [
                "The model says that it is strict, but the bound 'p' of 'a' is no plain constant (1 more such place).",
                "The model says that it is strict, but the reaction 'a' has no upperFluxBound.",
                "The model says that it is strict, but the stoichiometry of 'A' in 'a' is not marked constant.",
            ],
            model.Notes);
    }

    [Fact]
    public void Charges_formulas_and_genes_are_kept()
    {
        var model = SmallNetworks.Read(2, """
            <listOfReactions><reaction id="a" reversible="true"><fbc:geneProductAssociation><fbc:or><fbc:and><fbc:geneProductRef fbc:geneProduct="g1"/><fbc:geneProductRef fbc:geneProduct="g2"/></fbc:and><fbc:geneProductRef fbc:geneProduct="g3"/></fbc:or></fbc:geneProductAssociation></reaction></listOfReactions>
            <fbc:listOfGeneProducts><fbc:geneProduct fbc:id="g1" fbc:label="b0001" fbc:name="first" fbc:associatedSpecies="A"/><fbc:geneProduct fbc:id="g2" fbc:label="b0002"/><fbc:geneProduct fbc:id="g3"/></fbc:listOfGeneProducts>
            """);
        Assert.Equal(new FluxBalanceSpecies("A", "", "c", false, -2, "C3H4O3"), Assert.Single(model.Species));
        Assert.Equal([new GeneProduct("g1", "b0001", "first", "A"), new GeneProduct("g2", "b0002", ""), new GeneProduct("g3", "g3", "")], model.GeneProducts);
        var genes = model.Reactions[0].Genes!;
        Assert.Equal("(g1 and g2) or g3", genes.ToString());
        Assert.True(genes.IsMet(g => g == "g3"));
        Assert.False(genes.IsMet(g => g == "g1"));
    }

    [Theory]
    [InlineData("fbc:coefficient='two'")]
    [InlineData("fbc:coefficient='2'")] // as drafts of version 3 had it
    public void Version_3_has_quadratic_terms_constraints_and_variables_of_its_own(string coefficient)
    {
        var model = SmallNetworks.Read(3, $"""
            <listOfParameters><parameter id="zero" value="0" constant="true"/><parameter id="one" value="1" constant="true"/><parameter id="two" value="2" constant="true"/><parameter id="minus" value="-1" constant="true"/><parameter id="inf" value="INF" constant="true"/><parameter id="z" constant="false"/></listOfParameters>
            <listOfReactions>
            <reaction id="in" reversible="false" fbc:lowerFluxBound="one" fbc:upperFluxBound="one"><listOfProducts><speciesReference species="A" stoichiometry="1" constant="true"/></listOfProducts></reaction>
            <reaction id="x" reversible="false"><listOfReactants><speciesReference species="A" stoichiometry="1" constant="true"/></listOfReactants></reaction>
            <reaction id="y" reversible="false"><listOfReactants><speciesReference species="A" stoichiometry="1" constant="true"/></listOfReactants></reaction>
            </listOfReactions>
            <fbc:listOfObjectives fbc:activeObjective="o"><fbc:objective fbc:id="o" fbc:type="minimize"><fbc:listOfFluxObjectives>
            <fbc:fluxObjective fbc:reaction="x" fbc:coefficient="1" fbc:variableType="quadratic"/><fbc:fluxObjective fbc:reaction="y" fbc:coefficient="1" fbc:variableType="quadratic"/>
            <fbc:fluxObjective fbc:reaction="x" fbc:coefficient="0.5" fbc:variableType="linear"/></fbc:listOfFluxObjectives></fbc:objective></fbc:listOfObjectives>
            <fbc:listOfUserDefinedConstraints><fbc:userDefinedConstraint fbc:id="link" fbc:lowerBound="zero" fbc:upperBound="zero"><fbc:listOfUserDefinedConstraintComponents>
            <fbc:userDefinedConstraintComponent fbc:variable="x" {coefficient} fbc:variableType="linear"/><fbc:userDefinedConstraintComponent fbc:variable="z" fbc:coefficient="minus" fbc:variableType="linear"/></fbc:listOfUserDefinedConstraintComponents></fbc:userDefinedConstraint>
            <fbc:userDefinedConstraint fbc:lowerBound="one" fbc:upperBound="inf"><fbc:listOfUserDefinedConstraintComponents><fbc:userDefinedConstraintComponent fbc:variable="z" fbc:coefficient="one" fbc:variableType="linear"/></fbc:listOfUserDefinedConstraintComponents></fbc:userDefinedConstraint>
            </fbc:listOfUserDefinedConstraints>
            """);
        Assert.Equal(["z"], model.FreeVariables);
        Assert.Equal(["link", "constraint 2"], model.Constraints.Select(c => c.Id));
        Assert.Equal("minimise 1 x² + 1 y² + 0.5 x", model.Objectives[0].ToString());
        // z = 2x ≥ 1 keeps x at 1/2, where min x² + (1 − x)² + x/2 would have 3/8.
        var solution = new FluxBalanceProblem(model).Solve();
        Assert.Equal(0.5, solution.Fluxes["x"], 1e-8);
        Assert.Equal(1, solution.FreeVariables["z"], 1e-8);
        Assert.Equal(0.75, solution.ObjectiveValue, 1e-8);
        // d/dr of the value with z ≥ r, so x = r/2: (4x − 2 + 1/2)/2 = 1/4.
        Assert.Equal(0.25, solution.ConstraintPrices["constraint 2"], 1e-7);
    }

    [Fact]
    public void The_only_objective_is_taken_where_none_is_active()
    {
        var model = SmallNetworks.Read(2, """<listOfReactions><reaction id="r" reversible="false"/></listOfReactions><fbc:listOfObjectives><fbc:objective fbc:id="o" fbc:type="minimize"><fbc:listOfFluxObjectives><fbc:fluxObjective fbc:reaction="r" fbc:coefficient="1"/></fbc:listOfFluxObjectives></fbc:objective></fbc:listOfObjectives>""");
        Assert.Equal("o", model.ActiveObjective);
        Assert.Contains("'o', is taken", Assert.Single(model.Notes), StringComparison.Ordinal);
    }
}
