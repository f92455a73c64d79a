using System.Collections.Immutable;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Protonmotive.Formats.Petab;

/// <summary>The files of a problem, as its YAML file names them.</summary>
/// <param name="Yaml">The YAML file.</param>
/// <param name="Version">1 or 2.</param>
/// <param name="Parameters">Parameter tables.</param>
/// <param name="Model">The model.</param>
/// <param name="ModelId">Its identifier in version 2; "" in version 1.</param>
/// <param name="Conditions">Condition tables.</param>
/// <param name="Experiments">Experiment tables (version 2).</param>
/// <param name="Observables">Observable tables.</param>
/// <param name="Measurements">Measurement tables.</param>
/// <param name="Mappings">Mapping tables (version 2).</param>
internal sealed record PetabFiles(string Yaml, int Version, ImmutableArray<string> Parameters, string Model, string ModelId, ImmutableArray<string> Conditions, ImmutableArray<string> Experiments, ImmutableArray<string> Observables, ImmutableArray<string> Measurements, ImmutableArray<string> Mappings)
{
    /// <summary>Reads a YAML file.</summary>
    /// <exception cref="PetabException">It is not there, is no YAML, or is no PEtab problem.</exception>
    public static PetabFiles Read(string path)
    {
        if (!File.Exists(path)) throw new PetabException("The problem is not there.", path, "Give the path of a PEtab YAML file.");
        YamlMappingNode? read;
        try
        {
            read = SafeYaml.Root(path);
        }
        catch (YamlException e)
        {
            throw new PetabException($"This is no YAML: {e.Message}", $"{path}, line {e.Start.Line}, column {e.Start.Column}.", "Mend it there.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PetabException($"The problem can't be read: {e.Message}", path, "Look at its name and rights.", e);
        }
        if (read is not { } root) throw new PetabException("The problem is empty.", path, "Give it format_version, parameter_file and problems.");
        string version = Scalar(root, "format_version") ?? throw new PetabException("'format_version' is missing.", path, "Add format_version: 1.");
        int major = version.Split('.')[0] switch { "1" => 1, "2" => 2, _ => 0 };
        if (major == 0) throw new PetabException($"PEtab version '{version}' is not known.", path, "Use version 1 or 2.");
        var (place, where) = (root, path);
        if (Child(root, "problems") is YamlSequenceNode problems)
        {
            if (problems.Children.Count != 1) throw new PetabException($"The file names {problems.Children.Count} problems.", $"{path}, line {problems.Start.Line}.", "Split it: one problem a file.");
            place = problems.Children[0] as YamlMappingNode ?? throw new PetabException("The problem is no list of files.", $"{path}, line {problems.Start.Line}.", "Give condition_files, measurement_files, observable_files and sbml_files.");
            where = $"{path}, line {place.Start.Line}.";
        }
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        ImmutableArray<string> Files(YamlMappingNode of, string key) => [.. Names(of, key).Select(name => Path.GetFullPath(name, folder))];
        ImmutableArray<string> Needed(string key) => Files(place, key) is { IsEmpty: false } files ? files : throw new PetabException($"'{key}' is missing.", where, "Name the files there.");
        var parameters = Files(root, "parameter_file").AddRange(Files(root, "parameter_files"));
        if (parameters.IsEmpty) throw new PetabException("'parameter_file' is missing.", path, "Name the parameter table there.");
        if (Child(root, "extensions") is YamlMappingNode { Children.Count: > 0 } extensions) RefuseExtensions(extensions, path);
        var (model, id) = FindModel(place, where, folder);
        return new PetabFiles(path, major, parameters, model, id, Files(place, "condition_files"), Files(place, "experiment_files"), Needed("observable_files"), Needed("measurement_files"), Files(place, "mapping_files"));
    }

    private static void RefuseExtensions(YamlMappingNode extensions, string path)
    {
        foreach (var (name, node) in extensions.Children)
        {
            if (node is YamlMappingNode extension && Scalar(extension, "required") is { } required && required.Equals("false", StringComparison.OrdinalIgnoreCase)) continue;
            throw new PetabException($"The problem needs the extension '{name}', which is not read.", $"{path}, line {name.Start.Line}, column {name.Start.Column}.", "Write the problem without it; one that says required: false is passed over.");
        }
    }

    private static (string Path, string Id) FindModel(YamlMappingNode place, string where, string folder)
    {
        var sbml = Names(place, "sbml_files").ToList();
        if (sbml.Count > 0) return sbml.Count == 1 ? (Path.GetFullPath(sbml[0], folder), "") : throw new PetabException($"The problem has {sbml.Count} models.", where, "Split it: one model a problem.");
        if (Child(place, "model_files") is not YamlMappingNode models || models.Children.Count == 0) throw new PetabException("The problem names no model.", where, "Name it under sbml_files, or model_files.");
        if (models.Children.Count > 1) throw new PetabException($"The problem has {models.Children.Count} models.", where, "Split it: one model a problem.");
        var (name, node) = models.Children.First();
        var model = node as YamlMappingNode;
        string language = model is null ? "" : Scalar(model, "language") ?? "";
        if (model is null || Scalar(model, "location") is not { } location) throw new PetabException($"The model '{name}' has no location.", $"{where}, line {node.Start.Line}", "Give its file as 'location'.");
        if (!language.Equals("sbml", StringComparison.OrdinalIgnoreCase)) throw new PetabException($"The model '{name}' is written in '{language}'.", $"{where}, line {node.Start.Line}", "Only SBML is read: convert it.");
        return (Path.GetFullPath(location, folder), (name as YamlScalarNode)?.Value ?? "");
    }

    private static YamlNode? Child(YamlMappingNode node, string key) => node.Children.TryGetValue(new YamlScalarNode(key), out var child) ? child : null;

    private static string? Scalar(YamlMappingNode node, string key) => (Child(node, key) as YamlScalarNode)?.Value;

    private static IEnumerable<string> Names(YamlMappingNode node, string key) => Child(node, key) switch
    {
        YamlScalarNode { Value.Length: > 0 } one => [one.Value],
        YamlSequenceNode many => many.Children.OfType<YamlScalarNode>().Select(n => n.Value ?? ""),
        _ => [],
    };
}
