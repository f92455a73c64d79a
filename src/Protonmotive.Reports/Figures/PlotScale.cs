using System.Globalization;

namespace Protonmotive.Reports.Figures;

/// <summary>A linear or logarithmic axis with its ticks.</summary>
public sealed class PlotScale
{
    private const double NearTick = 0.3, NearDecade = 0.25;
    private readonly Axis axis;

    private PlotScale(Axis axis, bool isLogarithmic)
    {
        this.axis = axis;
        IsLogarithmic = isLogarithmic;
    }

    /// <summary>Whether equal ratios have equal distances.</summary>
    public bool IsLogarithmic { get; }

    /// <summary>An axis that holds the values.</summary>
    /// <param name="values">The values; on a logarithmic axis those not above 0 are left out.</param>
    /// <param name="isLogarithmic">Whether equal ratios have equal distances.</param>
    /// <param name="low">Value at the low end; null to fit.</param>
    /// <param name="high">Value at the high end; null to fit.</param>
    /// <param name="tight">Whether it ends where the values do, as an axis of time should, or at the next tick if that is near.</param>
    /// <param name="ticks">About how many ticks a linear axis has whose ends are round.</param>
    /// <param name="level">On a linear axis, the share of their size by which values must differ to be more than a level above 0.</param>
    public static PlotScale Around(IEnumerable<double> values, bool isLogarithmic = false, double? low = null, double? high = null, bool tight = false, int ticks = 6, double level = Axis.Equal)
    {
        var finite = values.Where(v => double.IsFinite(v) && (!isLogarithmic || v > 0)).Select(v => isLogarithmic ? Math.Log10(v) : v).ToList();
        if (isLogarithmic) (low, high) = (low is > 0 ? Math.Log10(low.Value) : null, high is > 0 ? Math.Log10(high.Value) : null);
        var (least, most) = finite.Count == 0 ? (0.0, 1.0) : (finite.Min(), finite.Max());
        var (from, to) = (low ?? least, high ?? most);
        bool ends = (tight || isLogarithmic || low is not null || high is not null) && to - from > 1e-9 * Math.Max(Math.Abs(from), Math.Abs(to));
        if (ends && !isLogarithmic && tight) (from, to) = Rounded(from, to, low is null, high is null);
        if (ends && isLogarithmic && !tight) (from, to) = (low ?? Lowered(from - (0.04 * (to - from)), to), high ?? to + (0.04 * (to - from)));
        return new PlotScale(ends ? Axis.Exactly(from, to, 7) : isLogarithmic ? Axis.Exactly(from - 0.5, to + 0.5, 7) : Axis.Around([from, to], ticks, level: level), isLogarithmic);
    }

    /// <summary>Where a value lies, 0 at the low end, 1 at the high end; NaN where it has no place.</summary>
    public double Place(double value) => !IsLogarithmic ? axis.Place(value) : value > 0 ? axis.Place(Math.Log10(value)) : double.NaN;

    /// <summary>The value at a place: the inverse of <see cref="Place"/>.</summary>
    public double Value(double place) => IsLogarithmic ? Math.Pow(10, axis.Low + (place * (axis.High - axis.Low))) : axis.Low + (place * (axis.High - axis.Low));

    /// <summary>The ticks with their labels.</summary>
    public IEnumerable<(double Value, string Label)> Ticks()
    {
        if (!IsLogarithmic) return axis.Ticks().Select(t => (t, axis.Label(t)));
        double decades = axis.High - axis.Low;
        if (decades < 0.8) // less than a factor of six: round numbers at equal distances
        {
            var plain = Axis.Exactly(Math.Pow(10, axis.Low), Math.Pow(10, axis.High), 5);
            return plain.Ticks().Select(t => (t, plain.Label(t)));
        }
        return Decades(axis.Low, axis.High).Where(v => Place(v) is > -1e-9 and < 1 + 1e-9).Select(v => (v, Text(v)));
    }

    /// <summary>Ticks from the decade below a low end to the one above a high end, both as logarithms.</summary>
    private static IEnumerable<double> Decades(double low, double high)
    {
        double decades = high - low;
        int step = Math.Max(1, (int)Math.Ceiling(decades / 8));
        double[] within = decades < 2.2 ? [1, 2, 5] : [1];
        return Enumerable.Range((int)Math.Floor(low), (int)Math.Ceiling(decades) + 2).Where(d => d % step == 0).SelectMany(d => within.Select(m => m * Math.Pow(10, d)));
    }

    // A logarithmic axis that begins a little above a tick begins at the tick: what is least can be read.
    private static double Lowered(double low, double high) =>
        Decades(low, high).Select(Math.Log10).Where(t => t <= low && low - t < NearDecade * (high - low)).DefaultIfEmpty(low).Max();

    // An axis that ends a little beside a tick ends at the tick.
    private static (double From, double To) Rounded(double from, double to, bool isLowFree, bool isHighFree)
    {
        double step = Axis.Exactly(from, to, 7).Step, before = Math.Floor((from / step) + 1e-9) * step, after = Math.Ceiling((to / step) - 1e-9) * step;
        return (isLowFree && from - before < NearTick * step ? before : from, isHighFree && after - to < NearTick * step ? after : to);
    }

    private static string Text(double value) => value is >= 1e-3 and < 1e5 ? value.ToString("0.####", CultureInfo.InvariantCulture) : value.ToString("0.#e+0", CultureInfo.InvariantCulture);
}
