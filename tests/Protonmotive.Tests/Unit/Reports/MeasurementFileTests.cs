using ParquetSharp;
using Protonmotive.Formats.Measurements;
using Protonmotive.Reports.Fits;
using Xunit;

namespace Protonmotive.Tests.Unit.Reports;

public sealed class MeasurementFileTests : IDisposable
{
    private readonly string path = Directory.CreateTempSubdirectory("measurements-").FullName;

    public void Dispose() => Directory.Delete(path, recursive: true);

    [Fact]
    public void Parquet_is_read_with_empty_cells_whole_numbers_and_text()
    {
        string file = Path.Combine(path, "data.parquet");
        using (var writer = new ParquetFileWriter(file, [new Column<int>("time"), new Column<double?>("A"), new Column<string>("remark")]))
        {
            using var group = writer.AppendRowGroup();
            using (var column = group.NextColumn().LogicalWriter<int>()) column.WriteBatch([0, 2, 4]);
            using (var column = group.NextColumn().LogicalWriter<double?>()) column.WriteBatch([0.1, null, double.NaN]);
            using (var column = group.NextColumn().LogicalWriter<string>()) column.WriteBatch(["a", "b", "c"]);
            writer.Close();
        }

        var table = MeasurementFile.Read(file);
        Assert.Equal(["time", "A", "remark"], table.Columns);
        Assert.Equal([0.0, 2, 4], Enumerable.Range(0, 3).Select(r => table.Number(r, 0)!.Value));
        Assert.Equal(0.1, table.Number(0, 1));
        Assert.Null(table.Number(1, 1));
        Assert.Contains("row 3, column 'A'", Assert.Throws<MeasurementException>(() => table.Number(2, 1)).Where, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_file_is_refused()
    {
        string file = Path.Combine(path, "data.parquet");
        File.WriteAllText(file, "time,A\n0,1\n");
        Assert.Contains("can't be read", Assert.Throws<MeasurementException>(() => MeasurementFile.Read(file)).What, StringComparison.Ordinal);
        Assert.Throws<MeasurementException>(() => MeasurementFile.Read(Path.Combine(path, "nosuch.parquet")));
    }
}
