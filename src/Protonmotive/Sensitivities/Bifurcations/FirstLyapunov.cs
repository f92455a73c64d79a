using MathNet.Numerics.LinearAlgebra;
using Complex = System.Numerics.Complex;

namespace Protonmotive.Sensitivities.Bifurcations;

/// <summary>The first Lyapunov coefficient of a Hopf point: whether the oscillation born there is stable.</summary>
/// <remarks>
/// Kuznetsov (2004), Elements of Applied Bifurcation Theory, 3rd ed., equation 5.39, on the states that conserved totals leave free.
/// Second and third derivatives are central differences of the exact Jacobian, extrapolated once (Richardson).
/// </remarks>
internal sealed class FirstLyapunov
{
    // Of the size of the states: the differences err by about its fourth power, and by 1e-16 over its square.
    private const double Step = 3e-3;

    private readonly EquilibriumEquations equations;
    private readonly double[] x, sizes;
    private readonly double λ;
    private readonly int[] free;
    private readonly int n;

    public FirstLyapunov(EquilibriumEquations equations, double[] x, double λ, double[] sizes)
    {
        this.equations = equations;
        this.x = x;
        this.λ = λ;
        this.sizes = sizes;
        n = equations.StateCount;
        free = [.. Enumerable.Range(0, n).Except(equations.Laws.Dependent)];
    }

    /// <summary>The coefficient, for an eigenvector of length 1; null where it is rounding, or M is not the identity.</summary>
    public double? At(double ω)
    {
        if (!equations.IsMassIdentity || free.Length < 2) return null;
        var a = Reduced(equations.Jacobian(x, λ)).ToComplex();
        var identity = Matrix<Complex>.Build.DenseIdentity(free.Length);
        var svd = (a - (identity * new Complex(0, ω))).Svd();
        var q = svd.VT.ConjugateTranspose().Column(free.Length - 1);
        var p = svd.U.Column(free.Length - 1);
        q /= Math.Sqrt(q.ConjugateDotProduct(q).Real);
        p /= Complex.Conjugate(p.ConjugateDotProduct(q));
        var (re, im) = (q.Real(), q.Imaginary());
        var (alongRe, alongIm) = (First(re), First(im));
        Vector<Complex> B(bool isConjugate, Vector<Complex> v) => (alongRe * v) + (alongIm * v * new Complex(0, isConjugate ? -1 : 1));
        var mixed = (Second(re + im) - Second(re - im)) / 4;
        var c = ((Second(re) - Second(im)) * q.Conjugate()) + (mixed * q.Conjugate() * new Complex(0, 2));

        var steady = a.LU().Solve(B(false, q.Conjugate()));
        var doubled = ((identity * new Complex(0, 2 * ω)) - a).LU().Solve(B(false, q));
        Complex[] terms = [p.ConjugateDotProduct(c), -2 * p.ConjugateDotProduct(B(false, steady)), p.ConjugateDotProduct(B(true, doubled))];
        double value = terms.Sum(t => t.Real) / (2 * ω), scale = terms.Sum(t => t.Magnitude) / (2 * ω);
        return double.IsFinite(value) && Math.Abs(value) > 1e-6 * scale ? value : null;
    }

    // dJ/dε of J(x + ε w).
    private Matrix<Complex> First(Vector<double> w)
    {
        var (direction, h) = Direction(w);
        Matrix<double> Difference(double step) => (Shifted(direction, step) - Shifted(direction, -step)) / (2 * step);
        return (((4 * Difference(h / 2)) - Difference(h)) / 3).ToComplex();
    }

    // d²J/dε² of J(x + ε w).
    private Matrix<Complex> Second(Vector<double> w)
    {
        var (direction, h) = Direction(w);
        var middle = Shifted(direction, 0);
        Matrix<double> Difference(double step) => (Shifted(direction, step) - (2 * middle) + Shifted(direction, -step)) / (step * step);
        return (((4 * Difference(h / 2)) - Difference(h)) / 3).ToComplex();
    }

    private (double[] Full, double Step) Direction(Vector<double> w)
    {
        var full = new double[n];
        for (int i = 0; i < free.Length; i++) full[free[i]] = w[i];
        for (int k = 0; k < equations.Laws.Count; k++) full[equations.Laws.Dependent[k]] = -free.Select((f, i) => equations.Laws.Laws[k, f] * w[i]).Sum();
        double largest = full.Select((v, i) => Math.Abs(v) / sizes[i]).Max();
        return (full, Step / Math.Max(largest, 1e-300));
    }

    private Matrix<double> Shifted(double[] direction, double step) => Reduced(equations.Jacobian([.. x.Select((v, i) => v + (step * direction[i]))], λ));

    private Matrix<double> Reduced(Matrix<double> jacobian) => Matrix<double>.Build.Dense(free.Length, free.Length, (i, j) =>
    {
        double entry = jacobian[free[i], free[j]];
        for (int k = 0; k < equations.Laws.Count; k++) entry -= jacobian[free[i], equations.Laws.Dependent[k]] * equations.Laws.Laws[k, free[j]];
        return entry;
    });
}
