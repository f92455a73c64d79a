namespace Protonmotive.Formats.BioNetGen;

/// <summary>A line of a block: its words, without the comment and the leading index.</summary>
/// <param name="Number">Line in the file, from 1.</param>
/// <param name="Text">The line without its comment.</param>
/// <param name="Comment">What stands behind #.</param>
internal readonly record struct BioNetGenLine(int Number, string Text, string Comment)
{
    /// <summary>The words, split at white space; at most <paramref name="count"/>, the last with all the rest.</summary>
    public string[] Words(int count) => Text.Split((char[]?)null, count, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
