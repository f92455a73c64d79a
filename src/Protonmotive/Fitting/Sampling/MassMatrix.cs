using MathNet.Numerics.LinearAlgebra;
using Protonmotive.Solvers;

namespace Protonmotive.Fitting.Sampling;

/// <summary>A kinetic energy ½ pᵀ M⁻¹ p, with M⁻¹ diagonal (n numbers) or dense (n² numbers).</summary>
internal sealed class MassMatrix
{
    private readonly double[] inverse;
    private readonly int n;
    private readonly Matrix<double>? root;

    /// <summary>The matrix.</summary>
    public MassMatrix(double[] inverse, int n)
    {
        (this.inverse, this.n) = (inverse, n);
        if (inverse.Length > n || n == 0) root = Matrix<double>.Build.Dense(n, n, inverse).Cholesky().Factor;
    }

    /// <summary>M⁻¹p.</summary>
    public double[] Velocity(double[] p)
    {
        var v = new double[n];
        for (int i = 0; i < n; i++)
        {
            if (root is null) v[i] = inverse[i] * p[i];
            else for (int j = 0; j < n; j++) v[i] += inverse[(i * n) + j] * p[j];
        }
        return v;
    }

    /// <summary>½ pᵀM⁻¹p.</summary>
    public double Energy(double[] p)
    {
        var v = Velocity(p);
        double sum = 0;
        for (int i = 0; i < n; i++) sum += p[i] * v[i];
        return sum / 2;
    }

    /// <summary>A momentum from N(0, M).</summary>
    public double[] Momentum(RandomStream random)
    {
        var p = new double[n];
        for (int i = 0; i < n; i++) p[i] = random.Normal();
        if (root is null)
        {
            for (int i = 0; i < n; i++) p[i] /= Math.Sqrt(inverse[i]);
            return p;
        }
        for (int i = n - 1; i >= 0; i--) // Lᵀp = normal numbers, where LLᵀ = M⁻¹
        {
            for (int j = i + 1; j < n; j++) p[i] -= root[j, i] * p[j];
            p[i] /= root[i, i];
        }
        return p;
    }
}
