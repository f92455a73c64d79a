namespace Protonmotive.Solvers.Ensembles;

/// <summary>
/// Quantiles of any number of values in a few kilobytes: a merging t-digest. Up to <see cref="ExactCount"/> values it is exact; beyond,
/// a centroid spans at most 2π √(q (1 − q)) / 200 of the ranks, and the error of rank is a small part of that. Same values in the same
/// order, same sketch, bit for bit.
/// </summary>
/// <remarks>
/// Dunning and Ertl (2019), Computing Extremely Accurate Quantiles Using t-Digests, arXiv:1902.04023: scale function k₁, merging by
/// algorithm 1. The first and the last centroid are kept single, so that the ends are exact.
/// </remarks>
public sealed class QuantileSketch
{
    private const int Compression = 200;

    /// <summary>So many values are kept as they are.</summary>
    public const int ExactCount = 2 * Compression;

    private double[] means = [], weights = [];
    private int centroids;
    private double[] buffer = [];
    private int buffered;

    /// <summary>How many values were seen.</summary>
    public long Count { get; private set; }

    /// <summary>Adds a finite value.</summary>
    public void Add(double value)
    {
        if (buffered == buffer.Length)
        {
            if (buffer.Length < ExactCount) Array.Resize(ref buffer, Math.Clamp(2 * buffer.Length, 8, ExactCount));
            else Compress([], [], 0);
        }
        buffer[buffered++] = value;
        Count++;
    }

    /// <summary>Adds what another sketch has seen, after what this one has.</summary>
    public void Add(QuantileSketch later)
    {
        if (later.centroids > 0)
        {
            Compress(later.means, later.weights, later.centroids);
            Count += later.Count - later.buffered;
        }
        for (int i = 0; i < later.buffered; i++) Add(later.buffer[i]);
    }

    /// <summary>The value below which a part q of the values lies, linear between centroids; NaN of no values.</summary>
    /// <param name="q">From 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">q is outside 0 to 1.</exception>
    /// <remarks>Of values kept single it is definition 7 of Hyndman and Fan (1996), The American Statistician 50, 361-365.</remarks>
    public double Quantile(double q)
    {
        if (!(q >= 0 && q <= 1)) throw new ArgumentOutOfRangeException(nameof(q), q, "A part lies between 0 and 1.");
        if (buffered > 0 && centroids > 0) Compress([], [], 0);
        if (centroids == 0) return OfBuffer(q);
        double rank = q * (Count - 1), before = 0; // the middle of centroid i has rank before + (wᵢ − 1)/2
        double previousRank = 0, previous = means[0];
        for (int i = 0; i < centroids; i++)
        {
            double middle = before + ((weights[i] - 1) / 2);
            if (rank <= middle)
            {
                double span = middle - previousRank;
                return span <= 0 ? means[i] : previous + ((means[i] - previous) * (rank - previousRank) / span);
            }
            (previousRank, previous) = (middle, means[i]);
            before += weights[i];
        }
        return means[centroids - 1];
    }

    internal void Write(BinaryWriter writer)
    {
        writer.Write(Count);
        writer.Write(centroids);
        for (int i = 0; i < centroids; i++) { writer.Write(means[i]); writer.Write(weights[i]); }
        writer.Write(buffered);
        for (int i = 0; i < buffered; i++) writer.Write(buffer[i]);
    }

    internal static QuantileSketch Read(BinaryReader reader)
    {
        var sketch = new QuantileSketch { Count = reader.ReadInt64(), centroids = Length(reader) };
        (sketch.means, sketch.weights) = (new double[sketch.centroids], new double[sketch.centroids]);
        for (int i = 0; i < sketch.centroids; i++) (sketch.means[i], sketch.weights[i]) = (reader.ReadDouble(), reader.ReadDouble());
        sketch.buffered = Length(reader);
        sketch.buffer = new double[sketch.buffered];
        for (int i = 0; i < sketch.buffered; i++) sketch.buffer[i] = reader.ReadDouble();
        return sketch;
    }

    private static int Length(BinaryReader reader) =>
        reader.ReadInt32() is var n and >= 0 and <= 4 * Compression ? n : throw new InvalidDataException("a sketch has no such length");

    private double OfBuffer(double q)
    {
        if (buffered == 0) return double.NaN;
        Array.Sort(buffer, 0, buffered);
        double rank = q * (buffered - 1);
        int low = (int)rank;
        return low + 1 >= buffered ? buffer[buffered - 1] : buffer[low] + ((buffer[low + 1] - buffer[low]) * (rank - low));
    }

    /// <summary>Merges centroids, buffer and other centroids into few: neighbours join while they span less than 1 of k₁.</summary>
    private void Compress(double[] otherMeans, double[] otherWeights, int others)
    {
        int n = centroids + buffered + others;
        if (n == 0) return;
        var (x, w) = (new double[n], new double[n]);
        Array.Copy(means, x, centroids);
        Array.Copy(weights, w, centroids);
        Array.Copy(buffer, 0, x, centroids, buffered);
        Array.Fill(w, 1, centroids, buffered);
        Array.Copy(otherMeans, 0, x, centroids + buffered, others);
        Array.Copy(otherWeights, 0, w, centroids + buffered, others);
        Array.Sort(x, w);

        double total = 0;
        foreach (double weight in w) total += weight;
        int kept = 0;
        double done = 0, limit = Limit(0);
        for (int i = 1; i < n; i++)
        {
            double joined = w[kept] + w[i];
            bool isEnd = kept == 0 || i == n - 1;
            if (!isEnd && (done + joined) / total <= limit)
            {
                x[kept] += (x[i] - x[kept]) * (w[i] / joined);
                w[kept] = joined;
                continue;
            }
            done += w[kept];
            limit = Limit(done / total);
            kept++;
            (x[kept], w[kept]) = (x[i], w[i]);
        }
        centroids = kept + 1;
        (means, weights) = (x[..centroids], w[..centroids]);
        buffered = 0;
    }

    /// <summary>How far a centroid that begins at q may reach: k₁⁻¹(k₁(q) + 1), k₁(q) = δ/2π · asin(2q − 1).</summary>
    private static double Limit(double q)
    {
        double k = (Compression / (2 * Math.PI) * Math.Asin(Math.Clamp((2 * q) - 1, -1, 1))) + 1;
        return k >= Compression / 4.0 ? 1 : (Math.Sin(k * 2 * Math.PI / Compression) + 1) / 2;
    }
}
