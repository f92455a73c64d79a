using System.Collections.Immutable;
using System.Globalization;
using Sylvan.Data.Csv;

namespace Protonmotive.Formats.Petab;

/// <summary>A tab-separated table with a header.</summary>
internal sealed class PetabTable
{
    private readonly Dictionary<string, int> columns = new(StringComparer.Ordinal);

    private PetabTable(string path, string[] header, ImmutableArray<PetabRow> rows)
    {
        Path = path;
        Columns = [.. header];
        for (int k = 0; k < header.Length; k++)
        {
            if (!columns.TryAdd(header[k], k)) throw new PetabException($"The column '{header[k]}' is there twice.", path, "Keep one of them.");
        }
        Rows = [.. rows.Select(r => r with { Table = this })];
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Names of its columns.</summary>
    public ImmutableArray<string> Columns { get; }

    /// <summary>Its rows.</summary>
    public ImmutableArray<PetabRow> Rows { get; }

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="needed">Columns it must have.</param>
    /// <exception cref="PetabException">It is not there, is empty, or lacks a column.</exception>
    public static PetabTable Read(string path, params ReadOnlySpan<string> needed)
    {
        if (!File.Exists(path)) throw new PetabException("A table is not there.", path, "Mend its name in the YAML file, or put it there.");
        if (new FileInfo(path).Length == 0) throw Empty(path);
        var rows = ImmutableArray.CreateBuilder<PetabRow>();
        var texts = new HashSet<string>(StringComparer.Ordinal); // most cells repeat
        string Once(string text) => texts.TryGetValue(text, out string? same) ? same : texts.Add(text) ? text : text;
        string[] header;
        try
        {
            using var reader = CsvDataReader.Create(path, new CsvDataReaderOptions { Delimiter = '\t', HasHeaders = true, BufferSize = 1 << 16, ResultSetMode = ResultSetMode.SingleResult });
            header = [.. Enumerable.Range(0, reader.FieldCount).Select(k => reader.GetName(k).Trim())];
            while (reader.Read())
            {
                string[] cells = [.. Enumerable.Range(0, header.Length).Select(k => k < reader.RowFieldCount ? Once(reader.GetString(k).Trim()) : "")];
                if (cells.Any(c => c.Length > 0)) rows.Add(new PetabRow(reader.RowNumber + 1, cells));
            }
        }
        catch (Exception e) when (e is CsvFormatException or IOException or UnauthorizedAccessException)
        {
            throw new PetabException($"The table can't be read: {e.Message}", path, "Save it as tab-separated text in UTF-8.", e);
        }
        if (header.All(h => h.Length == 0)) throw Empty(path);
        var table = new PetabTable(path, header, rows.ToImmutable());
        foreach (string name in needed)
        {
            if (!table.Has(name)) throw new PetabException($"The table has no column '{name}'.", path, $"Add it. Its columns are {string.Join(", ", header.Take(20))}; they must be separated by tabs.");
        }
        return table;
    }

    private static PetabException Empty(string path) => new("The table is empty.", path, "Give it a line of column names, and rows.");

    /// <summary>Whether it has a column.</summary>
    public bool Has(string column) => columns.ContainsKey(column);

    /// <summary>Place of a column; −1 where it is not there.</summary>
    public int Find(string column) => columns.GetValueOrDefault(column, -1);
}

/// <summary>A row of a table.</summary>
internal sealed record PetabRow(int Line, string[] Cells)
{
    /// <summary>The table.</summary>
    public PetabTable Table { get; init; } = null!;

    /// <summary>The text of a cell; "" where it is empty or its column is not there.</summary>
    public string this[string column] => Table.Find(column) is >= 0 and var k ? Cells[k] : "";

    /// <summary>Where it is, for messages.</summary>
    public string Where(string column) => $"{Table.Path}, line {Line}, column '{column}'.";

    /// <summary>The text of a cell that must not be empty.</summary>
    public string Text(string column) => this[column] is { Length: > 0 } text ? text : throw new PetabException($"'{column}' is empty.", Where(column), "Fill it in.");

    /// <summary>A number; inf is allowed.</summary>
    public double Number(string column) => TryNumber(Text(column), out double value) ? value : throw new PetabException($"'{this[column]}' is no number.", Where(column), "Write a number with a point, such as 0.5 or 1e-3.");

    /// <summary>A number, or a default where the cell is empty.</summary>
    public double Number(string column, double otherwise) => this[column].Length == 0 ? otherwise : Number(column);

    /// <summary>Reads a number as PEtab writes them.</summary>
    public static bool TryNumber(string text, out double value)
    {
        switch (text.ToUpperInvariant())
        {
            case "INF" or "+INF" or "INFINITY": value = double.PositiveInfinity; return true;
            case "-INF" or "-INFINITY": value = double.NegativeInfinity; return true;
            case "NAN": value = double.NaN; return true;
            default: return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
        }
    }
}
