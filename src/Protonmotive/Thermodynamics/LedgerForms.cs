using System.Collections.Immutable;

namespace Protonmotive.Thermodynamics;

/// <summary>The three forms that numbers of a ledger have, with their derivatives: a sum, a ratio of sums, and the closure.</summary>
internal static class LedgerForms
{
    /// <summary>Σ wᵢ xᵢ.</summary>
    public static LedgerNumber Sum(string name, string unit, string description, ImmutableArray<string> inputs, double[] weights) =>
        new(name, unit, description, inputs, x => Total(weights, x), (_, slopes) => weights.CopyTo(slopes));

    /// <summary>Σ aᵢ xᵢ / Σ bᵢ xᵢ where the latter is above 0; NaN elsewhere.</summary>
    public static LedgerNumber Ratio(string name, string description, ImmutableArray<string> inputs, double[] above, double[] below) =>
        new(name, "1", description, inputs, x => Total(below, x) is > 0 and var b ? Total(above, x) / b : double.NaN, (x, slopes) =>
        {
            double b = Total(below, x), ratio = b > 0 ? Total(above, x) / b : double.NaN;
            for (int i = 0; i < slopes.Length; i++) slopes[i] = (above[i] - (ratio * below[i])) / b;
        });

    /// <summary>
    /// |Σ wᵢ xᵢ| over activity and |x₀ − x₁|, the change of the energy stored. The activity is the last input and has no weight.
    /// </summary>
    public static LedgerNumber Closure(string name, string description, ImmutableArray<string> inputs, double[] weights) =>
        new(name, "1", description, inputs,
            x => Scale(x) is > 0 and var scale ? Math.Abs(Total(weights, x)) / scale : 0,
            (x, slopes) =>
            {
                slopes.Clear();
                double scale = Scale(x), residual = Total(weights, x), change = x[0] - x[1];
                if (scale == 0) return;
                double byScale = -Math.Abs(residual) / (scale * scale);
                for (int i = 0; i < weights.Length; i++) slopes[i] = Math.Sign(residual) * weights[i] / scale;
                slopes[0] += byScale * Math.Sign(change);
                slopes[1] -= byScale * Math.Sign(change);
                slopes[^1] += byScale;
            });

    private static double Scale(ReadOnlySpan<double> x) => x[^1] + Math.Abs(x[0] - x[1]);

    private static double Total(double[] weights, ReadOnlySpan<double> x)
    {
        double sum = 0;
        for (int i = 0; i < weights.Length; i++) sum += weights[i] * x[i];
        return sum;
    }
}
