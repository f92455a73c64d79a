using Apache.Arrow;
using Apache.Arrow.Ipc;
using ParquetSharp;

namespace Protonmotive.Reports.Scans;

/// <summary>A table written batch by batch as an Arrow file and as a Parquet file, both with units in their fields' metadata.</summary>
internal sealed class TableFile : IDisposable
{
    private readonly FileStream stream;
    private readonly ArrowFileWriter arrow;
    private readonly ParquetSharp.Arrow.FileWriter parquet;

    /// <summary>Begins a table.</summary>
    /// <param name="path">Path without the ending: .arrow and .parquet are added, each with ".writing" until <see cref="Finish"/>.</param>
    /// <param name="schema">Its columns.</param>
    public TableFile(string path, Schema schema)
    {
        Path = path;
        stream = File.Create(path + ".arrow.writing");
        arrow = new ArrowFileWriter(stream, schema, leaveOpen: true);
        using var properties = new WriterPropertiesBuilder().Compression(Compression.Snappy).Build();
        using var arrowProperties = new ParquetSharp.Arrow.ArrowWriterPropertiesBuilder().StoreSchema().Build();
        parquet = new ParquetSharp.Arrow.FileWriter(path + ".parquet.writing", schema, properties, arrowProperties);
    }

    private string Path { get; }

    /// <summary>Adds rows.</summary>
    public void Add(RecordBatch batch)
    {
        arrow.WriteRecordBatch(batch);
        parquet.WriteRecordBatch(batch);
    }

    /// <summary>Closes both files and moves them into place.</summary>
    public void Finish()
    {
        arrow.WriteEnd();
        arrow.Dispose();
        stream.Dispose();
        parquet.Close();
        File.Move(Path + ".arrow.writing", Path + ".arrow", overwrite: true);
        File.Move(Path + ".parquet.writing", Path + ".parquet", overwrite: true);
    }

    /// <summary>Closes both files; those not finished are removed.</summary>
    public void Dispose()
    {
        arrow.Dispose();
        stream.Dispose();
        parquet.Dispose();
        File.Delete(Path + ".arrow.writing");
        File.Delete(Path + ".parquet.writing");
    }
}
