using Protonmotive.Formats.SedMl;
using Xunit;
using static Protonmotive.Tests.Unit.Formats.Experiments;

namespace Protonmotive.Tests.Fault.Formats;

/// <summary>Experiments that can't be read or run say what, where and how to mend it.</summary>
public class BadSedMl
{
    [Theory]
    [InlineData("", "empty")]
    [InlineData("<sedML", "no well-formed XML")]
    [InlineData("<!DOCTYPE x [<!ENTITY a 'b'>]><sedML/>", "document type definition")]
    [InlineData("<sbml/>", "not <sedML>")]
    [InlineData("<sedML level='2'/>", "level is '2'")]
    [InlineData("<sedML level='1' version='9'/>", "version is '9'")]
    public void Files_that_are_not_sed_ml(string text, string what) => Faults(text, what);

    [Fact]
    public void References_to_what_is_not_there()
    {
        Faults(Document(Model(), Course(), Task(model: "x"), ""), "no model 'x'");
        Faults(Document(Model(), Course(), Task(simulation: "x"), ""), "no simulation 'x'");
        Faults(Document(Model(), Course(), Task(), Data("s", task: "x")), "no task 'x'");
        Faults(Document(Model(), Course(), Task(), Data("s"), "<report id='o'><listOfDataSets><dataSet id='d' label='d' dataReference='x'/></listOfDataSets></report>"), "no data generator 'x'");
        Faults(Document(Model(), Course(), Repeat(Vector("i", 1), ""), ""), "no task 't'");
        Faults(Document(Model(), Course(), Task() + Repeat(Vector("i", 1), "", counts: "x"), ""), "no range 'x'");
        Faults(Document(Model(source: "#x"), Course(), Task(), ""), "no model 'x'");
        Faults(Document(Model() + Model(), Course(), Task(), ""), "used twice");
        Faults(Document(Model(), Course(), Task(), Generator("s", "<ci>x</ci>")), "symbol 'x' is not defined");
        Runs(Document(Model(), Course(), Task() + Repeat(Vector("i", 1), Set(K, "<ci>x</ci>")), Data("s", task: "r")), "symbol 'x' is not defined");
    }

    [Fact]
    public void Circles()
    {
        Faults(Document(Model("a", "#b") + Model("b", "#a"), Course(), Task(model: "a"), ""), "contains itself");
        Faults(Document(Model("a", "a"), Course(), Task(model: "a"), ""), "contains itself");
        Faults(Document(Model(), Course(), Repeat(Vector("i", 1), "", "r", "r"), ""), "contains itself");
        Faults(Document(Model(), Course(), Repeat(Vector("i", 1), "", "r", "q") + Repeat(Vector("i", 1), "", "q", "r"), ""), "contains itself");
        var f = $"<functionalRange id='f' range='i'>{Formula("<ci>g</ci>")}</functionalRange><functionalRange id='g' range='i'>{Formula("<ci>f</ci>")}</functionalRange>";
        Runs(Document(Model(), Course(), Task() + Repeat(Vector("i", 1) + f, Set(K, "<ci>f</ci>")), Data("s", task: "r")), "computed from itself");
        Runs(Document(Model(), Course(), Task() + Repeat("<functionalRange id='i' range='i'>" + Formula("<cn>1</cn>") + "</functionalRange>", ""), Data("s", task: "r")), "length of itself");
    }

    [Fact]
    public void A_long_chain_of_models_is_refused_and_not_followed_to_the_end_of_the_stack()
    {
        var models = string.Concat(Enumerable.Range(1, 20_000).Select(i => Model($"m{i}", i == 1 ? "decay.xml" : $"#m{i - 1}")));
        Runs(Document(models, Course(), Task(model: "m20000"), Data("s")), "based on each other");
    }

    [Theory]
    [InlineData("http://www.ebi.ac.uk/model.xml", "nothing is fetched")]
    [InlineData("urn:miriam:biomodels.db:BIOMD0000000001", "nothing is fetched")]
    [InlineData("../../etc/passwd", "leaves folder")]
    [InlineData("/etc/passwd", "leaves folder")]
    [InlineData("a/../../x.xml", "leaves folder")]
    [InlineData("%2e%2e/x.xml", "leaves folder")]
    [InlineData("missing.xml", "is not there")]
    public void Sources_outside_the_folder(string source, string what) => Runs(Document(Model(source: source), Course(), Task(), Data("s")), what);

    [Fact]
    public void A_link_out_of_the_folder_is_not_followed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need rights there.");
        var folder = Directory.CreateTempSubdirectory("pmf-").FullName;
        try
        {
            File.CreateSymbolicLink(Path.Combine(folder, "out"), "/etc");
            var e = Assert.Throws<SedMlException>(() => new FolderFiles(folder).Read("out/hostname"));
            Assert.Contains("link out of", e.What, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Faults_of_a_model_name_the_model()
    {
        var e = Assert.Throws<Protonmotive.Formats.Sbml.SbmlException>(() => Run(Document(Model(source: "broken.xml"), Course(), Task(), Data("s"))));
        Assert.StartsWith("broken.xml", e.Where, StringComparison.Ordinal);
        Runs(Document(Model().Replace("language:sbml", "language:cellml", StringComparison.Ordinal), Course(), Task(), Data("s")), "language 'urn:sedml:language:cellml'");
    }

    [Theory]
    [InlineData("/sbml:sbml/sbml:model/sbml:listOfSpecies/sbml:species[@id='X']", "finds nothing")]
    [InlineData("//sbml:species", "finds 2 elements")]
    [InlineData("/sbml:sbml/sbml:model", "no quantity")]
    public void Paths_that_do_not_lead_to_one_quantity(string path, string what) => Runs(Document(Model(), Course(), Task(), Data("s", path)), what);

    [Theory]
    [InlineData("count(//*)", "function")]
    [InlineData("/sbml:sbml/descendant::sbml:species", "axis")]
    [InlineData("/sbml:sbml[", "not read")]
    [InlineData("/sbml:sbml[@id='x", "quotation mark")]
    [InlineData("/", "not read")]
    [InlineData("//*[contains(@id,'x')]", "not read")]
    public void Paths_that_need_more_of_xpath(string path, string what) => Faults(Document(Model(), Course(), Task(), Data("s", path)), what);

    [Fact]
    public void Changes_that_find_nothing_or_make_nonsense()
    {
        Runs(Document(Model(changes: "<changeAttribute target='//sbml:parameter[@id=\"x\"]/@value' newValue='1'/>"), Course(), Task(), Data("s")), "finds nothing");
        Runs(Document(Model(changes: $"""<changeAttribute target="{K}" newValue="1"/>"""), Course(), Task(), Data("s")), "ends in no attribute");
        Runs(Document(Model(changes: "<removeXML target='/sbml:sbml'/>"), Course(), Task(), Data("s")), "whole model");
        Runs(Document(Model(changes: $"""<computeChange target="{K}/@value">{Formula("<apply><divide/><cn>1</cn><cn>0</cn></apply>")}</computeChange>"""), Course(), Task(), Data("s")), "value computed");
        Runs(Document(Model() + Model("a", changes: $"""<computeChange target="{K}"><listOfVariables><variable id="x" modelReference="b" target="{K}"/></listOfVariables>{Formula("<ci>x</ci>")}</computeChange>""")
            + Model("b", changes: $"""<computeChange target="{K}"><listOfVariables><variable id="x" modelReference="a" target="{K}"/></listOfVariables>{Formula("<ci>x</ci>")}</computeChange>"""),
            Course(), Task(model: "a"), Data("s")), "computed from each other");
    }

    [Fact]
    public void Work_without_measure_is_refused_before_it_begins()
    {
        var million = "<uniformRange id='i' start='0' end='1' numberOfPoints='1000000' type='linear'/>";
        Runs(Document(Model(), Course(), Task() + Repeat(million, ""), Data("s", task: "r")), "1e+06 simulations");
        Runs(Document(Model(), Course(), Task() + Repeat(million, "") + Repeat(million, "", "q", "r"), Data("s", task: "q")), "simulations");
        Runs(Document(Model(), Course(steps: 90_000_000), Task(), Data("s")), "numbers");
        Faults(Document(Model(), Course(steps: 2_000_000_000), Task(), Data("s")), "numberOfPoints");
        var deep = string.Concat(Enumerable.Range(0, 30).Select(n => Repeat(Vector("i", 1), "", $"r{n + 1}", n == 0 ? "t" : $"r{n}")));
        Runs(Document(Model(), Course(), Task() + deep, Data("s", task: "r30")), "nested deeper");
    }

    [Fact]
    public void Ranges_of_different_lengths() =>
        Runs(Document(Model(), Course(), Task() + Repeat(Vector("i", 1, 2, 3) + Vector("j", 1, 2), Set(K, "<ci>j</ci>")), Data("s", task: "r")), "has 2 values");

    [Fact]
    public void Values_that_can_not_be_set()
    {
        Runs(Document(Model(), Course(), Task() + Repeat(Vector("i", 0), Set(K, "<apply><ln/><ci>i</ci></apply>")), Data("s", task: "r")), "value for 'k'");
        Runs(Document(Model(), Course(), Task() + Repeat(Vector("i", 0), Set("//sbml:reaction", "<ci>i</ci>")), Data("s", task: "r")), "given by a rule");
    }

    [Fact]
    public void Data_of_different_tasks_do_not_go_together() =>
        Runs(Document(Model(), Course() + Course("fine", steps: 9), Task() + Task("u", simulation: "fine"), Generator("s", "<apply><plus/><ci>a</ci><ci>b</ci></apply>", Variable("a", S) + Variable("b", S, "u"))), "another variable of the formula");

    [Fact]
    public void A_solve_that_fails_says_in_which_run()
    {
        // x' = a − b x has no steady state where b is −1.
        var e = Assert.Throws<SedMlException>(() => Run(Document(Model(source: "turnover.xml"), "<steadyState id='course'/>", Task() + Repeat(Vector("i", 2, -1), Set("//sbml:parameter[@id='b']", "<ci>i</ci>")), Data("x", "//sbml:parameter[@id='x']", "r"))));
        Assert.NotEmpty(e.Mend);
    }

    [Theory]
    [InlineData("KISAO:0000437", "flux balance")]
    [InlineData("Gillespie", "no KiSAO id")]
    public void Algorithms(string kisao, string what) => Runs(Document(Model(), Course(algorithm: $"<algorithm kisaoID='{kisao}'/>"), Task(), Data("s")), what);

    private static void Faults(string text, string what)
    {
        var e = Assert.Throws<SedMlException>(() => Read(text));
        Assert.Contains(what, e.What, StringComparison.Ordinal);
        Assert.StartsWith("test.sedml", e.Where, StringComparison.Ordinal);
        Assert.NotEmpty(e.Mend);
    }

    private static void Runs(string text, string what)
    {
        var e = Assert.Throws<SedMlException>(() => Run(text));
        Assert.Contains(what, e.What, StringComparison.Ordinal);
        Assert.NotEmpty(e.Where);
        Assert.NotEmpty(e.Mend);
    }
}
