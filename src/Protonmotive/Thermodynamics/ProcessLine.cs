using System.Collections.Immutable;
using Protonmotive.Networks;

namespace Protonmotive.Thermodynamics;

/// <summary>A line of the account: a process, or all of a group (the same at many places), whose integrals are sums.</summary>
/// <param name="Name">Name of the process or of the group.</param>
/// <param name="Members">The processes.</param>
internal sealed record ProcessLine(string Name, ImmutableArray<Process> Members)
{
    /// <summary>The first, which stands for the others where all are alike: kind, unit, equation.</summary>
    public Process First => Members[0];

    /// <summary>Whether it is a sum over places.</summary>
    public bool IsGroup => First.Group.Length > 0;

    /// <summary>Its lines, in the order of the network.</summary>
    public static ImmutableArray<ProcessLine> Of(Network network) =>
        [.. network.Processes.GroupBy(p => p.LineName, StringComparer.Ordinal).Select(g => new ProcessLine(g.Key, [.. g]))];
}
