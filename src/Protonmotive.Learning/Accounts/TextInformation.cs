using static TorchSharp.torch;

namespace Protonmotive.Learning.Accounts;

/// <summary>Mutual information of two characters of a text at a distance, in nats.</summary>
/// <param name="Distance">The distance r.</param>
/// <param name="Nats">I(r) by the frequencies of pairs, less the shuffled pairs' mean.</param>
/// <param name="Deviation">Standard error, to first order, of pairs as if they were independent.</param>
/// <param name="Shuffled">What frequencies alone give for pairs that were shuffled and know nothing of each other: the bias, near (K − 1)²/2N for K characters that all occur (Miller 1955).</param>
public sealed record TextInformation(int Distance, double Nats, double Deviation, double Shuffled)
{
    /// <summary>Measures a text.</summary>
    /// <param name="text">Numbers of characters, shape [n].</param>
    /// <param name="vocabulary">How many there are.</param>
    /// <param name="distance">The distance, at least 1.</param>
    /// <param name="seed">Seed of the shuffling.</param>
    public static TextInformation At(Tensor text, int vocabulary, int distance, ulong seed)
    {
        var t = text.data<long>().ToArray();
        int pairs = t.Length - distance;
        var (nats, deviation) = Information(pairs, vocabulary, i => t[i], i => t[i + distance]);
        var random = new Philox(seed);
        var order = new int[pairs];
        for (int i = 0; i < pairs; i++) order[i] = i;
        for (int i = pairs - 1; i > 0; i--)
        {
            int j = (int)(random.Uniform((uint)distance, (uint)i) * (i + 1));
            (order[i], order[j]) = (order[j], order[i]);
        }
        double shuffled = Information(pairs, vocabulary, i => t[i], i => t[order[i] + distance]).Nats;
        return new TextInformation(distance, nats - shuffled, deviation, shuffled);
    }

    private static (double Nats, double Deviation) Information(int pairs, int vocabulary, Func<int, long> first, Func<int, long> second)
    {
        var joint = new double[vocabulary * vocabulary];
        double[] left = new double[vocabulary], right = new double[vocabulary];
        for (int i = 0; i < pairs; i++)
        {
            long a = first(i), b = second(i);
            joint[(a * vocabulary) + b]++;
            left[a]++;
            right[b]++;
        }
        double mean = 0, squares = 0;
        for (int a = 0; a < vocabulary; a++)
        {
            for (int b = 0; b < vocabulary; b++)
            {
                double n = joint[(a * vocabulary) + b];
                if (n == 0) continue;
                double bits = Math.Log(n * pairs / (left[a] * right[b])), p = n / pairs;
                mean += p * bits;
                squares += p * bits * bits;
            }
        }
        return (mean, Math.Sqrt(Math.Max(0, squares - (mean * mean)) / pairs));
    }
}
