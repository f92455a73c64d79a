using System.Collections.Immutable;
using Protonmotive.Fitting.Profiles;

namespace Protonmotive.Fitting.Alternatives;

/// <summary>Which of several explanations the data are for: the reference, one of them, or several that can't be told apart.</summary>
/// <param name="Parameters">All parameters of the objective.</param>
/// <param name="ReferenceValue">The least objective with no explanation.</param>
/// <param name="Reference">Where, shape [n].</param>
/// <param name="Fits">The explanations, in the order they were given.</param>
/// <param name="Threshold">Difference of the objective from which on one explanation, or one value, is excluded.</param>
/// <param name="Confidence">Confidence of the whole verdict.</param>
/// <remarks>
/// With m explanations and confidence c the threshold T is half the quantile of χ²(1) at 1 − (1 − c)/m. In a model that is linear in the
/// parameters, with normal noise, the whole verdict then holds with probability c at least. If the reference is true, 2·Gain of each
/// explanation is χ²(1), so that any exceeds T with probability 1 − c at most. If one explanation is true, its interval misses the value
/// with probability (1 − c)/m; and another is better by more than T with no more: in the plane of both, seen from the true direction,
/// twice the difference is at most the square of the noise across it, which is χ²(1). There are m − 1 others.
/// </remarks>
public sealed record Comparison(ImmutableArray<EstimatedParameter> Parameters, double ReferenceValue, double[] Reference, ImmutableArray<ExplanationFit> Fits, double Threshold, double Confidence)
{
    /// <summary>Whether some explanation is better than the reference by more than the threshold.</summary>
    public bool IsSeen => Best.Gain > Threshold;

    /// <summary>The explanation with the least objective.</summary>
    public ExplanationFit Best => Fits.MinBy(f => f.Value)!;

    /// <summary>The explanations that the data allow, the best first; none where nothing is seen.</summary>
    public ImmutableArray<ExplanationFit> Possible => [.. Fits.Where(f => f.Status is ExplanationStatus.Found or ExplanationStatus.Possible).OrderBy(f => f.Value)];

    /// <summary>The explanation that alone explains the data, with an interval of two ends; null where there is none.</summary>
    public ExplanationFit? Found => Fits.FirstOrDefault(f => f.Status == ExplanationStatus.Found && f.Profile.Verdict == ProfileVerdict.Identifiable);

    /// <summary>A comparison of fits.</summary>
    internal static Comparison Of(ImmutableArray<EstimatedParameter> parameters, double referenceValue, double[] reference, IReadOnlyList<(Explanation Explanation, double[] X, ParameterProfile Profile, double Value)> fits, ComparisonOptions options)
    {
        double threshold = options.Profiles(fits.Count).Threshold, best = fits.Min(f => f.Value);
        bool isSeen = referenceValue - best > threshold;
        int possible = fits.Count(f => f.Value - best <= threshold);
        ExplanationStatus Status(double value) => !isSeen ? ExplanationStatus.NotNeeded : value - best > threshold ? ExplanationStatus.Excluded : possible == 1 ? ExplanationStatus.Found : ExplanationStatus.Possible;
        return new Comparison(parameters, referenceValue, reference, [.. fits.Select(f => new ExplanationFit(f.Explanation, f.Value, f.X, f.Profile, Math.Max(0, referenceValue - f.Value), f.Value - best, Status(f.Value)))], threshold, options.Confidence);
    }
}
