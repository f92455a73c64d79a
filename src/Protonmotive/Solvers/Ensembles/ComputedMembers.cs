using System.Collections.Immutable;

namespace Protonmotive.Solvers.Ensembles;

/// <summary>Members whose values a function writes.</summary>
internal sealed class ComputedMembers(ImmutableArray<string> names, long count, MemberValues write) : EnsembleMembers
{
    public override ImmutableArray<string> Names => names;

    public override long Count => count;

    public override void Values(long member, Span<double> values) => write(member, values);
}
