using System.Collections.Immutable;
using System.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace Protonmotive.Solvers;

/// <summary>Linear stability of a steady state on the states that its conserved totals leave free.</summary>
internal static class Stability
{
    /// <summary>The eigenvalues by falling real part, and the verdict; null where rounding hides it or M is singular.</summary>
    /// <param name="jacobian">∂f/∂y, shape [states, states].</param>
    /// <param name="mass">M.</param>
    /// <param name="laws">Conservation laws, over M y.</param>
    /// <param name="sizes">A size for each state, to balance the matrix.</param>
    public static (ImmutableArray<Complex> Eigenvalues, bool? IsStable) Of(Matrix<double> jacobian, Matrix<double> mass, ConservationLaws laws, double[] sizes)
    {
        if (mass.Rank() < mass.RowCount) return ([], null);
        var a = jacobian * mass.Inverse(); // z = M y moves by dz/dt = J M⁻¹ z, and the laws are over z
        var free = Enumerable.Range(0, jacobian.RowCount).Except(laws.Dependent).ToArray();
        if (free.Length == 0) return ([], null);

        // z_dependent = total − K z_free, so the reduced matrix is A_ff − A_fd K; scaled by the sizes of the states.
        var reduced = Matrix<double>.Build.Dense(free.Length, free.Length, (i, j) =>
        {
            double entry = a[free[i], free[j]];
            for (int k = 0; k < laws.Count; k++) entry -= a[free[i], laws.Dependent[k]] * laws.Laws[k, free[j]];
            return entry * sizes[free[j]] / sizes[free[i]];
        });
        var eigenvalues = reduced.Evd().EigenValues.OrderByDescending(λ => λ.Real).ToImmutableArray();
        double rounding = 1e-13 * free.Length * reduced.Enumerate().Max(Math.Abs);
        double rightmost = eigenvalues[0].Real;
        return (eigenvalues, Math.Abs(rightmost) <= rounding ? null : rightmost < 0);
    }
}
