using System.Globalization;

namespace Protonmotive.Cli;

/// <summary>A table as lines of text: the first column begins at the left, as the last does if asked; the others end at the right.</summary>
internal sealed class TextTable
{
    private readonly List<string[]> rows = [];

    /// <param name="header">Names of the columns.</param>
    public TextTable(params string[] header) => rows.Add(header);

    /// <summary>Whether the last column holds words, and begins at the left.</summary>
    public bool EndsInWords { get; init; }

    /// <summary>Adds a row.</summary>
    public void Add(params string[] cells) => rows.Add(cells);

    /// <summary>Writes it to standard output.</summary>
    public void Print()
    {
        var widths = Enumerable.Range(0, rows[0].Length).Select(i => rows.Max(r => r[i].Length)).ToArray();
        foreach (var row in rows) Console.WriteLine((row[0].PadRight(widths[0]) + string.Concat(row.Skip(1).Select((c, i) => "  " + (EndsInWords && i == row.Length - 2 ? c : c.PadLeft(widths[i + 1]))))).TrimEnd());
    }

    /// <summary>A number with so many digits; a dash where there is none.</summary>
    public static string Number(double value, int digits = 5) => double.IsNaN(value) ? "–" : value.ToString("g" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    /// <summary>A number without unit to three decimals; a dash where there is none.</summary>
    public static string Share(double value) => double.IsNaN(value) ? "–" : Math.Abs(value) < 0.0005 ? "0" : Math.Abs(value) < 1e4 ? value.ToString("0.000", CultureInfo.InvariantCulture) : Number(value, 4);

    /// <summary>Name and unit.</summary>
    public static string Label(string name, string unit) => unit is "" or "1" ? name : unit.StartsWith('(') ? $"{name} {unit}" : $"{name} ({unit})";
}
