namespace Protonmotive.Fitting.Optimisers;

/// <summary>How far a parameter moves when it moves by one size: steps of all parameters are compared in these.</summary>
internal static class ParameterSizes
{
    /// <summary>A factor of ten for logarithmic scales; on linear ones the parameter itself, or a tenth of its range at 0.</summary>
    /// <param name="objective">The parameters.</param>
    /// <param name="x">Where, shape [n].</param>
    /// <param name="before">Sizes before, of which a linear parameter keeps at least half, so that it can pass through 0; empty at the start.</param>
    public static double[] At(IObjective objective, ReadOnlySpan<double> x, ReadOnlySpan<double> before = default)
    {
        var sizes = new double[x.Length];
        for (int i = 0; i < x.Length; i++)
        {
            var p = objective.Parameters[i];
            double range = p.Upper - p.Lower, part = double.IsFinite(range) ? range / 10 : 1;
            sizes[i] = p.Scale switch
            {
                ParameterScale.Log10 => 1,
                ParameterScale.Log => Math.Log(10),
                _ => x[i] == 0 ? part : Math.Min(Math.Abs(x[i]), double.IsFinite(range) ? range : double.PositiveInfinity),
            };
            if (p.Scale == ParameterScale.Linear && !before.IsEmpty) sizes[i] = x[i] == 0 ? before[i] / 2 : Math.Max(sizes[i], before[i] / 2);
        }
        return sizes;
    }
}
