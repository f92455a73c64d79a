using System.Text;
using Protonmotive.Formats.Sbml;
using Xunit;

namespace Protonmotive.Tests.Fault.Formats;

/// <summary>Composed models that lead nowhere, outside, or on without end.</summary>
public class BadComposition
{
    private const string Start = "<sbml xmlns='http://www.sbml.org/sbml/level3/version2/core' xmlns:comp='http://www.sbml.org/sbml/level3/version1/comp/version1' level='3' version='2' comp:required='true'>";

    [Theory]
    [InlineData("<comp:submodel comp:id='a' comp:modelRef='nowhere'/>", "", "no model definition 'nowhere'")]
    [InlineData("<comp:submodel comp:id='a'/>", "", "names no model")]
    [InlineData("<comp:submodel comp:id='a' comp:modelRef='m'/>", "<comp:modelDefinition id='m'><comp:listOfSubmodels><comp:submodel comp:id='b' comp:modelRef='m'/></comp:listOfSubmodels></comp:modelDefinition>", "hold each other")]
    [InlineData("<comp:submodel comp:id='a' comp:modelRef='m'><comp:listOfDeletions><comp:deletion comp:idRef='nothing'/></comp:listOfDeletions></comp:submodel>", "<comp:modelDefinition id='m'/>", "no element 'nothing'")]
    [InlineData("<comp:submodel comp:id='a' comp:modelRef='m'><comp:listOfDeletions><comp:deletion comp:portRef='nothing'/></comp:listOfDeletions></comp:submodel>", "<comp:modelDefinition id='m'/>", "no port 'nothing'")]
    [InlineData("<comp:submodel comp:id='a' comp:modelRef='m'/><comp:submodel comp:id='a' comp:modelRef='m'/>", "<comp:modelDefinition id='m'/>", "two submodels 'a'")]
    public void References_that_lead_nowhere_are_named(string submodels, string definitions, string what)
    {
        var text = $"{Start}<model><comp:listOfSubmodels>{submodels}</comp:listOfSubmodels></model><comp:listOfModelDefinitions>{definitions}</comp:listOfModelDefinitions></sbml>";
        var error = Assert.Throws<SbmlException>(() => SbmlReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), "composed.xml"));
        Assert.Contains(what, error.What, StringComparison.Ordinal);
        Assert.Contains("line 1", error.Where, StringComparison.Ordinal);
    }

    [Fact]
    public void A_submodel_that_stands_elsewhere_is_named()
    {
        // Found by fuzzing: the list of submodels had lost its name.
        var text = $"{Start}<model><comp:listOfStray><comp:submodel comp:id='a' comp:modelRef='m'/></comp:listOfStray><listOfParameters><parameter id='p' constant='false'><comp:listOfReplacedElements><comp:replacedElement comp:submodelRef='a' comp:idRef='q'/></comp:listOfReplacedElements></parameter></listOfParameters></model><comp:listOfModelDefinitions><comp:modelDefinition id='m'/></comp:listOfModelDefinitions></sbml>";
        var error = Assert.Throws<SbmlException>(() => SbmlReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), "composed.xml"));
        Assert.Contains("listOfSubmodels", error.What, StringComparison.Ordinal);
    }

    [Fact]
    public void Submodels_that_multiply_are_stopped_early()
    {
        var definitions = new StringBuilder();
        for (int i = 0; i < 30; i++)
            definitions.Append(System.Globalization.CultureInfo.InvariantCulture, $"<comp:modelDefinition id='m{i}'><comp:listOfSubmodels><comp:submodel comp:id='a' comp:modelRef='m{i + 1}'/><comp:submodel comp:id='b' comp:modelRef='m{i + 1}'/></comp:listOfSubmodels></comp:modelDefinition>");
        var text = $"{Start}<model><comp:listOfSubmodels><comp:submodel comp:id='a' comp:modelRef='m0'/></comp:listOfSubmodels></model><comp:listOfModelDefinitions>{definitions}<comp:modelDefinition id='m30'/></comp:listOfModelDefinitions></sbml>";
        var error = Assert.Throws<SbmlException>(() => SbmlReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), "composed.xml"));
        Assert.Contains("more than", error.What, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../outside.xml", "outside the model's folder")]
    [InlineData("/etc/hosts", "not in the model's folder")]
    [InlineData("https://example.org/model.xml", "not in the model's folder")]
    [InlineData("missing.xml", "does not exist")]
    [InlineData("link.xml", "leads outside")]
    public void External_files_stay_in_the_folder(string source, string what)
    {
        var root = Directory.CreateTempSubdirectory();
        try
        {
            var folder = root.CreateSubdirectory("inside").FullName;
            File.WriteAllText(Path.Combine(root.FullName, "outside.xml"), $"{Start}<model/></sbml>");
            File.CreateSymbolicLink(Path.Combine(folder, "link.xml"), Path.Combine(root.FullName, "outside.xml"));
            var path = Path.Combine(folder, "model.xml");
            File.WriteAllText(path, $"{Start}<model><comp:listOfSubmodels><comp:submodel comp:id='a' comp:modelRef='e'/></comp:listOfSubmodels></model><comp:listOfExternalModelDefinitions><comp:externalModelDefinition comp:id='e' comp:source='{source}'/></comp:listOfExternalModelDefinitions></sbml>");
            Assert.Contains(what, Assert.Throws<SbmlException>(() => SbmlReader.Load(path)).What, StringComparison.Ordinal);
        }
        finally
        {
            root.Delete(recursive: true);
        }
    }

    [Fact]
    public void External_models_that_refer_to_each_other_are_stopped()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            string Path1(string name) => Path.Combine(folder.FullName, name);
            string Text(string other) => $"{Start}<model><comp:listOfSubmodels><comp:submodel comp:id='a' comp:modelRef='e'/></comp:listOfSubmodels></model><comp:listOfExternalModelDefinitions><comp:externalModelDefinition comp:id='e' comp:source='{other}'/></comp:listOfExternalModelDefinitions></sbml>";
            File.WriteAllText(Path1("one.xml"), Text("two.xml"));
            File.WriteAllText(Path1("two.xml"), Text("one.xml"));
            Assert.Contains("hold each other", Assert.Throws<SbmlException>(() => SbmlReader.Load(Path1("one.xml"))).What, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
