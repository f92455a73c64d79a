using System.Globalization;
using Protonmotive.Kernels;
using YamlDotNet.RepresentationModel;

namespace Protonmotive.Learning.Training.Configs;

/// <summary>A mapping of a training's file: reads its entries by type, and tells those it has no use for.</summary>
internal sealed class ConfigSection
{
    private readonly YamlMappingNode node;
    private readonly string file, name;

    /// <exception cref="ConfigException">It has a key that is not of them.</exception>
    public ConfigSection(YamlMappingNode node, string file, string name, params string[] keys)
    {
        (this.node, this.file, this.name) = (node, file, name);
        foreach (var key in node.Children.Keys)
        {
            var word = (key as YamlScalarNode)?.Value ?? key.ToString();
            if (!keys.Contains(word)) throw new ConfigException($"'{word}' is nothing that {name} has.", Line(key), NearNames.Question(NearNames.Of(word, keys), $"It has {string.Join(", ", keys)}."));
        }
    }

    /// <summary>Where a node stands; a pair within brackets has no place of its own but its key's.</summary>
    public string Line(YamlNode at) => $"{file}, line {(at is YamlMappingNode { Children.Count: > 0 } map ? map.Children.First().Key : at).Start.Line}";

    /// <summary>An entry; null if it is not there.</summary>
    public YamlNode? Find(string key) => node.Children.TryGetValue(new YamlScalarNode(key), out var found) ? found : null;

    /// <summary>An entry that must be there.</summary>
    public YamlNode Need(string key, string example) => Find(key) ?? throw new ConfigException($"{char.ToUpperInvariant(name[0])}{name[1..]} says no '{key}'.", Line(node), $"Add it, e.g. '{example}'.");

    /// <summary>A text; null if it is not there.</summary>
    public string? Text(string key) => Find(key) switch
    {
        null => null,
        YamlScalarNode { Value: { Length: > 0 } text } => text,
        var other => throw new ConfigException($"'{key}' is no text.", Line(other), "Give it one word or a line."),
    };

    /// <summary>A number from a range; null if it is not there.</summary>
    public double? Number(string key, double low = double.NegativeInfinity, double high = double.PositiveInfinity, bool isWhole = false)
    {
        if (Find(key) is not { } found) return null;
        return found is YamlScalarNode s && double.TryParse(s.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value >= low && value <= high && double.IsFinite(value) && (!isWhole || value == Math.Floor(value))
            ? value
            : throw new ConfigException($"'{key}' is {(found as YamlScalarNode)?.Value ?? "no number"}.", Line(found), $"Give it a {(isWhole ? "whole number" : "number")}{Range(low, high)}.");
    }

    /// <summary>A count of at least one, or of another least value; null if it is not there.</summary>
    public int? Count(string key, int low = 1) => (int?)Number(key, low, int.MaxValue, isWhole: true);

    /// <summary>Yes or no.</summary>
    public bool Flag(string key, bool otherwise) => Text(key) switch
    {
        null => otherwise,
        "true" => true,
        "false" => false,
        var other => throw new ConfigException($"'{key}' is {other}.", Line(Find(key)!), "Write true or false."),
    };

    /// <summary>A file, found from the folder of this one; null if it is not told.</summary>
    public string? FilePath(string key)
    {
        if (Text(key) is not { } text) return null;
        var path = Path.GetFullPath(text, Path.GetDirectoryName(Path.GetFullPath(file))!);
        return File.Exists(path) ? path : throw new ConfigException($"There is no file {path}.", Line(Find(key)!), $"Give the path of '{key}' from the folder of {Path.GetFileName(file)}.");
    }

    private static string Range(double low, double high) => (double.IsFinite(low), double.IsFinite(high)) switch
    {
        (true, false) when low == double.Epsilon => " above 0",
        (true, true) => string.Create(CultureInfo.InvariantCulture, $" from {low:g10} to {high:g10}"),
        (true, false) => string.Create(CultureInfo.InvariantCulture, $" of at least {low:g6}"),
        _ => "",
    };
}
