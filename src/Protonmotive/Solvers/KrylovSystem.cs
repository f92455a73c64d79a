using Protonmotive.Kernels;

namespace Protonmotive.Solvers;

/// <summary>A kernel whose shifted systems are solved by GMRES, preconditioned by an incomplete LU: memory and time follow the entries of the Jacobian, not the fill.</summary>
/// <remarks>
/// The residual is measured as the error it stands for: divided by the shift and by the tolerance of each component (Brown and
/// Hindmarsh 1989, Appl. Math. Comput. 31, 40). Where the iteration does not converge the solution is NaN, so the step is
/// retried shorter, where the system is easier.
/// </remarks>
internal sealed class KrylovSystem : IDifferentialSystem
{
    private const double Target = 1e-3;

    private readonly KernelInstance instance;
    private readonly ErrorNorm norm;
    private readonly bool isMatrixFree;
    private readonly IncompleteFactors preconditioner;
    private readonly Gmres gmres;
    private readonly double[] entries, scales, point, rates, padded, product, mass;
    private readonly int n;
    private readonly Gmres.Product multiply;
    private readonly Gmres.Preconditioner precondition;
    private double shift, time;

    public KrylovSystem(KernelInstance instance, ErrorNorm norm, bool isMatrixFree)
    {
        this.instance = instance;
        this.norm = norm;
        this.isMatrixFree = isMatrixFree;
        n = instance.Kernel.StateCount;
        preconditioner = new IncompleteFactors(instance.ShiftedPattern);
        if (!preconditioner.HasDiagonal) throw new SolverException(
            "The matrix of the implicit equations has an empty diagonal entry, so it has no incomplete factors without pivoting.", $"Linear solver of '{instance.Kernel.System.Name}'.", "Use LinearSolver.Direct.");
        gmres = new Gmres(n);
        entries = new double[instance.ShiftedPattern.Count];
        scales = new double[n];
        point = new double[instance.Count];
        rates = new double[instance.Count];
        padded = new double[instance.Count];
        product = new double[instance.Count];
        mass = new double[instance.Count];
        multiply = Multiply;
        precondition = preconditioner.Solve;
    }

    public int Count => instance.Count;

    public bool IsMassIdentity => instance.IsMassIdentity;

    /// <summary>Iterations of GMRES so far.</summary>
    public long Iterations => gmres.Iterations;

    public void Rates(double t, ReadOnlySpan<double> y, Span<double> rates)
    {
        instance.Rates(t, y, rates);
        time = t;
        y.CopyTo(point);
        rates.CopyTo(this.rates);
    }

    public void TimeDerivative(double t, ReadOnlySpan<double> y, Span<double> derivative) => instance.TimeDerivative(t, y, derivative);

    public void EvaluateJacobian(double t, ReadOnlySpan<double> y) => instance.EvaluateJacobian(t, y);

    public bool Factorize(double shift)
    {
        this.shift = shift;
        instance.ShiftedEntries(shift, entries);
        return preconditioner.Factorize(entries);
    }

    public void Solve(Span<double> b)
    {
        for (int i = 0; i < n; i++) scales[i] = norm.Weight(i, point) * Math.Abs(shift);
        var states = b[..n];
        if (!gmres.Solve(multiply, precondition, scales, Target, states))
        {
            b.Fill(double.NaN);
            return;
        }
        if (b.Length == n) return;
        b.CopyTo(padded);
        Array.Clear(padded, n, padded.Length - n);
        instance.MultiplyByJacobian(padded, product);
        for (int q = n; q < b.Length; q++) b[q] = (b[q] + product[q]) / shift;
    }

    public void MultiplyByMass(ReadOnlySpan<double> x, Span<double> result) => instance.MultiplyByMass(x, result);

    public void MultiplyByJacobian(ReadOnlySpan<double> x, Span<double> result) => instance.MultiplyByJacobian(x, result);

    // W x = shift·M x − ∂f/∂y·x.
    private void Multiply(ReadOnlySpan<double> x, Span<double> result)
    {
        if (!isMatrixFree)
        {
            var pattern = instance.ShiftedPattern;
            for (int i = 0; i < n; i++)
            {
                double sum = 0;
                for (int e = pattern.Starts[i]; e < pattern.Starts[i + 1]; e++) sum += entries[e] * x[pattern.Columns[e]];
                result[i] = sum;
            }
            return;
        }
        // σ moves the state by about √ε of its tolerance-weighted size.
        double size = norm.OfStates(x, point);
        if (size == 0)
        {
            result.Clear();
            return;
        }
        double σ = 1 / size;
        point.CopyTo(padded, 0);
        for (int i = 0; i < n; i++) padded[i] += σ * x[i];
        instance.Rates(time, padded, product);
        Span<double> slope = padded;
        for (int i = 0; i < n; i++) slope[i] = (product[i] - rates[i]) / σ;
        x.CopyTo(product);
        Array.Clear(product, n, product.Length - n);
        instance.MultiplyByMass(product, mass);
        for (int i = 0; i < n; i++) result[i] = (shift * mass[i]) - slope[i];
    }
}
