using System.Collections.Immutable;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Protonmotive.Formats.Sbml;

namespace Protonmotive.Formats.SedMl;

/// <summary>Reads SED-ML, Level 1 Versions 1 to 4. What it does not read it refuses by name, or notes where results stay the same.</summary>
/// <remarks>SED-ML Level 1 Version 4 (Smith et al. 2021, J Integr Bioinform 18:20210021).</remarks>
public static partial class SedMlReader
{
    /// <summary>Reads a file.</summary>
    /// <exception cref="SedMlException">It is no SED-ML, or holds something that is not read.</exception>
    public static SedDocument Load(string path)
    {
        using var stream = File.OpenRead(path);
        return Read(stream, path);
    }

    /// <summary>Reads a stream; the name is for errors.</summary>
    /// <exception cref="SedMlException">It is no SED-ML, or holds something that is not read.</exception>
    public static SedDocument Read(Stream stream, string name)
    {
        XDocument document;
        try
        {
            document = SafeXml.Load(stream, name);
        }
        catch (SbmlException e)
        {
            throw new SedMlException(e.What, e.Where, "Check that the file is complete and is SED-ML.", e);
        }
        var root = new SedNode(document.Root ?? throw new SedMlException("The file is empty.", name, "Give a SED-ML file."), name);
        if (root.Kind != "sedML") throw root.Fault($"The root element is <{root.Kind}>, not <sedML>.", "Give a SED-ML file.");
        if (root["level"] is { } level && level != "1") throw root.Fault($"The SED-ML level is '{level}'.", "Level 1 is read.");
        if (!int.TryParse(root["version"] ?? "1", out int version) || version is < 1 or > 4) throw root.Fault($"The SED-ML version is '{root["version"]}'.", "Versions 1 to 4 of Level 1 are read.");
        var notes = new List<string>();
        foreach (var unread in root.Element.Elements().Select(e => new SedNode(e, name)).Where(e => e.Kind is "listOfDataDescriptions" or "listOfAlgorithmParameters"))
            if (unread.Element.HasElements) notes.Add($"<{unread.Kind}> is not read ({unread.Where}).");
        var result = new SedDocument
        {
            File = name,
            Version = version,
            Models = [.. root.List("listOfModels").Select(Model)],
            Simulations = [.. root.List("listOfSimulations").Select(Simulation)],
            Tasks = [.. root.List("listOfTasks").Select(e => SedTaskReader.Task(e, notes)).OfType<SedTask>()],
            DataGenerators = [.. root.List("listOfDataGenerators").Select(e => new SedDataGenerator(e.Required("id"), e.Name, e.Where, SedFormulaReader.Read(e)))],
            Outputs = [.. root.List("listOfOutputs").Select(e => SedOutputReader.Output(e, notes)).OfType<SedOutput>()],
            Styles = SedOutputReader.Styles(root),
            Notes = [.. notes],
        };
        SedReferences.Check(result);
        return result;
    }

    private static SedModel Model(SedNode e)
    {
        if (e.Kind != "model") throw e.Fault($"<{e.Kind}> is no model.", "Remove it.");
        return new SedModel(e.Required("id"), e.Name, e.Where, e.Required("source").Trim(), e["language"] ?? "", [.. e.List("listOfChanges").Select(Change)]);
    }

    private static SedChange Change(SedNode e)
    {
        ImmutableArray<XElement> Content() => [.. (e.Child("newXML") ?? throw e.Fault($"<{e.Kind}> has no <newXML>.", "Give it the new elements.")).Element.Elements()];
        var target = e.Path("target");
        return e.Kind switch
        {
            "changeAttribute" => new SedAttributeChange(e.Where, target, e["newValue"] ?? throw e.Fault("<changeAttribute> has no newValue.", "Give it one.")),
            "addXML" => new SedAddXml(e.Where, target, Content()),
            "changeXML" => new SedChangeXml(e.Where, target, Content()),
            "removeXML" => new SedRemoveXml(e.Where, target),
            "computeChange" => new SedComputeChange(e.Where, target, SedFormulaReader.Read(e)),
            _ => throw e.Fault($"The change <{e.Kind}> is not read.", "Use changeAttribute, addXML, changeXML, removeXML or computeChange."),
        };
    }

    private static SedSimulation Simulation(SedNode e)
    {
        var (id, algorithm) = (e.Required("id"), Algorithm(e));
        switch (e.Kind)
        {
            case "uniformTimeCourse":
                double initial = e.Number("initialTime"), start = e.Number("outputStartTime"), end = e.Number("outputEndTime");
                if (start < initial || end < start) throw e.Fault($"The time course starts at {initial:g6} and gives output from {start:g6} to {end:g6}.", "Give times that do not fall.");
                return new SedUniformTimeCourse(id, e.Name, e.Where, algorithm, initial, start, end, e.Steps(100_000_000));
            case "oneStep":
                double step = e.Number("step");
                return step >= 0 ? new SedOneStep(id, e.Name, e.Where, algorithm, step) : throw e.Fault($"The step is {step:g6}.", "Give a step that is not negative.");
            case "steadyState":
                return new SedSteadyState(id, e.Name, e.Where, algorithm);
            default:
                throw e.Fault($"The simulation <{e.Kind}> is not read.", "Uniform time courses, one-steps and steady states are run.");
        }
    }

    private static SedAlgorithm Algorithm(SedNode simulation)
    {
        if (simulation.Child("algorithm") is not { } e) return new SedAlgorithm(0, ImmutableDictionary<int, string>.Empty, simulation.Where);
        var parameters = ImmutableDictionary.CreateBuilder<int, string>();
        foreach (var p in e.List("listOfAlgorithmParameters")) parameters[Kisao(p)] = p["value"] ?? "";
        return new SedAlgorithm(Kisao(e), parameters.ToImmutable(), e.Where);
    }

    private static int Kisao(SedNode e)
    {
        var match = KisaoNumber().Match(e.Required("kisaoID"));
        return match.Success ? int.Parse(match.Groups[1].ValueSpan, System.Globalization.CultureInfo.InvariantCulture)
            : throw e.Fault($"'{e["kisaoID"]}' is no KiSAO id.", "Write it as KISAO:0000019.");
    }

    [GeneratedRegex(@"^\s*(?:urn:miriam:biomodels\.kisao:)?KISAO[:_](\d{1,7})\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex KisaoNumber();
}
