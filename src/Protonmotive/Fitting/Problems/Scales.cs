namespace Protonmotive.Fitting.Problems;

/// <summary>Between a parameter and its scale of estimation.</summary>
public static class Scales
{
    /// <summary>The parameter itself.</summary>
    public static double ToLinear(double x, ParameterScale scale) => scale switch { ParameterScale.Log => Math.Exp(x), ParameterScale.Log10 => Math.Pow(10, x), _ => x };

    /// <summary>d(parameter)/dx.</summary>
    public static double SlopeToLinear(double x, ParameterScale scale) => scale switch
    {
        ParameterScale.Log => Math.Exp(x),
        ParameterScale.Log10 => Math.Pow(10, x) * Math.Log(10),
        _ => 1,
    };

    /// <summary>The parameter on its scale.</summary>
    public static double FromLinear(double value, ParameterScale scale) => scale switch { ParameterScale.Log => Math.Log(value), ParameterScale.Log10 => Math.Log10(value), _ => value };
}
