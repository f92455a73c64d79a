namespace Protonmotive.Fitting.Sampling;

/// <summary>
/// An objective as a density over the whole space: z = logit((x − l)/(u − l)) between two bounds, ln of the distance to one, x itself without;
/// with the logarithm of the Jacobian.
/// </summary>
internal sealed class UnboundedDensity(IObjective objective)
{
    private readonly Box box = Box.Of(objective.Parameters);

    /// <summary>x(z).</summary>
    public double[] Position(double[] z)
    {
        var x = new double[z.Length];
        for (int i = 0; i < z.Length; i++)
        {
            double l = box.Lower[i], u = box.Upper[i];
            x[i] = (double.IsFinite(l), double.IsFinite(u)) switch
            {
                (true, true) => Math.Clamp(z[i] < 0 ? l + ((u - l) * Logistic(z[i])) : u - ((u - l) * Logistic(-z[i])), l, u),
                (true, false) => l + Math.Exp(z[i]),
                (false, true) => u - Math.Exp(z[i]),
                _ => z[i],
            };
        }
        return x;
    }

    /// <summary>z(x); a point on a bound is moved inside by a millionth.</summary>
    public double[] Free(ReadOnlySpan<double> x)
    {
        var z = new double[x.Length];
        for (int i = 0; i < x.Length; i++)
        {
            double l = box.Lower[i], u = box.Upper[i];
            double part = double.IsFinite(u - l) ? Math.Clamp((x[i] - l) / (u - l), 1e-6, 1 - 1e-6) : 0;
            z[i] = (double.IsFinite(l), double.IsFinite(u)) switch
            {
                (true, true) => Math.Log(part / (1 - part)),
                (true, false) => Math.Log(Math.Max(x[i] - l, 1e-6)),
                (false, true) => Math.Log(Math.Max(u - x[i], 1e-6)),
                _ => x[i],
            };
        }
        return z;
    }

    /// <summary>Potential energy −ln p(z) with its gradient.</summary>
    public DensityPoint At(double[] z, CancellationToken cancellation)
    {
        var at = objective.Evaluate(Position(z), ObjectiveParts.Gradient, cancellation);
        if (!double.IsFinite(at.Value) || at.Gradient is not { } g || !Array.TrueForAll(g, double.IsFinite)) return new DensityPoint(z, double.PositiveInfinity, double.PositiveInfinity, new double[z.Length]);
        double energy = at.Value;
        var gradient = new double[z.Length];
        for (int i = 0; i < z.Length; i++)
        {
            double l = box.Lower[i], u = box.Upper[i];
            switch (double.IsFinite(l), double.IsFinite(u))
            {
                case (true, true):
                    double p = Logistic(z[i]), q = Logistic(-z[i]);
                    gradient[i] = (g[i] * (u - l) * p * q) - (q - p);
                    energy -= Math.Log(u - l) - Softplus(z[i]) - Softplus(-z[i]);
                    break;
                case (true, false):
                    gradient[i] = (g[i] * Math.Exp(z[i])) - 1;
                    energy -= z[i];
                    break;
                case (false, true):
                    gradient[i] = (-g[i] * Math.Exp(z[i])) - 1;
                    energy -= z[i];
                    break;
                default:
                    gradient[i] = g[i];
                    break;
            }
        }
        return double.IsFinite(energy) ? new DensityPoint(z, energy, at.Value, gradient) : new DensityPoint(z, double.PositiveInfinity, double.PositiveInfinity, gradient);
    }

    private static double Logistic(double z) => 1 / (1 + Math.Exp(-z));

    private static double Softplus(double z) => z > 0 ? z + Math.Log(1 + Math.Exp(-z)) : Math.Log(1 + Math.Exp(z));
}

/// <summary>A point with its energy.</summary>
/// <param name="Z">The point, shape [n].</param>
/// <param name="Energy">−ln p(z).</param>
/// <param name="Objective">The objective there, without the Jacobian.</param>
/// <param name="Gradient">∂Energy/∂z, shape [n].</param>
internal sealed record DensityPoint(double[] Z, double Energy, double Objective, double[] Gradient);
