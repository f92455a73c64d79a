using System.Text;
using Protonmotive.FluxBalance;
using Xunit;

namespace Protonmotive.Tests.Unit.FluxBalance;

public class ComposedFluxBalanceTests
{
    [Fact]
    public void Submodels_bring_their_bounds_genes_and_constraints()
    {
        // Two cells, each → A (0…3), A →, share an objective of the model around them; the second cell's bound is replaced by 5.
        var model = FluxBalanceModel.Read(new MemoryStream(Encoding.UTF8.GetBytes("""
            <sbml xmlns="http://www.sbml.org/sbml/level3/version2/core" xmlns:fbc="http://www.sbml.org/sbml/level3/version1/fbc/version3" xmlns:comp="http://www.sbml.org/sbml/level3/version1/comp/version1" level="3" version="2" fbc:required="false" comp:required="true">
            <model id="two" fbc:strict="false">
            <listOfParameters><parameter id="five" value="5" constant="true"><comp:listOfReplacedElements><comp:replacedElement comp:submodelRef="second" comp:idRef="high"/></comp:listOfReplacedElements></parameter></listOfParameters>
            <fbc:listOfObjectives fbc:activeObjective="o"><fbc:objective fbc:id="o" fbc:type="maximize"><fbc:listOfFluxObjectives>
            <fbc:fluxObjective fbc:reaction="first__out" fbc:coefficient="1" fbc:variableType="linear"/><fbc:fluxObjective fbc:reaction="second__out" fbc:coefficient="10" fbc:variableType="linear"/></fbc:listOfFluxObjectives></fbc:objective></fbc:listOfObjectives>
            <comp:listOfSubmodels><comp:submodel comp:id="first" comp:modelRef="cell"/><comp:submodel comp:id="second" comp:modelRef="cell"/></comp:listOfSubmodels>
            </model>
            <comp:listOfModelDefinitions><comp:modelDefinition id="cell" fbc:strict="false">
            <listOfCompartments><compartment id="c" size="1" constant="true"/></listOfCompartments>
            <listOfSpecies><species id="A" compartment="c" boundaryCondition="false" constant="false" hasOnlySubstanceUnits="true" fbc:charge="-1"/></listOfSpecies>
            <listOfParameters><parameter id="low" value="0" constant="true"/><parameter id="high" value="3" constant="true"/><parameter id="one" value="1" constant="true"/><parameter id="inf" value="INF" constant="true"/></listOfParameters>
            <listOfReactions>
            <reaction id="in" reversible="false" fbc:lowerFluxBound="low" fbc:upperFluxBound="high"><listOfProducts><speciesReference species="A" stoichiometry="1" constant="true"/></listOfProducts>
            <fbc:geneProductAssociation><fbc:geneProductRef fbc:geneProduct="g"/></fbc:geneProductAssociation></reaction>
            <reaction id="out" reversible="false" fbc:lowerFluxBound="low" fbc:upperFluxBound="inf"><listOfReactants><speciesReference species="A" stoichiometry="1" constant="true"/></listOfReactants></reaction>
            </listOfReactions>
            <fbc:listOfGeneProducts><fbc:geneProduct fbc:id="g" fbc:label="g" fbc:associatedSpecies="A"/></fbc:listOfGeneProducts>
            <fbc:listOfUserDefinedConstraints><fbc:userDefinedConstraint fbc:id="u" fbc:lowerBound="one" fbc:upperBound="inf"><fbc:listOfUserDefinedConstraintComponents><fbc:userDefinedConstraintComponent fbc:variable="in" fbc:coefficient="one" fbc:variableType="linear"/></fbc:listOfUserDefinedConstraintComponents></fbc:userDefinedConstraint></fbc:listOfUserDefinedConstraints>
            </comp:modelDefinition></comp:listOfModelDefinitions></sbml>
            """)), "two.xml");
        Assert.Equal(["first__in", "first__out", "second__in", "second__out"], model.Reactions.Select(r => r.Id));
        Assert.Equal(["first__A", "second__A"], model.GeneProducts.Select(g => g.Species));
        Assert.Equal("second__g", model.Reactions[2].Genes!.ToString());
        Assert.Equal(["first__u", "second__u"], model.Constraints.Select(c => c.Id));
        Assert.Equal(53, new FluxBalanceProblem(model).Solve().ObjectiveValue, 1e-8);
    }
}
