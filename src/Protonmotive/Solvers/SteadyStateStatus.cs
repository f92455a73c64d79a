namespace Protonmotive.Solvers;

/// <summary>How the search for a steady state ended.</summary>
public enum SteadyStateStatus
{
    /// <summary>A steady state was found.</summary>
    Found,

    /// <summary>The solution keeps oscillating within the horizon.</summary>
    Oscillates,

    /// <summary>The solution keeps growing, or becomes infinite, within the horizon.</summary>
    Grows,

    /// <summary>The solution still moves at the horizon, neither growing nor oscillating: perhaps it needs longer.</summary>
    StillMoving,

    /// <summary>The system is driven by time itself, so nothing can be steady.</summary>
    DependsOnTime,
}
