namespace Protonmotive.Reports.Scans;

/// <summary>How far a scan is.</summary>
/// <param name="Done">Members done, those of an earlier run included.</param>
/// <param name="Before">Members that an earlier run did.</param>
/// <param name="Total">All members.</param>
public readonly record struct ScanProgress(long Done, long Before, long Total);
