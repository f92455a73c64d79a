namespace Protonmotive.Solvers.Designs;

/// <summary>Log-normally distributed: median · exp(σ N(0, 1)).</summary>
public sealed record LogNormalRange : DesignRange
{
    /// <summary>A range.</summary>
    /// <param name="name">The quantity.</param>
    /// <param name="median">Its median, above 0.</param>
    /// <param name="deviation">Standard deviation σ of its natural logarithm, above 0.</param>
    /// <exception cref="DesignException">A number is not finite and positive.</exception>
    public LogNormalRange(string name, double median, double deviation)
        : base(name)
    {
        Check(name, median > 0 && double.IsFinite(median) && deviation > 0 && double.IsFinite(deviation), $"There is no log-normal distribution with median {Text(median)} and logarithmic deviation {Text(deviation)}.", "Give a positive median and a positive standard deviation of the natural logarithm.");
        Median = median;
        Deviation = deviation;
    }

    /// <summary>The median.</summary>
    public double Median { get; }

    /// <summary>Standard deviation of the natural logarithm.</summary>
    public double Deviation { get; }

    /// <inheritdoc/>
    public override bool IsLogarithmic => true;

    /// <inheritdoc/>
    public override double Quantile(double u) => Median * Math.Exp(Deviation * NormalQuantile.At(u));

    /// <inheritdoc/>
    public override string ToString() => $"{Name} ~ lognormal({Text(Median)}, {Text(Deviation)})";
}
