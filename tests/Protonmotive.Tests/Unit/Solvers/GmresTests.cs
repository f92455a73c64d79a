using MathNet.Numerics.LinearAlgebra;
using Protonmotive.Kernels;
using Protonmotive.Solvers;
using Xunit;

namespace Protonmotive.Tests.Unit.Solvers;

public sealed class GmresTests
{
    [Fact]
    public void Solutions_agree_with_a_dense_solve()
    {
        var random = new Random(5);
        const int n = 90;
        var a = Matrix<double>.Build.Dense(n, n, (i, j) => i == j ? 4 + i : random.NextDouble() < 0.1 ? random.NextDouble() - 0.5 : 0);
        var b = Vector<double>.Build.Dense(n, i => Math.Sin(i));
        var expected = a.LU().Solve(b);
        var x = b.ToArray();
        var scales = Enumerable.Repeat(1.0, n).ToArray();
        Assert.True(new Gmres(n).Solve((v, r) => (a * Vector<double>.Build.DenseOfArray(v.ToArray())).ToArray().CopyTo(r), v => { }, scales, 1e-13, x));
        for (int i = 0; i < n; i++) Assert.Equal(expected[i], x[i], 1e-10);
    }

    [Fact]
    public void A_preconditioner_without_missing_fill_solves_at_once()
    {
        // A tridiagonal matrix makes no fill: its incomplete factors are its factors.
        const int n = 50;
        var pattern = new CompressedRows(n, Enumerable.Range(0, n).SelectMany(i => new[] { (i, i), (i, Math.Max(0, i - 1)), (i, Math.Min(n - 1, i + 1)) }));
        var entries = pattern.Places().Select(p => p.Row == p.Column ? 2.5 : -1.0).ToArray();
        var factors = new IncompleteFactors(pattern);
        Assert.True(factors.Factorize(entries));
        var gmres = new Gmres(n);
        var b = Enumerable.Range(0, n).Select(i => Math.Cos(i)).ToArray();
        var x = (double[])b.Clone();
        void Multiply(ReadOnlySpan<double> v, Span<double> r)
        {
            for (int i = 0; i < n; i++) r[i] = (2.5 * v[i]) - (i > 0 ? v[i - 1] : 0) - (i + 1 < n ? v[i + 1] : 0);
        }
        Assert.True(gmres.Solve(Multiply, factors.Solve, Enumerable.Repeat(1.0, n).ToArray(), 1e-12, x));
        Assert.Equal(1, gmres.Iterations);
        var back = new double[n];
        Multiply(x, back);
        for (int i = 0; i < n; i++) Assert.Equal(b[i], back[i], 1e-11);
    }

    [Fact]
    public void What_does_not_converge_is_said_to_be_so()
    {
        // A cyclic shift of 500: GMRES makes no progress before the last iteration.
        const int n = 500;
        var b = new double[n];
        b[0] = 1;
        Assert.False(new Gmres(n).Solve((v, r) => { for (int i = 0; i < n; i++) r[i] = v[(i + 1) % n]; }, v => { }, Enumerable.Repeat(1.0, n).ToArray(), 1e-6, b));
    }
}
