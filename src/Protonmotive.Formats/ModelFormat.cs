using System.Collections.Immutable;
using Protonmotive.Networks;

namespace Protonmotive.Formats;

/// <summary>A file format that models are read from, written to, or both.</summary>
/// <param name="Key">Its short name, as a command takes it.</param>
/// <param name="Name">Its name for readers.</param>
/// <param name="Extensions">Extensions that say so, with the dot.</param>
/// <param name="Begins">Whether a file that begins like this is one.</param>
public sealed record ModelFormat(string Key, string Name, ImmutableArray<string> Extensions, Func<string, bool> Begins)
{
    /// <summary>Reads a file by its path; null where the format is only written.</summary>
    public Func<string, Network>? Load { get; init; }

    /// <summary>Writes a network as text and gives what the format could not hold, one line each; null where it is only read.</summary>
    public Func<Network, TextWriter, IReadOnlyList<string>>? Write { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
