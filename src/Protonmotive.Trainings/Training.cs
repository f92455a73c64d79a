using System.Collections.Immutable;
using System.Globalization;
using Protonmotive.Catalogue;
using Protonmotive.Formats;
using Protonmotive.Reports.Runs;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Protonmotive.Trainings;

/// <summary>What the file of a training tells a reader: its question, its network in words, where settings come from, and what results are checked against.</summary>
/// <remarks>
/// <code>
/// question: …
/// from:                       # where settings come from: a source, and the settings that a run lists
///   Kingma and Ba (2015), arXiv 1412.6980: [beta1]
///   a convention of ours: [batch]
/// known:                      # what results of the training as it is are checked against
///   accuracy: {value: 90, within: 0.6, source: …}
/// </code>
/// All other entries are read by the learning half, which alone needs libtorch.
/// </remarks>
public sealed class Training : CatalogueEntry
{
    /// <summary>How a file says that a setting is from no paper.</summary>
    private const string Ours = "a convention of ours";

    private readonly ImmutableArray<(string Source, ImmutableArray<string> Settings)> from;

    private Training(string name, string title, string question, string network, ImmutableArray<(string, ImmutableArray<string>)> from, ImmutableDictionary<string, Reference> known) =>
        (Name, Title, Question, Network, this.from, Known) = (name, title, question, network, from, known);

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override string Title { get; }

    /// <inheritdoc/>
    public override string Domain => "learning";

    /// <inheritdoc/>
    public override string Question { get; }

    /// <summary>The papers that settings come from; a run adds those of its data and methods.</summary>
    public override ImmutableArray<string> Sources => [.. from.Select(f => f.Source).Where(s => s != Ours)];

    /// <inheritdoc/>
    public override string Command => "pmf train " + Name;

    /// <summary>The network, layer by layer, in words.</summary>
    public string Network { get; }

    /// <summary>What results are checked against, by their name; it holds for the training as its file has it.</summary>
    public ImmutableDictionary<string, Reference> Known { get; }

    /// <summary>Reads the file of a training.</summary>
    /// <param name="text">YAML or JSON.</param>
    /// <param name="file">Its name, for messages.</param>
    /// <exception cref="CatalogueException">It is no mapping, or what it tells a reader is of another form.</exception>
    public static Training Parse(string text, string file)
    {
        YamlMappingNode root;
        try
        {
            root = SafeYaml.Parse(text) ?? throw Wrong("The file is no mapping.", file, null);
        }
        catch (YamlException e)
        {
            throw new CatalogueException($"The file is no YAML: {e.InnerException?.Message ?? e.Message}", $"{file}, line {e.Start.Line}", "Write 'key: value' lines, or JSON.", e);
        }
        var name = (Find(root, "name") as YamlScalarNode)?.Value ?? Path.GetFileNameWithoutExtension(file);
        return new Training(name, (Find(root, "title") as YamlScalarNode)?.Value ?? name, (Find(root, "question") as YamlScalarNode)?.Value ?? "", Find(root, "network") is { } network ? Words(network) : "",
            [.. Entries(root, "from", file).Select(e => (e.Name, e.Value is YamlSequenceNode list ? (ImmutableArray<string>)[.. list.Select(Words)] : throw Wrong($"The settings from '{e.Name}' are no list.", file, e.Value)))],
            Entries(root, "known", file).ToImmutableDictionary(e => e.Name, e => KnownOf(e.Name, e.Value, file)));
    }

    /// <summary>A run of the training as its file has it, with the question, the network, where each setting comes from, and what its results are checked against.</summary>
    /// <param name="record">The run, as the learning half tells it.</param>
    public RunRecord Complete(RunRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return record with
        {
            Question = Question.Length > 0 ? Question : record.Question,
            ScenarioText = Network.Length == 0 || record.ScenarioText.StartsWith("Network: ", StringComparison.Ordinal) ? record.ScenarioText : $"Network: {Network}. {record.ScenarioText}",
            Sources = [.. record.Sources.Union(Sources)],
            Parameters = [.. record.Parameters.Select(p => p with { Source = from.FirstOrDefault(f => f.Settings.Contains(p.Name)).Source ?? p.Source })],
            Results = [.. record.Results.Select(r => r with { Reference = Known.GetValueOrDefault(r.Name) })],
        };
    }

    private static Reference KnownOf(string name, YamlNode node, string file)
    {
        double Number(string key) => node is YamlMappingNode map && Find(map, key) is YamlScalarNode s && double.TryParse(s.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)
            ? value : throw Wrong($"What is known of '{name}' has no number '{key}'.", file, node);
        return new Reference(Number("value"), Number("within"), node is YamlMappingNode m && Find(m, "source") is YamlScalarNode { Value.Length: > 0 } source ? source.Value : throw Wrong($"What is known of '{name}' has no source.", file, node));
    }

    private static IEnumerable<(string Name, YamlNode Value)> Entries(YamlMappingNode root, string key, string file) => Find(root, key) switch
    {
        null => [],
        YamlMappingNode map => map.Children.Select(c => (Words(c.Key), c.Value)),
        var other => throw Wrong($"'{key}' is no mapping.", file, other),
    };

    private static CatalogueException Wrong(string what, string file, YamlNode? node) =>
        new(what, node is null ? file : $"{file}, line {node.Start.Line}", "'pmf train mlp --show' prints a file that has all of it.");

    private static YamlNode? Find(YamlMappingNode map, string key) => map.Children.TryGetValue(new YamlScalarNode(key), out var node) ? node : null;

    // A node as a reader says it: [conv: {channels: 16, bias: false}, relu] is "conv (channels 16, bias false), relu".
    private static string Words(YamlNode node) => node switch
    {
        YamlScalarNode s => s.Value ?? "",
        YamlSequenceNode list => string.Join(", ", list.Select(Words)),
        YamlMappingNode map => string.Join(", ", map.Children.Select(c => c.Value is YamlScalarNode ? $"{Words(c.Key)} {Words(c.Value)}" : $"{Words(c.Key)} ({Words(c.Value)})")),
        _ => "",
    };
}
