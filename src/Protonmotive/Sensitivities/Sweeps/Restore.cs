using MathNet.Numerics.LinearAlgebra;

namespace Protonmotive.Sensitivities.Sweeps;

/// <summary>Algebraic and fast variables follow their equations: 0 = ∂f/∂a δa + ∂f/∂y δy + ∂f/∂p δp + ∂f/∂t δτ.</summary>
/// <remarks>
/// Where an equation says nothing (a fast process whose law is 0 at every value), its variable stays, and so does its tangent: the
/// inverse is the pseudoinverse, and what it leaves out is carried over.
/// </remarks>
internal sealed class Restore : ILinearAct
{
    // A combination of equations below this part of their slopes says nothing of the variables.
    private const double Silent = 1e-13, Rounding = 1e-15;

    private readonly int[] solved;
    private readonly SlopeRow[] rows;
    private readonly Matrix<double> inverse, kept;

    /// <summary>Inverts the equations.</summary>
    /// <param name="solved">Indices of the variables.</param>
    /// <param name="rows">Slopes of their equations, without those in the variables themselves.</param>
    /// <param name="block">∂f/∂a.</param>
    /// <param name="sizes">How large each state is or was, shape [states]: a law at its zero is silent where only rounding keeps it from being 0.</param>
    public Restore(int[] solved, SlopeRow[] rows, Matrix<double> block, double[] sizes)
    {
        (this.solved, this.rows) = (solved, rows);
        for (int i = 0; i < solved.Length; i++)
        {
            double own = 0, others = 0;
            for (int j = 0; j < solved.Length; j++) own = Math.Max(own, Math.Abs(block[i, j]) * sizes[solved[j]]);
            for (int j = 0; j < sizes.Length; j++) others = Math.Max(others, Math.Abs(rows[i].States[j]) * sizes[j]);
            if (own < Rounding * others) block.ClearRow(i);
        }
        // Each equation in units of its largest slope here, so that a small one is not taken for a silent one.
        var scales = Vector<double>.Build.Dense(solved.Length, i => block.Row(i).AbsoluteMaximum() is > 0 and var largest ? 1 / largest : 1);
        var svd = Matrix<double>.Build.DenseOfDiagonalVector(scales).Multiply(block).Svd();
        var inverted = svd.S.Map(s => s > Silent ? 1 / s : 0);
        var right = svd.VT.Transpose();
        inverse = right * Matrix<double>.Build.DenseOfDiagonalVector(inverted) * svd.U.Transpose() * Matrix<double>.Build.DenseOfDiagonalVector(scales);
        kept = right * Matrix<double>.Build.DenseOfDiagonalVector(svd.S.Map(s => s > Silent ? 0.0 : 1)) * svd.VT;
    }

    /// <inheritdoc/>
    public void Forward(StopShadow shadow)
    {
        var before = Vector<double>.Build.Dense(solved.Length, i => shadow.State[solved[i]]);
        var moved = Vector<double>.Build.Dense(solved.Length, i => rows[i].Dot(shadow.State, shadow.Parameters) + (rows[i].Time * shadow.Time));
        var after = (kept * before) - (inverse * moved);
        for (int i = 0; i < solved.Length; i++) shadow.State[solved[i]] = after[i];
    }

    /// <inheritdoc/>
    public void Back(StopShadow shadow)
    {
        var after = Vector<double>.Build.Dense(solved.Length, i => shadow.State[solved[i]]);
        var multipliers = inverse.TransposeThisAndMultiply(after);
        var before = kept * after;
        for (int i = 0; i < solved.Length; i++) shadow.State[solved[i]] = before[i];
        for (int i = 0; i < solved.Length; i++)
        {
            rows[i].AddTo(-multipliers[i], shadow.State, shadow.Parameters);
            shadow.Time -= rows[i].Time * multipliers[i];
        }
    }
}
