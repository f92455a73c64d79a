using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;
using Protonmotive.Kernels;

namespace Protonmotive.Tests.Unit.Solvers;

/// <summary>A system M dy/dt = f written by hand, with dense linear algebra: what the steppers are tested on alone.</summary>
internal sealed class FormulaSystem : IDifferentialSystem
{
    private readonly Func<double, double[], double[]> f, derivative;
    private readonly Func<double, double[], double[,]> jacobian;
    private readonly Matrix<double>? mass;
    private Matrix<double> j;
    private LU<double>? lu;

    public FormulaSystem(int count, Func<double, double[], double[]> f, Func<double, double[], double[]> derivative, Func<double, double[], double[,]> jacobian, double[,]? mass = null)
    {
        Count = count;
        this.f = f;
        this.derivative = derivative;
        this.jacobian = jacobian;
        this.mass = mass is null ? null : Matrix<double>.Build.DenseOfArray(mass);
        j = Matrix<double>.Build.Dense(count, count);
    }

    /// <summary>y₁ = e^(sin t), y₂ = cos t: nonlinear, and f depends on t.</summary>
    public static FormulaSystem Moving() => new(2,
        (t, y) => [y[0] * y[1], -Math.Sin(t) + 0.5 * (y[0] - Math.Exp(Math.Sin(t)))],
        (t, y) => [0, -Math.Cos(t) - 0.5 * Math.Cos(t) * Math.Exp(Math.Sin(t))],
        (t, y) => new double[,] { { y[1], y[0] }, { 0.5, 0 } });

    /// <summary>The exact solution of <see cref="Moving"/>.</summary>
    public static double[] MovingSolution(double t) => [Math.Exp(Math.Sin(t)), Math.Cos(t)];

    /// <summary>y = 2 + sin t, 0 = z − y² + (y − 2 − sin t): an algebraic equation of index 1, driven and nonlinear.</summary>
    public static FormulaSystem Algebraic() => new(2,
        (t, y) => [Math.Cos(t) + 3 * (y[1] - y[0] * y[0]), y[1] - y[0] * y[0] + y[0] - 2 - Math.Sin(t)],
        (t, y) => [-Math.Sin(t), -Math.Cos(t)],
        (t, y) => new double[,] { { -6 * y[0], 3 }, { 1 - 2 * y[0], 1 } },
        new double[,] { { 1, 0 }, { 0, 0 } });

    /// <summary>The exact solution of <see cref="Algebraic"/>.</summary>
    public static double[] AlgebraicSolution(double t) => [2 + Math.Sin(t), Math.Pow(2 + Math.Sin(t), 2)];

    public int Count { get; }

    public bool IsMassIdentity => mass is null;

    public void Rates(double t, ReadOnlySpan<double> y, Span<double> rates) => f(t, y.ToArray()).CopyTo(rates);

    public void TimeDerivative(double t, ReadOnlySpan<double> y, Span<double> result) => derivative(t, y.ToArray()).CopyTo(result);

    public void EvaluateJacobian(double t, ReadOnlySpan<double> y) => j = Matrix<double>.Build.DenseOfArray(jacobian(t, y.ToArray()));

    public bool Factorize(double shift)
    {
        lu = (shift * (mass ?? Matrix<double>.Build.DenseIdentity(Count)) - j).LU();
        return lu.Determinant != 0;
    }

    public void Solve(Span<double> b) => lu!.Solve(Vector<double>.Build.DenseOfArray(b.ToArray())).AsArray().CopyTo(b);

    public void MultiplyByMass(ReadOnlySpan<double> x, Span<double> result) =>
        (mass! * Vector<double>.Build.DenseOfArray(x.ToArray())).AsArray().CopyTo(result);

    public void MultiplyByJacobian(ReadOnlySpan<double> x, Span<double> result) =>
        (j * Vector<double>.Build.DenseOfArray(x.ToArray())).AsArray().CopyTo(result);
}
