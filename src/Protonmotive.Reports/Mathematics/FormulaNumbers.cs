using System.Globalization;

namespace Protonmotive.Reports.Mathematics;

/// <summary>Numbers as they are set: six digits, powers of ten for very large and small ones, thirds and sevenths as fractions.</summary>
internal static class FormulaNumbers
{
    private const int LargestDenominator = 12;

    /// <summary>A number that is not negative, and how tightly it holds together.</summary>
    public static (Formula Formula, FormulaLevel Level) Set(double value)
    {
        if (double.IsNaN(value)) return (new Formula.Identifier("NaN", false), FormulaLevel.Atom);
        if (double.IsInfinity(value)) return (new Formula.Identifier("∞", false), FormulaLevel.Atom);
        if (Ratio(value) is var (numerator, denominator) && IsEndless(denominator))
            return (new Formula.Fraction(new Formula.Number(Whole(numerator)), new Formula.Number(Whole(denominator))), FormulaLevel.Product);
        string[] parts = value.ToString("0.#####E+0", CultureInfo.InvariantCulture).Split('E');
        int exponent = int.Parse(parts[1], CultureInfo.InvariantCulture);
        if (exponent is >= -3 and < 6 || value == 0) return (new Formula.Number(value.ToString("G6", CultureInfo.InvariantCulture)), FormulaLevel.Atom);
        if (value == Math.Floor(value) && exponent < 9 && parts[0].Length > 4) return (new Formula.Number(Whole(value)), FormulaLevel.Atom);
        Formula power = new Formula.Script(new Formula.Number("10"), null, Signed(exponent));
        return parts[0] == "1" ? (power, FormulaLevel.Power) : (Formula.Of(new Formula.Number(parts[0]), new Formula.Operator("×", SignRole.Binary), power), FormulaLevel.Product);
    }

    /// <summary>A number as a ratio of small whole numbers, where it is one to the last digits.</summary>
    public static (int Numerator, int Denominator)? Ratio(double value)
    {
        for (int denominator = 1; denominator <= LargestDenominator; denominator++)
        {
            double numerator = Math.Round(value * denominator);
            if (numerator is >= 1 and <= 1000 && Math.Abs((value * denominator) - numerator) <= 4e-16 * numerator) return ((int)numerator, denominator);
        }
        return null;
    }

    private static bool IsEndless(int denominator) => denominator is 3 or 6 or 7 or 9 or 11 or 12;

    private static string Whole(double value) => value.ToString("0", CultureInfo.InvariantCulture);

    private static Formula Signed(int exponent) => exponent < 0
        ? Formula.Of(new Formula.Operator("−", SignRole.Prefix), new Formula.Number(Whole(-exponent)))
        : new Formula.Number(Whole(exponent));
}
