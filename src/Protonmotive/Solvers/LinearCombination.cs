using System.Numerics;
using System.Runtime.CompilerServices;

namespace Protonmotive.Solvers;

/// <summary>Sums of stage vectors, the inner loops of every method; vector and scalar form give the same bits.</summary>
internal static class LinearCombination
{
    /// <summary>result = origin + scale·Σ coefficients[j]·stages[j].</summary>
    /// <param name="origin">Shape [n]; may be <paramref name="result"/>.</param>
    /// <param name="coefficients">Shape [count]; zeros cost nothing.</param>
    /// <param name="scale">Multiplies every coefficient.</param>
    /// <param name="stages">Stage after stage, shape [≥ count·n].</param>
    /// <param name="result">Shape [n]; must not overlap the stages used.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // a short solve would be over before the runtime optimises it
    public static void Add(ReadOnlySpan<double> origin, ReadOnlySpan<double> coefficients, double scale, ReadOnlySpan<double> stages, Span<double> result)
    {
        int n = result.Length;
        if (origin != result) origin[..n].CopyTo(result);
        for (int j = 0; j < coefficients.Length; j++)
        {
            double factor = coefficients[j] * scale;
            if (factor != 0) AddScaled(factor, stages.Slice(j * n, n), result);
        }
    }

    // No fused multiply-add: the vector lanes and the scalar tail must round alike.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddScaled(double factor, ReadOnlySpan<double> x, Span<double> y)
    {
        int i = 0;
        if (Vector.IsHardwareAccelerated)
        {
            var f = new Vector<double>(factor);
            for (; i <= y.Length - Vector<double>.Count; i += Vector<double>.Count)
            {
                var sum = new Vector<double>(y[i..]) + f * new Vector<double>(x[i..]);
                sum.CopyTo(y[i..]);
            }
        }

        for (; i < y.Length; i++) y[i] += factor * x[i];
    }
}
