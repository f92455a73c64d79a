namespace Protonmotive.Symbolics;

/// <summary>What occurs anywhere in an expression; known when it is made, so nothing need be searched for what is not there.</summary>
[Flags]
internal enum Contents : byte
{
    /// <summary>None of these.</summary>
    None = 0,
    /// <summary>The time.</summary>
    Time = 1,
    /// <summary>A symbol.</summary>
    Symbol = 2,
    /// <summary>A symbol that names a rate of change (<see cref="Expression.RatePrefix"/>).</summary>
    Rate = 4,
    /// <summary>A value of the past.</summary>
    Delay = 8,
    /// <summary>A relation by &lt; or ≤.</summary>
    Relation = 16,
}
