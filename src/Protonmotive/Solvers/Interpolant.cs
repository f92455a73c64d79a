using System.Runtime.CompilerServices;

namespace Protonmotive.Solvers;

/// <summary>
/// The dense output of every method here: y(t + θh) = (1 − θ) y₀ + θ y₁ + θ(1 − θ)(q₁ + θ q₂ + θ² q₃), with vectors q that
/// are combinations of the stages.
/// </summary>
/// <remarks>Hairer and Wanner (1996), Solving ODEs II, IV.7, for Rodas; any polynomial dense output can be brought to it.</remarks>
internal static class Interpolant
{
    /// <summary>Evaluates at θ; exact at 0 and 1.</summary>
    /// <param name="theta">Relative time θ in the step.</param>
    /// <param name="start">y₀, shape [n].</param>
    /// <param name="end">y₁, shape [n].</param>
    /// <param name="vectors">q₁, q₂, … one after the other, shape [count·n].</param>
    /// <param name="result">Receives y, shape [n].</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // a short solve would be over before the runtime optimises it
    public static void Evaluate(double theta, ReadOnlySpan<double> start, ReadOnlySpan<double> end, ReadOnlySpan<double> vectors, Span<double> result)
    {
        if (start.IsEmpty) return; // a system of rules alone has no states
        int n = start.Length, count = vectors.Length / n;
        double left = 1 - theta;
        for (int i = 0; i < n; i++)
        {
            double q = 0;
            for (int k = count - 1; k >= 0; k--) q = q * theta + vectors[k * n + i];
            result[i] = left * start[i] + theta * (end[i] + left * q);
        }
    }
}
