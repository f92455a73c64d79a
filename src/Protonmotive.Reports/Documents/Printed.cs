using System.Globalization;
using System.Text.RegularExpressions;
using Protonmotive.Reports.Runs;

namespace Protonmotive.Reports.Documents;

/// <summary>Numbers as documents print them.</summary>
internal static partial class Printed
{
    private const int MostDigits = 10;
    private static readonly CultureInfo culture = CultureInfo.InvariantCulture;

    /// <summary>A number with sensible digits.</summary>
    public static string Number(double v) => !double.IsFinite(v) ? "–" : v == 0 ? "0" : Math.Abs(v) switch
    {
        >= 1e6 or < 1e-4 => v.ToString("0.000e+0", culture),
        _ when v == Math.Round(v) => v.ToString("0", culture), // a count
        >= 1000 => v.ToString("0.0", culture),
        >= 10 => v.ToString("0.00", culture),
        >= 1 => v.ToString("0.####", culture),
        _ => v.ToString("g4", culture),
    };

    /// <summary>A number with the digits that a tolerance speaks of, at least those of <see cref="Number(double)"/>; 0 for what is far below it.</summary>
    public static string Number(double v, double tolerance)
    {
        if (Math.Abs(v) < 1e-3 * tolerance) return "0";
        string usual = Number(v);
        if (v == 0 || !double.IsFinite(v) || !(tolerance > 0) || usual.Contains('e', StringComparison.Ordinal)) return usual;
        int decimals = Math.Clamp((int)Math.Ceiling(-Math.Log10(tolerance)), 0, Math.Max(0, MostDigits - 1 - (int)Math.Floor(Math.Log10(Math.Abs(v)))));
        string shown = v.ToString("0." + new string('#', decimals), culture);
        return shown.Length > usual.Length ? shown : usual;
    }

    /// <summary>A tolerance: two digits.</summary>
    public static string Tolerance(double v) => v switch { >= 100 and < 1e5 => v.ToString("0", culture), >= 1e-3 and < 100 => v.ToString("g2", culture), _ => v.ToString("0.#e+0", culture) };

    /// <summary>A unit as readers write it: um and M2 are µm and M².</summary>
    public static string Unit(string unit) => Powers().Replace(Micro().Replace(unit, "µ$1"), m => m.Value[..^1] + (m.Value[^1] == '2' ? '²' : '³'));

    [GeneratedRegex(@"\bu(m|M|mol|s|A|F|W)\b")]
    private static partial Regex Micro();

    [GeneratedRegex(@"\b(?:M|m|cm|µm|nm|s)[23]\b")]
    private static partial Regex Powers();

    /// <summary>What a result was computed from, and what it is known to be.</summary>
    public static string Note(ResultRecord result) =>
        string.Join("; ", ((string[])[result.Note, result.Reference is { } known ? string.Create(culture, $"known: {known.Value:g5}, {known.Source}") : ""]).Where(t => t.Length > 0));
}
