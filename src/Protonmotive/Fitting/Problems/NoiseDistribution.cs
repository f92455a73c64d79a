namespace Protonmotive.Fitting.Problems;

/// <summary>How measurements scatter around what is simulated.</summary>
public enum NoiseDistribution
{
    /// <summary>Normal, with the noise formula as standard deviation.</summary>
    Normal,
    /// <summary>Laplace, with the noise formula as scale b.</summary>
    Laplace,
}
