namespace Protonmotive.Formats.SedMl;

/// <summary>A named part of a document.</summary>
/// <param name="Id">Its identifier; empty where it needs none.</param>
/// <param name="Name">Its name for readers; the identifier where it has none.</param>
/// <param name="Where">File, line and column.</param>
public abstract record SedElement(string Id, string Name, string Where)
{
    internal SedMlException Fault(string what, string mend, Exception? inner = null) => new(what, Where, mend, inner);
}
