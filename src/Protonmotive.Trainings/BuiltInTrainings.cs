using System.Collections.Immutable;
using System.Text;
using Protonmotive.Catalogue;
using Protonmotive.Reports.Runs;
using Protonmotive.Thermodynamics;

namespace Protonmotive.Trainings;

/// <summary>The trainings that are built in: one file each, from which <c>pmf train</c> has its settings and the catalogue what it tells.</summary>
public static class BuiltInTrainings
{
    /// <summary>Their names, in reading order.</summary>
    public static ImmutableArray<string> Names { get; } = ["mlp", "convnet", "transformer", "ecg", "respiration", "flow"];

    /// <summary>All of them.</summary>
    public static ImmutableArray<Training> All { get; } = [.. Names.Select(n => Training.Parse(TextOf(n), n + ".yaml"))];

    /// <summary>The file of a training.</summary>
    /// <exception cref="CatalogueException">There is none of that name.</exception>
    public static string TextOf(string name)
    {
        using var stream = Names.Contains(name) ? Resource(name + ".yaml") : null;
        if (stream is null) throw new CatalogueException($"There is no training '{name}'.", "trainings built in", $"Choose {string.Join(", ", Names)}.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    /// <summary>The run of a training that is kept here, made by its command as it is; told with sources and what is known.</summary>
    /// <exception cref="RunFolderException">None is kept, or it is damaged.</exception>
    public static (RunRecord Record, Trajectory Trajectory, Ledger Ledger) RunOf(Training training)
    {
        var (record, trajectory, ledger) = RunFolder.Read(file => Resource($"Runs/{training.Name}/{file}") ?? throw new FileNotFoundException(file), $"run of {training.Name} that is kept");
        return (training.Complete(record), trajectory, ledger);
    }

    private static Stream? Resource(string name) => typeof(BuiltInTrainings).Assembly.GetManifestResourceStream(name);
}
