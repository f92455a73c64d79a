namespace Protonmotive.Solvers.Ensembles;

/// <summary>A member's results, as a fold sees them.</summary>
public readonly ref struct EnsembleMember
{
    internal EnsembleMember(long index, ReadOnlySpan<double> varied, ReadOnlySpan<double> rows, MemberFailure? failure)
    {
        Index = index;
        Varied = varied;
        Rows = rows;
        Failure = failure;
    }

    /// <summary>Its number, from 0.</summary>
    public long Index { get; }

    /// <summary>Its values of what varies, shape [names].</summary>
    public ReadOnlySpan<double> Varied { get; }

    /// <summary>Its outputs, row after row, shape [times · outputs]; NaN from where it failed.</summary>
    public ReadOnlySpan<double> Rows { get; }

    /// <summary>Why it failed; null where it did not.</summary>
    public MemberFailure? Failure { get; }
}
