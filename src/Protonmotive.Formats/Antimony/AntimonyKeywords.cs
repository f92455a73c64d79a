using System.Collections.Frozen;

namespace Protonmotive.Formats.Antimony;

/// <summary>Words with a meaning of their own, which can't be names.</summary>
internal static class AntimonyKeywords
{
    private static readonly FrozenSet<string> statements = new[]
    {
        "model", "module", "end", "species", "formula", "reaction", "DNA", "gene", "operator", "compartment", "has", "in", "is", "var", "const", "ext",
        "substanceOnly", "import", "event", "at", "after", "function", "unit", "delete", "constraint", "maximize", "minimize",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> uncertainties = new[]
    {
        "mean", "stdev", "standardDeviation", "coefficientOfVariation", "kurtosis", "median", "mode", "sampleSize", "skewness", "standardError", "variance",
        "confidenceInterval", "credibleInterval", "interquartileRange", "range", "distribution", "externalParameter",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether a statement begins or goes on with the word.</summary>
    public static bool IsKeyword(string word) => statements.Contains(word);

    /// <summary>Whether the word can't name a quantity: a keyword, a function or a constant.</summary>
    public static bool IsReserved(string word) => statements.Contains(word) || AntimonyFunctions.IsConstant(word) || AntimonyFunctions.IsFunction(word);

    /// <summary>Whether <c>x.word</c> is a statement about the uncertainty of x.</summary>
    public static bool IsUncertainty(string word) => uncertainties.Contains(word);
}
