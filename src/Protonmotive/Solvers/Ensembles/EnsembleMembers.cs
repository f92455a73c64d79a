using System.Collections.Immutable;
using Protonmotive.Solvers.Designs;

namespace Protonmotive.Solvers.Ensembles;

/// <summary>
/// What distinguishes the members of an ensemble: values of some parameters, of the initial values of some states, or both.
/// Members are numbered from 0; any may be asked for at any time, from several threads, so nothing needs to be stored.
/// </summary>
public abstract class EnsembleMembers
{
    /// <summary>Names of the parameters and states that vary.</summary>
    public abstract ImmutableArray<string> Names { get; }

    /// <summary>Number of members.</summary>
    public abstract long Count { get; }

    /// <summary>The values of a member.</summary>
    /// <param name="member">Its number, from 0.</param>
    /// <param name="values">Receives a value for each name, shape [Names.Length].</param>
    public abstract void Values(long member, Span<double> values);

    /// <summary>Members from a table.</summary>
    /// <param name="names">Names of the columns.</param>
    /// <param name="values">Row after row, shape [members · names].</param>
    /// <exception cref="SolverException">The table is no rectangle.</exception>
    public static EnsembleMembers Table(IEnumerable<string> names, double[] values)
    {
        ImmutableArray<string> columns = [.. names];
        if (columns.Length > 0 && values.Length % columns.Length == 0) return new ComputedMembers(columns, values.Length / columns.Length, (member, row) => values.AsSpan((int)member * columns.Length, columns.Length).CopyTo(row));
        throw new SolverException($"The table has {values.Length} numbers and {columns.Length} columns.", "Members of an ensemble.", "Give a value for every name in every row.");
    }

    /// <summary>Members at the points of a design.</summary>
    /// <param name="design">The design.</param>
    /// <param name="names">Names of the parameters and states, in the order of the design's; default: the design's own.</param>
    public static EnsembleMembers Of(Design design, IEnumerable<string>? names = null) => new ComputedMembers(names is null ? design.Names : [.. names], design.Count, design.Point);

    /// <summary>Members by a formula.</summary>
    /// <param name="names">Names of what varies.</param>
    /// <param name="count">Number of members.</param>
    /// <param name="values">Writes a member's values; called from several threads.</param>
    public static EnsembleMembers Computed(IEnumerable<string> names, long count, MemberValues values) => new ComputedMembers([.. names], count, values);
}
