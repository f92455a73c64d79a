using Protonmotive.Kernels;

namespace Protonmotive.Solvers;

/// <summary>Estimates the fastest rate of a system, the spectral radius of ∂f/∂y, by power iteration that goes on from call to call.</summary>
internal sealed class FastestRate
{
    private readonly KernelInstance instance;
    private double[] x, next;

    public FastestRate(KernelInstance instance)
    {
        this.instance = instance;
        x = new double[instance.Count];
        next = new double[instance.Count];
        for (int i = 0; i < instance.Kernel.StateCount; i++) x[i] = 1 + (0.618034 * (i % 7));
    }

    /// <summary>The rate at a point; of a pair of complex rates about the modulus, from two growths.</summary>
    /// <param name="t">Time.</param>
    /// <param name="y">State, shape [count].</param>
    /// <param name="iterations">Products with the Jacobian.</param>
    public double At(double t, ReadOnlySpan<double> y, int iterations)
    {
        int n = instance.Kernel.StateCount;
        instance.EvaluateJacobian(t, y);
        double before = 0, growth = 0;
        for (int k = 0; k < iterations; k++)
        {
            double size = Norm(x.AsSpan(0, n));
            if (!(size > 0 && double.IsFinite(size))) return size == 0 ? 0 : double.PositiveInfinity;
            for (int i = 0; i < n; i++) x[i] /= size;
            instance.MultiplyByJacobian(x, next);
            before = growth;
            growth = Norm(next.AsSpan(0, n));
            if (growth == 0) return 0;
            (x, next) = (next, x);
        }
        return Math.Sqrt(before * growth);
    }

    private static double Norm(ReadOnlySpan<double> x)
    {
        double sum = 0;
        foreach (double value in x) sum += value * value;
        return Math.Sqrt(sum);
    }
}
