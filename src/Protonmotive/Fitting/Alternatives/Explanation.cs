namespace Protonmotive.Fitting.Alternatives;

/// <summary>One of several things that may explain the data: a single parameter that is not at its reference value.</summary>
/// <param name="Label">Its name in words, such as "Complex I".</param>
/// <param name="Index">Index of the parameter; its nominal value is the reference.</param>
public sealed record Explanation(string Label, int Index);
