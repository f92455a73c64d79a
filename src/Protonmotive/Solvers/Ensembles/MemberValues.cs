namespace Protonmotive.Solvers.Ensembles;

/// <summary>Writes the values of a member of an ensemble.</summary>
/// <param name="member">Its number, from 0.</param>
/// <param name="values">Receives a value for each name that varies.</param>
public delegate void MemberValues(long member, Span<double> values);
