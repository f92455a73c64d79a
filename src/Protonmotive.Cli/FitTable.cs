using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Protonmotive.Reports.Runs;

namespace Protonmotive.Cli;

/// <summary>A fit asked for on the command line: a model, a table, and what its columns are. It becomes a mapping in the folder of the fit, with a copy of the table.</summary>
internal sealed record FitTable
{
    private string MappingName => Path.GetFileNameWithoutExtension(Data) + ".yaml";

    /// <summary>Name of a system, or path of a model file.</summary>
    public required string Model { get; init; }

    /// <summary>Scenario of a system; null for its first.</summary>
    public string? Scenario { get; init; }

    /// <summary>Path of the table.</summary>
    public required string Data { get; init; }

    /// <summary>Its column of times; null for "time".</summary>
    public string? Time { get; init; }

    /// <summary>What columns measured; none for what the system says.</summary>
    public string[] Observe { get; init; } = [];

    /// <summary>What is estimated.</summary>
    public string[] Estimate { get; init; } = [];

    /// <summary>Explanations; none for what the system says, unless something is estimated.</summary>
    public string[] OneOf { get; init; } = [];

    /// <summary>Values other than the model's own.</summary>
    public ImmutableDictionary<string, double> Set { get; init; } = ImmutableDictionary<string, double>.Empty;

    /// <summary>Where such a fit is kept by default.</summary>
    public string Folder => Path.Combine("fits", Path.GetFileNameWithoutExtension(Data));

    /// <summary>Writes mapping and table into a folder.</summary>
    /// <param name="folder">The folder of the fit.</param>
    /// <param name="overwrite">Whether others that are there are replaced.</param>
    /// <returns>The path of the mapping.</returns>
    /// <exception cref="ProtonmotiveException">The folder holds another fit, or nothing says what was measured.</exception>
    public string Write(string folder, bool overwrite)
    {
        if (!File.Exists(Data)) throw new ModelSourceException("The data are not there.", Data, "Mend the path given with --data.");
        var model = ModelSource.Load(Model, Scenario);
        var assay = model.System?.Assay;
        string[] observe = Observe.Length > 0 ? Observe : assay is not null ? [assay.Observe] : throw new ModelSourceException("Nothing says what the table measured.", "--observe", "Write e.g. --observe 'A ± 5 % + 0.1', with the column's name first.");
        string[] explanations = OneOf.Length > 0 ? OneOf : [.. assay?.OneOf ?? []];
        if (explanations.Length + Estimate.Length == 0) throw new ModelSourceException("Nothing is estimated.", "--estimate", "Write e.g. --estimate k=0.1..10:log, or --one-of for explanations of which one holds.");
        string table = Path.GetFileName(Data), text = Text(model, table, observe, explanations), path = Path.Combine(folder, MappingName), copy = Path.Combine(folder, table);
        if (!overwrite && File.Exists(path) && (File.ReadAllText(path) != text || !File.Exists(copy) || !File.ReadAllBytes(copy).AsSpan().SequenceEqual(File.ReadAllBytes(Data))))
            throw new ModelSourceException("An earlier fit there is of other data, or was asked for otherwise.", folder, "Choose another folder with --out, or replace it with --overwrite.");
        Directory.CreateDirectory(folder);
        if (Path.GetFullPath(copy) != Path.GetFullPath(Data)) File.Copy(Data, copy, overwrite: true);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>Writes mapping and table, and reads the problem.</summary>
    /// <exception cref="ProtonmotiveException">As <see cref="Write"/>, or the data can't be used.</exception>
    public FitSource Load(string folder, bool overwrite)
    {
        bool isNew = !File.Exists(Path.Combine(folder, MappingName));
        string path = Write(folder, overwrite);
        try
        {
            var source = FitSource.Load(path);
            if (Observe.Length == 0) Check(source, ModelSource.Load(Model, Scenario));
            return source;
        }
        catch (ProtonmotiveException) when (isNew)
        {
            // A table that can't be used leaves nothing that would stand in the way of a mended one.
            File.Delete(path);
            var copy = Path.Combine(folder, Path.GetFileName(Data));
            if (Path.GetFullPath(copy) != Path.GetFullPath(Data)) File.Delete(copy);
            if (!Directory.EnumerateFileSystemEntries(folder).Any()) Directory.Delete(folder);
            throw;
        }
    }

    // What a system measures is positive, but for noise; and its protocol begins within the data.
    private void Check(FitSource source, Model model)
    {
        var measured = source.Problem.Experiments.SelectMany(e => e.Measurements).ToList();
        int negative = measured.Count(m => m.Value < 0);
        if (2 * negative > measured.Count) throw new ModelSourceException($"{negative} of {measured.Count} measurements of '{measured[0].Observable}' are negative.", Data, "Give consumption as a positive number: a falling oxygen concentration has a positive consumption.");
        if (model is not { System: { } system, Scenario: { } scenario }) return;
        var own = source.Problem.System.Parameters;
        var phases = system.Phases(scenario, name => Set.TryGetValue(name, out double value) ? value : own.First(p => p.Name == name).Definition!.Value);
        double last = measured.Max(m => m.Time);
        if (phases.Length > 1 && last <= phases[1].Start)
            source.Notes = [string.Create(CultureInfo.InvariantCulture, $"The data end at {last:g6} {source.Problem.System.TimeUnit}, before '{phases[1].Label}' begins at {phases[1].Start:g6}: are times in {source.Problem.System.TimeUnit}? Times of the protocol can be set with --set.")];
    }

    private string Text(Model model, string table, string[] observe, string[] explanations)
    {
        var text = new StringBuilder("# Written by pmf fit, which reads it too: change what is below to fit something else.\n");
        void Line(string key, string value) => text.Append(key).Append(": ").Append(Quoted(value)).Append('\n');
        void List(string key, IEnumerable<string> values)
        {
            if (!values.Any()) return;
            text.Append(key).Append(":\n");
            foreach (string value in values) text.Append("  - ").Append(Quoted(value)).Append('\n');
        }

        Line("model", model.System is null ? Path.GetFullPath(Model) : Model);
        if (model.Scenario is { } scenario) Line("scenario", scenario.Name);
        Line("data", table);
        Line("time", Time ?? "time");
        List("observe", observe);
        List("estimate", Estimate);
        List("one of", explanations);
        List("set", Set.OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => string.Create(CultureInfo.InvariantCulture, $"{s.Key} = {s.Value:R}")));
        return text.ToString();
    }

    private static string Quoted(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
