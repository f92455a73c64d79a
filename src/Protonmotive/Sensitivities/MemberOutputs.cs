namespace Protonmotive.Sensitivities;

/// <summary>Computes the outputs of a stretch of members.</summary>
/// <param name="first">The first member.</param>
/// <param name="count">How many.</param>
/// <param name="values">Receives them member by member, shape [count × outputs]; NaN for a member that failed.</param>
public delegate void MemberOutputs(long first, int count, Span<double> values);
