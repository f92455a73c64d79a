namespace Protonmotive.FluxBalance;

/// <summary>The values that a flux can take while the objective stays near its optimum.</summary>
/// <param name="Reaction">Id of the reaction.</param>
/// <param name="Minimum">Smallest value, in extent per time; −∞ where nothing holds it.</param>
/// <param name="Maximum">Largest value, in extent per time; +∞ where nothing holds it.</param>
public sealed record FluxRange(string Reaction, double Minimum, double Maximum);
