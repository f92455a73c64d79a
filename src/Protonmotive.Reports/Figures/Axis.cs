using System.Globalization;

namespace Protonmotive.Reports.Figures;

/// <summary>A linear axis with ticks at round numbers.</summary>
/// <param name="Low">Value at the low end.</param>
/// <param name="High">Value at the high end.</param>
/// <param name="Step">Distance of ticks.</param>
public readonly record struct Axis(double Low, double High, double Step)
{
    /// <summary>Share of their size by which values of a course must differ to be a change that fills an axis rather than a level.</summary>
    public const double Level = 0.005;

    /// <summary>Share of their size by which values differ by no more than rounding.</summary>
    public const double Equal = 1e-9;

    // What a curve goes below 0 by is not seen, or is rounding.
    private const double Unseen = 0.004;

    /// <summary>An axis that holds the values, with about that many ticks; below 0 it goes only if values do.</summary>
    /// <param name="values">The values; those that are not finite are left out.</param>
    /// <param name="ticks">About so many.</param>
    /// <param name="includeZero">Whether 0 has a place on it.</param>
    /// <param name="level">Values that differ by less than this share of their size stand as a level above 0.</param>
    public static Axis Around(IEnumerable<double> values, int ticks = 4, bool includeZero = false, double level = Equal)
    {
        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        foreach (double v in values)
        {
            if (!double.IsFinite(v)) continue;
            low = Math.Min(low, v);
            high = Math.Max(high, v);
        }
        if (low > high) (low, high) = (0, 1);
        if (low < 0 && -low < Unseen * high) low = 0;
        if (high > 0 && high < Unseen * -low) high = 0;
        bool isLevel = high - low <= level * Math.Max(Math.Abs(high), Math.Abs(low));
        if (includeZero || isLevel || (low > 0 && low < 0.4 * high)) low = Math.Min(low, 0);
        if (includeZero || isLevel || (high < 0 && high > 0.4 * low)) high = Math.Max(high, 0);
        if (high == low) high = 1; // all are 0
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

    /// <summary>Text of a tick: as many digits as tell it from its neighbours.</summary>
    public string Label(double tick)
    {
        if (Math.Abs(tick) < 1e-9 * Step) return "0";
        double size = Math.Max(Math.Abs(Low), Math.Abs(High));
        if (size is >= 1e5 or < 1e-3)
        {
            int digits = (int)Math.Ceiling(Math.Floor(Math.Log10(Math.Abs(tick)) + 1e-9) - Math.Log10(Step) - 1e-9);
            return tick.ToString("0." + new string('#', Math.Clamp(digits, 2, 9)) + "e+0", CultureInfo.InvariantCulture);
        }
        int decimals = Math.Max(0, (int)Math.Ceiling(-Math.Log10(Step) - 1e-9));
        return tick.ToString("F" + Math.Min(decimals, 12), CultureInfo.InvariantCulture);
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
