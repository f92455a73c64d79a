namespace Protonmotive.Fitting.Starts;

/// <summary>How starting points are drawn.</summary>
public enum StartDesign
{
    /// <summary>A shifted Sobol sequence: more starts can be asked for later, and the first ones stay.</summary>
    Sobol,
    /// <summary>A Latin hypercube over the number of starts.</summary>
    LatinHypercube,
}
