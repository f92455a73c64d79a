using Protonmotive.Formats.Sbml.Validation;

namespace Protonmotive.Cli;

/// <summary>What was found in one file.</summary>
/// <param name="File">The path as it was given.</param>
/// <param name="Opened">Whether the file could be opened.</param>
/// <param name="Problems">In the order of the file.</param>
internal sealed record FileProblems(string File, bool Opened, IReadOnlyList<SbmlProblem> Problems)
{
    public int Count(SbmlSeverity severity) => Problems.Count(p => p.Severity == severity);
}
