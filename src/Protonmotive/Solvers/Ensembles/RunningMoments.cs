namespace Protonmotive.Solvers.Ensembles;

/// <summary>Count, mean, variance, least and most of numbers seen one at a time.</summary>
/// <remarks>
/// Welford (1962), Technometrics 4, 419-420; two stretches are joined by Chan, Golub and LeVeque (1983), The American Statistician
/// 37, 242-247, eq. 2.1. The relative error of the variance is of order κ·ε with κ the ratio of root mean square to deviation.
/// </remarks>
public struct RunningMoments
{
    private double squares; // Σ (x − mean)²

    /// <summary>How many numbers were seen.</summary>
    public long Count { get; private set; }

    /// <summary>Their mean; 0 of none.</summary>
    public double Mean { get; private set; }

    /// <summary>The least; 0 of none.</summary>
    public double Least { get; private set; }

    /// <summary>The most; 0 of none.</summary>
    public double Most { get; private set; }

    /// <summary>Variance without bias, Σ (x − mean)² / (n − 1); NaN below two numbers.</summary>
    public readonly double Variance => Count < 2 ? double.NaN : squares / (Count - 1);

    /// <summary>Square root of <see cref="Variance"/>.</summary>
    public readonly double Deviation => Math.Sqrt(Variance);

    /// <summary>Adds a finite number.</summary>
    public void Add(double x)
    {
        Count++;
        double δ = x - Mean;
        Mean += δ / Count;
        squares += δ * (x - Mean);
        Least = Count == 1 || x < Least ? x : Least;
        Most = Count == 1 || x > Most ? x : Most;
    }

    /// <summary>The moments of two stretches together.</summary>
    public static RunningMoments Join(in RunningMoments a, in RunningMoments b)
    {
        if (a.Count == 0) return b;
        if (b.Count == 0) return a;
        long n = a.Count + b.Count;
        double δ = b.Mean - a.Mean, share = (double)b.Count / n;
        return new RunningMoments
        {
            Count = n,
            Mean = a.Mean + (δ * share),
            squares = a.squares + b.squares + (δ * δ * a.Count * share),
            Least = Math.Min(a.Least, b.Least),
            Most = Math.Max(a.Most, b.Most),
        };
    }

    internal readonly void Write(BinaryWriter writer)
    {
        writer.Write(Count);
        foreach (double v in (ReadOnlySpan<double>)[Mean, squares, Least, Most]) writer.Write(v);
    }

    internal static RunningMoments Read(BinaryReader reader) => new()
    {
        Count = reader.ReadInt64(), Mean = reader.ReadDouble(), squares = reader.ReadDouble(), Least = reader.ReadDouble(), Most = reader.ReadDouble(),
    };
}
