namespace Protonmotive.Solvers.Ensembles;

/// <summary>A member that could not be solved to the end.</summary>
/// <param name="Member">Its number.</param>
/// <param name="Time">The time it reached.</param>
/// <param name="Error">What happened, where, and what would mend it.</param>
public sealed record MemberFailure(long Member, double Time, ProtonmotiveException Error)
{
    /// <summary>Member, time and reason in one line.</summary>
    public override string ToString() => $"Member {Member} failed at t = {Time:g6}: {Error.What} {Error.Where}";
}
