using System.Collections.Immutable;
using Apache.Arrow;
using Apache.Arrow.Types;

namespace Protonmotive.Reports.Scans;

/// <summary>The table of members: number, what varies, time where there are several, outputs; a row a member and time.</summary>
internal sealed class MemberTable
{
    private readonly ImmutableArray<double> times;
    private readonly int varied, outputs;
    private readonly bool hasTime;

    public MemberTable(ScanPlan plan)
    {
        times = plan.Times;
        hasTime = times.Length > 1;
        (varied, outputs) = (plan.VariedQuantities.Length, plan.OutputQuantities.Length);
        var names = new HashSet<string>(StringComparer.Ordinal);
        var fields = new List<Field> { new("member", Int64Type.Default, false, Metadata("member", "1", "number")) };
        names.Add("member");
        Field Column(string name, string unit, string role)
        {
            var free = name;
            while (!names.Add(free)) free += "_";
            return new Field(free, DoubleType.Default, false, Metadata(name, unit, role));
        }
        fields.AddRange(plan.VariedQuantities.Select(q => Column(q.Name, q.Unit, "varied")));
        if (hasTime) fields.Add(Column("time", plan.Model.Kernel.System.TimeUnit, "time"));
        fields.AddRange(plan.OutputQuantities.Select(q => Column(q.Name, q.Unit, "output")));
        Schema = new Schema(fields, null);
    }

    /// <summary>Its columns, with identifier, unit and role in each one's metadata.</summary>
    public Schema Schema { get; }

    /// <summary>A part as a batch of rows.</summary>
    public RecordBatch Batch(ScanPart part)
    {
        int rows = part.Count * times.Length;
        var numbers = new Int64Array.Builder().Reserve(rows);
        for (int k = 0; k < part.Count; k++)
            for (int t = 0; t < times.Length; t++) numbers.Append(part.First + k);
        var columns = new List<IArrowArray> { numbers.Build() };
        for (int i = 0; i < varied; i++) columns.Add(Column(rows, r => part.Varied[(r / times.Length * varied) + i]));
        if (hasTime) columns.Add(Column(rows, r => times[r % times.Length]));
        for (int i = 0; i < outputs; i++) columns.Add(Column(rows, r => part.Values[(r * outputs) + i]));
        return new RecordBatch(Schema, columns, rows);
    }

    /// <summary>A part from its batch of rows.</summary>
    /// <exception cref="InvalidDataException">It has other columns or rows.</exception>
    public ScanPart Read(RecordBatch batch, long first, int count, List<ScanFailure> failures)
    {
        int rows = count * times.Length, shift = 1 + varied + (hasTime ? 1 : 0);
        if (batch.Length != rows || batch.ColumnCount != shift + outputs) throw new InvalidDataException("it has other rows or columns");
        var part = new ScanPart(first, count, new double[count * varied], new double[rows * outputs], failures);
        for (int i = 0; i < varied; i++)
        {
            var column = ((DoubleArray)batch.Column(1 + i)).Values;
            for (int k = 0; k < count; k++) part.Varied[(k * varied) + i] = column[k * times.Length];
        }
        for (int i = 0; i < outputs; i++)
        {
            var column = ((DoubleArray)batch.Column(shift + i)).Values;
            for (int r = 0; r < rows; r++) part.Values[(r * outputs) + i] = column[r];
        }
        return part;
    }

    private static DoubleArray Column(int rows, Func<int, double> value)
    {
        var builder = new DoubleArray.Builder().Reserve(rows);
        for (int r = 0; r < rows; r++) builder.Append(value(r));
        return builder.Build();
    }

    private static Dictionary<string, string> Metadata(string name, string unit, string role) => new() { ["identifier"] = name, ["unit"] = unit, ["role"] = role };
}
