using System.Collections.Immutable;
using Protonmotive.Fitting.Problems;

namespace Protonmotive.Fitting.Starts.Oscillations;

/// <summary>The initial state as a linear function of its parameters.</summary>
/// <param name="Start">Which parameter sets which state.</param>
/// <param name="Estimated">All estimated parameters.</param>
/// <param name="AtOne">The initial state where each of its parameters is 1, shape [states].</param>
/// <param name="Slopes">Its slopes, shape [states].</param>
internal sealed record FreeStartAt(FreeStart Start, ImmutableArray<EstimatedParameter> Estimated, double[] AtOne, double[] Slopes)
{
    /// <summary>How far beyond its bounds a state's parameter would have to be, as a factor of the bounds' range; 1 inside.</summary>
    public double Excess(int state, double value)
    {
        if (Start.Parameters[state] < 0) return 1;
        var p = Estimated[Start.Parameters[state]];
        double at = 1 + ((value - AtOne[state]) / Slopes[state]);
        if (p.Scale != ParameterScale.Linear) return at > 0 ? Math.Max(1, Math.Max(at / Scales.ToLinear(p.Upper, p.Scale), Scales.ToLinear(p.Lower, p.Scale) / at)) : double.PositiveInfinity;
        double width = p.Upper - p.Lower;
        return double.IsFinite(width) ? Math.Max(1, Math.Max((at - p.Lower) / width, 1 + ((p.Lower - at) / width))) : 1;
    }

    /// <summary>Sets the parameters of the initial state, within their bounds.</summary>
    /// <param name="x">All estimated parameters on their scales, shape [n].</param>
    /// <param name="state">The state to begin at.</param>
    public void Set(double[] x, ReadOnlySpan<double> state)
    {
        for (int i = 0; i < Start.Parameters.Length; i++)
        {
            if (Start.Parameters[i] < 0) continue;
            var p = Estimated[Start.Parameters[i]];
            double at = 1 + ((state[i] - AtOne[i]) / Slopes[i]);
            x[Start.Parameters[i]] = p.Scale == ParameterScale.Linear ? Math.Clamp(at, p.Lower, p.Upper) : at > 0 ? Math.Clamp(Scales.FromLinear(at, p.Scale), p.Lower, p.Upper) : p.Lower;
        }
    }
}
