using System.Collections.Immutable;

namespace Protonmotive.Formats.SedMl;

/// <summary>What an experiment gave.</summary>
/// <param name="Document">The experiment.</param>
/// <param name="Data">Data by id of their data generator.</param>
/// <param name="Notes">What readers must know.</param>
public sealed record SedResult(SedDocument Document, ImmutableDictionary<string, DataArray> Data, ImmutableArray<string> Notes)
{
    /// <summary>The columns of a report: repeats of a time course stand side by side, their number after the label.</summary>
    /// <returns>Label and values of each column; columns may differ in length.</returns>
    public IReadOnlyList<(string Label, double[] Values)> Table(SedReport report)
    {
        var columns = new List<(string, double[])>();
        foreach (var set in report.DataSets)
        {
            var data = Data[set.Data];
            if (data.RowCount == 1) columns.Add((set.Label, data.GetRow(0).ToArray()));
            else for (int row = 0; row < data.RowCount; row++) columns.Add((FormattableString.Invariant($"{set.Label} [{row + 1}]"), data.GetRow(row).ToArray()));
        }
        return columns;
    }

    /// <summary>The lines of a curve: one for each repeat.</summary>
    /// <returns>x, y and, for an area, its upper edge; all of one length.</returns>
    /// <exception cref="SedMlException">x and y have different numbers of values.</exception>
    public IReadOnlyList<(double[] X, double[] Y, double[]? Upper)> Lines(SedCurve curve)
    {
        var (x, y) = (Data[curve.X], Data[curve.Y]);
        var upper = curve.UpperY is null ? null : Data[curve.UpperY];
        int rows = Math.Max(Math.Max(x.RowCount, y.RowCount), upper?.RowCount ?? 0), length = Math.Max(Math.Max(x.RowLength, y.RowLength), upper?.RowLength ?? 0);
        foreach (var (id, data) in new[] { (curve.X, x), (curve.Y, y), (curve.UpperY ?? "", upper ?? y) })
        {
            if ((data.RowCount == rows || data.RowCount == 1) && (data.RowLength == length || data.RowLength == 1)) continue;
            throw curve.Fault($"The data '{id}' of the curve have {data.ShapeText}, where {rows} × {length} are drawn.", "Draw data of one task against each other.");
        }
        double[] Row(DataArray data, int row)
        {
            var values = data.GetRow(data.RowCount == 1 ? 0 : row);
            if (values.Length == length) return values.ToArray();
            var same = new double[length];
            Array.Fill(same, values[0]);
            return same;
        }
        return [.. Enumerable.Range(0, rows).Select(r => (Row(x, r), Row(y, r), upper is null ? null : Row(upper, r)))];
    }
}
