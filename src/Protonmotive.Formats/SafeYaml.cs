using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Protonmotive.Formats;

/// <summary>Reads YAML that may come from anywhere.</summary>
internal static class SafeYaml
{
    private const int DeepestNesting = 50;

    /// <summary>The mapping that a file holds; null where it holds none.</summary>
    /// <exception cref="YamlException">It is no YAML, or nests deeper than any of our files does.</exception>
    /// <exception cref="IOException">It can't be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static YamlMappingNode? Root(string path) => Parse(File.ReadAllText(path));

    /// <summary>The mapping that a text holds; null where it holds none.</summary>
    /// <exception cref="YamlException">It is no YAML, or nests deeper than any of our files does.</exception>
    public static YamlMappingNode? Parse(string text)
    {
        CheckDepth(text);
        var yaml = new YamlStream();
        yaml.Load(new StringReader(text));
        return yaml.Documents.Count > 0 ? yaml.Documents[0].RootNode as YamlMappingNode : null;
    }

    // The tree is built by recursion, which a file of nothing but brackets would carry beyond the stack.
    private static void CheckDepth(string text)
    {
        var parser = new Parser(new StringReader(text));
        for (int depth = 0; parser.MoveNext();)
        {
            var current = parser.Current!;
            depth += current.NestingIncrease;
            if (depth > DeepestNesting) throw new YamlException(current.Start, current.End, $"it nests more than {DeepestNesting} levels.");
        }
    }
}
