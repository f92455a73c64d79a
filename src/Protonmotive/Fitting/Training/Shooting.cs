using System.Collections.Immutable;

namespace Protonmotive.Fitting.Training;

/// <summary>
/// Multiple shooting: courses cut into short ones, each with a start of its own, and a penalty on the gaps between them. Short courses fail less and their
/// losses have fewer valleys; the gaps close as the laws come right.
/// </summary>
/// <remarks>Bock and Plitt (1984), A multiple shooting algorithm for direct solution of optimal control problems, IFAC Proc. 17, 1603-1608; as a penalty method.</remarks>
public sealed record Shooting
{
    /// <summary>Times of measurement in a segment, at least 1; each segment begins at the last of the one before.</summary>
    public required int TimesPerSegment { get; init; }

    /// <summary>Observables that measure states, by state; a segment starts at what they measured. Other states start from the solution at the weights given.</summary>
    public ImmutableDictionary<string, string> Measured { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Whether the starts are estimated too; else they stay where they are.</summary>
    public bool HasFreeStarts { get; init; } = true;

    /// <summary>Gap that costs ½, as a part of the state's largest start.</summary>
    public double Gap { get; init; } = 0.05;
}
