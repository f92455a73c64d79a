namespace Protonmotive.FluxBalance.Programs;

/// <summary>What a program makes of the bounds of fluxes and constraints.</summary>
internal enum BoundTreatment
{
    /// <summary>They hold.</summary>
    Held,

    /// <summary>They give, at a cost: tells which contradict each other.</summary>
    Relaxed,

    /// <summary>Only the directions that stay within them for ever, each flux between −1 and 1: tells what grows without bound.</summary>
    Directions,
}
