using Protonmotive.Fitting;
using Protonmotive.Fitting.Problems;
using Protonmotive.Solvers.Designs;

namespace Protonmotive.Formats.Measurements;

/// <summary>Turns ranges as scans write them into what a fit estimates.</summary>
internal static class EstimatedRange
{
    /// <summary>
    /// Even ranges are bounds on a linear scale, logarithmic ones on that of the decimal logarithm; a distribution is a prior, a log-normal
    /// one of the natural logarithm, which is then the scale.
    /// </summary>
    /// <param name="range">The range.</param>
    /// <param name="own">The model's own value; null where it has none.</param>
    /// <param name="unit">Its unit.</param>
    /// <param name="where">Where it was read.</param>
    /// <exception cref="MeasurementException">Listed values: they are for scans.</exception>
    public static (EstimatedParameter Parameter, Prior? Prior) Of(DesignRange range, double? own, string unit, string where)
    {
        var (scale, low, high, prior) = range switch
        {
            LinearRange r => (ParameterScale.Linear, r.Low, r.High, null),
            LogarithmicRange r => (ParameterScale.Log10, Math.Log10(r.Low), Math.Log10(r.High), null),
            NormalRange r => (ParameterScale.Linear, double.NegativeInfinity, double.PositiveInfinity, new Prior(PriorKind.Normal, r.Mean, r.Deviation, IsOnScale: true)),
            LogNormalRange r => (ParameterScale.Log, double.NegativeInfinity, double.PositiveInfinity, new Prior(PriorKind.Normal, Math.Log(r.Median), r.Deviation, IsOnScale: true)),
            _ => throw new MeasurementException($"'{range.Name}' is estimated between listed values.", where, "Give a range, e.g. 'k1=0.1..10:log', or a prior, e.g. 'k1~lognormal(1,0.3)'."),
        };
        double nominal = own is { } value ? Scales.FromLinear(value, scale) : double.NaN;
        if (!(nominal >= low && nominal <= high) || !double.IsFinite(nominal)) nominal = Scales.FromLinear(range.Quantile(0.5), scale);
        var starts = prior is null ? (low, high) : prior.Range;
        return (new EstimatedParameter(range.Name, scale, low, high, nominal) { Unit = unit, StartBounds = starts }, prior);
    }
}
