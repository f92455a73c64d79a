namespace Protonmotive.Formats.Measurements;

/// <summary>An entry of what is estimated over a table: one value, or one for each of its parts.</summary>
internal sealed class EstimatedParts
{
    private readonly EstimatedEntry entry;
    private readonly List<(string Part, List<int> Rows)> parts = [];

    /// <summary>An entry over a table.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="table">The table.</param>
    /// <param name="measured">Its rows that hold a measurement.</param>
    /// <exception cref="MeasurementException">A column is not there or empty, or no row is meant.</exception>
    public EstimatedParts(EstimatedEntry entry, MeasurementTable table, IReadOnlyCollection<int> measured)
    {
        this.entry = entry;
        IsWhole = true;
        if (entry.By.Length == 0) return;
        int by = entry.By == EstimatedEntry.EachRow ? -1 : table.Find(entry.By);
        if (by < 0 && entry.By != EstimatedEntry.EachRow) throw new MeasurementException($"The data have no column '{entry.By}'.", entry.Where, $"Name one of {string.Join(", ", table.Columns.Take(20))}, or 'row' for a value in each row.");
        var condition = entry.Rows is null ? null : new ColumnFormula(table, entry.Rows, entry.Where);
        foreach (int row in measured)
        {
            if (condition is not null && condition.Value(row) is not (not null and not 0))
            {
                IsWhole = false;
                continue;
            }
            string part = by < 0 ? FormattableString.Invariant($"{row + 1}") : table.Text(row, by);
            if (part.Length == 0) throw new MeasurementException($"'{entry.By}' is empty.", table.Where(row, by), "Fill it in: it tells which value is meant.");
            var known = parts.Find(p => p.Part == part);
            if (known.Rows is null) parts.Add((part, [row]));
            else known.Rows.Add(row);
        }
        if (parts.Count == 0) throw new MeasurementException($"No row is meant by '{entry.Name}[{entry.By}]'.", entry.Where, "Mend the formula after 'where'.");
    }

    /// <summary>What is estimated.</summary>
    public string Name => entry.Name;

    /// <summary>Its range.</summary>
    public string Range => entry.Range;

    /// <summary>Where it was read, for messages.</summary>
    public string Where => entry.Where;

    /// <summary>Whether it has an estimated value in every row that holds a measurement.</summary>
    public bool IsWhole { get; }

    /// <summary>Names of what is estimated, each with the rows it holds in; one name without rows where it holds in all.</summary>
    /// <param name="target">Name of the parameter.</param>
    public IEnumerable<(string Name, List<int> Rows)> Parts(string target) => entry.By.Length == 0 ? [(target, [])] : parts.Select(p => ($"{target}[{p.Part}]", p.Rows));
}
