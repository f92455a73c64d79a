namespace Protonmotive.Formats.SedMl;

/// <summary>A quantity of a model, in a file or while it runs.</summary>
/// <param name="Id">Identifier in formulas.</param>
/// <param name="Name">Name for readers.</param>
/// <param name="Where">File, line and column.</param>
/// <param name="Task">Id of the task whose result it is; empty where it is a value of a model.</param>
/// <param name="Model">Id of the model; empty where the task says it.</param>
/// <param name="Target">Where it stands in the model's file; null for the time.</param>
public sealed record SedVariable(string Id, string Name, string Where, string Task, string Model, SedPath? Target) : SedElement(Id, Name, Where)
{
    /// <summary>Whether it is the time.</summary>
    public bool IsTime => Target is null;
}
