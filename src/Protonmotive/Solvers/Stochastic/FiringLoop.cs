namespace Protonmotive.Solvers.Stochastic;

/// <summary>The inner loop of a method: fires channels until a time is reached or something outside must be looked at.</summary>
internal abstract class FiringLoop
{
    /// <summary>Starts anew at the workspace's time: propensities have changed from outside.</summary>
    public abstract void Restart();

    /// <summary>Fires until <paramref name="stop"/>, or until a firing changes a trigger or the pace of a clock.</summary>
    /// <returns>Whether the stop was reached; the workspace's time is where it ended.</returns>
    public abstract bool Advance(double stop);
}
