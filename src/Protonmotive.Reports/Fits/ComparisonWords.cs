using System.Globalization;
using Protonmotive.Fitting.Alternatives;

namespace Protonmotive.Reports.Fits;

/// <summary>A comparison of explanations in plain words.</summary>
public static class ComparisonWords
{
    /// <summary>The verdict.</summary>
    public static string Verdict(Comparison comparison)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        if (!comparison.IsSeen) return "Nothing is seen: the reference explains the data, and no single explanation does so better by more than chance." + Unseen(comparison);
        var possible = comparison.Possible;
        if (possible.Length == 1) return $"{Capital(Value(comparison, possible[0]))}: this explains the data; the reference and every other single explanation are excluded.";
        return $"The reference is excluded, but {possible.Length} explanations can't be told apart: {string.Join("; ", possible.Select(f => Value(comparison, f)))}.";
    }

    /// <summary>An explanation with its estimate and interval: "Complex I at 0.51 (0.47 to 0.56) of the reference".</summary>
    public static string Value(Comparison comparison, ExplanationFit fit)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        ArgumentNullException.ThrowIfNull(fit);
        var (low, estimate, high) = Relative(comparison, fit);
        string range = (double.IsNaN(low), double.IsNaN(high)) switch
        {
            (false, false) => $"{Number(low)} to {Number(high)}",
            (true, false) => $"at most {Number(high)}",
            (false, true) => $"at least {Number(low)}",
            _ => "any value within its bounds",
        };
        return $"{fit.Explanation.Label} at {Number(estimate)} ({range}){(IsRelative(comparison, fit) ? " of the reference" : "")}";
    }

    /// <summary>Interval and estimate over the reference, or themselves where that is 0; NaN for an end that is not there.</summary>
    public static (double Low, double Estimate, double High) Relative(Comparison comparison, ExplanationFit fit)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        ArgumentNullException.ThrowIfNull(fit);
        double Of(double x) => double.IsFinite(x) ? Over(comparison, fit, x) : double.NaN;
        var (low, high) = (Of(fit.Profile.Low), Of(fit.Profile.High));
        return low > high ? (high, Of(fit.Estimate), low) : (low, Of(fit.Estimate), high);
    }

    /// <summary>A value on the scale of estimation over the reference, or itself where that is 0.</summary>
    public static double Over(Comparison comparison, ExplanationFit fit, double x)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        ArgumentNullException.ThrowIfNull(fit);
        var p = comparison.Parameters[fit.Explanation.Index];
        double reference = FitReports.Linear(p.Nominal, p.Scale);
        return FitReports.Linear(x, p.Scale) / (reference == 0 ? 1 : reference);
    }

    /// <summary>What is said of an explanation.</summary>
    public static string Of(ExplanationFit fit)
    {
        ArgumentNullException.ThrowIfNull(fit);
        string status = fit.Status switch
        {
            ExplanationStatus.Found => "explains the data, alone",
            ExplanationStatus.Possible => "explains the data, not alone",
            ExplanationStatus.Excluded => "excluded",
            _ => "not needed",
        };
        return fit.IsUnseen ? status + "; the data do not see it" : status;
    }

    /// <summary>A number of three figures.</summary>
    public static string Number(double value) => value.ToString("g3", CultureInfo.InvariantCulture);

    private static bool IsRelative(Comparison comparison, ExplanationFit fit) => comparison.Parameters[fit.Explanation.Index] is var p && FitReports.Linear(p.Nominal, p.Scale) != 0;

    private static string Unseen(Comparison comparison)
    {
        var unseen = comparison.Fits.Where(f => f.IsUnseen).Select(f => f.Explanation.Label).ToList();
        var ranges = comparison.Fits.Where(f => !f.IsUnseen).Select(f => Within(comparison, f)).ToList();
        return (ranges.Count > 0 ? $" It allows {string.Join("; ", ranges)}." : "") + (unseen.Count > 0 ? $" These data do not see {string.Join(" or ", unseen)}: any value within the bounds fits." : "");
    }

    private static string Within(Comparison comparison, ExplanationFit fit)
    {
        var (low, _, high) = Relative(comparison, fit);
        return $"{fit.Explanation.Label} {(double.IsNaN(low) ? $"up to {Number(high)}" : double.IsNaN(high) ? $"from {Number(low)}" : $"{Number(low)} to {Number(high)}")}";
    }

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
