using System.Runtime.CompilerServices;

namespace Protonmotive.Solvers;

/// <summary>
/// Measures an error against the tolerance: the larger of the root mean squares over the states and over the quadratures, so
/// that many quadratures do not hide the error of few states. A step is good where it is at most 1.
/// </summary>
public sealed class ErrorNorm
{
    private readonly double[] absolute;
    private readonly int[] scaleIndices;
    private readonly int stateCount;
    private readonly double relative;

    /// <summary>Makes the norm of a solve.</summary>
    /// <param name="tolerance">The tolerance.</param>
    /// <param name="scales">Absolute scales, shape [n].</param>
    /// <param name="scaleIndices">For each component the one whose size sets its relative tolerance, shape [n].</param>
    /// <param name="stateCount">Number of states; quadratures follow.</param>
    public ErrorNorm(Tolerance tolerance, ReadOnlySpan<double> scales, ReadOnlySpan<int> scaleIndices, int stateCount)
    {
        relative = tolerance.Relative;
        this.scaleIndices = scaleIndices.ToArray();
        this.stateCount = stateCount;
        absolute = new double[scales.Length];
        for (int i = 0; i < absolute.Length; i++)
            absolute[i] = (i < stateCount ? tolerance.Absolute : tolerance.Relative) * Math.Abs(scales[i]);
    }

    /// <summary>Number of states; quadratures follow them.</summary>
    public int StateCount => stateCount;

    /// <summary>Relative tolerance.</summary>
    public double Relative => relative;

    /// <summary>Norm of a vector at y alone, over the states only.</summary>
    public double OfStates(ReadOnlySpan<double> x, ReadOnlySpan<double> y) => RootMeanSquare(x, y, y, 0, stateCount);

    /// <summary>Norm of a step's error; NaN where the error or the new state is not finite.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public double Of(ReadOnlySpan<double> error, ReadOnlySpan<double> y, ReadOnlySpan<double> next)
    {
        double states = RootMeanSquare(error, y, next, 0, stateCount);
        return stateCount == error.Length ? states : Math.Max(states, RootMeanSquare(error, y, next, stateCount, error.Length));
    }

    /// <summary>The component whose error is largest.</summary>
    public int Worst(ReadOnlySpan<double> error, ReadOnlySpan<double> y, ReadOnlySpan<double> next)
    {
        int worst = 0;
        double largest = -1;
        for (int i = 0; i < error.Length; i++)
        {
            double ratio = Math.Abs(error[i]) / Weight(i, y, next);
            if (!(ratio > largest)) continue;
            largest = ratio;
            worst = i;
        }

        return worst;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // a short solve would be over before the runtime optimises it
    private double RootMeanSquare(ReadOnlySpan<double> x, ReadOnlySpan<double> y, ReadOnlySpan<double> next, int from, int to)
    {
        double sum = 0, finite = 0;
        for (int i = from; i < to; i++)
        {
            double ratio = x[i] / Weight(i, y, next);
            sum += ratio * ratio;
            finite += next[i] * 0; // NaN where next is not finite
        }

        return to == from ? finite : Math.Sqrt(sum / (to - from)) + finite;
    }

    /// <summary>The error allowed in a component at y.</summary>
    public double Weight(int component, ReadOnlySpan<double> y) => Weight(component, y, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private double Weight(int i, ReadOnlySpan<double> y, ReadOnlySpan<double> next)
    {
        int k = scaleIndices[i];
        double weight = absolute[i] + relative * Math.Max(Math.Abs(y[k]), Math.Abs(next[k]));

        // An error of 0 in a component that is 0 with no absolute tolerance is no error.
        return Math.Max(weight, 1e-300);
    }
}
