using CsCheck;
using Protonmotive.Kernels;
using Protonmotive.Networks;
using Protonmotive.Symbolics;
using Protonmotive.Tests.Unit.Kernels;
using Xunit;

namespace Protonmotive.Tests.Property.Kernels;

public sealed class SolutionsSatisfyTheirEquations
{
    /// <summary>
    /// Random sparse W with entries over 24 decades, empty diagonals and algebraic rows: whatever the fixed order makes of it,
    /// the residual of every row is small beside the terms of that row and of the columns it was eliminated with.
    /// </summary>
    [Fact]
    public void On_hostile_matrices() =>
        Gen.Select(Gen.Int[2, 12], Gen.Int[0, 1_000_000]).Sample((n, seed) =>
        {
            var random = new Random(seed);
            var a = new double[n, n];
            for (int i = 0; i < n; i++)
            {
                for (int j = 0; j < n; j++)
                {
                    if (random.Next(3) == 0) a[i, j] = (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-12, 13));
                }
            }
            var system = Systems.Of(Enumerable.Range(0, n).Select(i => Systems.State($"y{i}", 1,
                Expression.Sum(Enumerable.Range(0, n).Where(j => a[i, j] != 0).Select(j => a[i, j] * Systems.S($"y{j}")))))) with
            {
                Mass = [.. Enumerable.Range(0, n).Where(_ => random.Next(2) == 0).Select(i => new MassEntry(i, i, 1)).DefaultIfEmpty(new MassEntry(0, 0, 1))],
            };
            var instance = Kernel.Compile(system, KernelBackend.Interpreted).Bind([]);
            instance.EvaluateJacobian(0, new double[n]);
            if (!instance.Factorize(1)) return;
            double[] b = [.. Enumerable.Range(0, n).Select(_ => random.NextDouble())], x = [.. b];
            instance.Solve(x);
            // Backward error is held by the growth limit (1e8 roundings) with rows scaled to 1: sizes are measured so.
            double largest = x.Max(Math.Abs);
            for (int i = 0; i < n; i++)
            {
                double mass = system.Mass.Where(m => m.Row == i).Sum(m => m.Value);
                double residual = (mass * x[i]) - b[i], scale = mass;
                for (int j = 0; j < n; j++)
                {
                    residual -= a[i, j] * x[j];
                    scale = Math.Max(scale, Math.Abs(a[i, j]));
                }
                Assert.True(Math.Abs(residual) <= 1e-7 * ((scale * largest) + Math.Abs(b[i])), $"seed {seed}, n {n}, row {i}: {residual:r}");
            }
        }, iter: 500, threads: 1);
}
