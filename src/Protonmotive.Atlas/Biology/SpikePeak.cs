using Protonmotive.Solvers;

namespace Protonmotive.Atlas.Biology;

/// <summary>The top of a spike between the rows of a solution.</summary>
internal static class SpikePeak
{
    /// <summary>The highest potential: the top of the cubic through the two rows, and their slopes, between which it turns.</summary>
    /// <param name="solution">A run.</param>
    /// <param name="potential">Observable of the potential.</param>
    /// <param name="slopes">Its derivative in time at the rows.</param>
    public static double Of(Solution solution, string potential, double[] slopes)
    {
        var (t, v) = (solution.Times, solution.ObservableColumn(potential));
        double peak = v.Max();
        for (int i = 1; i < t.Length; i++)
        {
            double h = t[i] - t[i - 1];
            if (!(slopes[i - 1] > 0 && slopes[i] < 0 && h > 0)) continue;
            for (int k = 1; k < 100; k++)
            {
                double x = k / 100.0, y = 1 - x;
                peak = Math.Max(peak, (y * y * (((1 + (2 * x)) * v[i - 1]) + (x * h * slopes[i - 1]))) + (x * x * (((1 + (2 * y)) * v[i]) - (y * h * slopes[i]))));
            }
        }
        return peak;
    }
}
