namespace Protonmotive.Bench.Peers;

/// <summary>Time against achieved error of one code on one problem.</summary>
/// <param name="Code">Its name.</param>
/// <param name="Points">Tolerance, error, microseconds, work.</param>
internal sealed record WorkPrecision(string Code, List<(double Tolerance, double Error, double Microseconds, string Work)> Points)
{
    /// <summary>Time at an error, between the neighbouring points of the lower envelope in logarithms; NaN outside.</summary>
    public double At(double error)
    {
        // A point counts where no other is both faster and more accurate.
        var envelope = Points.Where(p => !Points.Any(o => o.Error < p.Error && o.Microseconds < p.Microseconds)).OrderBy(p => p.Error).ToList();
        // A point more accurate than asked for will do, at its own price.
        if (envelope.Count == 0 || envelope[0].Error > error) return double.NaN;
        if (envelope[^1].Error <= error) return envelope[^1].Microseconds;
        int k = envelope.FindIndex(p => p.Error > error);
        var (a, b) = (envelope[k - 1], envelope[k]);
        double part = Math.Log(error / a.Error) / Math.Log(b.Error / a.Error);
        return Math.Exp(Math.Log(a.Microseconds) + (part * Math.Log(b.Microseconds / a.Microseconds)));
    }
}
