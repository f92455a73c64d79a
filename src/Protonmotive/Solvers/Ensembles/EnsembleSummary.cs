using System.Collections.Immutable;

namespace Protonmotive.Solvers.Ensembles;

/// <summary>
/// What is known of an ensemble without its members: moments and quantiles of every output at every time. Its memory depends on
/// the number of outputs and times alone, at most about 7 kB each.
/// </summary>
public sealed class EnsembleSummary
{
    private readonly RunningMoments[] moments;
    private readonly QuantileSketch[] sketches;

    /// <summary>A summary of no members.</summary>
    /// <param name="times">Time of each row.</param>
    /// <param name="outputs">Name of each output.</param>
    /// <param name="withQuantiles">Whether quantiles are kept.</param>
    public EnsembleSummary(ImmutableArray<double> times, ImmutableArray<string> outputs, bool withQuantiles = true)
    {
        (Times, Outputs, HasQuantiles) = (times, outputs, withQuantiles);
        moments = new RunningMoments[times.Length * outputs.Length];
        sketches = new QuantileSketch[withQuantiles ? moments.Length : 0];
        for (int i = 0; i < sketches.Length; i++) sketches[i] = new QuantileSketch();
    }

    /// <summary>Time of each row.</summary>
    public ImmutableArray<double> Times { get; }

    /// <summary>Name of each output.</summary>
    public ImmutableArray<string> Outputs { get; }

    /// <summary>Whether quantiles are kept.</summary>
    public bool HasQuantiles { get; }

    /// <summary>Members seen.</summary>
    public long Members { get; private set; }

    /// <summary>Those of them that failed; what they reached before is counted.</summary>
    public long Failed { get; private set; }

    /// <summary>Adds a member; values that are not finite are passed over.</summary>
    /// <param name="rows">Its outputs, row after row, shape [times · outputs].</param>
    /// <param name="failed">Whether it failed.</param>
    public void Add(ReadOnlySpan<double> rows, bool failed)
    {
        Members++;
        if (failed) Failed++;
        for (int i = 0; i < moments.Length; i++)
        {
            if (!double.IsFinite(rows[i])) continue;
            moments[i].Add(rows[i]);
            if (HasQuantiles) sketches[i].Add(rows[i]);
        }
    }

    /// <summary>Adds the members of another summary, after those of this one.</summary>
    public void Add(EnsembleSummary later)
    {
        Members += later.Members;
        Failed += later.Failed;
        for (int i = 0; i < moments.Length; i++)
        {
            moments[i] = RunningMoments.Join(moments[i], later.moments[i]);
            if (HasQuantiles) sketches[i].Add(later.sketches[i]);
        }
    }

    /// <summary>Moments of an output at a time, in its unit.</summary>
    public RunningMoments Moments(int time, int output) => moments[(time * Outputs.Length) + output];

    /// <summary>A quantile of an output at a time, in its unit; NaN where no member gave a value.</summary>
    /// <param name="time">Row.</param>
    /// <param name="output">Output.</param>
    /// <param name="q">From 0 to 1.</param>
    /// <exception cref="SolverException">Quantiles were not kept.</exception>
    public double Quantile(int time, int output, double q) => HasQuantiles
        ? sketches[(time * Outputs.Length) + output].Quantile(q)
        : throw new SolverException("Quantiles were not kept.", "Summary of an ensemble.", "Take EnsembleStatistics with quantiles.");

    /// <summary>Writes all that is known, so that <see cref="Read"/> gives the same summary bit for bit.</summary>
    public void Write(BinaryWriter writer)
    {
        writer.Write(Members);
        writer.Write(Failed);
        foreach (var m in moments) m.Write(writer);
        foreach (var s in sketches) s.Write(writer);
    }

    /// <summary>Reads what <see cref="Write"/> wrote for the same times and outputs.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    /// <exception cref="EndOfStreamException">It is truncated.</exception>
    public static EnsembleSummary Read(BinaryReader reader, ImmutableArray<double> times, ImmutableArray<string> outputs, bool withQuantiles = true)
    {
        var summary = new EnsembleSummary(times, outputs, withQuantiles) { Members = reader.ReadInt64(), Failed = reader.ReadInt64() };
        for (int i = 0; i < summary.moments.Length; i++) summary.moments[i] = RunningMoments.Read(reader);
        for (int i = 0; i < summary.sketches.Length; i++) summary.sketches[i] = QuantileSketch.Read(reader);
        return summary;
    }
}
