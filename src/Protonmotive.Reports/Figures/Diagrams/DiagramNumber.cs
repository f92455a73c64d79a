using System.Globalization;

namespace Protonmotive.Reports.Figures.Diagrams;

/// <summary>Numbers with units, short enough for a drawing.</summary>
internal static class DiagramNumber
{
    /// <summary>Share of the largest potential of a unit below which one is nothing: a run is not more exact than that.</summary>
    public const double Nothing = 1e-7;

    private static readonly (double Factor, string Prefix)[] prefixes = [(1e9, "G"), (1e6, "M"), (1e3, "k"), (1, ""), (1e-3, "m"), (1e-6, "µ"), (1e-9, "n"), (1e-12, "p"), (1e-15, "f")];
    private static readonly string[] prefixed = ["mol", "A", "W", "V", "J", "C", "N"];

    /// <summary>A time as readers write it: up to four decimals, one from 100 on.</summary>
    public static string Plain(double value) => Math.Abs(value) is 0 or (>= 1e-3 and < 1e7) ? value.ToString(Math.Abs(value) < 100 ? "#,0.####" : "#,0.#", CultureInfo.InvariantCulture) : value.ToString("g4", CultureInfo.InvariantCulture);

    /// <summary>A value with its unit: three digits, and a prefix where the unit takes one.</summary>
    public static string Of(double value, string unit)
    {
        var (factor, scaled) = Scale(Math.Abs(value), unit);
        return Join(Digits(value * factor), scaled);
    }

    /// <summary>A value at the start and at the end; one number where they are the same in three digits.</summary>
    /// <param name="start">The value at the start; −∞ for what is not there.</param>
    /// <param name="end">The value at the end.</param>
    /// <param name="unit">Unit of both.</param>
    /// <param name="level">Largest magnitude of the values that it stands among: what is less than 10⁻⁷ of it is 0, and beside values of 0.01 and more, small ones have their four decimals.</param>
    public static string Span(double start, double end, string unit, double level = 0)
    {
        if (Math.Abs(start) < Nothing * level) start = 0;
        if (Math.Abs(end) < Nothing * level) end = 0;
        if (double.IsNegativeInfinity(start)) return $"empty → {Of(end, unit)}";
        if (double.IsNegativeInfinity(end)) return $"{Of(start, unit)} → empty";
        var (factor, scaled) = Scale(Math.Max(Math.Abs(start), Math.Abs(end)), unit);
        // Rounding at the larger of both: a small one beside it is told to its place.
        double place = Math.Pow(10, Math.Floor(Math.Log10(Math.Max(1e-300, Math.Max(Math.Abs(start), Math.Abs(end)) * factor))) - 2);
        bool isSmall = factor == 1 && level >= 0.01;
        string Short(double v) => isSmall && Math.Abs(v) < 1e-3 ? Fixed(v) : Digits(Math.Round(v * factor / place) * place);
        return Short(start) == Short(end) ? Join(Short(end), scaled) : Join($"{Short(start)} → {Short(end)}", scaled);
    }

    private static string Fixed(double value) => Math.Round(value, 4) is var rounded && rounded == 0 ? "0" : rounded.ToString("0.####", CultureInfo.InvariantCulture).Replace('-', '−');

    private static string Join(string number, string unit) => unit is "" or "1" ? number : $"{number} {unit}";

    private static (double Factor, string Unit) Scale(double size, string unit)
    {
        // 26,000 nW are 26 µW; pN·nm stays, the unit of motors.
        foreach (var (own, prefix) in prefixes)
        {
            if (prefix.Length == 0 || !unit.StartsWith(prefix, StringComparison.Ordinal) || unit.Contains('·') || !TakesPrefix(unit[prefix.Length..]) || size is 0 or (>= 0.1 and < 1000) || !double.IsFinite(size)) continue;
            var (factor, scaled) = Scale(size * own, unit[prefix.Length..]);
            return (factor * own, scaled);
        }
        if ((size >= (unit == "V" ? 0.3 : 0.1) && size < 1000) || size == 0 || !double.IsFinite(size) || !TakesPrefix(unit)) return (1, unit);
        foreach (var (step, prefix) in prefixes) if (size >= step) return (1 / step, prefix + unit);
        return (1, unit);
    }

    private static bool TakesPrefix(string unit) => prefixed.Any(p => unit == p || unit.StartsWith(p + "/", StringComparison.Ordinal) || unit.StartsWith(p + "·", StringComparison.Ordinal));

    private static string Digits(double value)
    {
        double size = Math.Abs(value);
        if (size == 0) return "0";
        if (size is < 1e-3 or >= 1e5) return value.ToString("0.##e+0", CultureInfo.InvariantCulture).Replace('-', '−');
        int decimals = Math.Clamp(2 - (int)Math.Floor(Math.Log10(size)), 0, 5);
        return Math.Round(value, decimals).ToString("0.#####", CultureInfo.InvariantCulture).Replace('-', '−');
    }
}
