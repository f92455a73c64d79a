using System.Collections.Immutable;

namespace Protonmotive.Formats.SedMl;

/// <summary>What is computed of a model.</summary>
/// <param name="Id">Identifier.</param>
/// <param name="Name">Name for readers.</param>
/// <param name="Where">File, line and column.</param>
/// <param name="Algorithm">By which algorithm.</param>
public abstract record SedSimulation(string Id, string Name, string Where, SedAlgorithm Algorithm) : SedElement(Id, Name, Where);

/// <summary>A time course with output at equal distances. All times in the model's unit.</summary>
/// <param name="Id">Identifier.</param>
/// <param name="Name">Name for readers.</param>
/// <param name="Where">File, line and column.</param>
/// <param name="Algorithm">By which algorithm.</param>
/// <param name="InitialTime">Time at the start.</param>
/// <param name="OutputStart">First time of output.</param>
/// <param name="OutputEnd">Last time of output.</param>
/// <param name="Steps">Number of intervals between the outputs; there is one output more.</param>
public sealed record SedUniformTimeCourse(string Id, string Name, string Where, SedAlgorithm Algorithm, double InitialTime, double OutputStart, double OutputEnd, int Steps)
    : SedSimulation(Id, Name, Where, Algorithm);

/// <summary>One step of time from where the model is.</summary>
/// <param name="Id">Identifier.</param>
/// <param name="Name">Name for readers.</param>
/// <param name="Where">File, line and column.</param>
/// <param name="Algorithm">By which algorithm.</param>
/// <param name="Step">Its length, in the model's unit of time.</param>
public sealed record SedOneStep(string Id, string Name, string Where, SedAlgorithm Algorithm, double Step) : SedSimulation(Id, Name, Where, Algorithm);

/// <summary>The steady state that the model settles at from where it is.</summary>
/// <param name="Id">Identifier.</param>
/// <param name="Name">Name for readers.</param>
/// <param name="Where">File, line and column.</param>
/// <param name="Algorithm">By which algorithm.</param>
public sealed record SedSteadyState(string Id, string Name, string Where, SedAlgorithm Algorithm) : SedSimulation(Id, Name, Where, Algorithm);

/// <summary>An algorithm of the ontology KiSAO with its parameters.</summary>
/// <param name="Kisao">Its number, e.g. 19 for CVODE; 0 where none is given.</param>
/// <param name="Parameters">Values of its parameters, by their number.</param>
/// <param name="Where">File, line and column.</param>
public sealed record SedAlgorithm(int Kisao, ImmutableDictionary<int, string> Parameters, string Where);
