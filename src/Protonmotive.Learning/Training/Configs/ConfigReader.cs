using System.Collections.Immutable;
using Protonmotive.Formats;
using Protonmotive.Learning.Models;
using Protonmotive.Trainings;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Protonmotive.Learning.Training.Configs;

/// <summary>Reads trainings from YAML or JSON; those built in are of the same form.</summary>
public static class ConfigReader
{
    private static readonly string[] named = ["mnist", "fashion-mnist", "tinyshakespeare", "ecg"];

    /// <summary>A training built in, or a file's.</summary>
    /// <param name="nameOrPath">mlp, convnet, transformer, or a file.</param>
    /// <exception cref="ConfigException">There is none, or it says something that can't be done.</exception>
    public static TrainingConfig Open(string nameOrPath) => Parse(TextOf(nameOrPath, out string file), file);

    /// <summary>The text of a training built in, or a file's.</summary>
    /// <param name="nameOrPath">mlp, convnet, transformer, or a file.</param>
    /// <param name="file">Its file, for messages.</param>
    /// <exception cref="ConfigException">There is none.</exception>
    public static string TextOf(string nameOrPath, out string file)
    {
        file = BuiltInTrainings.Names.Contains(nameOrPath) ? nameOrPath + ".yaml" : nameOrPath;
        return BuiltInTrainings.Names.Contains(nameOrPath) ? BuiltInTrainings.TextOf(nameOrPath)
            : File.Exists(nameOrPath) ? File.ReadAllText(nameOrPath)
            : throw new ConfigException($"There is no training '{nameOrPath}', built in or as a file.", "pmf train", $"Choose {string.Join(", ", BuiltInTrainings.Names.SkipLast(1))} or {BuiltInTrainings.Names[^1]}, or a YAML or JSON file; 'pmf train mlp --show' prints one to begin with.");
    }

    /// <summary>Reads a text.</summary>
    /// <param name="text">YAML or JSON.</param>
    /// <param name="file">Its file, for messages and for paths in it.</param>
    /// <param name="needsLength">Whether it must say its epochs or steps; else they may be said elsewhere.</param>
    /// <exception cref="ConfigException">It says something that can't be done.</exception>
    public static TrainingConfig Parse(string text, string file, bool needsLength = true)
    {
        return Read(Root(text, file) ?? throw new ConfigException("The file is no mapping.", $"{file}, line 1", "Let it say name, data, network, optimiser, and epochs or steps; 'pmf train mlp --show' prints an example."), file, needsLength);
    }

    /// <summary>The mapping that a text holds; null where it holds none.</summary>
    /// <exception cref="ConfigException">It is no YAML.</exception>
    internal static YamlMappingNode? Root(string text, string file)
    {
        try
        {
            return SafeYaml.Parse(text);
        }
        catch (YamlException e)
        {
            throw new ConfigException($"The file is no YAML: {e.InnerException?.Message ?? e.Message}", $"{file}, line {e.Start.Line}, column {e.Start.Column}", "Write 'key: value' lines, or JSON.", e);
        }
    }

    private static TrainingConfig Read(YamlMappingNode root, string file, bool needsLength)
    {
        var top = new ConfigSection(root, file, "a training", "name", "title", "question", "from", "known", "data", "network", "optimiser", "schedule", "clip", "epochs", "steps", "batch", "probe", "seed");
        var network = top.Need("network", "network: [flatten, dense: 64, relu, dense: 10]");
        var schedule = Section(top, top.Find("schedule"), file, "a schedule", "end", "warm-up");
        var name = top.Text("name") ?? Path.GetFileNameWithoutExtension(file);
        if (top.Find("name") is { } said && (name.Contains("..", StringComparison.Ordinal) || name.AsSpan().ContainsAny('/', '\\', '\0'))) throw new ConfigException($"'{name}' is no name of a folder.", top.Line(said), "A run's folder has the training's name: use letters, digits, '-' and '_'.");
        bool hasEpochs = top.Find("epochs") is not null, hasSteps = top.Find("steps") is not null;
        if ((hasEpochs && hasSteps) || (needsLength && !hasEpochs && !hasSteps)) throw new ConfigException("A training says its epochs or its steps, one of them.", top.Line(root), hasEpochs ? "Leave epochs or steps out." : "Add 'epochs: 10', or 'steps: 2000'; or train with --epochs or --steps.");
        return new TrainingConfig
        {
            Name = name,
            Title = top.Text("title") ?? name,
            Data = Data(top, file),
            Layers = network is YamlSequenceNode list ? Layers(list, top, file) : [],
            Transformer = network is YamlMappingNode map ? Transformer(map, file) : network is YamlSequenceNode ? null : throw new ConfigException("The network is no list of layers.", top.Line(network), "Write '[flatten, dense: 64, relu, dense: 10]', or '{transformer: {layers: 4}}'."),
            Optimiser = Optimiser(top, file),
            LastRate = schedule?.Number("end", 0),
            WarmUp = schedule?.Count("warm-up", 0) ?? 0,
            Clip = top.Number("clip", double.Epsilon),
            Epochs = top.Count("epochs"),
            Steps = top.Count("steps"),
            Batch = top.Count("batch") ?? 32,
            Probe = top.Count("probe") ?? 250,
            Seed = (ulong)(top.Number("seed", 0, 1L << 53, isWhole: true) ?? 1),
        };
    }

    private static OptimiserConfig Optimiser(ConfigSection top, string file)
    {
        var node = top.Need("optimiser", "optimiser: {kind: adam, rate: 1e-3}");
        var section = Section(top, node, file, "an optimiser", "kind", "rate", "momentum", "nesterov", "beta1", "beta2", "decay")!;
        var kind = section.Need("kind", "kind: adam") is YamlScalarNode { Value: { } word } ? word : "";
        if (!OptimiserConfig.Kinds.Contains(kind)) throw new ConfigException($"There is no optimiser '{kind}'.", section.Line(section.Find("kind")!), $"Choose {string.Join(", ", OptimiserConfig.Kinds)}.");
        foreach (var key in (string[])(kind == "sgd" ? ["beta1", "beta2"] : ["momentum", "nesterov"]))
        {
            if (section.Find(key) is { } other) throw new ConfigException($"The optimiser {kind} has no '{key}'.", section.Line(other), kind == "sgd" ? "Take adam or adamw, or leave it out." : "Take sgd, or leave it out.");
        }
        section.Need("rate", "rate: 1e-3");
        return new OptimiserConfig(kind, section.Number("rate", double.Epsilon)!.Value)
        {
            Momentum = section.Number("momentum", 0, 1) ?? 0,
            IsNesterov = section.Flag("nesterov", false),
            Beta1 = section.Number("beta1", 0, 1) ?? 0.9,
            Beta2 = section.Number("beta2", 0, 1) ?? 0.999,
            Decay = section.Number("decay", 0) ?? 0,
        };
    }

    private static DataConfig Data(ConfigSection top, string file)
    {
        var node = top.Need("data", "data: fashion-mnist");
        if (node is YamlScalarNode { Value: { } name })
        {
            return named.Contains(name) ? new NamedData(name) : throw new ConfigException($"There is no data set '{name}'.", top.Line(node), $"Choose {string.Join(", ", named)}, or name files: '{{csv: table.csv, target: y}}', '{{text: book.txt}}', or '{{images: a, labels: b, test-images: c, test-labels: d}}'.");
        }
        var section = Section(top, node, file, "data", "csv", "target", "features", "task", "test", "text", "train", "images", "labels", "test-images", "test-labels", "signal", "columns", "system", "scenario", "members", "vary", "every", "name")!;
        string NameOf(string path) => section.Text("name") ?? Path.GetFileNameWithoutExtension(path);
        if (section.FilePath("csv") is { } csv)
        {
            var task = section.Text("task") ?? "classes";
            if (task is not ("classes" or "regression")) throw new ConfigException($"The task '{task}' is not known.", section.Line(section.Find("task")!), "Write classes, for a target of 0, 1, 2 …, or regression.");
            section.Need("target", "target: y");
            return new TableData(NameOf(csv), csv, section.Text("target")!, Names(section, "features"), task == "regression", section.Number("test", 0.01, 0.99) ?? 0.2);
        }
        if (section.FilePath("text") is { } text) return new TextData(NameOf(text), text, section.Number("train", 0.01, 0.99) ?? 0.9);
        if (section.FilePath("images") is { } images)
        {
            foreach (var key in (string[])["labels", "test-images", "test-labels"]) section.Need(key, $"{key}: file");
            return new IdxData(NameOf(images), images, section.FilePath("labels")!, section.FilePath("test-images")!, section.FilePath("test-labels")!);
        }
        if (section.FilePath("signal") is { } signal) return new SignalData(NameOf(signal), signal, Names(section, "columns"), section.Number("train", 0.01, 0.99) ?? 0.9);
        if (section.Text("system") is { } system)
            return new SystemData(section.Text("name") ?? system, system, section.Text("scenario"), section.Count("members", 4) ?? 96, section.Number("vary", 1, 1000) ?? 2, section.Number("every", double.Epsilon) ?? 1);
        throw new ConfigException("The data name no file.", section.Line(node), "Write csv, text, images, signal or system.");
    }

    private static ImmutableArray<string> Names(ConfigSection section, string key) => section.Find(key) switch
    {
        null => [],
        YamlSequenceNode list => [.. list.Children.Select(c => (c as YamlScalarNode)?.Value ?? throw new ConfigException($"'{key}' holds something that is no name.", section.Line(c), "Write names of columns, '[x, y]'."))],
        var other => throw new ConfigException($"'{key}' is no list.", section.Line(other), "Write names of columns, '[x, y]'."),
    };

    private static TransformerSize Transformer(YamlMappingNode map, string file)
    {
        var outer = new ConfigSection(map, file, "a network", "transformer");
        var section = Section(outer, outer.Need("transformer", "transformer: {layers: 4}"), file, "a transformer", "layers", "heads", "width", "context", "dropout")!;
        var size = new TransformerSize(0, section.Count("context") ?? 64, section.Count("layers") ?? 4, section.Count("heads") ?? 4, section.Count("width") ?? 128, section.Number("dropout", 0, 0.99) ?? 0);
        return size.Width % size.Heads == 0 ? size : throw new ConfigException($"A width of {size.Width} does not part into {size.Heads} heads.", outer.Line(map), "Give a width that is a multiple of the heads.");
    }

    private static ImmutableArray<LayerSpec> Layers(YamlSequenceNode list, ConfigSection top, string file) => [.. list.Children.Select(n => Layer(n, top, file))];

    private static LayerSpec Layer(YamlNode node, ConfigSection top, string file)
    {
        var (word, value) = node switch
        {
            YamlScalarNode s => (s.Value ?? "", null),
            YamlMappingNode { Children.Count: 1 } m => (m.Children.First().Key.ToString(), m.Children.First().Value),
            _ => throw new ConfigException("A layer is one word, or one word with its size.", top.Line(node), "Write 'relu', 'dense: 64' or 'conv: {channels: 16, kernel: 3}'."),
        };
        string[] words = [.. Enum.GetValues<LayerKind>().Select(WordOf)];
        int index = Array.IndexOf(words, word);
        if (index < 0) throw new ConfigException($"There is no layer '{word}'.", top.Line(node), Kernels.NearNames.Question(Kernels.NearNames.Of(word, words), $"Layers are {string.Join(", ", words)}."));
        var spec = new LayerSpec((LayerKind)index) { Where = $"{top.Line(node)}, layer '{word}'" };
        switch (spec.Kind)
        {
            case LayerKind.Dense:
                var dense = Sized(value, "units", 64, "dense", "bias");
                return spec with { Units = dense.Count("units") ?? throw Missing("units"), HasBias = dense.Flag("bias", true) };
            case LayerKind.Conv:
                var conv = Sized(value, "channels", 16, "conv", "kernel", "padding", "stride", "bias");
                int kernel = conv.Count("kernel") ?? 3;
                return spec with { Units = conv.Count("channels") ?? throw Missing("channels"), Kernel = kernel, Padding = conv.Count("padding", 0) ?? (kernel / 2), Stride = conv.Count("stride") ?? 1, HasBias = conv.Flag("bias", true) };
            case LayerKind.Pool: return spec with { Units = Sized(value, "side", 2, "pool").Count("side") ?? throw Missing("side") };
            case LayerKind.Dropout: return spec with { Share = Sized(value, "share", 0.25, "dropout").Number("share", 0, 0.99) ?? throw Missing("share") };
            case LayerKind.Residual:
                return value is YamlSequenceNode inner ? spec with { Inner = Layers(inner, top, file) } : throw new ConfigException("A residual part is no list of layers.", top.Line(node), "Write 'residual: [dense: 64, relu]'.");
            default:
                return value is null ? spec : throw new ConfigException($"The layer '{word}' has no size.", top.Line(node), $"Write '{word}' alone.");
        }

        ConfigSection Sized(YamlNode? size, string chief, double example, string kind, params string[] more) => new(size switch
        {
            YamlMappingNode map => map,
            YamlScalarNode => new YamlMappingNode(new YamlScalarNode(chief), size),
            _ => throw new ConfigException($"The layer '{kind}' says no {chief}.", top.Line(node), FormattableString.Invariant($"Write '{kind}: {example}'.")),
        }, file, $"a layer '{kind}'", [chief, .. more]);
        ConfigException Missing(string key) => new($"The layer '{word}' says no {key}.", top.Line(node), $"Add '{key}'.");
    }

    private static string WordOf(LayerKind kind) => kind switch { LayerKind.BatchNorm => "batch norm", LayerKind.LayerNorm => "layer norm", LayerKind.RmsNorm => "rms norm", _ => kind.ToString().ToLowerInvariant() };

    private static ConfigSection? Section(ConfigSection top, YamlNode? node, string file, string name, params string[] keys) => node switch
    {
        null => null,
        YamlMappingNode map => new ConfigSection(map, file, name, keys),
        _ => throw new ConfigException($"What is said of {name} is no mapping.", top.Line(node), $"Write some of {string.Join(", ", keys)} in it, e.g. '{{{keys[0]}: …}}'."),
    };
}
