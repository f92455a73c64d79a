using System.Globalization;

namespace Protonmotive.Networks;

/// <summary>Reads the text of one unit: symbols and numbers with powers, multiplied by a space, · or *, divided by /.</summary>
/// <remarks>Each / divides by the next factor alone. A product after a / needs parentheses: "J/(mol K)" or "J/mol/K", not "J/mol K".</remarks>
internal sealed class UnitReader
{
    private const int DeepestNesting = 16;
    private readonly string text;
    private int position;

    public UnitReader(string text) => this.text = text;

    /// <summary>The unit.</summary>
    public Unit Read()
    {
        var unit = Product(0);
        if (position < text.Length) throw Error($"'{text[position]}' was not expected");
        return new Unit(unit.Dimension, unit.Factor, text.Trim());
    }

    private Unit Product(int depth)
    {
        if (depth > DeepestNesting) throw Error("the parentheses are nested too deep");
        var unit = Factor(depth);
        for (bool divided = false; ;)
        {
            SkipSpace();
            if (position == text.Length || text[position] == ')') return unit;
            bool divides = text[position] == '/';
            if (divides || text[position] is '*' or '·' or '⋅') position++;
            if (divided && !divides) throw Error("after '/' a product can be read in two ways");
            var next = Factor(depth);
            unit = divides ? unit / next : unit * next;
            divided = divides;
        }
    }

    private Unit Factor(int depth)
    {
        SkipSpace();
        if (position == text.Length) throw Error("a unit is missing at the end");
        if (text[position] == '(')
        {
            position++;
            var inner = Product(depth + 1);
            if (position == text.Length) throw Error("')' is missing");
            position++;
            return inner.Power(Exponent());
        }
        if (char.IsAsciiDigit(text[position])) return new Unit(default, Number()).Power(CaretExponent());
        int start = position;
        while (position < text.Length && (char.IsLetter(text[position]) || text[position] is '%')) position++;
        string symbol = text[start..position];
        if (symbol.Length == 0) throw Error($"'{text[start]}' was not expected");
        var unit = UnitSymbols.Find(symbol) ?? throw Error($"'{symbol}' is no known unit");
        return unit.Power(Exponent());
    }

    private double Number()
    {
        int start = position;
        while (position < text.Length && (char.IsAsciiDigit(text[position]) || text[position] == '.')) position++;
        if (position + 1 < text.Length && text[position] is 'e' or 'E' && (char.IsAsciiDigit(text[position + 1]) || text[position + 1] is '-' or '+'))
        {
            position += 2;
            while (position < text.Length && char.IsAsciiDigit(text[position])) position++;
        }
        return double.TryParse(text.AsSpan(start, position - start), NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value > 0
            ? value : throw Error($"'{text[start..position]}' is no number above 0");
    }

    private double CaretExponent() => position < text.Length && text[position] == '^' ? Exponent() : 1;

    /// <summary>A power, as "2", "-1", "^2", "^-1", "²" or "⁻¹"; 1 where none stands.</summary>
    private double Exponent()
    {
        int start = position;
        if (position < text.Length && text[position] == '^') position++;
        var digits = new System.Text.StringBuilder();
        for (; position < text.Length; position++)
        {
            char c = text[position];
            int raised = "⁰¹²³⁴⁵⁶⁷⁸⁹".IndexOf(c, StringComparison.Ordinal);
            if (raised >= 0) digits.Append((char)('0' + raised));
            else if (char.IsAsciiDigit(c)) digits.Append(c);
            else if (digits.Length == 0 && c is '-' or '⁻' or '−') digits.Append('-');
            else break;
        }
        if (position == start) return 1;
        return double.TryParse(digits.ToString(), NumberStyles.Integer, CultureInfo.InvariantCulture, out double value) && Math.Abs(value) < 100
            ? value : throw Error("a power must be a whole number");
    }

    private void SkipSpace()
    {
        while (position < text.Length && char.IsWhiteSpace(text[position])) position++;
    }

    private UnitException Error(string what) => new($"The unit '{text}' can't be read: {what}.", $"column {position + 1} of '{text}'",
        "Write symbols with SI prefixes, products in parentheses under '/': 'mol/(s M2)', 'J/(mol K)', 'nmol/min'; '1' for a plain number.");
}
