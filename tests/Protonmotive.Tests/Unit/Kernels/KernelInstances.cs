using Protonmotive.Kernels;
using Protonmotive.Networks;
using Protonmotive.Symbolics;
using Xunit;
using static Protonmotive.Tests.Unit.Kernels.Systems;

namespace Protonmotive.Tests.Unit.Kernels;

public sealed class KernelInstances
{
    public static TheoryData<KernelBackend> Backends => [KernelBackend.Interpreted, KernelBackend.Compiled];

    [Theory]
    [MemberData(nameof(Backends))]
    public void Robertson_has_its_written_rates_and_jacobian(KernelBackend backend)
    {
        var kernel = Kernel.Compile(Robertson(), backend);
        var instance = kernel.Bind(kernel.Parameters());
        double[] y = [0.9, 2e-5, 0.1], f = new double[3], column = new double[3];
        instance.Rates(0, y, f);
        Close(-0.04 * 0.9 + 1e4 * 2e-5 * 0.1, f[0]);
        Close(0.04 * 0.9 - 3e7 * 4e-10 - 1e4 * 2e-5 * 0.1, f[1]);
        Close(3e7 * 4e-10, f[2]);
        double[,] jacobian =
        {
            { -0.04, 1e4 * 0.1, 1e4 * 2e-5 },
            { 0.04, -2 * 3e7 * 2e-5 - 1e4 * 0.1, -1e4 * 2e-5 },
            { 0, 2 * 3e7 * 2e-5, 0 },
        };
        instance.EvaluateJacobian(0, y);
        Assert.Equal(7, kernel.JacobianEntryCount);
        for (int j = 0; j < 3; j++)
        {
            instance.MultiplyByJacobian([j == 0 ? 1 : 0, j == 1 ? 1 : 0, j == 2 ? 1 : 0], column);
            for (int i = 0; i < 3; i++) Close(jacobian[i, j], column[i]);
        }
    }

    [Theory]
    [MemberData(nameof(Backends))]
    public void Time_derivative_is_exact(KernelBackend backend)
    {
        var y = S("y");
        var kernel = Kernel.Compile(Of([State("y", 1, Expression.Sin(S("w") * Expression.Time) * y), State("z", 1, -y)], Parameter("w", 3)), backend);
        var derivative = new double[2];
        kernel.Bind(kernel.Parameters()).TimeDerivative(0.4, [2, 5], derivative);
        Close(3 * Math.Cos(1.2) * 2, derivative[0]);
        Assert.Equal(0, derivative[1]);
    }

    [Theory]
    [MemberData(nameof(Backends))]
    public void A_written_parameter_is_followed_by_the_next_call(KernelBackend backend)
    {
        var kernel = Kernel.Compile(Of([State("y", 1, -Expression.Exp(S("k")) * S("y"))], Parameter("k", 0)), backend);
        var instance = kernel.Bind(kernel.Parameters());
        var f = new double[1];
        instance.Rates(0, [2], f);
        Close(-2, f[0]);
        instance.Parameters[0] = 1;
        instance.Rates(0, [2], f);
        Close(-2 * Math.E, f[0]);
    }

    [Theory]
    [MemberData(nameof(Backends))]
    public void Modes_events_and_observables_are_evaluated(KernelBackend backend)
    {
        var y = S("y");
        var system = Of([State("y", 1, -y)], Parameter("k", 0.5)) with
        {
            Modes = [new Mode("high", Expression.Less(S("k"), y))],
            Events = [new EventDefinition("drop", Expression.Not(S("high")), [new EventAssignment("y", y / 2), new EventAssignment("k", 3)])],
            Observables = [new Observable("twice", "", 2 * y), new Observable("mode", "", Expression.Select(S("high"), 7, 8))],
        };
        var kernel = Kernel.Compile(system, backend);
        var instance = kernel.Bind(kernel.Parameters());
        double[] one = new double[1], two = new double[2];
        instance.Roots(0, [2], one);
        Close(0.5 - 2, one[0]);
        instance.Triggers(0, [2], one);
        Assert.Equal(1, one[0]);
        instance.Assignments(0, 0, [2], two);
        Assert.Equal([1, 3], two);
        instance.Observables(0, [2], two);
        Assert.Equal([4, 8], two);
        instance.Parameters[1] = 1;
        instance.Triggers(0, [2], one);
        Assert.Equal(0, one[0]);
        instance.Observables(0, [2], two);
        Assert.Equal([4, 7], two);
    }

    [Theory]
    [MemberData(nameof(Backends))]
    public void Nothing_is_allocated_after_the_first_call(KernelBackend backend)
    {
        foreach (var system in new[] { RandomSystems.Make(4), RandomSystems.Make(9), MassAction(60, 180, 1) })
        {
            var kernel = Kernel.Compile(system, backend);
            var parameters = kernel.Parameters();
            var instance = kernel.Bind(parameters);
            var y = kernel.InitialState(parameters);
            double[] v = new double[kernel.Count], roots = new double[kernel.ModeCount], triggers = new double[system.Events.Length];
            double[] observables = new double[system.Observables.Length], assignments = new double[2];
            Once(0);
            // A collection begun by a test on another thread can shift the counter; what these calls allocate would show every time.
            long least = long.MaxValue;
            for (int attempt = 0; attempt < 3 && least != 0; attempt++)
            {
                long before = GC.GetAllocatedBytesForCurrentThread();
                for (int i = 0; i < 1000; i++) Once(i);
                least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
            }
            Assert.Equal(0, least);

            void Once(int i)
            {
                double t = 0.001 * i;
                instance.Parameters[0] = 1 + t;
                instance.Rates(t, y, v);
                instance.TimeDerivative(t, y, v);
                instance.EvaluateJacobian(t, y);
                instance.MultiplyByJacobian(y, v);
                instance.MultiplyByMass(y, v);
                if (instance.Factorize(100 + t)) instance.Solve(v);
                instance.Roots(t, y, roots);
                instance.Triggers(t, y, triggers);
                instance.Observables(t, y, observables);
                if (triggers.Length > 0) instance.Assignments(0, t, y, assignments);
            }
        }
    }

    [Fact]
    public void A_vector_of_the_wrong_length_is_refused()
    {
        var kernel = Kernel.Compile(Robertson());
        var instance = kernel.Bind(kernel.Parameters());
        Assert.Throws<ShapeException>(() => instance.Rates(0, [1, 2], new double[3]));
        Assert.Throws<ShapeException>(() => instance.Rates(0, [1, 2, 3], new double[2]));
        Assert.Throws<ShapeException>(() => instance.Solve(new double[4]));
        Assert.Throws<ShapeException>(() => kernel.Bind([1]));
    }

    // One rounding a term: 1e-14 leaves room for a handful.
    private static void Close(double expected, double actual) =>
        Assert.True(Math.Abs(expected - actual) <= 1e-14 * (1 + Math.Abs(expected)), $"expected {expected:r}, got {actual:r}");
}
