using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using Protonmotive.Learning.Data;

namespace Protonmotive.Learning.Training.Configs;

/// <summary>Where the data of a training come from.</summary>
public abstract record DataConfig
{
    /// <summary>Name of a run on them.</summary>
    public abstract string Name { get; }

    /// <summary>What is read, by content: a training goes on only with the same.</summary>
    internal virtual string Fingerprint => "";

    /// <summary>The SHA-256 of files, with what is taken from them.</summary>
    private protected static string Of(IEnumerable<string> files, params object[] taken) =>
        string.Concat(files.Select(f => " " + Hash(f))) + string.Concat(taken.Select(t => string.Create(CultureInfo.InvariantCulture, $" {t}")));

    private static string Hash(string file)
    {
        using var stream = File.OpenRead(file);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}

/// <summary>A data set that is found by name.</summary>
/// <param name="Name">Its name: mnist, fashion-mnist or tinyshakespeare.</param>
public sealed record NamedData(string Name) : DataConfig
{
    /// <inheritdoc/>
    public override string Name { get; } = Name;
}

/// <summary>Images and labels as idx files.</summary>
/// <param name="Name">Name of a run on them.</param>
/// <param name="Images">Images trained on.</param>
/// <param name="Labels">Their labels.</param>
/// <param name="TestImages">Images held out.</param>
/// <param name="TestLabels">Their labels.</param>
public sealed record IdxData(string Name, string Images, string Labels, string TestImages, string TestLabels) : DataConfig
{
    /// <inheritdoc/>
    public override string Name { get; } = Name;

    internal override string Fingerprint => Of([Images, Labels, TestImages, TestLabels]);
}

/// <summary>Rows of a CSV table.</summary>
/// <param name="Name">Name of a run on them.</param>
/// <param name="Path">The file.</param>
/// <param name="Target">Column that is learned.</param>
/// <param name="Features">Columns that it is learned from; empty for all others.</param>
/// <param name="IsRegression">Whether the target is a number; else a class, 0, 1, 2 ….</param>
/// <param name="TestShare">Share of rows that is held out.</param>
public sealed record TableData(string Name, string Path, string Target, ImmutableArray<string> Features, bool IsRegression, double TestShare) : DataConfig
{
    /// <inheritdoc/>
    public override string Name { get; } = Name;

    internal override string Fingerprint => Of([Path], Target, string.Join('|', Features), IsRegression, TestShare);
}

/// <summary>A text in UTF-8.</summary>
/// <param name="Name">Name of a run on it.</param>
/// <param name="Path">The file.</param>
/// <param name="TrainShare">Share that is trained on, from the start.</param>
public sealed record TextData(string Name, string Path, double TrainShare) : DataConfig
{
    /// <inheritdoc/>
    public override string Name { get; } = Name;

    internal override string Fingerprint => Of([Path], TrainShare);

    /// <summary>Reads it.</summary>
    public TextCorpus Read() => TextCorpus.Read(Name, Path, TrainShare);
}

/// <summary>Columns of a CSV table as a course.</summary>
/// <param name="Name">Name of a run on it.</param>
/// <param name="Path">The file.</param>
/// <param name="Columns">Its columns; empty for all.</param>
/// <param name="TrainShare">Share that is trained on, from the start.</param>
public sealed record SignalData(string Name, string Path, ImmutableArray<string> Columns, double TrainShare) : DataConfig
{
    /// <inheritdoc/>
    public override string Name { get; } = Name;

    internal override string Fingerprint => Of([Path], string.Join('|', Columns), TrainShare);
}

/// <summary>Courses of a system of the engine, from an ensemble.</summary>
/// <param name="Name">Name of a run on them.</param>
/// <param name="System">The system's name in the catalogue.</param>
/// <param name="Scenario">Its scenario; null for the first.</param>
/// <param name="Members">Courses; a sixth of them is held out.</param>
/// <param name="Vary">Activities lie between their value over this and times this, evenly by logarithm.</param>
/// <param name="Every">Time between two values, in the system's unit.</param>
public sealed record SystemData(string Name, string System, string? Scenario, int Members, double Vary, double Every) : DataConfig
{
    /// <inheritdoc/>
    public override string Name { get; } = Name;

    internal override string Fingerprint => FormattableString.Invariant($" {System} {Scenario} {Members} {Vary:r} {Every:r}");
}
