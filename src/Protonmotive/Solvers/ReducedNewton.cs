using MathNet.Numerics.LinearAlgebra;
using Protonmotive.Kernels;

namespace Protonmotive.Solvers;

/// <summary>
/// Damped Newton's method for f(t, y) = 0 on the states, with one equation of each conservation law replaced by the law itself:
/// L M y = L M y₀.
/// </summary>
/// <remarks>The damping follows the natural level function of Deuflhard (2004), Newton Methods for Nonlinear Problems, 3.3.</remarks>
internal sealed class ReducedNewton
{
    private const int MaximumIterations = 60;
    private const double SmallestDamping = 1e-5;

    private readonly KernelInstance instance;
    private readonly int n;
    private readonly double time;
    private readonly ErrorNorm norm;
    private readonly ConservationLaws laws;
    private readonly Matrix<double> weightedLaws;
    private readonly double[] full, rates, unit, column;

    public ReducedNewton(KernelInstance instance, int stateCount, double time, ErrorNorm norm, ConservationLaws laws)
    {
        this.instance = instance;
        this.time = time;
        this.norm = norm;
        this.laws = laws;
        n = stateCount;
        full = new double[instance.Count];
        rates = new double[instance.Count];
        unit = new double[instance.Count];
        column = new double[instance.Count];
        weightedLaws = laws.Laws * MassMatrix();
    }

    /// <summary>L M y.</summary>
    public Vector<double> Totals(ReadOnlySpan<double> y) => weightedLaws * Vector<double>.Build.DenseOfArray(y[..n].ToArray());

    /// <summary>f at y, shape [states].</summary>
    public double[] RatesAt(ReadOnlySpan<double> y)
    {
        y[..n].CopyTo(full);
        instance.Rates(time, full, rates);
        return rates[..n];
    }

    /// <summary>∂f/∂y at y, shape [states, states].</summary>
    public Matrix<double> JacobianAt(ReadOnlySpan<double> y)
    {
        y[..n].CopyTo(full);
        instance.EvaluateJacobian(time, full);
        var jacobian = Matrix<double>.Build.Dense(n, n);
        for (int j = 0; j < n; j++)
        {
            unit[j] = 1;
            instance.MultiplyByJacobian(unit, column);
            unit[j] = 0;
            for (int i = 0; i < n; i++) jacobian[i, j] = column[i];
        }

        return jacobian;
    }

    /// <summary>M, shape [states, states].</summary>
    public Matrix<double> MassMatrix()
    {
        if (instance.IsMassIdentity) return Matrix<double>.Build.DenseIdentity(n);
        var mass = Matrix<double>.Build.Dense(n, n);
        foreach (var entry in instance.Kernel.System.Mass) mass[entry.Row, entry.Column] = entry.Value;
        return mass;
    }

    /// <summary>Solves from a start; null where it does not converge.</summary>
    /// <param name="start">Start, shape [≥ states].</param>
    /// <param name="totals">The totals to hold.</param>
    /// <param name="keepsSigns">Whether positive states stay positive, as amounts must.</param>
    public double[]? Solve(ReadOnlySpan<double> start, Vector<double> totals, bool keepsSigns)
    {
        var y = start[..n].ToArray();
        var residual = Residual(y, totals);
        for (int iteration = 0; iteration < MaximumIterations; iteration++)
        {
            var matrix = JacobianAt(y);
            for (int k = 0; k < laws.Count; k++) matrix.SetRow(laws.Dependent[k], weightedLaws.Row(k));

            // Rows of equal size, so that pivoting compares like with like.
            var scale = Vector<double>.Build.Dense(n, i => 1 / Math.Max(matrix.Row(i).AbsoluteMaximum(), 1e-300));
            var lu = matrix.MapIndexed((i, _, v) => v * scale[i]).LU();
            var step = lu.Solve(-residual.PointwiseMultiply(scale));
            double size = Size(step, y);
            if (!double.IsFinite(size)) return null;

            double damping = keepsSigns ? SignLimit(y, step) : 1;
            while (true)
            {
                var trial = y.Select((v, i) => v + damping * step[i]).ToArray();
                var trialResidual = Residual(trial, totals);
                double next = Size(lu.Solve(-trialResidual.PointwiseMultiply(scale)), trial);
                if (next <= (1 - damping / 4) * size || (double.IsFinite(next) && size <= 1e-3))
                {
                    (y, residual) = (trial, trialResidual);
                    if (damping == 1 && size <= 1e-3) return y; // the step was a thousandth of the tolerance
                    break;
                }

                damping /= 2;
                if (damping < SmallestDamping) return size <= 0.1 ? y : null; // as close as rounding lets it come
            }
        }

        return null;
    }

    private Vector<double> Residual(double[] y, Vector<double> totals)
    {
        var residual = Vector<double>.Build.DenseOfArray(RatesAt(y));
        var drift = Totals(y) - totals;
        for (int k = 0; k < laws.Count; k++) residual[laws.Dependent[k]] = drift[k];
        return residual;
    }

    private double Size(Vector<double> step, double[] y)
    {
        step.AsArray().CopyTo(column, 0);
        y.CopyTo(full, 0);
        return norm.OfStates(column, full);
    }

    private static double SignLimit(double[] y, Vector<double> step)
    {
        double limit = 1;
        for (int i = 0; i < y.Length; i++)
            if (y[i] > 0 && step[i] < -0.9 * y[i]) limit = Math.Min(limit, -0.9 * y[i] / step[i]);
        return limit;
    }
}
