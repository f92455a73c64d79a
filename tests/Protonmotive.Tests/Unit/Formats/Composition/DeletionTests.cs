using Xunit;
using static Protonmotive.Tests.Unit.Formats.Composition.ComposedModel;

namespace Protonmotive.Tests.Unit.Formats.Composition;

public sealed class DeletionTests
{
    [Theory]
    [InlineData("comp:idRef='x'")]
    [InlineData("comp:metaIdRef='m_x'")]
    [InlineData("comp:portRef='door'")]
    public void A_deleted_element_is_left_out(string reference)
    {
        var flat = Flatten(Submodel("a", "D", deletions: $"<comp:deletion {reference}/>"),
            Definitions(("D", Parameters("x", "y") + "<comp:listOfPorts><comp:port comp:id='door' comp:idRef='x'/></comp:listOfPorts>")));
        Assert.Equal("a__y", Ids(flat, "parameter"));
    }

    [Fact]
    public void A_deleted_unit_is_left_out()
    {
        var flat = Flatten(Submodel("a", "D", deletions: "<comp:deletion comp:unitRef='u'/>"), Definitions(("D", "<listOfUnitDefinitions><unitDefinition id='u'/><unitDefinition id='w'/></listOfUnitDefinitions>")));
        Assert.Equal("a__w", Ids(flat, "unitDefinition"));
    }

    [Fact]
    public void Deletions_reach_into_nested_submodels()
    {
        var flat = Flatten(Submodel("a", "D", deletions: "<comp:deletion comp:idRef='b'><comp:sBaseRef comp:idRef='x'/></comp:deletion>"),
            Definitions(("D", Parameters("x") + Submodel("b", "E")), ("E", Parameters("x", "z"))));
        Assert.Equal("a__x a__b__z", Ids(flat, "parameter"));
    }

    [Fact]
    public void A_deleted_submodel_takes_all_of_it_along()
    {
        var flat = Flatten(Submodel("a", "D", deletions: "<comp:deletion comp:idRef='b'/>"), Definitions(("D", Parameters("x") + Submodel("b", "E")), ("E", Parameters("z"))));
        Assert.Equal("a__x", Ids(flat, "parameter"));
    }

    [Fact]
    public void Assignments_to_a_deleted_element_go_with_it()
    {
        var flat = Flatten(Submodel("a", "D", deletions: "<comp:deletion comp:idRef='x'/>"),
            Definitions(("D", Parameters("x") + "<listOfInitialAssignments><initialAssignment symbol='x'><m:math><m:cn>2</m:cn></m:math></initialAssignment></listOfInitialAssignments>")));
        Assert.Empty(flat.Descendants(Sbml + "initialAssignment"));
    }

    [Fact]
    public void A_replaced_deletion_replaces_nothing_else()
    {
        var flat = Flatten(Parameters("p|" + Replaces("comp:submodelRef='a' comp:deletion='gone'")) + Submodel("a", "D", deletions: "<comp:deletion comp:id='gone' comp:idRef='x'/>"), Definitions(("D", Parameters("x", "y"))));
        Assert.Equal("p a__y", Ids(flat, "parameter"));
    }

    [Fact]
    public void A_global_parameter_shows_where_the_local_one_is_deleted()
    {
        var flat = Flatten(Submodel("a", "D", deletions: "<comp:deletion comp:metaIdRef='local'/>"), Definitions(("D", Parameters("k") + """
            <listOfReactions><reaction id="r" reversible="false"><kineticLaw><m:math><m:ci>k</m:ci></m:math>
            <listOfLocalParameters><localParameter id="k" metaid="local" value="3"/></listOfLocalParameters></kineticLaw></reaction></listOfReactions>
            """)));
        Assert.Equal("a__k", Formula(flat, "kineticLaw"));
        Assert.Empty(flat.Descendants(Sbml + "localParameter"));
    }
}
