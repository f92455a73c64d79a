using System.Globalization;
using Protonmotive.Reports.Runs;

namespace Protonmotive.Reports.Documents;

/// <summary>Numbers as documents print them.</summary>
internal static class Printed
{
    private static readonly CultureInfo culture = CultureInfo.InvariantCulture;

    /// <summary>A number with sensible digits.</summary>
    public static string Number(double v) => !double.IsFinite(v) ? "–" : v == 0 ? "0" : Math.Abs(v) switch
    {
        >= 1e6 or < 1e-4 => v.ToString("0.000e+0", culture),
        _ when v == Math.Round(v) => v.ToString("0", culture), // a count
        >= 1000 => v.ToString("0.0", culture),
        >= 10 => v.ToString("0.00", culture),
        _ => v.ToString("0.####", culture),
    };

    /// <summary>What a result was computed from, and what it is known to be.</summary>
    public static string Note(ResultRecord result) =>
        string.Join("; ", ((string[])[result.Note, result.Reference is { } known ? string.Create(culture, $"known: {known.Value:g5}, {known.Source}") : ""]).Where(t => t.Length > 0));
}
