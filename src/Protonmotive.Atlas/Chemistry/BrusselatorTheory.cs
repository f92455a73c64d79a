namespace Protonmotive.Atlas.Chemistry;

/// <summary>What linear stability says of the reversible Brusselator with diffusion, in closed form; k_f = 1, D = E = 1.</summary>
/// <remarks>
/// Uniform steady state: inflow = outflow gives X = (A + k₋)/(1 + k₋), and exchange = autocatalysis gives Y = (BX + k₋X³)/(X² + k₋). With g = B X − k₋Y − X²Y + k₋X³ the
/// Jacobian is [−1 − k₋ − g_X, −g_Y; g_X, g_Y], whose determinant (1 + k₋)(X² + k₋) does not depend on B. A mode with eigenvalue −q of the Laplacian grows at
/// the larger root of s² − (f_X + g_Y − (D_X + D_Y) q) s + det(q) = 0, det(q) = det − (D_Y f_X + D_X g_Y) q + D_X D_Y q². The first q to grow is √(det/D_X D_Y), where
/// D_Y f_X + D_X g_Y = 2 √(D_X D_Y det) (Turing 1952; Nicolis and Prigogine 1977, ch. 7).
/// </remarks>
/// <param name="A">Concentration of A.</param>
/// <param name="B">Concentration of B.</param>
/// <param name="Back">Rate constant k₋ of every step backwards.</param>
/// <param name="DiffusionX">D_X.</param>
/// <param name="DiffusionY">D_Y.</param>
internal readonly record struct BrusselatorTheory(double A, double B, double Back, double DiffusionX, double DiffusionY)
{
    /// <summary>X of the uniform steady state.</summary>
    public double X => (A + Back) / (1 + Back);

    /// <summary>Y of the uniform steady state.</summary>
    public double Y => ((B * X) + (Back * X * X * X)) / ((X * X) + Back);

    /// <summary>B at which the uniform state begins to give way to a pattern.</summary>
    public double CriticalB
    {
        get
        {
            // g_X at the threshold, then B from g_X = B − 2XY + 3k₋X², which is linear in B.
            double x2 = X * X, gY = -(x2 + Back), fX = ((2 * Math.Sqrt(DiffusionX * DiffusionY * Determinant)) - (DiffusionX * gY)) / DiffusionY;
            double gX = -1 - Back - fX, share = x2 / (x2 + Back);
            return (gX - (3 * Back * x2) + (2 * Back * x2 * share)) / (1 - (2 * share));
        }
    }

    /// <summary>q at the threshold.</summary>
    public double CriticalLaplacian => Math.Sqrt(Determinant / (DiffusionX * DiffusionY));

    /// <summary>Dissipation of a place in the uniform state over RT: Σ J ln(J₊/J₋).</summary>
    public double Dissipation => DissipationAt(Y);

    private double Determinant => (1 + Back) * ((X * X) + Back);

    /// <summary>
    /// Dissipation over RT of a place at rest whose mean of Y is known, pattern or not: A → E and B → D are the only ways through, and at rest their
    /// fluxes are A − k₋X and BX − k₋Y with the mean of X fixed.
    /// </summary>
    public double DissipationAt(double meanY) => ((A - (Back * X)) * (Math.Log(A) - (2 * Math.Log(Back)))) + (((B * X) - (Back * meanY)) * (Math.Log(B) - (2 * Math.Log(Back))));

    /// <summary>Growth rate of a mode with eigenvalue −q of the Laplacian: the larger real part.</summary>
    public double GrowthRate(double q)
    {
        double gX = B - (2 * X * Y) + (3 * Back * X * X), gY = -((X * X) + Back), fX = -1 - Back - gX;
        double trace = fX + gY - ((DiffusionX + DiffusionY) * q);
        double determinant = Determinant - (((DiffusionY * fX) + (DiffusionX * gY)) * q) + (DiffusionX * DiffusionY * q * q);
        double discriminant = (trace * trace / 4) - determinant;
        return (trace / 2) + (discriminant > 0 ? Math.Sqrt(discriminant) : 0);
    }
}
