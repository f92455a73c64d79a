namespace Protonmotive.Fitting.Starts;

/// <summary>How many starts, from where, on how many threads. Threads and saving do not change the result.</summary>
public sealed record MultiStartOptions
{
    /// <summary>Number of starts.</summary>
    public int Starts { get; init; } = 20;

    /// <summary>Seed of the starting points and of methods that draw random numbers.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>How points are drawn.</summary>
    public StartDesign Design { get; init; } = StartDesign.Sobol;

    /// <summary>How many points each start draws, of which it begins at the one of least value.</summary>
    public int Candidates { get; init; } = 1;

    /// <summary>Whether the first start is at the nominal values, if all are known.</summary>
    public bool NominalFirst { get; init; }

    /// <summary>How often a start is drawn again where the objective is infinite.</summary>
    public int Redraws { get; init; } = 20;

    /// <summary>Threads; 0 for all cores.</summary>
    public int Workers { get; init; }

    /// <summary>Seconds between two writings of an unfinished start.</summary>
    public double SaveInterval { get; init; } = 5;
}
