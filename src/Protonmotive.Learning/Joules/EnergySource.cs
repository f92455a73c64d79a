namespace Protonmotive.Learning.Joules;

/// <summary>Where a number of joules comes from; it is part of the number.</summary>
public enum EnergySource
{
    /// <summary>From counters of this machine's processor.</summary>
    Measured,
    /// <summary>From counters that another machine or host shows here.</summary>
    Relayed,
    /// <summary>From counts of operations and their published costs: no measurement.</summary>
    Modelled,
    /// <summary>Not known.</summary>
    Unavailable,
}
