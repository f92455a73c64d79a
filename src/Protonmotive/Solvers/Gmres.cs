using System.Numerics;
using System.Runtime.CompilerServices;

namespace Protonmotive.Solvers;

/// <summary>The generalised minimal residual method with a right preconditioner, restarted.</summary>
/// <remarks>Saad and Schultz (1986), SIAM J. Sci. Stat. Comput. 7, 856; flexible form not needed, the preconditioner is fixed.</remarks>
internal sealed class Gmres
{
    private const int Restart = 30, MostRestarts = 4;

    private readonly int n;
    private readonly double[] basis, hessenberg, cosines, sines, rotated, coefficients, work, solution;

    /// <summary>Room for systems of n equations.</summary>
    public Gmres(int n)
    {
        this.n = n;
        basis = new double[(Restart + 1) * n];
        hessenberg = new double[(Restart + 1) * Restart];
        cosines = new double[Restart];
        sines = new double[Restart];
        rotated = new double[Restart + 1];
        coefficients = new double[Restart];
        work = new double[n];
        solution = new double[n];
    }

    /// <summary>A linear map: result = A x.</summary>
    public delegate void Product(ReadOnlySpan<double> x, Span<double> result);

    /// <summary>A map in place: x = P⁻¹ x.</summary>
    public delegate void Preconditioner(Span<double> x);

    /// <summary>Iterations so far.</summary>
    public long Iterations { get; private set; }

    /// <summary>Solves A x = b, in the unknowns times weights (both sides divided by the scales, so that all count alike).</summary>
    /// <param name="product">A.</param>
    /// <param name="precondition">P⁻¹, near A⁻¹.</param>
    /// <param name="scales">What each equation's residual is divided by, shape [n], &gt; 0.</param>
    /// <param name="target">Root mean square of the scaled residual at which to stop.</param>
    /// <param name="b">Right-hand side; holds x afterwards, shape [n].</param>
    /// <returns>False where the target was not reached.</returns>
    public bool Solve(Product product, Preconditioner precondition, ReadOnlySpan<double> scales, double target, Span<double> b)
    {
        Array.Clear(solution);
        double limit = target * Math.Sqrt(n);
        for (int round = 0; round < MostRestarts; round++)
        {
            var first = basis.AsSpan(0, n);
            if (round == 0) b.CopyTo(first);
            else
            {
                product(solution, first);
                for (int i = 0; i < n; i++) first[i] = b[i] - first[i];
            }
            for (int i = 0; i < n; i++) first[i] /= scales[i];
            double norm = Norm(first);
            if (!double.IsFinite(norm)) return false;
            if (norm <= limit)
            {
                solution.CopyTo(b);
                return true;
            }
            if (Cycle(product, precondition, scales, norm, limit))
            {
                solution.CopyTo(b);
                return true;
            }
        }
        return false;
    }

    // One cycle from a residual in basis[0]; adds its correction to the solution. True where the target is reached.
    private bool Cycle(Product product, Preconditioner precondition, ReadOnlySpan<double> scales, double norm, double limit)
    {
        Array.Clear(rotated);
        rotated[0] = norm;
        Multiply(basis.AsSpan(0, n), 1 / norm);
        int size = 0;
        bool reached = false;
        while (size < Restart && !reached)
        {
            int j = size++;
            Iterations++;
            Unscale(basis.AsSpan(j * n, n), scales, work);
            precondition(work);
            var next = basis.AsSpan((j + 1) * n, n);
            product(work, next);
            for (int i = 0; i < n; i++) next[i] /= scales[i];
            for (int k = 0; k <= j; k++) // modified Gram–Schmidt
            {
                var v = basis.AsSpan(k * n, n);
                double h = Dot(v, next);
                hessenberg[(k * Restart) + j] = h;
                Subtract(h, v, next);
            }
            double length = Norm(next);
            if (!double.IsFinite(length)) return false;
            Rotate(j, length);
            reached = Math.Abs(rotated[j + 1]) <= limit || length == 0;
            if (length > 0) Multiply(next, 1 / length);
        }
        for (int k = size - 1; k >= 0; k--)
        {
            double sum = rotated[k];
            for (int l = k + 1; l < size; l++) sum -= hessenberg[(k * Restart) + l] * coefficients[l];
            coefficients[k] = sum / hessenberg[(k * Restart) + k];
        }
        Array.Clear(work);
        for (int k = 0; k < size; k++) Subtract(-coefficients[k], basis.AsSpan(k * n, n), work);
        for (int i = 0; i < n; i++) work[i] *= scales[i];
        precondition(work);
        for (int i = 0; i < n; i++) solution[i] += work[i];
        return reached;
    }

    // Givens rotations bring the new column to triangular form.
    private void Rotate(int j, double length)
    {
        for (int k = 0; k < j; k++)
        {
            double upper = hessenberg[(k * Restart) + j], lower = hessenberg[((k + 1) * Restart) + j];
            hessenberg[(k * Restart) + j] = (cosines[k] * upper) + (sines[k] * lower);
            hessenberg[((k + 1) * Restart) + j] = (cosines[k] * lower) - (sines[k] * upper);
        }
        double diagonal = hessenberg[(j * Restart) + j], radius = Math.Sqrt((diagonal * diagonal) + (length * length));
        (cosines[j], sines[j]) = radius == 0 ? (1, 0) : (diagonal / radius, length / radius);
        hessenberg[(j * Restart) + j] = radius;
        rotated[j + 1] = -sines[j] * rotated[j];
        rotated[j] *= cosines[j];
    }

    private static void Unscale(ReadOnlySpan<double> x, ReadOnlySpan<double> scales, Span<double> result)
    {
        for (int i = 0; i < x.Length; i++) result[i] = x[i] * scales[i];
    }

    private static void Multiply(Span<double> x, double factor)
    {
        for (int i = 0; i < x.Length; i++) x[i] *= factor;
    }

    private static double Norm(ReadOnlySpan<double> x) => Math.Sqrt(Dot(x, x));

    private static double Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> y) => DotProduct(x, y);

    // Vector sums, then their lanes, then the tail.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double DotProduct(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        int i = 0;
        var sums = Vector<double>.Zero;
        for (; i <= x.Length - Vector<double>.Count; i += Vector<double>.Count) sums += new Vector<double>(x[i..]) * new Vector<double>(y[i..]);
        double sum = Vector.Sum(sums);
        for (; i < x.Length; i++) sum += x[i] * y[i];
        return sum;
    }

    private static void Subtract(double factor, ReadOnlySpan<double> x, Span<double> y) => LinearCombination.Add(y, [-factor], 1, x, y);
}
