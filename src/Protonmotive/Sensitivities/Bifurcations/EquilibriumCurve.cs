namespace Protonmotive.Sensitivities.Bifurcations;

/// <summary>The curve F(x, θ) = 0 in scaled coordinates: Newton's method back to it, tangents, stability.</summary>
/// <remarks>
/// Keller (1977), Numerical solution of bifurcation and nonlinear eigenvalue problems, in Rabinowitz (ed.), Applications of
/// Bifurcation Theory, 359-384: the curve is followed by its arc length, so folds are points like any other.
/// </remarks>
internal sealed class EquilibriumCurve
{
    private const int MaximumIterations = 10;
    private const double Converged = 1e-11, Stalled = 1e-7;

    private readonly EquilibriumEquations equations;
    private readonly ContinuationOptions options;
    private readonly double[] peaks;
    private readonly bool[] isAmount;
    private readonly int n;

    public EquilibriumCurve(EquilibriumEquations equations, ContinuationOptions options, bool[] isAmount)
    {
        this.equations = equations;
        this.options = options;
        this.isAmount = isAmount;
        n = equations.StateCount;
        peaks = new double[n];
    }

    /// <summary>The parameter at θ.</summary>
    public double Parameter(double θ) => θ <= 0 ? options.Low : θ >= 1 ? options.High
        : options.IsLogarithmic ? Math.Exp((Math.Log(options.Low) * (1 - θ)) + (Math.Log(options.High) * θ)) : (options.Low * (1 - θ)) + (options.High * θ);

    /// <summary>θ of a parameter value.</summary>
    public double Theta(double λ) => options.IsLogarithmic ? Math.Log(λ / options.Low) / Math.Log(options.High / options.Low) : (λ - options.Low) / (options.High - options.Low);

    /// <summary>
    /// Length of each coordinate's unit: a state's own size, not below a thousandth of the largest it had, times √n, so that all states
    /// together weigh as much as θ.
    /// </summary>
    public double[] Scales(double[] u)
    {
        double largest = 0;
        for (int i = 0; i < n; i++) largest = Math.Max(largest, peaks[i] = Math.Max(peaks[i], Math.Abs(u[i])));
        var scales = new double[n + 1];
        for (int i = 0; i < n; i++)
        {
            double floor = Math.Max(1e-3 * peaks[i], largest > 0 ? 1e-9 * largest : 1);
            scales[i] = Math.Max(Math.Abs(u[i]), floor) * Math.Sqrt(n);
        }

        scales[n] = 1;
        return scales;
    }

    /// <summary>Whether an amount is below 0 by more than rounding.</summary>
    public int? Negative(double[] u)
    {
        for (int i = 0; i < n; i++) if (isAmount[i] && u[i] < -1e-7 * peaks[i]) return i;
        return null;
    }

    /// <summary>Newton's method to the curve within a plane; null where it does not converge.</summary>
    /// <param name="guess">Where to begin; the plane goes through it.</param>
    /// <param name="normal">Normal of the plane, in scaled coordinates.</param>
    /// <param name="scales">The scales.</param>
    /// <param name="iterations">Receives the number of iterations.</param>
    public double[]? Correct(double[] guess, double[] normal, double[] scales, out int iterations)
    {
        var u = (double[])guess.Clone();
        double last = double.PositiveInfinity;
        for (iterations = 1; iterations <= MaximumIterations; iterations++)
        {
            var residual = equations.Residual(u[..n], Parameter(u[n]));
            var right = new double[n + 1];
            for (int i = 0; i < n; i++) right[i] = -residual[i];
            for (int i = 0; i <= n; i++) right[n] -= normal[i] * (u[i] - guess[i]) / scales[i];
            var step = new BorderedFactors(Bordered(u, normal, scales)).Solve(right);
            double size = 0;
            for (int i = 0; i <= n; i++) size += step[i] * step[i];
            size = Math.Sqrt(size);
            if (!double.IsFinite(size) || size > 10 || (size > 2 * last && size > Stalled)) return null;
            for (int i = 0; i <= n; i++) u[i] += step[i] * scales[i];
            if (size <= Converged || (size <= Stalled && size >= last / 2)) return u;
            last = size;
        }

        return null;
    }

    /// <summary>A point with its tangent, turned so that it goes on from a direction, and its determinant and eigenvalues.</summary>
    /// <param name="u">On the curve.</param>
    /// <param name="direction">In scaled coordinates; the border of the matrix.</param>
    /// <param name="scales">The scales.</param>
    /// <returns>Null where the curve has no single tangent there.</returns>
    public CurvePoint? At(double[] u, double[] direction, double[] scales)
    {
        var right = new double[n + 1];
        right[n] = 1;
        var tangent = new BorderedFactors(Bordered(u, direction, scales)).Solve(right);
        double size = Norm(tangent);
        if (!double.IsFinite(size) || size == 0) return null;
        for (int i = 0; i <= n; i++) tangent[i] /= size;
        var own = new BorderedFactors(Bordered(u, tangent, scales));
        var point = new CurvePoint { U = u, Sign = own.Sign, LogDeterminant = own.LogDeterminant };
        point.Tangent = [.. tangent.Select((t, i) => t * scales[i])];
        point.Eigenvalues = equations.Eigenvalues(u[..n], Parameter(u[n]), [.. scales.Take(n)]);
        return point;
    }

    /// <summary>[F′; normal] in scaled coordinates.</summary>
    public double[,] Bordered(double[] u, double[] normal, double[] scales)
    {
        double λ = Parameter(u[n]);
        var slopes = equations.Slopes(u[..n], λ);
        double perTheta = options.IsLogarithmic ? λ * Math.Log(options.High / options.Low) : options.High - options.Low;
        var matrix = new double[n + 1, n + 1];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++) matrix[i, j] = slopes[i, j] * scales[j];
            matrix[i, n] = slopes[i, n] * perTheta;
        }

        for (int j = 0; j <= n; j++) matrix[n, j] = normal[j];
        return matrix;
    }

    /// <summary>A vector over its scales.</summary>
    public static double[] Scaled(double[] v, double[] scales) => [.. v.Select((x, i) => x / scales[i])];

    /// <summary>A vector over its scales, of length 1.</summary>
    public static double[] Unit(double[] v, double[] scales)
    {
        var scaled = Scaled(v, scales);
        double size = Norm(scaled);
        return [.. scaled.Select(x => x / size)];
    }

    /// <summary>Euclidean length.</summary>
    public static double Norm(double[] v) => Math.Sqrt(v.Sum(x => x * x));

    /// <summary>Scalar product.</summary>
    public static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();
}
