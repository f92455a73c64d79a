using System.Collections.Immutable;
using System.Globalization;

namespace Protonmotive.Solvers.Designs;

/// <summary>Ranges as a person writes them.</summary>
/// <remarks>
/// <c>k=0.1..10</c> even; <c>k=0.1..10:log</c> even in the logarithm; either with a count of grid values last,
/// <c>k=0.1..10:log:25</c>; <c>k=1,2,5</c> listed values; <c>k~normal(1,0.3)</c>, <c>k~lognormal(1,0.3)</c> (median, deviation of
/// the natural logarithm), <c>k~uniform(0,1)</c>, <c>k~loguniform(0.1,10)</c>, each with <c>:25</c> too. A number with a % sign is a
/// part of the model's own value: <c>k=50%..200%:log</c>.
/// </remarks>
public static class RangeText
{
    private const string Mend = "Write e.g. k=0.1..10, k=0.1..10:log:25, k=50%..150%, k=1,2,5, k~normal(1,0.3) or k~lognormal(1,0.3).";

    /// <summary>Reads a range.</summary>
    /// <param name="text">The text.</param>
    /// <param name="nominal">The model's own value of a name, for numbers in per cent; null where it has none.</param>
    /// <exception cref="DesignException">The text is no range.</exception>
    public static DesignRange Parse(string text, Func<string, double?>? nominal = null)
    {
        int at = text.IndexOfAny(['=', '~']);
        string name = at < 0 ? "" : text[..at].Trim();
        if (name.Length == 0) throw new DesignException($"'{text}' is no range.", "range of a quantity", Mend);
        var parts = text[(at + 1)..].Split(':');
        bool isLogarithmic = parts.Skip(1).Any(p => p.Trim() == "log");
        int? count = null;
        foreach (var part in parts.Skip(1).Select(p => p.Trim()).Where(p => p is not ("log" or "lin")))
        {
            if (count is not null || !int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out int n) || n < 1) throw Bad(name, $"'{part}' is neither 'log' nor a count of values.");
            count = n;
        }

        double Number(string cell) => ReadNumber(name, cell, nominal);
        var body = parts[0].Trim();
        var range = text[at] == '~' ? Distribution(name, body, Number) : Interval(name, body, isLogarithmic, Number);
        if (text[at] == '~' && isLogarithmic) throw Bad(name, "A distribution takes no ':log'.");
        if (range is ListedRange && count is not null) throw Bad(name, "Listed values take no count.");
        return count is null ? range : range with { Count = count };
    }

    private static DesignRange Interval(string name, string body, bool isLogarithmic, Func<string, double> number)
    {
        int dots = body.IndexOf("..", StringComparison.Ordinal);
        if (dots < 0) return new ListedRange(name, [.. body.Split(',').Select(number)]);
        double low = number(body[..dots]), high = number(body[(dots + 2)..]);
        return isLogarithmic ? new LogarithmicRange(name, low, high) : new LinearRange(name, low, high);
    }

    private static DesignRange Distribution(string name, string body, Func<string, double> number)
    {
        int open = body.IndexOf('(', StringComparison.Ordinal);
        if (open < 0 || !body.EndsWith(')')) throw Bad(name, $"'{body}' is no distribution.");
        var kind = body[..open].Trim();
        if (kind is not ("normal" or "lognormal" or "uniform" or "loguniform")) throw Bad(name, $"There is no distribution '{kind}' here: normal, lognormal, uniform, loguniform.");
        var arguments = body[(open + 1)..^1].Split(',');
        if (arguments.Length != 2) throw Bad(name, $"The distribution '{kind}' takes two numbers, not {arguments.Length}.");
        double first = number(arguments[0]), second = number(arguments[1]);
        return kind switch
        {
            "normal" => new NormalRange(name, first, second),
            "lognormal" => new LogNormalRange(name, first, second),
            "uniform" => new LinearRange(name, first, second),
            _ => new LogarithmicRange(name, first, second),
        };
    }

    private static double ReadNumber(string name, string cell, Func<string, double?>? nominal)
    {
        cell = cell.Trim();
        bool isPart = cell.EndsWith('%');
        if (!double.TryParse(isPart ? cell[..^1] : cell, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)) throw Bad(name, $"'{cell}' is no number.");
        if (!isPart) return value;
        return value / 100 * (nominal?.Invoke(name) ?? throw Bad(name, $"The model gives no value of '{name}' to take {cell} of."));
    }

    private static DesignException Bad(string name, string what) => new(what, $"range of '{name}'", Mend);
}
