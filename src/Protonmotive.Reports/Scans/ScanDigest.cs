using Protonmotive.Solvers.Designs;
using Protonmotive.Solvers.Ensembles;

namespace Protonmotive.Reports.Scans;

/// <summary>
/// What is kept of a scan besides its table: statistics of all members, the last row of some for figures, and all rows of a few. It
/// does not grow with the members. Members are added in order, so the same scan gives the same digest bit for bit.
/// </summary>
internal sealed class ScanDigest
{
    private const int Samples = 4000, Traces = 8;

    private readonly int width, times;
    private readonly long sampleStep;
    private readonly bool isSwept;
    private readonly HashSet<long> traced;
    private readonly ScanPlane? plane;

    public ScanDigest(ScanPlan plan)
    {
        (width, times) = (plan.OutputQuantities.Length, plan.Times.Length);
        Summary = new EnsembleSummary(plan.Times, [.. plan.OutputQuantities.Select(q => q.Name)]);
        plane = ScanPlane.Of(plan.Settings.Design);
        sampleStep = (plan.Members.Count + Samples - 1) / Samples;
        isSwept = plan.Settings.Design is GridDesign grid && grid.Axes.Count(a => a.Length > 1) == 1;
        // At equal distance a Sobol sequence would repeat some coordinates; golden sections are even and repeat none.
        traced = [.. Enumerable.Range(0, Traces).Select(i => isSwept ? i * (plan.Members.Count - 1) / (Traces - 1) : (long)(((i + 1) * 0.6180339887498949 % 1) * plan.Members.Count))];
    }

    /// <summary>Statistics of all members.</summary>
    public EnsembleSummary Summary { get; private set; }

    /// <summary>The last row of some members: of one range at equal distance, of samples picked without order, or of a plane of two ranges all that its map shows.</summary>
    public List<(long Member, double[] Varied, double[] Row)> Sample { get; } = [];

    /// <summary>All rows of a few members.</summary>
    public List<(long Member, double[] Varied, double[] Rows)> Paths { get; } = [];

    /// <summary>Adds the next members.</summary>
    public void Add(ScanPart part)
    {
        int varied = part.Varied.Length / part.Count, length = times * width;
        var failed = part.Failures.Select(f => f.Member).ToHashSet();
        for (int k = 0; k < part.Count; k++)
        {
            long member = part.First + k;
            var rows = part.Values.AsSpan(k * length, length);
            Summary.Add(rows, failed.Contains(member));
            if (plane?.Keeps(member) ?? ((isSwept || sampleStep == 1 ? (ulong)member : Mixed((ulong)member)) % (ulong)sampleStep == 0)) Sample.Add((member, part.Varied.AsSpan(k * varied, varied).ToArray(), rows[^width..].ToArray()));
            if (times > 1 && traced.Contains(member)) Paths.Add((member, part.Varied.AsSpan(k * varied, varied).ToArray(), rows.ToArray()));
        }
    }

    public void Write(BinaryWriter writer)
    {
        Summary.Write(writer);
        foreach (var list in (ReadOnlySpan<List<(long, double[], double[])>>)[Sample, Paths])
        {
            writer.Write(list.Count);
            foreach (var (member, varied, values) in list)
            {
                writer.Write(member);
                Write(writer, varied);
                Write(writer, values);
            }
        }
    }

    public static ScanDigest Read(BinaryReader reader, ScanPlan plan)
    {
        var digest = new ScanDigest(plan);
        digest.Summary = EnsembleSummary.Read(reader, digest.Summary.Times, digest.Summary.Outputs);
        foreach (var list in (ReadOnlySpan<List<(long, double[], double[])>>)[digest.Sample, digest.Paths])
        {
            int count = reader.ReadInt32();
            for (int i = 0; i < count; i++) list.Add((reader.ReadInt64(), Numbers(reader), Numbers(reader)));
        }
        return digest;
    }

    /// <summary>The finaliser of SplitMix64 (Steele, Lea and Flood 2014, OOPSLA, p. 453): picks from any sequence as if at random.</summary>
    internal static ulong Mixed(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    private static void Write(BinaryWriter writer, double[] values)
    {
        writer.Write(values.Length);
        foreach (double v in values) writer.Write(v);
    }

    private static double[] Numbers(BinaryReader reader)
    {
        var values = new double[reader.ReadInt32()];
        for (int i = 0; i < values.Length; i++) values[i] = reader.ReadDouble();
        return values;
    }
}
