using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace Protonmotive.Fitting.Optimisers;

/// <summary>The quadratic model gᵀp + ½ pᵀBp of an objective about a point, with its least value in a ball and a box.</summary>
/// <param name="gradient">g, shape [n].</param>
/// <param name="curvature">B, row by row, shape [n·n]; where it bends down, a step is that of the model which bends up as much.</param>
/// <param name="sizes">Sizes of the parameters; the ball is |p/size| ≤ radius.</param>
/// <param name="low">Least allowed p, shape [n], at most 0.</param>
/// <param name="high">Largest allowed p, shape [n], at least 0.</param>
internal sealed class QuadraticModel(double[] gradient, double[] curvature, double[] sizes, double[] low, double[] high)
{
    private const double Flat = 1e-15;
    private readonly int n = gradient.Length;

    /// <summary>What the model promises for a step: gᵀp + ½ pᵀBp.</summary>
    public double Change(ReadOnlySpan<double> step)
    {
        double linear = 0, square = 0;
        for (int i = 0; i < n; i++)
        {
            linear += gradient[i] * step[i];
            double row = 0;
            for (int j = 0; j < n; j++) row += curvature[(i * n) + j] * step[j];
            square += step[i] * row;
        }
        return linear + (square / 2);
    }

    /// <summary>Length of a step in sizes.</summary>
    public double Length(ReadOnlySpan<double> step)
    {
        double sum = 0;
        for (int i = 0; i < n; i++) sum += step[i] / sizes[i] * (step[i] / sizes[i]);
        return Math.Sqrt(sum);
    }

    /// <summary>The best of three steps: with coordinates fixed one by one at the bounds they meet, cut off at the bounds, and down the gradient.</summary>
    /// <param name="radius">Radius of the ball, in sizes.</param>
    public double[] Step(double radius)
    {
        var isFixed = new bool[n];
        for (int i = 0; i < n; i++) isFixed[i] = gradient[i] == 0 ? low[i] == 0 && high[i] == 0 : gradient[i] > 0 ? low[i] == 0 : high[i] == 0;
        var whole = Ball(new double[n], isFixed, radius);
        double[] best = Cut(whole), along = Descent(isFixed, radius), face = Face(whole, isFixed, radius);
        if (Change(along) < Change(best)) best = along;
        return Change(face) <= Change(best) ? face : best;
    }

    // Fixes the coordinates that meet a bound first, and minimises again over the others.
    private double[] Face(double[] whole, bool[] isFixed, double radius)
    {
        var (step, taken) = (new double[n], (bool[])isFixed.Clone());
        var trial = whole;
        for (int round = 0; round <= n; round++)
        {
            double first = 1;
            for (int i = 0; i < n; i++) if (!taken[i]) first = Math.Min(first, Reach(trial[i], low[i], high[i]));
            if (first >= 1) return trial;
            for (int i = 0; i < n; i++)
            {
                if (taken[i] || Reach(trial[i], low[i], high[i]) > first * (1 + 1e-12)) continue;
                taken[i] = true;
                step[i] = trial[i] < 0 ? low[i] : high[i];
            }
            if (Length(step) >= radius) return Cut(trial);
            trial = Ball(step, taken, radius);
        }
        return Cut(trial);
    }

    private static double Reach(double p, double low, double high) => p < low ? low / p : p > high ? high / p : 1;

    private double[] Cut(double[] step)
    {
        var inside = new double[n];
        for (int i = 0; i < n; i++) inside[i] = Math.Clamp(step[i], low[i], high[i]);
        return inside;
    }

    private double[] Descent(bool[] isFixed, double radius)
    {
        var d = new double[n];
        for (int i = 0; i < n; i++) d[i] = isFixed[i] ? 0 : -gradient[i] * sizes[i] * sizes[i];
        double length = Length(d);
        if (length == 0) return d;
        double slope = 0;
        for (int i = 0; i < n; i++) slope += gradient[i] * d[i];
        double square = 2 * (Change(d) - slope), t = square > 0 ? Math.Min(-slope / square, radius / length) : radius / length;
        for (int i = 0; i < n; i++) if (d[i] != 0) t = Math.Min(t, (d[i] < 0 ? low[i] : high[i]) / d[i]);
        for (int i = 0; i < n; i++) d[i] *= t;
        return Cut(d);
    }

    // min over the free coordinates with the others at their values in step, |p/size| ≤ radius: eigenvectors of the scaled matrix,
    // and Newton's method on 1/radius − 1/|p(μ)| (Moré and Sorensen 1983).
    private double[] Ball(double[] step, bool[] isFixed, double radius)
    {
        int[] free = [.. Enumerable.Range(0, n).Where(i => !isFixed[i])];
        var result = (double[])step.Clone();
        if (free.Length == 0) return result;
        double rest = Math.Sqrt(Math.Max(0, (radius * radius) - (Length(step) * Length(step))));
        var g = new double[free.Length];
        var b = Matrix<double>.Build.Dense(free.Length, free.Length);
        for (int r = 0; r < free.Length; r++)
        {
            int i = free[r];
            double sum = gradient[i];
            for (int j = 0; j < n; j++) sum += curvature[(i * n) + j] * step[j];
            g[r] = sum * sizes[i];
            for (int c = 0; c < free.Length; c++) b[r, c] = (curvature[(i * n) + free[c]] + curvature[(free[c] * n) + i]) / 2 * sizes[i] * sizes[free[c]];
        }
        var (values, vectors) = Decompose(b);
        var along = new double[free.Length];
        for (int k = 0; k < along.Length; k++) for (int r = 0; r < along.Length; r++) along[k] += vectors[r, k] * g[r];
        double shift = Shift(values, along, rest);
        for (int r = 0; r < free.Length; r++)
        {
            double p = 0;
            for (int k = 0; k < along.Length; k++) p -= vectors[r, k] * (along[k] == 0 ? 0 : along[k] / (values[k] + shift));
            result[free[r]] = p * sizes[free[r]];
        }
        return result;
    }

    private static (double[] Values, Matrix<double> Vectors) Decompose(Matrix<double> b)
    {
        // Entries near the largest number would overflow in the iteration, which then leaves its arrays; what has overflowed already is cut off.
        double size = Math.Clamp(b.Enumerate().Max(Math.Abs), double.Epsilon, double.MaxValue);
        if (!(size > 1e-300)) size = 1;
        Evd<double> evd = b.Map(v => double.IsNaN(v) ? 0 : Math.Clamp(v / size, -1, 1)).Evd(Symmetricity.Symmetric);
        var values = evd.EigenValues.Select(v => Math.Abs(v.Real) * size).ToArray();
        double least = Math.Max(values.Max() * Flat, double.Epsilon / Flat);
        for (int k = 0; k < values.Length; k++) values[k] = Math.Max(values[k], least);
        return (values, evd.EigenVectors);
    }

    private static double Shift(double[] values, double[] along, double radius)
    {
        double Norm(double shift, out double slope)
        {
            double square = 0;
            slope = 0;
            for (int k = 0; k < values.Length; k++)
            {
                double p = along[k] == 0 ? 0 : along[k] / (values[k] + shift);
                square += p * p;
                slope -= p * p / (values[k] + shift);
            }
            double norm = Math.Sqrt(square);
            slope /= norm;
            return norm;
        }

        if (!(Norm(0, out _) > radius)) return 0;
        double total = 0;
        foreach (double a in along) total += a * a;
        double from = 0, to = Math.Sqrt(total) / Math.Max(radius, double.Epsilon / Flat), shift = Math.Max(1e-3 * to, Math.Min(to, values[0]));
        for (int i = 0; i < 100; i++)
        {
            double norm = Norm(shift, out double slope);
            if (Math.Abs(norm - radius) <= 1e-10 * radius) break;
            if (norm > radius) from = shift;
            else to = shift;
            double next = shift - ((norm - radius) / slope * (norm / radius));
            shift = next > from && next < to ? next : from > 0 ? Math.Sqrt(from * to) : to * 1e-3;
        }
        return shift;
    }
}
