using System.Collections.Immutable;
using Apache.Arrow;
using Apache.Arrow.Types;
using Protonmotive.Solvers.Ensembles;

namespace Protonmotive.Reports.Scans;

/// <summary>Statistics of every output at every time, as a table: a row each.</summary>
internal sealed class StatisticsTable(ScanPlan plan, EnsembleSummary summary)
{
    private static readonly (string Name, double Part)[] quantiles = [("q05", 0.05), ("q25", 0.25), ("median", 0.5), ("q75", 0.75), ("q95", 0.95)];

    /// <summary>Its columns; numbers are in the output's unit.</summary>
    public static Schema Schema { get; } = new(
        [
            new Field("output", StringType.Default, false), new Field("unit", StringType.Default, false), new Field("time", DoubleType.Default, false), new Field("count", Int64Type.Default, false),
            .. ((string[])["mean", "deviation", "least", .. quantiles.Select(q => q.Name), "most"]).Select(n => new Field(n, DoubleType.Default, false)),
        ], null);

    public RecordBatch Batch()
    {
        var cells = (from output in Enumerable.Range(0, plan.OutputQuantities.Length) from time in Enumerable.Range(0, plan.Times.Length) select (Output: output, Time: time)).ToList();
        StringArray Text(Func<ScanQuantity, string> pick) => new StringArray.Builder().AppendRange(cells.Select(c => pick(plan.OutputQuantities[c.Output]))).Build();
        DoubleArray Numbers(Func<int, int, double> value) => new DoubleArray.Builder().AppendRange(cells.Select(c => value(c.Time, c.Output))).Build();
        return new RecordBatch(Schema,
        [
            Text(q => q.Name), Text(q => q.Unit), Numbers((t, _) => plan.Times[t]), new Int64Array.Builder().AppendRange(cells.Select(c => summary.Moments(c.Time, c.Output).Count)).Build(),
            Numbers((t, o) => summary.Moments(t, o) is { Count: > 0 } m ? m.Mean : double.NaN), Numbers((t, o) => summary.Moments(t, o).Deviation), Numbers(Least),
            .. quantiles.Select(q => (IArrowArray)Numbers((t, o) => summary.Quantile(t, o, q.Part))),
            Numbers(Most),
        ], cells.Count);
    }

    /// <summary>Statistics of the last row.</summary>
    public ImmutableArray<ScanStatistic> LastRow()
    {
        int time = plan.Times.Length - 1;
        return [.. plan.OutputQuantities.Select((q, o) =>
        {
            var m = summary.Moments(time, o);
            return new ScanStatistic(q.Name, q.Unit, m.Count, m.Count > 0 ? m.Mean : null, Finite(m.Deviation), Finite(Least(time, o)), Finite(summary.Quantile(time, o, 0.05)),
                Finite(summary.Quantile(time, o, 0.5)), Finite(summary.Quantile(time, o, 0.95)), Finite(Most(time, o)));
        })];
    }

    private double Least(int time, int output) => summary.Moments(time, output) is { Count: > 0 } m ? m.Least : double.NaN;

    private double Most(int time, int output) => summary.Moments(time, output) is { Count: > 0 } m ? m.Most : double.NaN;

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;
}
