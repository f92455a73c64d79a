using CsCheck;
using Protonmotive.Kernels;
using Protonmotive.Tests.Unit.Kernels;
using Xunit;

namespace Protonmotive.Tests.Property.Kernels;

public sealed class BackendsAgree
{
    [Fact]
    public void Every_program_gives_the_same_bits_on_random_systems() =>
        Gen.Int[0, 1_000_000].Sample(seed => AreIdentical(Kernel.Compile(RandomSystems.Make(seed), KernelBackend.Interpreted), Kernel.Compile(RandomSystems.Make(seed), KernelBackend.Compiled), seed), iter: 150, threads: 1);

    [Fact]
    public void Every_program_gives_the_same_bits_on_mass_action() =>
        Gen.Select(Gen.Int[2, 30], Gen.Int[1, 100], Gen.Int[0, 1_000_000]).Sample((species, reactions, seed) =>
        {
            var system = Systems.MassAction(species, reactions, seed);
            return AreIdentical(Kernel.Compile(system, KernelBackend.Interpreted), Kernel.Compile(system, KernelBackend.Compiled), seed);
        }, iter: 20, threads: 1);

    [Fact]
    public void Rates_equal_the_expressions_evaluated_one_by_one() =>
        Gen.Int[0, 1_000_000].Sample(seed =>
        {
            var system = RandomSystems.Make(seed, isSmooth: true);
            var kernel = Kernel.Compile(system, KernelBackend.Interpreted);
            var parameters = kernel.Parameters();
            var y = kernel.InitialState(parameters);
            var f = new double[kernel.Count];
            kernel.Bind(parameters).Rates(0.7, y, f);
            double Value(string name)
            {
                for (int i = 0; i < system.States.Length; i++) if (system.States[i].Name == name) return y[i];
                for (int i = 0; i < system.Parameters.Length; i++) if (system.Parameters[i].Name == name) return parameters[i];
                return 0;
            }
            for (int i = 0; i < system.States.Length; i++)
            {
                double expected = system.States[i].Rate.Evaluate(Value, 0.7);
                // Whole powers are products here and Math.Pow there: a few ulp, which a nest of steep functions amplifies.
                Assert.True(f[i].Equals(expected) || Math.Abs(f[i] - expected) <= 1e-9 * (1 + Math.Abs(expected)), $"seed {seed}: {f[i]:r}, {expected:r}");
            }
        }, iter: 150, threads: 1);

    private static bool AreIdentical(Kernel first, Kernel second, int seed)
    {
        var random = new Random(seed);
        var parameters = first.Parameters();
        var (a, b) = (first.Bind(parameters), second.Bind(second.Parameters()));
        var y = first.InitialState(parameters);
        for (int round = 0; round < 3; round++)
        {
            double t = random.NextDouble() * 3, shift = Math.Exp(random.NextDouble() * 6);
            for (int i = 0; i < first.StateCount; i++) y[i] += random.NextDouble() - 0.5;
            if (round == 2) a.Parameters[0] = b.Parameters[0] = 1.25;
            if (round == 2 && first.ModeCount > 0) a.Parameters[^1] = b.Parameters[^1] = 1;
            Same(first.Count, (k, v) => k.Rates(t, y, v));
            Same(first.Count, (k, v) => k.TimeDerivative(t, y, v));
            Same(first.ModeCount, (k, v) => k.Roots(t, y, v));
            Same(first.System.Events.Length, (k, v) => k.Triggers(t, y, v));
            Same(first.System.Observables.Length, (k, v) => k.Observables(t, y, v));
            if (first.System.Events.Length > 0) Same(first.System.Events[0].Assignments.Length, (k, v) => k.Assignments(0, t, y, v));
            var right = Enumerable.Range(0, first.Count).Select(_ => random.NextDouble()).ToArray();
            a.EvaluateJacobian(t, y);
            b.EvaluateJacobian(t, y);
            Same(first.Count, (k, v) => k.MultiplyByJacobian(right, v));
            bool regular = a.Factorize(shift);
            Assert.Equal(regular, b.Factorize(shift));
            Assert.Equal(a.IsPivoted, b.IsPivoted);
            if (regular) Same(first.Count, (k, v) => { right.CopyTo(v, 0); k.Solve(v); });
        }
        return true;

        void Same(int count, Action<KernelInstance, double[]> evaluate)
        {
            var (u, v) = (new double[count], new double[count]);
            evaluate(a, u);
            evaluate(b, v);
            for (int i = 0; i < count; i++)
            {
                if (double.IsNaN(u[i]) && double.IsNaN(v[i])) continue;
                Assert.Equal(BitConverter.DoubleToInt64Bits(u[i]), BitConverter.DoubleToInt64Bits(v[i]));
            }
        }
    }
}
