namespace Protonmotive.Formats.Sbml.TestSuite;

/// <summary>What one model of a case gave.</summary>
/// <param name="Case">The case.</param>
/// <param name="Level">Level and version of the model, such as l3v2.</param>
/// <param name="Passed">Whether it agrees.</param>
/// <param name="Why">What is wrong; empty where it passed.</param>
public sealed record SuiteOutcome(string Case, string Level, bool Passed, string Why)
{
    /// <summary>The variable that is furthest off, where values were compared.</summary>
    public string? Variable { get; init; }

    /// <summary>The time at which it is furthest off.</summary>
    public double? Time { get; init; }

    /// <summary>Its expected value there.</summary>
    public double? Expected { get; init; }

    /// <summary>Its value found there.</summary>
    public double? Found { get; init; }

    /// <summary>Its error there over the error allowed; above 1 is a failure.</summary>
    public double? Error { get; init; }

    /// <summary>Whether it passed only when run again with the next seed.</summary>
    public bool WasRunAgain { get; init; }

    /// <summary>The worst of compared values, for a line of text.</summary>
    public override string ToString() => $"{Case} {Level}: {(Passed ? "passed" : Why)}{(WasRunAgain ? " (second run, next seed)" : "")}";
}
