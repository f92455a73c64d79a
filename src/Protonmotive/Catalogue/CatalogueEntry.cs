using System.Collections.Immutable;

namespace Protonmotive.Catalogue;

/// <summary>What a catalogue lists: a question, its sources and the command that answers it. The engine runs it, or another program does.</summary>
public abstract class CatalogueEntry
{
    /// <summary>Name on the command line: lower case, words joined by hyphens.</summary>
    public abstract string Name { get; }

    /// <summary>Title for readers.</summary>
    public abstract string Title { get; }

    /// <summary>Domain of the table of five: physics, chemistry, biology, cognition, learning.</summary>
    public abstract string Domain { get; }

    /// <summary>The question it answers, as one sentence.</summary>
    public abstract string Question { get; }

    /// <summary>Papers and data it is built from and checked against.</summary>
    public abstract ImmutableArray<string> Sources { get; }

    /// <summary>The command that runs it.</summary>
    public virtual string Command => "pmf run " + Name;
}
