using System.Text;
using System.Xml.Linq;
using Protonmotive.Formats.Sbml;
using Protonmotive.Formats.Sbml.Composition;
using Protonmotive.Tests.Unit.Formats.Composition;
using Xunit;
using static Protonmotive.Tests.Unit.Formats.Composition.ComposedModel;

namespace Protonmotive.Tests.Fault.Formats;

/// <summary>Composed models that can't be put together are refused with what, where and mend.</summary>
public sealed class BadCompositionReferences
{
    [Theory]
    [InlineData("comp:submodelRef='b' comp:idRef='x'", "no submodel 'b'")]
    [InlineData("comp:submodelRef='a' comp:portRef='door'", "no port 'door'")]
    [InlineData("comp:submodelRef='a' comp:idRef='nothing'", "no element 'nothing'")]
    [InlineData("comp:submodelRef='a' comp:unitRef='nothing'", "no unit 'nothing'")]
    [InlineData("comp:submodelRef='a' comp:metaIdRef='nothing'", "no metaid 'nothing'")]
    [InlineData("comp:submodelRef='a' comp:deletion='nothing'", "no deletion 'nothing'")]
    [InlineData("comp:submodelRef='a'", "refers to nothing")]
    [InlineData("comp:submodelRef='a' comp:idRef='x' comp:metaIdRef='m_x'", "refers to several")]
    [InlineData("comp:idRef='x'", "names no submodel")]
    public void References_that_lead_nowhere(string reference, string what) => Faults(() => Flatten(Parameters("p|" + Replaces(reference)) + Submodel("a", "D"), Definitions(("D", Parameters("x")))), what);

    [Fact]
    public void Unknown_models() => Faults(() => Flatten(Submodel("a", "E"), Definitions(("D", Parameters("x")))), "no model definition 'E'");

    [Fact]
    public void Models_inside_themselves() => Faults(() => Flatten(Submodel("a", "D"), Definitions(("D", Submodel("b", "E")), ("E", Submodel("c", "D")))), "hold each other: D → E → D");

    [Fact]
    public void Ports_that_lead_to_themselves() => Faults(() => Flatten(Parameters("p|" + Replaces("comp:submodelRef='a' comp:portRef='x'")) + Submodel("a", "D"), Definitions(("D", "<comp:listOfPorts><comp:port comp:id='x' comp:portRef='x'/></comp:listOfPorts>"))), "leads back to itself");

    [Fact]
    public void Elements_that_replace_themselves() => Faults(() => Flatten(Parameters("p|" + Replaces("comp:submodelRef='a' comp:idRef='x'") + "<comp:replacedBy comp:submodelRef='a' comp:idRef='x'/>") + Submodel("a", "D"), Definitions(("D", Parameters("x")))), "replace itself");

    [Fact]
    public void Conversion_factors_that_are_not_there() => Faults(() => Flatten(Submodel("a", "D", "comp:timeConversionFactor='t'"),
        Definitions(("D", Parameters("x") + "<listOfRules><rateRule variable='x'><m:math><m:cn>1</m:cn></m:math></rateRule></listOfRules>"))), "'t' is not declared");

    [Fact]
    public void Formulas_that_need_what_is_deleted() => Faults(() => Flatten(Submodel("a", "D", deletions: "<comp:deletion comp:idRef='x'/>"),
        Definitions(("D", Parameters("x", "y") + "<listOfRules><rateRule variable='y'><m:math><m:ci>x</m:ci></m:math></rateRule></listOfRules>"))), "needs 'x', which is deleted");

    [Fact]
    public void Submodels_that_multiply_without_bound()
    {
        // Sixty models that each use the next one twice: 2⁶⁰ elements, refused without making any.
        var models = Enumerable.Range(0, 60).Select(i => ($"D{i}", i == 59 ? Parameters("x") : Submodel("a", $"D{i + 1}").Replace("</comp:listOfSubmodels>", $"<comp:submodel comp:id='b' comp:modelRef='D{i + 1}'/></comp:listOfSubmodels>", StringComparison.Ordinal)));
        Faults(() => Flatten(Submodel("a", "D0"), Definitions([.. models])), "more than 2000000 elements");
    }

    [Fact]
    public void Submodels_nested_without_end()
    {
        var text = new StringBuilder();
        for (int i = 0; i < 20_000; i++) text.Append($"<comp:modelDefinition id='D{i}'>{(i < 19_999 ? Submodel("a", $"D{i + 1}") : "")}</comp:modelDefinition>");
        Faults(() => Flatten(Submodel("a", "D0"), $"<comp:listOfModelDefinitions>{text}</comp:listOfModelDefinitions>"), "nested deeper than 100");
    }

    [Fact]
    public void Prefixes_without_bound()
    {
        var id = new string('a', 100_000);
        Faults(() => Flatten(Submodel(id, "D"), Definitions(("D", Parameters([.. Enumerable.Range(0, 3_000).Select(i => $"p{i}")])))), "too long");
    }

    [Theory]
    [InlineData("../other.xml", "outside the model's folder")]
    [InlineData("sub/../../other.xml", "outside the model's folder")]
    [InlineData("..\\other.xml", "outside the model's folder")]
    [InlineData("/etc/passwd", "outside the model's folder")]
    [InlineData("C:\\other.xml", "outside the model's folder")]
    [InlineData("file:///etc/passwd", "outside the model's folder")]
    [InlineData("https://example.org/other.xml", "outside the model's folder")]
    [InlineData("urn:miriam:biomodels.db:BIOMD0000000001", "outside the model's folder")]
    [InlineData(".", "names no file")]
    [InlineData("other.xml", "can't be opened")]
    public void Other_files_outside_the_folder_or_not_there(string source, string what) =>
        Faults(() => SbmlComposition.Flatten(External(source), "model.xml", place => throw new FileNotFoundException($"There is no {place}.")), what);

    [Fact]
    public void Other_files_without_a_folder() => Faults(() => SbmlComposition.Flatten(External("other.xml"), "model.xml"), "not opened from a folder");

    [Fact]
    public void Other_files_that_lead_back() => Faults(() => SbmlComposition.Flatten(External("other.xml"), "model.xml", _ => External("other.xml", "X")), "leads back to itself");

    [Fact]
    public void Other_files_that_contain_themselves() => Faults(() => SbmlComposition.Flatten(External("other.xml"), "model.xml", _ => External("other.xml")), "hold each other");

    [Fact]
    public void Links_out_of_the_folder()
    {
        var folder = Directory.CreateTempSubdirectory("composition");
        try
        {
            var inside = folder.CreateSubdirectory("inside");
            External("other.xml").Save(Path.Combine(folder.FullName, "other.xml"));
            External("other.xml").Save(Path.Combine(inside.FullName, "model.xml"));
            File.CreateSymbolicLink(Path.Combine(inside.FullName, "other.xml"), Path.Combine(folder.FullName, "other.xml"));
            Faults(() => SbmlReader.Load(Path.Combine(inside.FullName, "model.xml")), "reached by a link");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Faults_in_another_file_name_that_file()
    {
        var e = Assert.Throws<SbmlException>(() => SbmlComposition.Flatten(External("sub/other.xml"), "model.xml", _ => Document(Submodel("a", "nowhere"), "")));
        Assert.StartsWith("sub/other.xml, line ", e.Where, StringComparison.Ordinal);
    }

    private static XDocument External(string source, string? model = null) => Document(Submodel("a", "X"),
        $"<comp:listOfExternalModelDefinitions><comp:externalModelDefinition comp:id='X' comp:source='{source}' {(model is null ? "" : $"comp:modelRef='{model}'")}/></comp:listOfExternalModelDefinitions>");

    private static void Faults(Action flatten, string what)
    {
        var e = Assert.Throws<SbmlException>(flatten);
        Assert.Contains(what, e.What, StringComparison.Ordinal);
        Assert.NotEmpty(e.Where);
        Assert.NotEmpty(e.Mend);
    }
}
