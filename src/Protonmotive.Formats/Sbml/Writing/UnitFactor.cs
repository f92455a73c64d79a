namespace Protonmotive.Formats.Sbml.Writing;

/// <summary>One factor of a unit as SBML writes it: (multiplier · 10^scale · kind)^exponent.</summary>
/// <param name="Kind">Base unit of SBML.</param>
/// <param name="Exponent">Power.</param>
/// <param name="Scale">Power of ten.</param>
/// <param name="Multiplier">Factor.</param>
internal readonly record struct UnitFactor(string Kind, double Exponent, int Scale, double Multiplier);
