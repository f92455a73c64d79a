using System.Text;
using Protonmotive.Formats.SedMl;

namespace Protonmotive.Tests.Unit.Formats;

/// <summary>Small experiments on models whose solutions are known.</summary>
internal static class Experiments
{
    /// <summary>S decays into P with rate k S in a compartment of size 1: S = S0 exp(−k t).</summary>
    public const string Decay = """
        <sbml xmlns="http://www.sbml.org/sbml/level3/version1/core" level="3" version="1"><model id="decay">
        <listOfCompartments><compartment id="c" size="1" spatialDimensions="3" constant="true"/></listOfCompartments>
        <listOfSpecies>
          <species id="S" compartment="c" initialConcentration="10" hasOnlySubstanceUnits="false" boundaryCondition="false" constant="false"/>
          <species id="P" compartment="c" initialConcentration="0" hasOnlySubstanceUnits="false" boundaryCondition="false" constant="false"/>
        </listOfSpecies>
        <listOfParameters><parameter id="k" value="0.5" constant="true"/></listOfParameters>
        <listOfReactions><reaction id="J" reversible="false" fast="false">
          <listOfReactants><speciesReference species="S" stoichiometry="1" constant="true"/></listOfReactants>
          <listOfProducts><speciesReference species="P" stoichiometry="1" constant="true"/></listOfProducts>
          <kineticLaw><math xmlns="http://www.w3.org/1998/Math/MathML"><apply><times/><ci>c</ci><ci>k</ci><ci>S</ci></apply></math></kineticLaw>
        </reaction></listOfReactions></model></sbml>
        """;

    /// <summary>Made at rate a, lost at rate b x: the steady state is a/b.</summary>
    public const string Turnover = """
        <sbml xmlns="http://www.sbml.org/sbml/level3/version1/core" level="3" version="1"><model id="turnover">
        <listOfParameters><parameter id="x" value="0" constant="false"/><parameter id="a" value="6" constant="true"/><parameter id="b" value="2" constant="true"/></listOfParameters>
        <listOfRules><rateRule variable="x"><math xmlns="http://www.w3.org/1998/Math/MathML"><apply><minus/><ci>a</ci><apply><times/><ci>b</ci><ci>x</ci></apply></apply></math></rateRule></listOfRules>
        </model></sbml>
        """;

    public const string S = "/sbml:sbml/sbml:model/sbml:listOfSpecies/sbml:species[@id='S']";

    public const string K = "/sbml:sbml/sbml:model/sbml:listOfParameters/sbml:parameter[@id='k']";

    /// <summary>A document around lists of parts.</summary>
    public static string Document(string models, string simulations, string tasks, string data, string outputs = "", string version = "3") => $"""
        <sedML xmlns="http://sed-ml.org/sed-ml/level1/version{version}" xmlns:sbml="http://www.sbml.org/sbml/level3/version1/core" level="1" version="{version}">
        <listOfModels>{models}</listOfModels>
        <listOfSimulations>{simulations}</listOfSimulations>
        <listOfTasks>{tasks}</listOfTasks>
        <listOfDataGenerators>{data}</listOfDataGenerators>
        <listOfOutputs>{outputs}</listOfOutputs></sedML>
        """;

    public static string Model(string id = "m", string source = "decay.xml", string changes = "") =>
        $"<model id='{id}' language='urn:sedml:language:sbml' source='{source}'><listOfChanges>{changes}</listOfChanges></model>";

    public static string Course(string id = "course", double end = 4, int steps = 4, string algorithm = "<algorithm kisaoID='KISAO:0000019'/>", double initial = 0, double? output = null) =>
        FormattableString.Invariant($"<uniformTimeCourse id='{id}' initialTime='{initial}' outputStartTime='{output ?? initial}' outputEndTime='{end}' numberOfPoints='{steps}'>{algorithm}</uniformTimeCourse>");

    public static string Task(string id = "t", string model = "m", string simulation = "course") => $"<task id='{id}' modelReference='{model}' simulationReference='{simulation}'/>";

    /// <summary>Data that are one quantity of a task.</summary>
    public static string Data(string id, string target = S, string task = "t") => Generator(id, $"<ci>{id}.v</ci>", Variable(id + ".v", target, task));

    public static string Variable(string id, string target, string task = "t") =>
        target == "time" ? $"<variable id='{id}' taskReference='{task}' symbol='urn:sedml:symbol:time'/>" : $"""<variable id="{id}" taskReference="{task}" target="{target}"/>""";

    public static string Generator(string id, string math, string variables = "", string parameters = "") =>
        $"<dataGenerator id='{id}'><listOfVariables>{variables}</listOfVariables><listOfParameters>{parameters}</listOfParameters>{Formula(math)}</dataGenerator>";

    public static string Formula(string content) => $"<math xmlns='http://www.w3.org/1998/Math/MathML'>{content}</math>";

    public static string Set(string target, string math, string model = "m", string variables = "") =>
        $"""<setValue modelReference="{model}" target="{target}"><listOfVariables>{variables}</listOfVariables>{Formula(math)}</setValue>""";

    public static string Repeat(string range, string changes, string id = "r", string task = "t", bool reset = true, string more = "", string counts = "i") =>
        $"<repeatedTask id='{id}' range='{counts}' resetModel='{(reset ? "true" : "false")}' {more}><listOfRanges>{range}</listOfRanges><listOfChanges>{changes}</listOfChanges><listOfSubTasks><subTask order='1' task='{task}'/></listOfSubTasks></repeatedTask>";

    public static string Vector(string id, params double[] values) => $"<vectorRange id='{id}'>{string.Concat(values.Select(v => FormattableString.Invariant($"<value>{v}</value>")))}</vectorRange>";

    public static SedDocument Read(string text) => SedMlReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), "test.sedml");

    public static SedResult Run(string text, SedSettings? settings = null) => SedExecution.Run(Read(text), new Files(), settings: settings);

    /// <summary>The two models, in memory.</summary>
    internal sealed class Files : ExperimentFiles
    {
        public override string Place => "folder of the test";

        public override byte[]? Read(string path) => path switch
        {
            "decay.xml" => Encoding.UTF8.GetBytes(Decay),
            "turnover.xml" => Encoding.UTF8.GetBytes(Turnover),
            "broken.xml" => Encoding.UTF8.GetBytes("<sbml>"),
            _ => null,
        };
    }
}
