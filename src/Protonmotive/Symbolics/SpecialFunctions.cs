namespace Protonmotive.Symbolics;

/// <summary>Scalar functions that <see cref="Math"/> lacks; symbolic folding, the interpreter and compiled kernels share them.</summary>
public static class SpecialFunctions
{
    /// <summary>eˣ − 1 with full relative accuracy near 0.</summary>
    /// <remarks>Kahan's correction: with u = eˣ, (u − 1)·x/ln u; see Higham (2002), Accuracy and Stability of Numerical Algorithms, 1.14.1.</remarks>
    public static double Expm1(double x)
    {
        if (Math.Abs(x) < 1e-5) return x + (x * x / 2) + (x * x * x / 6);
        double u = Math.Exp(x);
        if (Math.Abs(x) > 1) return u - 1;
        return (u - 1) * x / Math.Log(u);
    }

    /// <summary>Γ(x + 1); exact products for whole x up to 170, NaN below −1 at the poles.</summary>
    public static double Factorial(double x)
    {
        if (x >= 0 && x <= 170 && x == Math.Floor(x))
        {
            double product = 1;
            for (int k = 2; k <= (int)x; k++) product *= k;
            return product;
        }
        return MathNet.Numerics.SpecialFunctions.Gamma(x + 1);
    }

    /// <summary>Γ′(x)/Γ(x).</summary>
    public static double Digamma(double x) => MathNet.Numerics.SpecialFunctions.DiGamma(x);

    /// <summary>d²ln Γ(x)/dx².</summary>
    /// <remarks>Recurrence and asymptotic series of NIST DLMF 5.15 (5.15.5, 5.15.8), reflection 5.15.6.</remarks>
    public static double Trigamma(double x)
    {
        if (x <= 0)
        {
            double sine = Math.Sin(Math.PI * x);
            return (Math.PI * Math.PI / (sine * sine)) - Trigamma(1 - x);
        }
        double sum = 0;
        for (; x < 10; x++) sum += 1 / (x * x);
        double r = 1 / (x * x);
        double series = r * (1.0 / 6 - (r * (1.0 / 30 - (r * (1.0 / 42 - (r * (1.0 / 30 - (r * (5.0 / 66 - (r * 691.0 / 2730))))))))));
        return sum + ((1 + (0.5 / x) + series) / x);
    }
}
