using Protonmotive.Kernels;
using Protonmotive.Networks;
using Protonmotive.Symbolics;
using Xunit;
using static Protonmotive.Tests.Unit.Kernels.Systems;

namespace Protonmotive.Tests.Unit.Kernels;

public sealed class LargeSystems
{
    [Fact]
    public void A_chain_of_1000_makes_no_fill()
    {
        var kernel = Kernel.Compile(Of(Enumerable.Range(0, 1000).Select(i => State($"c{i}", 1, (i > 0 ? S("k") * S($"c{i - 1}") : 0) - (S("k") * S($"c{i}")))), Parameter("k", 2)));
        Assert.Equal(1999, kernel.JacobianEntryCount);
        Assert.Equal(1999, kernel.FactorEntryCount);
        var instance = kernel.Bind(kernel.Parameters());
        var x = new double[1000];
        Array.Fill(x, 1);
        instance.EvaluateJacobian(0, x);
        Assert.True(instance.Factorize(1));
        x[0] = 3;
        x.AsSpan(1).Fill(1);
        instance.Solve(x);
        // (1 + 2) x₀ = 3; then 3 xᵢ = 1 + 2 xᵢ₋₁, so every x is 1.
        Assert.All(x, v => Assert.Equal(1, v, 1e-14));
    }

    [Fact]
    public void The_brusselator_on_32_by_32_cells_fills_little()
    {
        var kernel = Kernel.Compile(Brusselator(32), KernelBackend.Interpreted);
        Assert.Equal(2048, kernel.Count);
        Assert.Equal(2048 * 6, kernel.JacobianEntryCount); // itself, its partner, four neighbours
        Assert.True(kernel.FactorEntryCount < 150_000, $"{kernel.FactorEntryCount} entries, where a dense matrix has 4,194,304.");
    }

    [Fact]
    public void A_formula_100000_deep_compiles_and_runs()
    {
        Expression deep = S("y");
        double expected = 0.3;
        for (int i = 0; i < 50_000; i++)
        {
            deep = Expression.Sin(deep) + 0.001;
            expected = Math.Sin(expected) + 0.001;
        }
        foreach (var backend in Enum.GetValues<KernelBackend>())
        {
            var kernel = Kernel.Compile(Of([State("y", 0.3, deep)]), backend);
            var f = new double[1];
            kernel.Bind([]).Rates(0, [0.3], f);
            Assert.Equal(expected, f[0]);
        }
    }

    [Fact]
    public void Threads_share_a_kernel()
    {
        var kernel = Kernel.Compile(MassAction(60, 180, 2));
        var parameters = kernel.Parameters();
        var y = kernel.InitialState(parameters);
        var results = new double[8][];
        Parallel.For(0, results.Length, k =>
        {
            var instance = kernel.Bind(parameters);
            var x = new double[kernel.Count];
            for (int i = 0; i < 200; i++)
            {
                instance.Rates(0, y, x);
                instance.EvaluateJacobian(0, y);
                Assert.True(instance.Factorize(7));
                instance.Solve(x);
            }
            results[k] = x;
        });
        Assert.All(results, r => Assert.Equal(results[0], r));
    }
}
