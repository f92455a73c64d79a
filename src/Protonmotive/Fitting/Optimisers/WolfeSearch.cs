namespace Protonmotive.Fitting.Optimisers;

/// <summary>A step along a direction that satisfies the strong Wolfe conditions; an infinite objective counts as too far.</summary>
/// <remarks>Nocedal and Wright (2006), Numerical Optimization, algorithms 3.5 and 3.6, with cubic interpolation (3.59).</remarks>
internal sealed class WolfeSearch(Func<double, (double Value, double Slope)> along)
{
    private const double Decrease = 1e-4, Bend = 0.9;

    /// <summary>Evaluations of the objective.</summary>
    public int Evaluations { get; private set; }

    /// <summary>The step; 0 where none lowers the objective.</summary>
    /// <param name="value">Objective at 0.</param>
    /// <param name="slope">Slope at 0, below 0.</param>
    /// <param name="first">First step tried.</param>
    /// <param name="most">Largest step allowed.</param>
    /// <param name="limit">Most evaluations.</param>
    public double Find(double value, double slope, double first, double most, int limit = 25)
    {
        var origin = new Point(0, value, slope);
        var (before, step) = (origin, Math.Min(first, most));
        while (Evaluations < limit)
        {
            var at = Evaluate(step);
            if (!(at.Value <= value + (Decrease * step * slope)) || (before.Step > 0 && at.Value >= before.Value)) return Zoom(origin, before, at, limit);
            if (Math.Abs(at.Slope) <= -Bend * slope) return step;
            if (at.Slope >= 0) return Zoom(origin, at, before, limit);
            if (step >= most) return step;
            before = at;
            step = Math.Min(most, step * 2.5);
        }
        return before.Step;
    }

    private double Zoom(Point origin, Point low, Point high, int limit)
    {
        while (Evaluations < limit && Math.Abs(high.Step - low.Step) > 1e-14 * Math.Max(low.Step, high.Step))
        {
            var at = Evaluate(Between(low, high));
            if (!(at.Value <= origin.Value + (Decrease * at.Step * origin.Slope)) || at.Value >= low.Value)
            {
                high = at;
                continue;
            }
            if (Math.Abs(at.Slope) <= -Bend * origin.Slope) return at.Step;
            if (at.Slope * (high.Step - low.Step) >= 0) high = low;
            low = at;
        }
        return low.Value < origin.Value ? low.Step : 0;
    }

    private Point Evaluate(double step)
    {
        Evaluations++;
        var (value, slope) = along(step);
        return new Point(step, value, slope);
    }

    private static double Between(Point a, Point b)
    {
        double width = b.Step - a.Step;
        if (!double.IsFinite(b.Value) || !double.IsFinite(b.Slope)) return a.Step + (width / 4);
        double d1 = a.Slope + b.Slope - (3 * (a.Value - b.Value) / (a.Step - b.Step)), square = (d1 * d1) - (a.Slope * b.Slope);
        double d2 = Math.Sign(width) * Math.Sqrt(Math.Max(0, square));
        double at = b.Step - (width * (b.Slope + d2 - d1) / (b.Slope - a.Slope + (2 * d2)));
        double from = a.Step + (0.1 * width), to = a.Step + (0.9 * width);
        return double.IsFinite(at) && square >= 0 ? Math.Clamp(at, Math.Min(from, to), Math.Max(from, to)) : a.Step + (width / 2);
    }

    private readonly record struct Point(double Step, double Value, double Slope);
}
