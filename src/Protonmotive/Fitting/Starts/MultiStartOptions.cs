namespace Protonmotive.Fitting.Starts;

/// <summary>How many starts, from where, on how many threads. Threads and saving do not change the result.</summary>
public sealed record MultiStartOptions
{
    private const int MostStarts = 1_000_000, MostCandidates = 1000;

    /// <summary>Number of starts.</summary>
    public int Starts { get; init; } = 20;

    /// <summary>Seed of the starting points and of methods that draw random numbers.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>How points are drawn.</summary>
    public StartDesign Design { get; init; } = StartDesign.Sobol;

    /// <summary>How many points each start draws, of which it begins at the one of least value.</summary>
    public int Candidates { get; init; } = 1;

    /// <summary>Where starts begin; null for points drawn by <see cref="Design"/>.</summary>
    public IStartSource? Source { get; init; }

    /// <summary>Whether the first start is at the nominal values, if all are known.</summary>
    public bool NominalFirst { get; init; }

    /// <summary>How often a start is drawn again where the objective is infinite.</summary>
    public int Redraws { get; init; } = 20;

    /// <summary>Threads; 0 for all cores.</summary>
    public int Workers { get; init; }

    /// <summary>Seconds between two writings of an unfinished start.</summary>
    public double SaveInterval { get; init; } = 5;

    /// <summary>Refuses numbers of no use.</summary>
    /// <exception cref="FitException">There are too few or too many starts or candidates.</exception>
    public void Check()
    {
        if (Starts is < 1 or > MostStarts) throw new FitException($"{Starts} starts are asked for.", "options of the fit", $"Ask for 1 to {MostStarts:#,0}.");
        if (Candidates is < 1 or > MostCandidates) throw new FitException($"{Candidates} candidates are asked for each start.", "options of the fit", $"Ask for 1 to {MostCandidates:#,0}.");
    }
}
