using System.Collections.Immutable;
using System.Globalization;
using Protonmotive.Formats.SedMl;
using Protonmotive.Reports.Runs;

namespace Protonmotive.Reports.Experiments;

/// <summary>A table of numbers as it is written.</summary>
/// <param name="Columns">Heading and values; they may differ in length.</param>
internal sealed record ExperimentTable(ImmutableArray<(string Label, double[] Values)> Columns)
{
    public int RowCount => Columns.Select(c => c.Values.Length).DefaultIfEmpty().Max();

    /// <summary>What an output shows: the data sets of a report, the axes of each curve or surface.</summary>
    public static ExperimentTable Of(SedResult result, SedOutput output)
    {
        IEnumerable<(string, double[])> Shown(string id, string label) => Rows(label, result.Data[id]);
        string NameOf(string id) => result.Document.DataGenerators.First(d => d.Id == id).Name;
        var columns = output switch
        {
            SedReport report => result.Table(report),
            SedPlot2D plot => plot.Curves.SelectMany(c => new[] { c.X, c.Y, c.UpperY }).OfType<string>().Distinct().SelectMany(id => Shown(id, NameOf(id))),
            SedPlot3D plot => plot.Surfaces.SelectMany(s => new[] { s.X, s.Y, s.Z }).Distinct().SelectMany(id => Shown(id, NameOf(id))),
            _ => [],
        };
        return new ExperimentTable([.. Distinct(columns)]);
    }

    /// <summary>All data of an experiment without outputs.</summary>
    public static ExperimentTable All(SedResult result) =>
        new([.. Distinct(result.Document.DataGenerators.SelectMany(d => Rows(d.Name, result.Data[d.Id])))]);

    /// <summary>Comma-separated, with a heading; as RFC 4180 asks, save for line feeds alone. Numbers read back as they are.</summary>
    public void WriteCsv(TextWriter writer)
    {
        writer.Write(string.Join(',', Columns.Select(c => Quoted(c.Label))) + "\n");
        for (int row = 0; row < RowCount; row++)
            writer.Write(string.Join(',', Columns.Select(c => row < c.Values.Length ? c.Values[row].ToString("R", CultureInfo.InvariantCulture) : "")) + "\n");
    }

    /// <summary>As columns of one length; short ones end in NaN.</summary>
    public Trajectory ToTrajectory() => new([.. Columns.Select(c => new TrajectoryColumn(c.Label, "", [.. c.Values, .. Enumerable.Repeat(double.NaN, RowCount - c.Values.Length)]))]);

    private static IEnumerable<(string, double[])> Rows(string label, DataArray data) => data.RowCount == 1 ? [(label, data.GetRow(0).ToArray())]
        : Enumerable.Range(0, data.RowCount).Select(r => (FormattableString.Invariant($"{label} [{r + 1}]"), data.GetRow(r).ToArray()));

    private static IEnumerable<(string, double[])> Distinct(IEnumerable<(string Label, double[] Values)> columns)
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (label, values) in columns)
        {
            int count = seen[label] = seen.GetValueOrDefault(label) + 1;
            yield return (count == 1 ? label : FormattableString.Invariant($"{label} ({count})"), values);
        }
    }

    private static string Quoted(string text) => text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
