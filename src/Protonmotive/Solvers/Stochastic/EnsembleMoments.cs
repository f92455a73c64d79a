namespace Protonmotive.Solvers.Stochastic;

/// <summary>Means, squared deviations and extremes of many numbers side by side, gathered run by run and joined block by block.</summary>
/// <remarks>Welford (1962), Technometrics 4, 419; joined by Chan, Golub and LeVeque (1983), Am. Stat. 37, 242.</remarks>
internal sealed class EnsembleMoments(int size)
{
    public long Count { get; private set; }

    public double[] Mean { get; } = new double[size];

    public double[] Squares { get; } = new double[size];

    public double[] Least { get; } = Filled(size, double.PositiveInfinity);

    public double[] Most { get; } = Filled(size, double.NegativeInfinity);

    public void Add(ReadOnlySpan<double> values)
    {
        Count++;
        double part = 1.0 / Count;
        for (int i = 0; i < values.Length; i++)
        {
            double x = values[i], apart = x - Mean[i];
            Mean[i] += apart * part;
            Squares[i] += apart * (x - Mean[i]);
            Least[i] = Math.Min(Least[i], x);
            Most[i] = Math.Max(Most[i], x);
        }
    }

    public void Join(EnsembleMoments next)
    {
        long total = Count + next.Count;
        for (int i = 0; i < Mean.Length; i++)
        {
            double apart = next.Mean[i] - Mean[i];
            Mean[i] += apart * next.Count / total;
            Squares[i] += next.Squares[i] + (apart * apart * ((double)Count * next.Count / total));
            Least[i] = Math.Min(Least[i], next.Least[i]);
            Most[i] = Math.Max(Most[i], next.Most[i]);
        }
        Count = total;
    }

    private static double[] Filled(int size, double value)
    {
        var values = new double[size];
        Array.Fill(values, value);
        return values;
    }
}
