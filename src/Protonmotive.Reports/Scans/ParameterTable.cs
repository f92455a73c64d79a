using System.Collections.Immutable;
using Apache.Arrow;
using Apache.Arrow.Ipc;
using Protonmotive.Solvers.Designs;

namespace Protonmotive.Reports.Scans;

/// <summary>Reads a table of parameter sets: CSV, Arrow or Parquet, a column a name, a row a member.</summary>
public static class ParameterTable
{
    /// <summary>Reads a table by the ending of its file: .arrow, .feather, .parquet, else text.</summary>
    /// <exception cref="DesignException">No such file, it is damaged, a cell is no finite number, or it has no rows.</exception>
    public static TableDesign Load(string path)
    {
        if (!File.Exists(path)) throw new DesignException("There is no such file.", path, "Check the path of the table.");
        try
        {
            switch (Path.GetExtension(path).ToLowerInvariant())
            {
                case ".arrow" or ".feather":
                {
                    using var stream = File.OpenRead(path);
                    using var reader = new ArrowFileReader(stream);
                    return Read(path, reader.ReadNextRecordBatch);
                }
                case ".parquet":
                {
                    using var file = new ParquetSharp.Arrow.FileReader(path);
                    using var batches = file.GetRecordBatchReader();
                    return Read(path, () => batches.ReadNextRecordBatchAsync().AsTask().GetAwaiter().GetResult());
                }
                default: return TableDesign.Load(path);
            }
        }
        catch (Exception e) when (e is not ProtonmotiveException and not OutOfMemoryException)
        {
            throw new DesignException($"The table can't be read: {e.Message}", path, "It is truncated or of another kind: give a CSV, Arrow or Parquet file.", e);
        }
    }

    private static TableDesign Read(string path, Func<RecordBatch?> next)
    {
        var names = ImmutableArray<string>.Empty;
        var rows = new List<double>();
        long row = 0;
        while (next() is { } batch)
        {
            using (batch)
            {
                names = [.. batch.Schema.FieldsList.Select(f => f.Name)];
                var columns = Enumerable.Range(0, batch.ColumnCount).Select(i => Column(batch.Column(i), names[i], path)).ToArray();
                for (int r = 0; r < batch.Length; r++, row++)
                {
                    for (int c = 0; c < columns.Length; c++)
                        rows.Add(columns[c](r) is { } v && double.IsFinite(v) ? v : throw new DesignException("A value is missing or not finite.", $"{path}, row {row + 1}, column '{names[c]}'", "Give a finite number in every cell."));
                }
            }
        }
        return rows.Count > 0 ? new TableDesign(names, [.. rows]) : throw new DesignException("The table has no rows.", path, "Give one row for each member.");
    }

    private static Func<int, double?> Column(IArrowArray array, string name, string path) => array switch
    {
        DoubleArray a => r => a.GetValue(r),
        FloatArray a => r => a.GetValue(r),
        Int64Array a => r => a.GetValue(r),
        Int32Array a => r => a.GetValue(r),
        _ => throw new DesignException($"The column '{name}' holds no numbers.", path, "Leave it out, or write it as numbers."),
    };
}
