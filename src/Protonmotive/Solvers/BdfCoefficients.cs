namespace Protonmotive.Solvers;

/// <summary>
/// The numbers of one step of a backward differentiation formula in Nordsieck form, from its order and the lengths of the steps
/// before it.
/// </summary>
/// <remarks>
/// The correction e of the predicted state corrects the scaled derivatives z to z + l e, with Σ lⱼ xʲ =
/// (1 + x/ξ*) Π (1 + x/ξᵢ) over i &lt; q, ξᵢ = (t₊ − t₊₋ᵢ)/h and ξ* set by the fixed leading coefficient −Σ 1/i: Jackson and
/// Sacks-Davis (1980), ACM Trans. Math. Softw. 6, 295; error constants as in Byrne and Hindmarsh (1975), ACM Trans. Math. Softw.
/// 1, 71, and Hindmarsh et al. (2005), ACM Trans. Math. Softw. 31, 363.
/// </remarks>
internal sealed class BdfCoefficients
{
    /// <summary>lⱼ, j = 0 to q.</summary>
    public double[] L { get; } = new double[Bdf.MaximumOrder + 1];

    /// <summary>The local error is this times the correction.</summary>
    public double Error { get; private set; }

    /// <summary>The local error of one order less is this times z_q.</summary>
    public double LowerError { get; private set; }

    /// <summary>The local error of one order more is this times a difference of two corrections.</summary>
    public double HigherError { get; private set; }

    /// <summary>Scales a correction to the derivative of order q + 1, for that difference.</summary>
    public double Derivative { get; private set; }

    /// <summary>Computes the numbers of a step.</summary>
    /// <param name="q">Order.</param>
    /// <param name="h">Step.</param>
    /// <param name="past">Lengths of the steps before, latest first.</param>
    public void Compute(int q, double h, ReadOnlySpan<double> past)
    {
        Array.Clear(L);
        L[0] = L[1] = 1;
        double ξ = 1, ξStar = 1, leading = -1, predicted = -1, distance = h;
        for (int j = 2; j <= q; j++)
        {
            distance += past[j - 2];
            ξ = h / distance;
            leading -= 1.0 / j;
            double factor = ξ;
            if (j == q)
            {
                factor = ξStar = -L[1] - leading;
                predicted = -L[1] - ξ;
            }
            for (int i = j; i >= 1; i--) L[i] += L[i - 1] * factor;
        }

        double a1 = 1 - predicted + leading, a2 = 1 + (q * a1);
        Error = Math.Abs(a1 / (leading * a2));
        Derivative = Math.Abs(a2 * ξStar / (L[q] * ξ));

        double a3 = leading + (1.0 / q), a4 = predicted + ξ;
        LowerError = q > 1 ? Math.Abs(ξStar / L[q] * ((1 - a4 + a3) / a3)) : 1;
        if (q == Bdf.MaximumOrder) return;
        distance += past[q - 1];
        ξ = h / distance;
        double a5 = leading - (1.0 / (q + 1)), a6 = predicted - ξ;
        HigherError = Math.Abs((1 - a6 + a5) / a2 / (ξ * (q + 2) * a5));
    }
}
