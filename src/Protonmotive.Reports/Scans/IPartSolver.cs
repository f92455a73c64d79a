namespace Protonmotive.Reports.Scans;

/// <summary>Solves stretches of members.</summary>
internal interface IPartSolver
{
    /// <summary>How members run, for readers.</summary>
    string Form { get; }

    /// <summary>Solves some members; the same members give the same results, whatever the stretch and the threads.</summary>
    /// <param name="first">The first.</param>
    /// <param name="count">How many.</param>
    /// <param name="done">Told how many of them are done; from any thread.</param>
    /// <param name="cancellation">Ends it within a step.</param>
    ScanPart Solve(long first, int count, Action<long> done, CancellationToken cancellation);
}
