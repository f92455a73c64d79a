using Protonmotive.Symbolics;

namespace Protonmotive.Formats.Measurements;

/// <summary>One entry of what is estimated: <c>k=0.1..10:log</c>, or one value for each part of the table, <c>demand[row]=0..1 where uptake &gt; 5</c>.</summary>
/// <param name="Name">What is estimated.</param>
/// <param name="Range">Its range, as <see cref="Solvers.Designs.RangeText"/> reads it, without the part in brackets.</param>
/// <param name="By">The column that has one value for each of its own, or <see cref="EachRow"/>; "" for one value in all.</param>
/// <param name="Rows">A formula of columns that is true in the rows meant; null for all.</param>
/// <param name="Where">Where it was read, for messages.</param>
internal sealed record EstimatedEntry(string Name, string Range, string By, Expression? Rows, string Where)
{
    /// <summary>Stands for a column that differs in each row.</summary>
    public const string EachRow = "row";

    private const string Mend = "Write e.g. 'k=0.1..10:log', 'scale[batch]=0.5..2', 'demand[row]=1e-7..1e-5:log where uptake > 5'.";

    /// <summary>Reads one.</summary>
    /// <exception cref="MeasurementException">It is not of that form.</exception>
    public static EstimatedEntry Parse(string text, string where)
    {
        string[] parts = text.Split(" where ", 2, StringSplitOptions.TrimEntries);
        string range = parts[0];
        int at = range.IndexOfAny(['=', '~']);
        string name = (at < 0 ? range : range[..at]).Trim(), by = "";
        int open = name.IndexOf('[', StringComparison.Ordinal);
        if (open >= 0)
        {
            if (!name.EndsWith(']') || open == 0 || name.Length - open < 3) throw new MeasurementException($"'{name}' does not say for which parts of the table it is estimated.", where, Mend);
            (by, name) = (name[(open + 1)..^1].Trim(), name[..open].Trim());
            range = name + range[at..];
        }
        if (parts.Length > 1 && by.Length == 0) throw new MeasurementException($"'{text}' is estimated in some rows, but has one value in all.", where, Mend);
        return new EstimatedEntry(name, range, by, parts.Length > 1 ? Formula(parts[1], where) : null, where);
    }

    /// <summary>Reads a formula of columns.</summary>
    /// <exception cref="MeasurementException">It is none.</exception>
    public static Expression Formula(string text, string where)
    {
        try
        {
            return InfixParser.Parse(text);
        }
        catch (ExpressionSyntaxException e)
        {
            throw new MeasurementException($"The formula '{text}' can't be read: {e.What}", where, e.Mend, e);
        }
    }
}
