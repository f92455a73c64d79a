namespace Protonmotive.Reports.Scans;

/// <summary>A member that failed.</summary>
/// <param name="Member">Its number.</param>
/// <param name="Time">The time it reached.</param>
/// <param name="Reason">What happened and where.</param>
public sealed record ScanFailure(long Member, double Time, string Reason);

/// <summary>Results of a stretch of members.</summary>
/// <param name="First">The first member.</param>
/// <param name="Count">How many.</param>
/// <param name="Varied">What varies, member after member, shape [count · varied].</param>
/// <param name="Values">Outputs, member after member and row after row, shape [count · times · outputs]; NaN from where a member failed.</param>
/// <param name="Failures">The members that failed, in order.</param>
public sealed record ScanPart(long First, int Count, double[] Varied, double[] Values, List<ScanFailure> Failures);
