using System.Collections.Immutable;

namespace Protonmotive.Formats.SedMl;

/// <summary>Reads tasks and their ranges.</summary>
internal static class SedTaskReader
{
    private const int LongestRange = 100_000_000;

    public static SedTask? Task(SedNode e, List<string> notes)
    {
        switch (e.Kind)
        {
            case "task":
                return new SedSimpleTask(e.Required("id"), e.Name, e.Where, e.Required("modelReference"), e.Required("simulationReference"));
            case "repeatedTask":
                var ranges = e.List("listOfRanges").Select(Range).ToImmutableArray();
                var subTasks = e.List("listOfSubTasks").Select((s, i) => (Order: s.OptionalNumber("order") ?? i, Index: i, Node: s)).OrderBy(s => s.Order).ThenBy(s => s.Index)
                    .Select(s => new SedSubTask(s.Node.Where, s.Node.Required("task"), [.. s.Node.List("listOfChanges").Select(SetValue)])).ToImmutableArray();
                if (ranges.IsEmpty) throw e.Fault($"The repeated task '{e.Id}' has no range.", "Give it a listOfRanges.");
                if (subTasks.IsEmpty) throw e.Fault($"The repeated task '{e.Id}' repeats nothing.", "Give it a listOfSubTasks.");
                return new SedRepeatedTask(e.Required("id"), e.Name, e.Where, e["range"] ?? ranges[0].Id, e.Flag("resetModel", false), e.Flag("concatenate", false), ranges,
                    [.. e.List("listOfChanges").Select(SetValue)], subTasks);
            case "parameterEstimationTask":
                notes.Add($"The task '{e.Id}' estimates parameters; it is not run ({e.Where}).");
                return null;
            default:
                throw e.Fault($"The task <{e.Kind}> is not read.", "Tasks and repeated tasks are run.");
        }
    }

    private static SedSetValue SetValue(SedNode e)
    {
        if (e.Kind != "setValue") throw e.Fault($"<{e.Kind}> is not read inside a repeated task.", "Use setValue.");
        if (e["symbol"] is { Length: > 0 } symbol) throw e.Fault($"The symbol '{symbol}' can't be set.", "Set a quantity of the model by its target.");
        return new SedSetValue(e.Where, e.Required("modelReference"), e.Path("target"), SedFormulaReader.Read(e, ranges: true));
    }

    private static SedRange Range(SedNode e)
    {
        var id = e.Required("id");
        switch (e.Kind)
        {
            case "uniformRange":
                double start = e.Number("start"), end = e.Number("end");
                bool logarithmic = e["type"] switch
                {
                    null or "linear" => false,
                    "log" or "logarithmic" => true,
                    var type => throw e.Fault($"The range's type is '{type}'.", "Write linear or log."),
                };
                if (logarithmic && !(start > 0 && end > 0)) throw e.Fault($"A logarithmic range goes from {start:g6} to {end:g6}.", "Give ends above 0.");
                return new SedUniformRange(id, e.Where, start, end, e.Steps(LongestRange), logarithmic);
            case "vectorRange":
                var values = e.Element.Elements().Where(v => v.Name.LocalName == "value").Select(v => new SedNode(v, e.File)).Select(v => v.ToNumber(v.Element.Value, "the value"));
                return new SedVectorRange(id, e.Where, [.. values]);
            case "functionalRange":
                return new SedFunctionalRange(id, e.Where, e["range"] ?? e["index"] ?? "", SedFormulaReader.Read(Declared(e), ranges: true));
            default:
                throw e.Fault($"The range <{e.Kind}> is not read.", "Use a uniformRange, vectorRange or functionalRange.");
        }
    }

    /// <summary>Version 1.2 drafts put the formula in a child named function; the lists stand beside it.</summary>
    private static SedNode Declared(SedNode e) => e.Child("math") is null && e.Child("function") is { } function ? function : e;
}
