using Protonmotive.Symbolics;

namespace Protonmotive.Formats.Measurements;

/// <summary>A formula of a table's columns.</summary>
internal sealed class ColumnFormula
{
    private readonly MeasurementTable table;
    private readonly Expression formula;
    private readonly Dictionary<string, int> columns;

    /// <summary>A formula over a table.</summary>
    /// <exception cref="MeasurementException">It names a column that is not there.</exception>
    public ColumnFormula(MeasurementTable table, Expression formula, string where)
    {
        (this.table, this.formula) = (table, formula);
        columns = formula.Symbols().ToDictionary(s => s, s => table.Find(s) is >= 0 and var index ? index
            : throw new MeasurementException($"The data have no column '{s}'.", where, $"Their columns are {string.Join(", ", table.Columns.Take(20))}."), StringComparer.Ordinal);
    }

    /// <summary>The columns it reads.</summary>
    public IEnumerable<int> Columns => columns.Values;

    /// <summary>Its value in a row; null where a cell is empty.</summary>
    /// <exception cref="MeasurementException">A cell is no number.</exception>
    public double? Value(int row) => columns.Values.Any(c => table.Number(row, c) is null) ? null : formula.Evaluate(name => table.Number(row, columns[name])!.Value);
}
