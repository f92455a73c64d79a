using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Protonmotive.Formats.Measurements;

/// <summary>A table of data with named columns; cells are text until they are asked for as numbers, so columns that nothing reads may hold anything.</summary>
public sealed class MeasurementTable
{
    private readonly ImmutableArray<(string Place, ImmutableArray<string> Cells)> rows;

    /// <summary>A table.</summary>
    /// <param name="source">The file, for messages.</param>
    /// <param name="columns">Names of its columns.</param>
    /// <param name="rows">Of each row the place in the file ("line 3") and its cells; "" for an empty one.</param>
    /// <exception cref="MeasurementException">No row, a column twice, or an uneven row.</exception>
    public MeasurementTable(string source, ImmutableArray<string> columns, ImmutableArray<(string Place, ImmutableArray<string> Cells)> rows)
    {
        var twice = columns.GroupBy(c => c, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1);
        if (twice is not null) throw new MeasurementException(twice.Key.Length == 0 ? "Several columns have no name." : $"The column '{twice.Key}' is there twice.", source, "Give each column its own name.");
        if (rows.IsEmpty) throw new MeasurementException("The table has no rows.", source, "Give a line of names, then one line for each time.");
        foreach (var (place, cells) in rows)
        {
            if (cells.Length != columns.Length) throw new MeasurementException($"The row has {cells.Length} cells, the header {columns.Length}.", $"{source}, {place}.", "Give one cell for each column; leave it empty where nothing was measured.");
        }
        (Source, Columns, this.rows) = (source, columns, rows);
    }

    /// <summary>The file.</summary>
    public string Source { get; }

    /// <summary>Names of its columns.</summary>
    public ImmutableArray<string> Columns { get; }

    /// <summary>Number of rows.</summary>
    public int RowCount => rows.Length;

    /// <summary>Reads text: the first line names the columns; cells are parted by tabs, semicolons or commas, and may stand in quotes.</summary>
    /// <param name="path">The file; empty lines and lines that begin with # are passed over.</param>
    /// <exception cref="MeasurementException">It is not there, can't be read, or is uneven.</exception>
    public static MeasurementTable Read(string path)
    {
        if (!File.Exists(path)) throw new MeasurementException("The data are not there.", path, "Mend the path; it is taken from the folder of the mapping.");
        try
        {
            return Read(File.ReadLines(path), path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MeasurementException($"The data can't be read: {e.Message}", path, "Look at the file's name and rights.", e);
        }
    }

    /// <summary>Index of a column; −1 where it is not there.</summary>
    public int Find(string column) => Columns.IndexOf(column);

    /// <summary>The table as text: commas, a line of names, then the rows.</summary>
    public string ToCsv() => string.Concat(rows.Select(r => r.Cells).Prepend(Columns).Select(cells => string.Join(',', cells) + "\n"));

    /// <summary>Where a cell is, for messages.</summary>
    public string Where(int row, int column) => $"{Source}, {rows[row].Place}, column '{Columns[column]}'.";

    /// <summary>A cell as it is written; "" for an empty one.</summary>
    public string Text(int row, int column) => rows[row].Cells[column];

    /// <summary>A cell as a number, which may be inf; null where it is empty.</summary>
    /// <exception cref="MeasurementException">It is no number, or NaN.</exception>
    public double? Number(int row, int column)
    {
        string cell = rows[row].Cells[column];
        if (cell.Length == 0) return null;
        return Number(cell) ?? throw new MeasurementException($"'{cell}' is no number that was measured.", Where(row, column), "Write a number with a point, such as 1.5e-3, or leave the cell empty where nothing was measured.");
    }

    /// <summary>A number, or inf; null for other text and for NaN.</summary>
    internal static double? Number(string text) => text.Equals("inf", StringComparison.OrdinalIgnoreCase) ? double.PositiveInfinity
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && !double.IsNaN(value) ? value : null;

    private static MeasurementTable Read(IEnumerable<string> lines, string path)
    {
        var rows = ImmutableArray.CreateBuilder<(string, ImmutableArray<string>)>();
        ImmutableArray<string>? columns = null;
        char separator = ',';
        int number = 0;
        foreach (string line in lines)
        {
            number++;
            if (string.IsNullOrWhiteSpace(line) || line[0] == '#') continue;
            if (columns is null)
            {
                separator = line.Contains('\t', StringComparison.Ordinal) ? '\t' : line.Contains(';', StringComparison.Ordinal) ? ';' : ',';
                columns = Cells(line.TrimStart('\uFEFF'), separator);
            }
            else
            {
                rows.Add((FormattableString.Invariant($"line {number}"), Cells(line, separator)));
            }
        }
        return new MeasurementTable(path, columns ?? throw new MeasurementException("The table is empty.", path, "Give a line of names, then one line for each time."), rows.ToImmutable());
    }

    // Quotes may hold separators; two in a row inside them are one.
    private static ImmutableArray<string> Cells(string line, char separator)
    {
        var cells = ImmutableArray.CreateBuilder<string>();
        var cell = new StringBuilder();
        bool isQuoted = false;
        for (int i = 0; i <= line.Length; i++)
        {
            if (i == line.Length || (!isQuoted && line[i] == separator))
            {
                cells.Add(cell.ToString().Trim());
                cell.Clear();
            }
            else if (line[i] != '"') cell.Append(line[i]);
            else if (isQuoted && i + 1 < line.Length && line[i + 1] == '"') cell.Append(line[i++]);
            else isQuoted = !isQuoted;
        }
        return cells.ToImmutable();
    }
}
