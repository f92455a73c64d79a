using System.Collections.Immutable;
using System.Globalization;

namespace Protonmotive.Formats.Sbml.TestSuite;

/// <summary>One case of the SBML Test Suite: a folder with models in several levels, settings and expected results.</summary>
/// <param name="Id">Its number, as text.</param>
/// <param name="Folder">Where it is.</param>
/// <param name="TestType">TimeCourse, FluxBalanceSteadyState, StochasticTimeCourse or StatisticalDistribution.</param>
/// <param name="Tags">Component and test tags.</param>
/// <param name="Settings">What to simulate and how to compare.</param>
/// <param name="Columns">Names of the columns of the results, without the time.</param>
/// <param name="Times">Times of the results; empty for a steady state.</param>
/// <param name="Expected">Expected values, shape [rows][columns].</param>
/// <param name="Models">Paths of the model in every level present.</param>
/// <remarks>The files are described in the suite's own manual; SBML Test Suite, release 3.3.0.</remarks>
public sealed record SuiteCase(
    string Id, string Folder, string TestType, ImmutableArray<string> Tags, SuiteSettings Settings,
    ImmutableArray<string> Columns, ImmutableArray<double> Times, ImmutableArray<ImmutableArray<double>> Expected, ImmutableArray<string> Models)
{
    /// <summary>Whether the case lets chance choose between events, so that it can fail once.</summary>
    public bool IsRandom => Tags.Contains("RandomEventExecution");

    /// <summary>Whether the folder looks like a case.</summary>
    public static bool IsCase(string folder) => File.Exists(Path.Combine(folder, Path.GetFileName(folder) + "-settings.txt"));

    /// <summary>Reads a case.</summary>
    /// <exception cref="SbmlException">A file is missing or can't be read.</exception>
    public static SuiteCase Load(string folder)
    {
        var id = Path.GetFileName(folder.TrimEnd(Path.DirectorySeparatorChar));
        string Part(string ending) => Path.Combine(folder, id + ending);
        var header = Fields(Part("-model.m"));
        var settings = SuiteSettings.Of(Fields(Part("-settings.txt")), Part("-settings.txt"));
        var lines = Lines(Part("-results.csv")).Where(l => l.Trim().Length > 0).Select(l => l.Split(',')).ToList();
        if (lines.Count == 0) throw new SbmlException("The file of results is empty.", Part("-results.csv"), "Restore the case from the suite.");
        var testType = header.GetValueOrDefault("testType", "TimeCourse");
        bool hasTime = testType != "FluxBalanceSteadyState";
        var rows = lines.Skip(1).Select((l, i) => l.Select(v => Number(v, Part("-results.csv"), i + 2)).ToArray()).ToList();
        var tags = Split(header.GetValueOrDefault("componentTags", "")).Concat(Split(header.GetValueOrDefault("testTags", "")));
        return new SuiteCase(id, folder, testType, [.. tags], settings,
            [.. lines[0].Skip(hasTime ? 1 : 0).Select(c => c.Trim().Trim('"'))],
            hasTime ? [.. rows.Select(r => r[0])] : [],
            [.. rows.Select(r => r.Skip(hasTime ? 1 : 0).ToImmutableArray())],
            [.. Directory.EnumerateFiles(folder, id + "-sbml-l*.xml").Order(StringComparer.Ordinal)]);
    }

    /// <summary>Level and version in a model's file name, such as l3v2.</summary>
    public static string Level(string model) => Path.GetFileNameWithoutExtension(model)[(Path.GetFileNameWithoutExtension(model).LastIndexOf('-') + 1)..];

    internal static ImmutableArray<string> Split(string list) => [.. list.Split(',').Select(n => n.Trim()).Where(n => n.Length > 0)];

    internal static double Number(string text, string file, int line) => text.Trim().ToUpperInvariant() switch
    {
        "NAN" => double.NaN,
        "INF" or "INFINITY" => double.PositiveInfinity,
        "-INF" or "-INFINITY" => double.NegativeInfinity,
        var number => double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value
            : throw new SbmlException($"'{text.Trim()}' is no number.", $"{file}, line {line}", "Restore the case from the suite."),
    };

    private static string[] Lines(string path) => File.Exists(path) ? File.ReadAllLines(path) : throw new SbmlException("A file of the case is missing.", path, "Restore the case from the suite.");

    private static Dictionary<string, string> Fields(string path) => Lines(path).Select(l => (Line: l, Colon: l.IndexOf(':', StringComparison.Ordinal))).Where(l => l.Colon > 0)
        .GroupBy(l => l.Line[..l.Colon].Trim()).ToDictionary(g => g.Key, g => g.First().Line[(g.First().Colon + 1)..].Trim(), StringComparer.Ordinal);
}
