using System.Collections.Immutable;
using System.Globalization;

namespace Protonmotive.Solvers.Designs;

/// <summary>Points listed in a table: one row a member.</summary>
public sealed class TableDesign : Design
{
    private readonly double[] values;

    /// <summary>A table.</summary>
    /// <param name="names">Its columns.</param>
    /// <param name="rows">Its rows, one after the other; shape [members × names].</param>
    /// <exception cref="DesignException">A name twice, no column, no row, or a value that is not finite.</exception>
    public TableDesign(ImmutableArray<string> names, double[] rows)
        : base(names, names.Length == 0 ? 0 : rows.Length / names.Length)
    {
        if (names.Length == 0 || rows.Length == 0 || rows.Length % names.Length != 0)
            throw new DesignException($"{rows.Length} values do not make rows of {names.Length}.", "table of parameter sets", "Give at least one row, and one value for each name in it.");
        int bad = Array.FindIndex(rows, v => !double.IsFinite(v));
        if (bad >= 0) throw new DesignException($"The value of '{names[bad % names.Length]}' is not finite.", $"row {(bad / names.Length) + 1} of a table of parameter sets", "Give a finite number.");
        values = [.. rows];
    }

    /// <inheritdoc/>
    public override string Description => string.Create(CultureInfo.InvariantCulture, $"table of {Count} members");

    /// <summary>Reads a table whose first line names the columns; cells are parted by commas, semicolons or tabs.</summary>
    /// <param name="path">The file; empty lines and lines that begin with # are passed over.</param>
    /// <exception cref="DesignException">No such file, an uneven row, or a cell that is no number.</exception>
    public static TableDesign Load(string path)
    {
        if (!File.Exists(path)) throw new DesignException("There is no such file.", path, "Check the path of the table.");
        using var reader = new StreamReader(path);
        return Read(reader, path);
    }

    /// <summary>Reads a table from text.</summary>
    /// <param name="reader">The text.</param>
    /// <param name="source">Its name, for errors.</param>
    /// <exception cref="DesignException">An uneven row, or a cell that is no number.</exception>
    public static TableDesign Read(TextReader reader, string source)
    {
        var names = ImmutableArray<string>.Empty;
        char separator = ',';
        var rows = new List<double>();
        int number = 0;
        while (reader.ReadLine() is { } line)
        {
            number++;
            if (string.IsNullOrWhiteSpace(line) || line[0] == '#') continue;
            if (names.IsEmpty)
            {
                separator = line.Contains('\t', StringComparison.Ordinal) ? '\t' : line.Contains(';', StringComparison.Ordinal) ? ';' : ',';
                names = [.. line.TrimStart('\uFEFF').Split(separator).Select(Unquoted)];
                int empty = names.IndexOf("");
                if (empty >= 0) throw new DesignException($"Column {empty + 1} has no name.", $"{source}, line {number}", "Name each column after what it sets.");
                continue;
            }

            var cells = line.Split(separator);
            if (cells.Length != names.Length) throw new DesignException($"The row has {cells.Length} cells, the header {names.Length}.", $"{source}, line {number}", "Give one number for each name.");
            for (int i = 0; i < cells.Length; i++)
            {
                if (!double.TryParse(Unquoted(cells[i]), NumberStyles.Float, CultureInfo.InvariantCulture, out double value) || !double.IsFinite(value))
                    throw new DesignException($"'{cells[i].Trim()}' is no finite number.", $"{source}, line {number}, column '{names[i]}'", "Write numbers with a point, e.g. 1.5e-3.");
                rows.Add(value);
            }
        }

        if (rows.Count == 0) throw new DesignException("The table has no rows.", source, "Give a line of names, then one line for each member.");
        return new TableDesign(names, [.. rows]);
    }

    private protected override void Fill(long member, Span<double> row) => values.AsSpan(checked((int)member * Names.Length), Names.Length).CopyTo(row);

    private static string Unquoted(string cell) => cell.Trim().Trim('"').Trim();
}
