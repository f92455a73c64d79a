using System.Xml.Linq;
using Protonmotive.Formats.Sbml;
using Protonmotive.Networks;

namespace Protonmotive.Formats.SedMl;

/// <summary>Finds the files of a document's models and carries out the changes.</summary>
internal sealed class SedModelFiles(SedDocument document, ExperimentFiles files, string folder, List<string> notes)
{
    private const int LongestChain = 100;
    private readonly Dictionary<string, SedElement> models = document.Models.ToDictionary(m => m.Id, m => (SedElement)m, StringComparer.Ordinal);
    private readonly Dictionary<string, XDocument> changed = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (byte[] Bytes, string Name)> untouched = new(StringComparer.Ordinal);

    /// <summary>The model's file after its changes. The caller does not alter it.</summary>
    public XDocument Document(string id)
    {
        if (changed.TryGetValue(id, out var known)) return known;
        // From the file to the model asked for; circles were refused when the document was read.
        var chain = new Stack<SedModel>();
        XDocument? start = null;
        for (var at = Find(id); ; at = SedReferences.ModelReference(models, at)!)
        {
            if (changed.TryGetValue(at.Id, out start)) break;
            chain.Push(at);
            if (chain.Count > LongestChain) throw at.Fault($"More than {LongestChain} models are based on each other.", "Shorten the chain.");
            if (SedReferences.ModelReference(models, at) is null) break;
        }
        foreach (var model in chain)
        {
            var result = start is null ? SafeXml.Load(new MemoryStream(Content(model).Bytes), Content(model).Name) : model.Changes.IsEmpty ? start : new XDocument(start);
            foreach (var change in model.Changes) new SedModelChange(model, result, Value, notes).Make(change);
            changed[model.Id] = start = result;
        }
        return start!;
    }

    /// <summary>The model as a network.</summary>
    /// <exception cref="SbmlException">It is no SBML that is read.</exception>
    public Network Network(string id)
    {
        var model = Find(id);
        var xml = Document(id);
        var source = model;
        bool isChanged = !model.Changes.IsEmpty;
        while (SedReferences.ModelReference(models, source) is { } next)
        {
            source = next;
            isChanged |= !next.Changes.IsEmpty;
        }
        var (bytes, name) = Content(source);
        if (!isChanged) return SbmlReader.Read(new MemoryStream(bytes), name);
        using var stream = new MemoryStream();
        xml.Save(stream);
        stream.Position = 0;
        return SbmlReader.Read(stream, $"{name} with the changes of the model '{id}'");
    }

    private SedModel Find(string id) => (SedModel)models[id];

    private (byte[] Bytes, string Name) Content(SedModel model)
    {
        if (untouched.TryGetValue(model.Id, out var known)) return known;
        if (model.Language.Length > 0 && !model.Language.Contains("sbml", StringComparison.OrdinalIgnoreCase))
            throw model.Fault($"The model '{model.Id}' is in the language '{model.Language}'.", "Models in SBML are run.");
        var source = Uri.UnescapeDataString(model.Source);
        if (source.StartsWith("urn:", StringComparison.OrdinalIgnoreCase) || source.Contains("://", StringComparison.Ordinal))
            throw model.Fault($"The model '{model.Id}' is at '{model.Source}', and nothing is fetched.", "Save it beside the SED-ML file and give its file name as source.");
        var path = ExperimentFiles.Resolve(folder, source)
            ?? throw model.Fault($"The source '{model.Source}' of the model '{model.Id}' leaves {files.Place}.", "Put the model into that folder and give its relative path.");
        var bytes = files.Read(path) ?? throw model.Fault($"The file '{path}' of the model '{model.Id}' is not there.", $"Put it into {files.Place}, or mend the source.");
        return untouched[model.Id] = (bytes, path);
    }

    /// <summary>A number that stands in a model's file, for computed changes.</summary>
    private double Value(SedModel user, SedVariable variable, XDocument own)
    {
        if (variable.Target is not { } target) throw variable.Fault("The time has no value before a run.", "Use quantities of models.");
        var xml = variable.Model.Length == 0 || variable.Model == user.Id ? own : OtherModel(user, variable);
        return SedModelChange.Number(variable, target, SedModelChange.One(variable, target, xml, notes));
    }

    private XDocument OtherModel(SedModel user, SedVariable variable)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal) { user.Id };
        var waiting = new Stack<string>([variable.Model]);
        while (waiting.TryPop(out var id))
        {
            if (id == user.Id) throw variable.Fault($"The models '{user.Id}' and '{variable.Model}' are computed from each other.", "Break the circle.");
            if (!seen.Add(id)) continue;
            var model = Find(id);
            if (SedReferences.ModelReference(models, model) is { } source) waiting.Push(source.Id);
            foreach (var other in model.Changes.OfType<SedComputeChange>().SelectMany(c => c.Formula.Variables).Where(v => v.Model.Length > 0 && v.Model != id)) waiting.Push(other.Model);
        }
        return Document(variable.Model);
    }
}
