using Protonmotive.Formats.SedMl;
using Xunit;
using static Protonmotive.Tests.Unit.Formats.Experiments;

namespace Protonmotive.Tests.Reference.Formats;

/// <summary>Experiments on linear models, against their closed forms. Runs are made at a relative tolerance of 1e-8.</summary>
public class SedMlExperiments
{
    private const double Error = 1e-6; // a hundred times the tolerance of a step

    [Fact]
    public void A_time_course_is_an_exponential()
    {
        var result = Run(Document(Model(), Course(end: 6, steps: 8, output: 2), Task(), Data("time", "time") + Data("s") + Data("flux", "/sbml:sbml/sbml:model/sbml:listOfReactions/sbml:reaction[@id='J']") + Data("k", K)));
        var time = result.Data["time"].Values;
        Assert.Equal([2, 2.5, 3, 3.5, 4, 4.5, 5, 5.5, 6], time);
        Close(time.Select(t => 10 * Math.Exp(-0.5 * t)), result.Data["s"]);
        Close(time.Select(t => 5 * Math.Exp(-0.5 * t)), result.Data["flux"]);
        Close(time.Select(_ => 0.5), result.Data["k"]);
    }

    [Fact]
    public void Changes_of_a_model_are_made_in_order_on_top_of_those_of_its_source()
    {
        var changes = $"""
            <changeAttribute target="{K}/@value" newValue="2"/>
            <computeChange target="{S}/@initialConcentration"><listOfVariables><variable id="old" modelReference="m" target="{S}/@initialConcentration"/><variable id="k" target="{K}/@value"/></listOfVariables>
            <listOfParameters><parameter id="f" value="3"/></listOfParameters>{Formula("<apply><times/><ci>f</ci><ci>k</ci><ci>old</ci></apply>")}</computeChange>
            """;
        var more = """
            <addXML target="/sbml:sbml/sbml:model/sbml:listOfParameters"><newXML><sbml:parameter xmlns:sbml="http://www.sbml.org/sbml/level3/version1/core" id="offset" value="7" constant="true"/></newXML></addXML>
            <removeXML target="/sbml:sbml/sbml:model/sbml:listOfReactions/sbml:reaction[@id='J']/sbml:listOfProducts"/>
            <changeXML target="/sbml:sbml/sbml:model/sbml:listOfSpecies/sbml:species[@id='P']"><newXML><species xmlns="http://www.sbml.org/sbml/level3/version1/core" id="P" compartment="c" initialConcentration="4" hasOnlySubstanceUnits="false" boundaryCondition="false" constant="false"/></newXML></changeXML>
            """;
        var result = Run(Document(Model(changes: changes) + Model("n", "#m", more), Course(), Task() + Task("u", "n"),
            Data("time", "time") + Data("s") + Data("s2", task: "u") + Data("p", S.Replace("'S'", "'P'", StringComparison.Ordinal), "u")
            + Data("offset", K.Replace("'k'", "'offset'", StringComparison.Ordinal), "u")));
        var time = result.Data["time"].Values;
        Close(time.Select(t => 60 * Math.Exp(-2 * t)), result.Data["s"]);
        Close(time.Select(t => 60 * Math.Exp(-2 * t)), result.Data["s2"]);
        Close(time.Select(_ => 4.0), result.Data["p"]);
        Close(time.Select(_ => 7.0), result.Data["offset"]);
    }

    [Fact]
    public void Data_generators_compute_value_by_value_and_over_all_values()
    {
        var max = "<apply><csymbol encoding='text' definitionURL='http://sed-ml.org/#max'>max</csymbol><ci>s</ci></apply>";
        var sum = "<apply><csymbol encoding='text' definitionURL='http://sed-ml.org/#sum'>sum</csymbol><apply><times/><ci>s</ci><ci>s</ci></apply></apply>";
        var result = Run(Document(Model(), Course(), Task(), Data("time", "time")
            + Generator("relative", $"<apply><divide/><ci>s</ci>{max}</apply>", Variable("s", S))
            + Generator("squares", sum, Variable("s", S))
            + Generator("total", "<apply><plus/><ci>s</ci><ci>p</ci><ci>a</ci></apply>", Variable("s", S) + Variable("p", S.Replace("'S'", "'P'", StringComparison.Ordinal)), "<parameter id='a' value='1'/>")));
        var time = result.Data["time"].Values;
        Close(time.Select(t => Math.Exp(-0.5 * t)), result.Data["relative"]);
        Close(time.Select(_ => 11.0), result.Data["total"]);
        Assert.Empty(result.Data["squares"].Shape);
        Close([time.Sum(t => 100 * Math.Exp(-t))], result.Data["squares"]);
    }

    [Fact]
    public void Stochastic_runs_count_molecules_and_scatter_around_the_mean()
    {
        // Of 10 molecules each is left at t with probability exp(−t/2): mean 10 p, variance 10 p (1 − p); 100 runs, 4 standard errors.
        var document = Document(Model(), Course(algorithm: "<algorithm kisaoID='KISAO:0000029'/>"), Task() + Repeat("<uniformRange id='i' start='1' end='100' numberOfPoints='99' type='linear'/>", ""), Data("s", task: "r"));
        var values = Run(document).Data["s"].Values.ToArray();
        Assert.All(values, v => Assert.Equal(Math.Round(v), v));
        for (int t = 0; t <= 4; t++)
        {
            double p = Math.Exp(-0.5 * t), mean = Enumerable.Range(0, 100).Average(run => values[(5 * run) + t]);
            Assert.Equal(10 * p, mean, (4 * Math.Sqrt(10 * p * (1 - p) / 100)) + 1e-12);
        }
        Assert.Equal(values, Run(document).Data["s"].Values.ToArray());
    }

    [Fact]
    public void A_scan_gives_a_row_for_each_value()
    {
        var result = Run(Document(Model(), Course(), Task() + Repeat("<uniformRange id='i' start='0.25' end='4' numberOfPoints='4' type='log'/>", Set(K, "<ci>i</ci>")), Data("s", task: "r") + Data("k", K, "r")));
        Assert.Equal([5, 5], result.Data["s"].Shape);
        Close(new[] { 0.25, 0.5, 1, 2, 4 }.SelectMany(k => Enumerable.Range(0, 5).Select(t => 10 * Math.Exp(-k * t))), result.Data["s"]);
        Close(new[] { 0.25, 0.5, 1, 2, 4 }.SelectMany(k => Enumerable.Repeat(k, 5)), result.Data["k"]);
    }

    [Theory]
    [InlineData("/@initialConcentration")]
    [InlineData("")]
    public void A_start_can_be_scanned(string attribute)
    {
        var result = Run(Document(Model(), Course(), Task() + Repeat(Vector("i", 1, 3), Set(S + attribute, "<ci>i</ci>")), Data("s", task: "r")));
        Close(new[] { 1.0, 3 }.SelectMany(s => Enumerable.Range(0, 5).Select(t => s * Math.Exp(-0.5 * t))), result.Data["s"]);
    }

    [Fact]
    public void Nested_scans_keep_what_the_outer_one_set_and_functional_ranges_follow()
    {
        var functional = $"<functionalRange id='f' range='i'><listOfParameters><parameter id='two' value='2'/></listOfParameters>{Formula("<apply><times/><ci>two</ci><ci>i</ci></apply>")}</functionalRange>";
        var tasks = Task() + Repeat(Vector("i", 1, 2) + functional, Set(K, "<ci>f</ci>"), "inner")
            + Repeat(Vector("o", 5, 6, 7), Set(S, "<ci>o</ci>"), "outer", "inner", counts: "o");
        var result = Run(Document(Model(), Course(end: 1, steps: 1), tasks, Data("s", task: "outer")));
        Assert.Equal([3, 2, 2], result.Data["s"].Shape);
        Close(new[] { 5.0, 6, 7 }.SelectMany(s => new[] { 2.0, 4 }.SelectMany(k => new[] { s, s * Math.Exp(-k) })), result.Data["s"]);
    }

    [Fact]
    public void One_steps_go_on_from_each_other_and_see_the_model()
    {
        // In each step S is doubled before half a unit of decay: 2 exp(−1/4) times as much.
        var twice = Set(S, "<apply><times/><cn>2</cn><ci>s</ci></apply>", variables: $"""<variable id="s" modelReference="m" target="{S}"/>""");
        var result = Run(Document(Model(), "<oneStep id='course' step='0.5'><algorithm kisaoID='KISAO:0000019'/></oneStep>",
            Task() + Repeat("<uniformRange id='i' start='0' end='3' numberOfSteps='3' type='linear'/>", twice, reset: false), Data("s", task: "r") + Data("time", "time", "r"), version: "4"));
        Close([0.5, 1, 1.5, 2], result.Data["time"]);
        Close(Enumerable.Range(1, 4).Select(n => 10 * Math.Pow(2 * Math.Exp(-0.25), n)), result.Data["s"]);
    }

    [Fact]
    public void Time_courses_go_on_from_each_other_and_can_follow_in_one_row()
    {
        var result = Run(Document(Model(), Course(end: 1, steps: 2), Task() + Repeat(Vector("i", 0, 1), "", reset: false, more: "concatenate='true'"), Data("s", task: "r"), version: "4"));
        Close(new[] { 0, 0.5, 1, 1, 1.5, 2 }.Select(t => 10 * Math.Exp(-0.5 * t)), result.Data["s"]);
    }

    [Fact]
    public void Several_sub_tasks_follow_each_other()
    {
        var tasks = Task() + Task("late", simulation: "two") + "<repeatedTask id='r' resetModel='true' range='i'><listOfRanges>" + Vector("i", 1, 2) + "</listOfRanges><listOfChanges>" + Set(K, "<ci>i</ci>")
            + "</listOfChanges><listOfSubTasks><subTask order='2' task='late'/><subTask order='1' task='t'/></listOfSubTasks></repeatedTask>";
        var result = Run(Document(Model(), Course(end: 1, steps: 1) + Course("two", end: 3, steps: 2, initial: 1), tasks, Data("s", task: "r")));
        Close(new[] { 1.0, 2 }.SelectMany(k => new[] { 0.0, 1, 1, 2, 3 }.Select(t => 10 * Math.Exp(-k * t))), result.Data["s"]);
    }

    [Fact]
    public void Steady_states_are_scanned_into_one_row()
    {
        const string a = "/sbml:sbml/sbml:model/sbml:listOfParameters/sbml:parameter[@id='a']/@value", x = "//sbml:parameter[@id='x']";
        var result = Run(Document(Model(source: "turnover.xml"), "<steadyState id='course'><algorithm kisaoID='KISAO:0000407'/></steadyState>",
            Task() + Repeat(Vector("i", 1, 6, 12), Set(a, "<ci>i</ci>")), Data("one", x) + Data("x", x, "r")));
        Close([3.0], result.Data["one"]);
        Assert.Equal([3], result.Data["x"].Shape);
        Close([0.5, 3, 6], result.Data["x"]);
    }

    [Fact]
    public void Prefixes_of_another_level_find_elements_by_their_names_and_that_is_noted()
    {
        var text = Document(Model(), Course(), Task(), Data("s")).Replace("level3/version1/core", "level2/version4", StringComparison.Ordinal);
        var result = Run(text);
        Close(Enumerable.Range(0, 5).Select(t => 10 * Math.Exp(-0.5 * t)), result.Data["s"]);
    }

    [Fact]
    public void Models_of_the_suite_run_as_they_do_by_themselves()
    {
        var folder = SharedData.Path("sbml-test-suite", "semantic", "00001");
        var file = Directory.EnumerateFiles(folder, "00001-sbml-l3v2.xml").First();
        var text = Document(Model(source: Path.GetFileName(file)), Course(end: 5, steps: 50), Task(), Data("s", S.Replace("'S'", "'S1'", StringComparison.Ordinal)));
        var result = SedExecution.Run(Read(text), new FolderFiles(folder));
        var expected = File.ReadLines(Path.Combine(folder, "00001-results.csv")).Skip(1).Where(l => l.Length > 0)
            .Select(l => double.Parse(l.Split(',')[1], System.Globalization.CultureInfo.InvariantCulture)).ToArray();
        // Its compartment has size 1, so amounts are concentrations; the tolerances are the case's own.
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], result.Data["s"].Values[i], 1e-7 + (1e-4 * expected[i]));
    }

    private static void Close(IEnumerable<double> expected, DataArray found)
    {
        var all = expected.ToArray();
        Assert.Equal(all.Length, found.Values.Length);
        for (int i = 0; i < all.Length; i++) Assert.True(Math.Abs(all[i] - found.Values[i]) <= Error * Math.Max(Math.Abs(all[i]), 1e-2), $"value {i}: expected {all[i]}, found {found.Values[i]}");
    }
}
