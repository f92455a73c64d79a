namespace Protonmotive.Bench.Peers;

/// <summary>One way to solve one problem: a code, a method, a linear solver.</summary>
internal abstract class Contender
{
    /// <summary>Whose code and which method.</summary>
    public abstract string Name { get; }

    /// <summary>True for this project's code.</summary>
    public abstract bool IsOurs { get; }

    /// <summary>Members in an instruction; null for one trajectory and for others' codes.</summary>
    public virtual int? Lanes => null;

    /// <summary>Solves at a relative tolerance, several times after a warm-up; null where the solve fails.</summary>
    /// <param name="tolerance">Relative tolerance; the absolute one follows from the problem.</param>
    public abstract PeerResult? Solve(double tolerance);
}
