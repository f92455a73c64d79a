using System.Globalization;

namespace Protonmotive.Reports.Figures;

/// <summary>A linear axis with ticks at round numbers.</summary>
/// <param name="Low">Value at the low end.</param>
/// <param name="High">Value at the high end.</param>
/// <param name="Step">Distance of ticks.</param>
public readonly record struct Axis(double Low, double High, double Step)
{
    /// <summary>An axis that holds the values, with about that many ticks.</summary>
    public static Axis Around(IEnumerable<double> values, int ticks = 4, bool includeZero = false)
    {
        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        foreach (double v in values)
        {
            if (!double.IsFinite(v)) continue;
            low = Math.Min(low, v);
            high = Math.Max(high, v);
        }
        if (low > high) (low, high) = (0, 1);
        if (includeZero || (low > 0 && low < 0.4 * high)) low = Math.Min(low, 0);
        if (includeZero) high = Math.Max(high, 0);
        if (high - low < 1e-9 * Math.Max(Math.Abs(high), Math.Abs(low)) || high == low)
        {
            double half = Math.Max(Math.Abs(high) * 0.05, 1e-12);
            (low, high) = (low - half, high + half);
        }
        double step = Nice((high - low) / ticks);
        return new Axis(Math.Floor((low / step) + 1e-9) * step, Math.Ceiling((high / step) - 1e-9) * step, step);
    }

    /// <summary>An axis over exactly a range.</summary>
    public static Axis Exactly(double low, double high, int ticks = 6) => new(low, high, Nice((high - low) / ticks));

    /// <summary>The ticks.</summary>
    public IEnumerable<double> Ticks()
    {
        double first = Math.Ceiling((Low / Step) - 1e-9);
        for (int i = 0; i < 50; i++)
        {
            double tick = (first + i) * Step;
            if (tick > High + (1e-9 * Step)) yield break;
            yield return tick;
        }
    }

    /// <summary>Text of a tick.</summary>
    public string Label(double tick)
    {
        if (Math.Abs(tick) < 1e-9 * Step) return "0";
        double size = Math.Max(Math.Abs(Low), Math.Abs(High));
        if (size >= 1e5 || size < 1e-3) return tick.ToString("0.##e+0", CultureInfo.InvariantCulture);
        int decimals = Math.Max(0, (int)Math.Ceiling(-Math.Log10(Step) - 1e-9));
        return tick.ToString("F" + Math.Min(decimals, 6), CultureInfo.InvariantCulture);
    }

    /// <summary>Where a value lies, 0 at the low end, 1 at the high end.</summary>
    public double Place(double value) => (value - Low) / (High - Low);

    private static double Nice(double rough)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        double unit = rough / power;
        return power * (unit <= 1 ? 1 : unit <= 2 ? 2 : unit <= 5 ? 5 : 10);
    }
}
