using System.Collections.Immutable;
using System.Globalization;
using Apache.Arrow;
using Apache.Arrow.Ipc;
using Protonmotive.Formats.Measurements;

namespace Protonmotive.Reports.Fits;

/// <summary>Reads measurements by the ending of their file: .arrow, .feather, .parquet, else text.</summary>
public static class MeasurementFile
{
    /// <summary>Reads a table; a null is an empty cell.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="MeasurementException">It is not there, is damaged, or is uneven.</exception>
    public static MeasurementTable Read(string path)
    {
        string ending = Path.GetExtension(path).ToLowerInvariant();
        if (ending is not (".arrow" or ".feather" or ".parquet")) return MeasurementTable.Read(path);
        if (!File.Exists(path)) throw new MeasurementException("The data are not there.", path, "Mend the path; it is taken from the folder of the mapping.");
        try
        {
            if (ending == ".parquet")
            {
                using var file = new ParquetSharp.Arrow.FileReader(path);
                using var batches = file.GetRecordBatchReader();
                return Read(path, () => batches.ReadNextRecordBatchAsync().AsTask().GetAwaiter().GetResult());
            }
            using var stream = File.OpenRead(path);
            using var reader = new ArrowFileReader(stream);
            return Read(path, reader.ReadNextRecordBatch);
        }
        catch (Exception e) when (e is not ProtonmotiveException and not OutOfMemoryException)
        {
            throw new MeasurementException($"The data can't be read: {e.Message}", path, "The file is truncated or of another kind: give a CSV, Arrow or Parquet file.", e);
        }
    }

    private static MeasurementTable Read(string path, Func<RecordBatch?> next)
    {
        var names = ImmutableArray<string>.Empty;
        var rows = ImmutableArray.CreateBuilder<(string, ImmutableArray<string>)>();
        while (next() is { } batch)
        {
            using (batch)
            {
                names = [.. batch.Schema.FieldsList.Select(f => f.Name)];
                for (int r = 0; r < batch.Length; r++)
                {
                    var cells = Enumerable.Range(0, batch.ColumnCount).Select(c => Cell(batch.Column(c), r));
                    rows.Add((FormattableString.Invariant($"row {rows.Count + 1}"), [.. cells]));
                }
            }
        }
        return new MeasurementTable(path, names, rows.ToImmutable());
    }

    private static string Cell(IArrowArray array, int row) => array switch
    {
        DoubleArray a => Text(a.GetValue(row)),
        FloatArray a => Text(a.GetValue(row)),
        Int64Array a => Text(a.GetValue(row)),
        Int32Array a => Text(a.GetValue(row)),
        StringArray a => a.GetString(row) ?? "",
        _ => $"a cell of type {array.Data.DataType.Name}",
    };

    private static string Text(double? value) => value switch
    {
        null => "",
        double.PositiveInfinity => "inf",
        double.NegativeInfinity => "-inf",
        { } number => number.ToString("r", CultureInfo.InvariantCulture),
    };
}
