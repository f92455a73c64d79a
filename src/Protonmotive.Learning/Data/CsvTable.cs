using System.Collections.Immutable;
using System.Globalization;
using Sylvan.Data.Csv;
using TorchSharp;

namespace Protonmotive.Learning.Data;

/// <summary>A table of numbers from a CSV file with a header.</summary>
/// <param name="Columns">Names of the columns.</param>
/// <param name="Rows">The numbers, row by row.</param>
public sealed record CsvTable(ImmutableArray<string> Columns, ImmutableArray<double[]> Rows)
{
    /// <summary>Reads a file; the delimiter (comma, semicolon, tab) is taken from its first line.</summary>
    /// <exception cref="DataException">It has no header, a row of another length, or an entry that is no number.</exception>
    /// <exception cref="IOException">It can't be read.</exception>
    public static CsvTable Read(string path)
    {
        using var text = new StreamReader(path);
        return Read(text, path);
    }

    /// <summary>Reads a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="name">Its name in messages.</param>
    /// <exception cref="DataException">As for a file.</exception>
    public static CsvTable Read(TextReader text, string name)
    {
        try
        {
            if (text.Peek() < 0) throw new DataException("The table is empty.", name, "Write it as comma-separated values with a header.");
            using var csv = CsvDataReader.Create(text, new CsvDataReaderOptions { BufferSize = 1 << 20 });
            var columns = Enumerable.Range(0, csv.FieldCount).Select(csv.GetName).ToImmutableArray();
            if (columns.IsEmpty) throw new DataException("The table has no header.", name, "Let the first line name the columns.");
            var rows = ImmutableArray.CreateBuilder<double[]>();
            while (csv.Read())
            {
                if (csv.RowFieldCount != columns.Length)
                    throw new DataException($"The row has {csv.RowFieldCount} entries; the header has {columns.Length}.", $"{name}, line {csv.RowNumber + 1}", "Give every row an entry for each column.");
                var row = new double[columns.Length];
                for (int i = 0; i < row.Length; i++)
                {
                    if (!double.TryParse(csv.GetString(i), NumberStyles.Float, CultureInfo.InvariantCulture, out row[i]))
                        throw new DataException($"'{csv.GetString(i)}' is no number.", $"{name}, line {csv.RowNumber + 1}, column {columns[i]}", csv.GetString(i).Length == 0 ? "Leave such rows out." : "Write numbers with a decimal point, and classes as 0, 1, 2 ….");
                }
                rows.Add(row);
            }
            return new CsvTable(columns, rows.ToImmutable());
        }
        catch (Exception e) when (e is CsvFormatException or CsvMissingHeadersException or InvalidDataException)
        {
            throw new DataException($"The table can't be read: {e.Message}", name, "Write it as comma-separated values with a header.", e);
        }
    }

    /// <summary>Some columns as a tensor of shape [rows, columns], 64-bit.</summary>
    /// <exception cref="DataException">There is no such column.</exception>
    public torch.Tensor ToTensor(params string[] columns)
    {
        var places = columns.Select(c => Columns.IndexOf(c) is >= 0 and var i ? i : throw new DataException($"There is no column '{c}'.", "CSV table", $"Its columns: {string.Join(", ", Columns)}.")).ToArray();
        return torch.tensor(Rows.SelectMany(r => places.Select(p => r[p])).ToArray(), [Rows.Length, places.Length]);
    }
}
