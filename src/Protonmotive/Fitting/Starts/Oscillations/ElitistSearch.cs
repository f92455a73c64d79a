using Protonmotive.Solvers;

namespace Protonmotive.Fitting.Starts.Oscillations;

/// <summary>
/// (1+1)-CMA-ES: one point, displaced at random, kept where it is no worse. It learns a step size and the shape of the valley, and gains from the
/// first evaluations on, where <see cref="Optimisers.EvolutionStrategy"/> needs generations.
/// </summary>
/// <remarks>Igel, Suttorp and Hansen (2006), GECCO, 453-460, with its constants; updates of the factor and of its inverse as there, (8) and (9).</remarks>
internal static class ElitistSearch
{
    private const double Target = 2 / 11.0, SuccessRate = 1 / 12.0, Threshold = 0.44, LargestDeviation = 2, LeastDeviation = 1e-8;

    /// <summary>Searches a box.</summary>
    /// <param name="value">What is minimised; +∞ where it fails.</param>
    /// <param name="start">Where from, shape [n].</param>
    /// <param name="least">Its value there.</param>
    /// <param name="deviation">First standard deviation of a displacement.</param>
    /// <param name="evaluations">How many values.</param>
    /// <param name="lower">Lower bounds; displacements end there.</param>
    /// <param name="upper">Upper bounds.</param>
    /// <param name="random">Random numbers.</param>
    public static (double[] X, double Value) Minimise(Func<double[], double> value, double[] start, double least, double deviation, int evaluations, double[] lower, double[] upper, RandomStream random)
    {
        int n = start.Length;
        double damping = 1 + (n / 2.0), pathRate = 2.0 / (n + 2), shapeRate = 2.0 / ((n * n) + 6), success = Target;
        double[] x = [.. start], path = new double[n];
        double[,] factor = Identity(n), inverse = Identity(n);
        for (int k = 0; k < evaluations && deviation > LeastDeviation; k++)
        {
            double[] normal = new double[n], trial = new double[n];
            for (int i = 0; i < n; i++) normal[i] = random.Normal();
            double[] step = Times(factor, normal);
            for (int i = 0; i < n; i++) trial[i] = Math.Clamp(x[i] + (deviation * step[i]), lower[i], upper[i]);
            double at = value(trial);
            bool isKept = at <= least;
            success = ((1 - SuccessRate) * success) + (isKept ? SuccessRate : 0);
            deviation = Math.Min(LargestDeviation, deviation * Math.Exp((success - (Target / (1 - Target) * (1 - success))) / damping));
            if (!isKept) continue;
            (x, least) = (trial, at);
            bool isSteady = success < Threshold;
            for (int i = 0; i < n; i++) path[i] = ((1 - pathRate) * path[i]) + (isSteady ? Math.Sqrt(pathRate * (2 - pathRate)) * step[i] : 0);
            Update(factor, inverse, path, isSteady ? 1 - shapeRate : 1 - shapeRate + (shapeRate * pathRate * (2 - pathRate)), shapeRate);
        }
        return (x, least);
    }

    // A A' becomes α A A' + β p p'.
    private static void Update(double[,] factor, double[,] inverse, double[] path, double α, double β)
    {
        int n = path.Length;
        double[] w = Times(inverse, path), back = new double[n];
        double square = w.Sum(v => v * v);
        if (!(square > 1e-12)) return;
        for (int i = 0; i < n; i++) for (int j = 0; j < n; j++) back[j] += w[i] * inverse[i, j];
        double root = Math.Sqrt(1 + (β / α * square)), a = Math.Sqrt(α), b = a / square * (root - 1), c = (1 - (1 / root)) / square;
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                factor[i, j] = (a * factor[i, j]) + (b * path[i] * w[j]);
                inverse[i, j] = (inverse[i, j] - (c * w[i] * back[j])) / a;
            }
        }
    }

    private static double[] Times(double[,] matrix, double[] vector)
    {
        int n = vector.Length;
        var product = new double[n];
        for (int i = 0; i < n; i++) for (int j = 0; j < n; j++) product[i] += matrix[i, j] * vector[j];
        return product;
    }

    private static double[,] Identity(int n)
    {
        var identity = new double[n, n];
        for (int i = 0; i < n; i++) identity[i, i] = 1;
        return identity;
    }
}
