using System.Collections.Immutable;

namespace Protonmotive.Formats.SedMl;

/// <summary>Something to be done.</summary>
/// <param name="Id">Identifier.</param>
/// <param name="Name">Name for readers.</param>
/// <param name="Where">File, line and column.</param>
public abstract record SedTask(string Id, string Name, string Where) : SedElement(Id, Name, Where);

/// <summary>One simulation of one model.</summary>
/// <param name="Id">Identifier.</param>
/// <param name="Name">Name for readers.</param>
/// <param name="Where">File, line and column.</param>
/// <param name="Model">Id of the model.</param>
/// <param name="Simulation">Id of the simulation.</param>
public sealed record SedSimpleTask(string Id, string Name, string Where, string Model, string Simulation) : SedTask(Id, Name, Where);

/// <summary>Tasks done again for every value of a range.</summary>
/// <param name="Id">Identifier.</param>
/// <param name="Name">Name for readers.</param>
/// <param name="Where">File, line and column.</param>
/// <param name="Range">Id of the range that counts.</param>
/// <param name="ResetsModel">Whether models go back to their start before each repeat.</param>
/// <param name="Concatenates">Whether the outputs of the repeats follow each other in one row.</param>
/// <param name="Ranges">Its ranges.</param>
/// <param name="Changes">Values set before each repeat.</param>
/// <param name="SubTasks">What is repeated, in order.</param>
public sealed record SedRepeatedTask(string Id, string Name, string Where, string Range, bool ResetsModel, bool Concatenates, ImmutableArray<SedRange> Ranges, ImmutableArray<SedSetValue> Changes, ImmutableArray<SedSubTask> SubTasks)
    : SedTask(Id, Name, Where);

/// <summary>A task inside a repeated one.</summary>
/// <param name="Where">File, line and column.</param>
/// <param name="Task">Id of the task.</param>
/// <param name="Changes">Values set before it.</param>
public sealed record SedSubTask(string Where, string Task, ImmutableArray<SedSetValue> Changes) : SedElement("", Task, Where);

/// <summary>A value set while an experiment runs.</summary>
/// <param name="Where">File, line and column.</param>
/// <param name="Model">Id of the model.</param>
/// <param name="Target">What is set.</param>
/// <param name="Formula">The value, in ranges and values of models.</param>
public sealed record SedSetValue(string Where, string Model, SedPath Target, SedFormula Formula) : SedElement("", "", Where);
