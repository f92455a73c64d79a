namespace Protonmotive.Solvers.Designs;

/// <summary>The inverse of the standard normal distribution function.</summary>
/// <remarks>Wichura (1988), Algorithm AS 241 (PPND16), Appl. Statist. 37, 477-484; relative error about 1e-16.</remarks>
internal static class NormalQuantile
{
    private static readonly double[] a = [3.3871328727963666080, 1.3314166789178437745e2, 1.9715909503065514427e3, 1.3731693765509461125e4, 4.5921953931549871457e4, 6.7265770927008700853e4, 3.3430575583588128105e4, 2.5090809287301226727e3];
    private static readonly double[] b = [1, 4.2313330701600911252e1, 6.8718700749205790830e2, 5.3941960214247511077e3, 2.1213794301586595867e4, 3.9307895800092710610e4, 2.8729085735721942674e4, 5.2264952788528545610e3];
    private static readonly double[] c = [1.42343711074968357734, 4.63033784615654529590, 5.76949722146069140550, 3.64784832476320460504, 1.27045825245236838258, 2.41780725177450611770e-1, 2.27238449892691845833e-2, 7.74545014278341407640e-4];
    private static readonly double[] d = [1, 2.05319162663775882187, 1.67638483018380384940, 6.89767334985100004550e-1, 1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4, 1.05075007164441684324e-9];
    private static readonly double[] e = [6.65790464350110377720, 5.46378491116411436990, 1.78482653991729133580, 2.96560571828504891230e-1, 2.65321895265761230930e-2, 1.24266094738807843860e-3, 2.71155556874348757815e-5, 2.01033439929228813265e-7];
    private static readonly double[] f = [1, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2, 7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7, 2.04426310338993978564e-15];

    /// <summary>x with Φ(x) = u; ∓∞ at 0 and 1.</summary>
    public static double At(double u)
    {
        double q = u - 0.5;
        if (Math.Abs(q) <= 0.425)
        {
            double r = 0.180625 - (q * q);
            return q * Polynomial(a, r) / Polynomial(b, r);
        }

        double tail = q < 0 ? u : 1 - u;
        if (tail <= 0) return q < 0 ? double.NegativeInfinity : double.PositiveInfinity;
        double s = Math.Sqrt(-Math.Log(tail));
        double x = s <= 5 ? Polynomial(c, s - 1.6) / Polynomial(d, s - 1.6) : Polynomial(e, s - 5) / Polynomial(f, s - 5);
        return q < 0 ? -x : x;
    }

    private static double Polynomial(double[] coefficients, double x)
    {
        double sum = 0;
        for (int i = coefficients.Length - 1; i >= 0; i--) sum = (sum * x) + coefficients[i];
        return sum;
    }
}
