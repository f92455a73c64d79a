namespace Protonmotive.Fitting;

/// <summary>A number that is estimated; bounds and nominal value are on the scale of estimation.</summary>
/// <param name="Name">Its identifier.</param>
/// <param name="Scale">The scale of estimation.</param>
/// <param name="Lower">Smallest allowed value on that scale; may be −∞.</param>
/// <param name="Upper">Largest allowed value on that scale; may be +∞.</param>
/// <param name="Nominal">A published or guessed value on that scale; NaN where there is none.</param>
public sealed record EstimatedParameter(string Name, ParameterScale Scale, double Lower, double Upper, double Nominal = double.NaN)
{
    /// <summary>Unit of the parameter itself, as text; "" where unknown.</summary>
    public string Unit { get; init; } = "";

    /// <summary>Bounds between which starting points are drawn, on the scale of estimation; by default the bounds.</summary>
    public (double Lower, double Upper) StartBounds { get; init; } = (Lower, Upper);
}
