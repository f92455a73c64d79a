namespace Protonmotive.Fitting;

/// <summary>On which scale a parameter is estimated.</summary>
public enum ParameterScale
{
    /// <summary>As it is.</summary>
    Linear,
    /// <summary>Its natural logarithm.</summary>
    Log,
    /// <summary>Its decimal logarithm.</summary>
    Log10,
}
