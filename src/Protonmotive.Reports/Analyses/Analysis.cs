using System.Collections.Immutable;
using Protonmotive.Reports.Figures;

namespace Protonmotive.Reports.Analyses;

/// <summary>An analysis made ready for readers.</summary>
/// <param name="Record">What was asked and what came out.</param>
/// <param name="Figures">Its figures.</param>
/// <param name="Shown">Tables of the report; the others are in Arrow files alone.</param>
public sealed record Analysis(AnalysisRecord Record, ImmutableArray<Figure> Figures, ImmutableArray<AnalysisTable> Shown)
{
    /// <summary>Writes the folder of the analysis.</summary>
    /// <exception cref="Runs.RunFolderException">The target exists, or the disk refuses.</exception>
    public void Write(string folder, bool overwrite, CancellationToken cancellation) => AnalysisFolder.Write(folder, Record, Figures, Shown, overwrite, cancellation);

    /// <summary>A name as part of a file name.</summary>
    internal static string FileName(string name) => string.Concat(name.Select(c => char.IsLetterOrDigit(c) || c is '_' or '-' ? c : '-')).Trim('-');
}
