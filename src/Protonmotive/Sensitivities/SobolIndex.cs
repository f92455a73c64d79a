namespace Protonmotive.Sensitivities;

/// <summary>An index with its confidence interval.</summary>
/// <param name="Value">The estimate.</param>
/// <param name="Low">Lower end of the interval.</param>
/// <param name="High">Upper end of the interval.</param>
public readonly record struct SobolIndex(double Value, double Low, double High)
{
    /// <summary>Value and interval.</summary>
    public override string ToString() => FormattableString.Invariant($"{Value:f4} [{Low:f4}, {High:f4}]");
}
