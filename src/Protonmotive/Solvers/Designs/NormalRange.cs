namespace Protonmotive.Solvers.Designs;

/// <summary>Normally distributed.</summary>
public sealed record NormalRange : DesignRange
{
    /// <summary>A range.</summary>
    /// <param name="name">The quantity.</param>
    /// <param name="mean">Its mean.</param>
    /// <param name="deviation">Its standard deviation, above 0.</param>
    /// <exception cref="DesignException">A number is not finite, or the deviation not positive.</exception>
    public NormalRange(string name, double mean, double deviation)
        : base(name)
    {
        Check(name, double.IsFinite(mean) && double.IsFinite(deviation) && deviation > 0, $"There is no normal distribution with mean {Text(mean)} and standard deviation {Text(deviation)}.", "Give a finite mean and a positive standard deviation.");
        Mean = mean;
        Deviation = deviation;
    }

    /// <summary>The mean.</summary>
    public double Mean { get; }

    /// <summary>The standard deviation.</summary>
    public double Deviation { get; }

    /// <inheritdoc/>
    public override double Quantile(double u) => Mean + (Deviation * NormalQuantile.At(u));

    /// <inheritdoc/>
    public override string ToString() => $"{Name} ~ normal({Text(Mean)}, {Text(Deviation)})";
}
