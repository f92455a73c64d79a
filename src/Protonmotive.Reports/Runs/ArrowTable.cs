using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Apache.Arrow;
using Apache.Arrow.Ipc;
using Apache.Arrow.Types;
using Protonmotive.Reports.Analyses;
using Protonmotive.Thermodynamics;

namespace Protonmotive.Reports.Runs;

/// <summary>Trajectories and ledgers as Arrow IPC files.</summary>
internal static class ArrowTable
{
    private const string LedgerKey = "protonmotive.ledger";

    public static void Write(Stream stream, Trajectory trajectory)
    {
        var fields = trajectory.Columns.Select(c => new Field(c.Name, DoubleType.Default, false,
            new Dictionary<string, string> { ["identifier"] = c.Name, ["unit"] = c.Unit }));
        var arrays = trajectory.Columns.Select(c => (IArrowArray)new DoubleArray.Builder().Append(c.Values.AsSpan()).Build());
        Write(stream, new Schema(fields, null), arrays, trajectory.Times.Length);
    }

    /// <summary>A table of an analysis: numbers and texts, each number with its unit.</summary>
    public static void Write(Stream stream, AnalysisTable table)
    {
        var fields = table.Columns.Select(c => new Field(c.Name, c.Texts is null ? DoubleType.Default : StringType.Default, false,
            new Dictionary<string, string> { ["identifier"] = c.Name, ["unit"] = c.Unit }));
        var arrays = table.Columns.Select(c => c.Texts is { } texts ? new StringArray.Builder().AppendRange(texts).Build() : (IArrowArray)new DoubleArray.Builder().Append(c.Numbers!.Value.AsSpan()).Build());
        Write(stream, new Schema(fields, new Dictionary<string, string> { ["title"] = table.Title }), arrays, table.RowCount);
    }

    /// <summary>The ledger as rows (section, name, item, value), with the whole of it as JSON in the schema's metadata.</summary>
    public static void Write(Stream stream, Ledger ledger)
    {
        var rows = LedgerRows(ledger).ToList();
        var schema = new Schema(
            [new Field("section", StringType.Default, false), new Field("name", StringType.Default, false), new Field("item", StringType.Default, false), new Field("value", DoubleType.Default, false)],
            new Dictionary<string, string> { [LedgerKey] = System.Text.Json.JsonSerializer.Serialize(ledger, RunJson.Default.Ledger), ["unit"] = ledger.EnergyUnit });
        StringArray Text(Func<(string Section, string Name, string Item, double Value), string> pick)
        {
            var builder = new StringArray.Builder();
            foreach (var row in rows) builder.Append(pick(row));
            return builder.Build();
        }
        Write(stream, schema, [Text(r => r.Section), Text(r => r.Name), Text(r => r.Item), new DoubleArray.Builder().AppendRange(rows.Select(r => r.Value)).Build()], rows.Count);
    }

    public static Trajectory ReadTrajectory(Stream stream)
    {
        using var reader = new ArrowFileReader(stream, leaveOpen: true);
        using var batch = reader.ReadNextRecordBatch() ?? throw new InvalidDataException("it holds no rows");
        return new Trajectory([.. Enumerable.Range(0, batch.ColumnCount).Select(i =>
        {
            var field = batch.Schema.GetFieldByIndex(i);
            return new TrajectoryColumn(field.Name, field.Metadata?.GetValueOrDefault("unit") ?? "", [.. ((DoubleArray)batch.Column(i)).Values]);
        })]);
    }

    public static Ledger ReadLedger(Stream stream)
    {
        using var reader = new ArrowFileReader(stream, leaveOpen: true);
        using var batch = reader.ReadNextRecordBatch() ?? throw new InvalidDataException("it holds no rows");
        var json = batch.Schema.Metadata?.GetValueOrDefault(LedgerKey) ?? throw new InvalidDataException("it holds no ledger");
        return System.Text.Json.JsonSerializer.Deserialize(json, RunJson.Default.Ledger) ?? throw new InvalidDataException("its ledger is empty");
    }

    private static void Write(Stream stream, Schema schema, IEnumerable<IArrowArray> arrays, int length)
    {
        using var batch = new RecordBatch(schema, arrays, length);
        using var writer = new ArrowFileWriter(stream, schema, leaveOpen: true);
        writer.WriteRecordBatch(batch);
        writer.WriteEnd();
    }

    private static IEnumerable<(string Section, string Name, string Item, double Value)> LedgerRows(Ledger l)
    {
        foreach (var p in l.Processes)
        {
            yield return ("process", p.Name, "extent", p.Extent);
            yield return ("process", p.Name, p.IsLoad ? "delivered" : "dissipated", p.Posts || p.Status == AffinityStatus.FromFluxes ? p.Power : double.NaN);
            if (p.Work is { } work) yield return ("process", p.Name, "spent", p.Spent);
            if (p.Work is { } w) yield return ("process", p.Name, "work", w);
            foreach (var c in p.Carriers) yield return ("process", p.Name, "carrier " + c.Carrier, c.Energy);
        }
        foreach (var s in l.Supplies) yield return ("supply", s.Name, s.Kind.ToString(), s.Energy);
        foreach (var b in l.Boundaries)
        {
            yield return ("boundary", b.Name, "input", b.Input);
            yield return ("boundary", b.Name, "dissipated", b.Dissipated);
            yield return ("boundary", b.Name, "delivered", b.Delivered);
        }
        yield return ("total", "", "supplied", l.Supplied);
        yield return ("total", "", "dissipated", l.Dissipated);
        yield return ("total", "", "delivered", l.Delivered);
        yield return ("total", "", "stored change", l.StoredChange);
        yield return ("total", "", "activity", l.Activity);
        yield return ("total", "", "closure residual", l.ClosureResidual);
    }
}
