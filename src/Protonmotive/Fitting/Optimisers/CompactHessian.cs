using MathNet.Numerics.LinearAlgebra;

namespace Protonmotive.Fitting.Optimisers;

/// <summary>The limited-memory BFGS matrix B = θI − W M Wᵀ with W = [Y θS].</summary>
/// <remarks>Byrd, Nocedal and Schnabel (1994), Math. Program. 63, 129-156, theorem 2.3.</remarks>
internal sealed class CompactHessian
{
    private readonly double[][] steps, changes;

    /// <summary>The matrix of some pairs.</summary>
    public CompactHessian(double[][] steps, double[][] changes)
    {
        (this.steps, this.changes) = (steps, changes);
        int m = steps.Length;
        if (m == 0)
        {
            Middle = Matrix<double>.Build.Dense(1, 1);
            return;
        }
        Theta = Dot(changes[^1], changes[^1]) / Dot(steps[^1], changes[^1]);
        var inverse = Matrix<double>.Build.Dense(2 * m, 2 * m);
        for (int i = 0; i < m; i++)
        {
            inverse[i, i] = -Dot(steps[i], changes[i]);
            for (int j = 0; j < m; j++)
            {
                inverse[m + i, m + j] = Theta * Dot(steps[i], steps[j]);
                if (i <= j) continue;
                inverse[m + i, j] = inverse[j, m + i] = Dot(steps[i], changes[j]);
            }
        }
        Middle = inverse.Inverse();
    }

    /// <summary>θ.</summary>
    public double Theta { get; } = 1;

    /// <summary>M, shape [2m, 2m].</summary>
    public Matrix<double> Middle { get; }

    /// <summary>2m; 0 where there are no pairs.</summary>
    public int Width => 2 * steps.Length;

    /// <summary>A row of W, shape [2m].</summary>
    public Vector<double> Row(int i)
    {
        int m = steps.Length;
        var row = Vector<double>.Build.Dense(2 * m);
        for (int k = 0; k < m; k++) (row[k], row[m + k]) = (changes[k][i], Theta * steps[k][i]);
        return row;
    }

    /// <summary>Wᵀv, shape [2m].</summary>
    public Vector<double> Project(double[] v)
    {
        int m = steps.Length;
        var p = Vector<double>.Build.Dense(2 * m);
        for (int k = 0; k < m; k++) (p[k], p[m + k]) = (Dot(changes[k], v), Theta * Dot(steps[k], v));
        return p;
    }

    internal static double Dot(double[] a, double[] b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++) sum += a[i] * b[i];
        return sum;
    }
}
