using System.Collections.Immutable;
using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Protonmotive.Formats.Measurements;

/// <summary>The short form of a fit problem: a model, a table, and what its columns are.</summary>
/// <param name="Path">The file.</param>
/// <param name="Model">Path of a model file (full), or name of a system.</param>
/// <param name="Scenario">Scenario of a system; null for its first.</param>
/// <param name="Data">Path of the table.</param>
/// <param name="Time">Its column of times, or the one time of all rows.</param>
/// <param name="Observe">What columns measured.</param>
/// <param name="Estimate">What is estimated, and where.</param>
/// <param name="OneOf">Parameters that are explanations, with their labels.</param>
/// <param name="Conditions">Columns, or formulas of columns, that give values to the model, and to what.</param>
/// <param name="Set">Values other than the model's own.</param>
/// <param name="IsFeasible">Whether potentials and conductances take the place of rate constants.</param>
/// <param name="Learn">Laws that are learned.</param>
/// <param name="Watch">Conditions, by column, whose measurements decide when training stops.</param>
internal sealed record MeasurementMapping(
    string Path, string Model, string? Scenario, string Data, string Time, ImmutableArray<MeasuredColumn> Observe, ImmutableArray<EstimatedEntry> Estimate,
    ImmutableArray<(EstimatedEntry Entry, string Label)> OneOf, ImmutableArray<(string Column, string Target)> Conditions, ImmutableDictionary<string, double> Set,
    bool IsFeasible, ImmutableArray<LearnedProcess> Learn, ImmutableArray<KeyValuePair<string, double>> Watch)
{
    private static readonly string[] keys = ["model", "scenario", "data", "time", "observe", "estimate", "one of", "conditions", "set", "parametrise", "learn", "watch"];

    /// <summary>Reads a file.</summary>
    /// <exception cref="MeasurementException">It is not there, is no YAML, or lacks something.</exception>
    public static MeasurementMapping Read(string path)
    {
        var root = Root(path);
        foreach (var key in root.Children.Keys.OfType<YamlScalarNode>().Where(k => !keys.Contains(k.Value)))
            throw new MeasurementException($"'{key.Value}' is nothing that a mapping says.", FormattableString.Invariant($"{path}, line {key.Start.Line}."), $"Its keys are {string.Join(", ", keys)}; a PEtab problem has a format_version.");
        string folder = System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!;
        string model = Needed(root, "model", path), file = System.IO.Path.GetFullPath(model, folder);
        var pairs = Entries(root, "conditions", path).Select(e => (Parts: e.Text.Split('='), e.Where)).ToList();
        foreach (var (parts, where) in pairs.Where(p => p.Parts.Length > 2)) throw new MeasurementException($"'{string.Join('=', parts)}' is no column of a condition.", where, "Write 'column = parameter', 'column/1000 = parameter', or its name alone where both are the same.");
        ImmutableArray<LearnedProcess> learn = [.. Entries(root, "learn", path).Select(e => LearnedProcess.Parse(e.Text, e.Where))];
        ImmutableArray<(EstimatedEntry, string)> oneOf = [.. Entries(root, "one of", path).Select(Labelled)];
        return new MeasurementMapping(
            path, File.Exists(file) ? file : model, Scalar(root, "scenario"), System.IO.Path.GetFullPath(Needed(root, "data", path), folder), Scalar(root, "time") ?? "time",
            [.. Filled(root, "observe", path).Select(e => MeasuredColumn.Parse(e.Text, e.Where))],
            [.. (learn.IsEmpty && oneOf.IsEmpty ? Filled(root, "estimate", path) : Entries(root, "estimate", path)).Select(e => EstimatedEntry.Parse(e.Text, e.Where))],
            oneOf,
            [.. pairs.Select(p => (p.Parts[0].Trim(), p.Parts[^1].Trim()))],
            Entries(root, "set", path).Select(Setting).ToImmutableDictionary(StringComparer.Ordinal),
            Scalar(root, "parametrise") switch
            {
                null => false,
                "feasible" => true,
                var other => throw new MeasurementException($"A model can't be parametrised as '{other}'.", $"{path}, 'parametrise'.", "Write 'parametrise: feasible', or leave it out."),
            },
            learn, [.. Entries(root, "watch", path).Select(Setting)]);
    }

    /// <summary>Whether a file is such a mapping: a YAML file that has 'data' and no 'format_version'.</summary>
    public static bool Is(string path)
    {
        try
        {
            return Root(path) is var root && root.Children.ContainsKey("data") && !root.Children.ContainsKey("format_version");
        }
        catch (MeasurementException)
        {
            return false;
        }
    }

    private static YamlMappingNode Root(string path)
    {
        if (!File.Exists(path)) throw new MeasurementException("The problem is not there.", path, "Give the path of a PEtab YAML file, or of a mapping.");
        try
        {
            return SafeYaml.Root(path) ?? throw new MeasurementException("The mapping is empty.", path, "Give it model, data, observe and estimate.");
        }
        catch (YamlException e)
        {
            throw new MeasurementException($"This is no YAML: {e.Message}", FormattableString.Invariant($"{path}, line {e.Start.Line}, column {e.Start.Column}."), "Mend it there; where the file is a model, say with --data, --observe and --estimate what was measured of it.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MeasurementException($"The mapping can't be read: {e.Message}", path, "Look at its name and rights.", e);
        }
    }

    private static KeyValuePair<string, double> Setting((string Text, string Where) entry)
    {
        string[] parts = entry.Text.Split('=');
        return parts.Length == 2 && double.TryParse(parts[1], NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)
            ? new(parts[0].Trim(), value)
            : throw new MeasurementException($"'{entry.Text}' is no setting.", entry.Where, "Write NAME = NUMBER.");
    }

    // A range with its label in brackets, which stand after a space: those of a distribution do not.
    private static (EstimatedEntry Entry, string Label) Labelled((string Text, string Where) entry)
    {
        int open = entry.Text.IndexOf(" (", StringComparison.Ordinal);
        bool hasLabel = open > 0 && entry.Text.EndsWith(')');
        var range = EstimatedEntry.Parse(hasLabel ? entry.Text[..open] : entry.Text, entry.Where);
        if (range.By.Length > 0) throw new MeasurementException($"The explanation '{range.Name}' has several values.", entry.Where, "Give one range for all of the table, such as 'X_C1=5%..200%:log'.");
        return (range, hasLabel ? entry.Text[(open + 2)..^1].Trim() : "");
    }

    private static string Needed(YamlMappingNode root, string key, string path) => Scalar(root, key) ?? throw Missing(key, path);

    private static List<(string Text, string Where)> Filled(YamlMappingNode root, string key, string path) => Entries(root, key, path) is { Count: > 0 } entries ? entries : throw Missing(key, path);

    private static MeasurementException Missing(string key, string path) => new($"'{key}' is missing.", path, key switch
    {
        "observe" => "Say what a column measured and how it scatters: 'observe: OCR = J_O2 ± 5 %'.",
        "estimate" => "Say what is estimated, and where: 'estimate: k1=0.1..10:log'.",
        _ => $"Name the file: '{key}: …'.",
    });

    private static string? Scalar(YamlMappingNode root, string key) => root.Children.TryGetValue(new YamlScalarNode(key), out var node) && node is YamlScalarNode { Value.Length: > 0 } scalar ? scalar.Value : null;

    // One text with semicolons between, or a list.
    private static List<(string Text, string Where)> Entries(YamlMappingNode root, string key, string path)
    {
        if (!root.Children.TryGetValue(new YamlScalarNode(key), out var node)) return [];
        IEnumerable<YamlNode> nodes = node is YamlSequenceNode list ? list.Children : [node];
        var entries = new List<(string, string)>();
        foreach (var entry in nodes)
        {
            string where = FormattableString.Invariant($"{path}, line {entry.Start.Line}, '{key}'.");
            if (entry is not YamlScalarNode { Value: { } text }) throw new MeasurementException($"'{key}' is no text.", where, "Write it as text, with semicolons between entries, or as a list of texts.");
            entries.AddRange(Split(text).Select(t => (t, where)));
        }
        return entries;
    }

    // At semicolons, but not inside parentheses.
    private static IEnumerable<string> Split(string text)
    {
        int depth = 0, from = 0;
        for (int i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && (text[i] is '(' or ')')) depth += text[i] == '(' ? 1 : -1;
            if (i < text.Length && (text[i] != ';' || depth > 0)) continue;
            if (text[from..i].Trim() is { Length: > 0 } entry) yield return entry;
            from = i + 1;
        }
    }
}
