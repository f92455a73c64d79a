namespace Protonmotive.Bench.Peers;

/// <summary>Time against achieved error of one contender on one problem.</summary>
/// <param name="Code">Its name.</param>
/// <param name="IsOurs">True for this project's code.</param>
/// <param name="Lanes">Members in an instruction; null for one trajectory and for CVODE.</param>
/// <param name="Points">One a tolerance.</param>
internal sealed record WorkPrecision(string Code, bool IsOurs, int? Lanes, List<WorkPoint> Points)
{
    /// <summary>
    /// Microseconds at an error, between the neighbouring points of the lower envelope in logarithms; NaN where no point is so
    /// accurate. Where all are more accurate than asked for, the cheapest counts at its own price.
    /// </summary>
    /// <param name="error">The error.</param>
    public double At(double error)
    {
        var envelope = Envelope();
        if (envelope.Count == 0 || envelope[0].Error > error) return double.NaN;
        int k = envelope.FindIndex(p => p.Error > error);
        if (k < 0) return envelope[^1].Microseconds;
        var (a, b) = (envelope[k - 1], envelope[k]);
        double part = Math.Log(error / a.Error) / Math.Log(b.Error / a.Error);
        return Math.Exp(Math.Log(a.Microseconds) + (part * Math.Log(b.Microseconds / a.Microseconds)));
    }

    /// <summary>The cheapest point at least as accurate; null where there is none.</summary>
    /// <param name="error">The error.</param>
    public WorkPoint? Within(double error) => Envelope().Where(p => p.Error <= error).Select(p => (WorkPoint?)p).LastOrDefault();

    // Points that no other beats in both time and error, by error.
    private List<WorkPoint> Envelope() => [.. Points.Where(p => !Points.Any(o => o.Error < p.Error && o.Microseconds < p.Microseconds)).OrderBy(p => p.Error)];
}
