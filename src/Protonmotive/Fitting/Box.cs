using System.Collections.Immutable;

namespace Protonmotive.Fitting;

/// <summary>The bounds of an objective's parameters on their scales of estimation.</summary>
public sealed class Box
{
    private Box(double[] lower, double[] upper)
    {
        Lower = lower;
        Upper = upper;
    }

    /// <summary>Lower bounds, shape [n]; may be −∞.</summary>
    public double[] Lower { get; }

    /// <summary>Upper bounds, shape [n]; may be +∞.</summary>
    public double[] Upper { get; }

    /// <summary>The box of parameters.</summary>
    /// <exception cref="FitException">There is none, a bound is NaN, or a lower bound is not below the upper one.</exception>
    public static Box Of(ImmutableArray<EstimatedParameter> parameters)
    {
        if (parameters.IsEmpty) throw new FitException("Nothing is estimated.", "parameters of the objective", "Mark at least one parameter as estimated.");
        foreach (var p in parameters)
        {
            if (!(p.Lower < p.Upper))
                throw new FitException(FormattableString.Invariant($"The bounds {p.Lower:g6} and {p.Upper:g6} hold no interval."), $"parameter '{p.Name}'", "Give a lower bound below the upper one.");
        }
        return new Box([.. parameters.Select(p => p.Lower)], [.. parameters.Select(p => p.Upper)]);
    }

    /// <summary>The nearest point inside.</summary>
    public double[] Project(ReadOnlySpan<double> x)
    {
        var inside = new double[x.Length];
        for (int i = 0; i < x.Length; i++) inside[i] = Math.Clamp(x[i], Lower[i], Upper[i]);
        return inside;
    }

    /// <summary>Whether a coordinate lies at a bound and the gradient holds it there: the objective falls outwards.</summary>
    public bool Holds(int i, double x, double gradient) => (x <= Lower[i] && gradient >= 0) || (x >= Upper[i] && gradient <= 0);
}
