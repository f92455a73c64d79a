using MathNet.Numerics.LinearAlgebra;
using Protonmotive.Kernels;
using Protonmotive.Networks;
using Protonmotive.Symbolics;
using Xunit;
using static Protonmotive.Tests.Unit.Kernels.Systems;

namespace Protonmotive.Tests.Unit.Kernels;

public sealed class Factorisations
{
    public static TheoryData<KernelBackend> Backends => [KernelBackend.Interpreted, KernelBackend.Compiled];

    [Theory]
    [MemberData(nameof(Backends))]
    public void Solutions_agree_with_a_dense_pivoted_solve(KernelBackend backend)
    {
        foreach (var system in new[] { Robertson(), MassAction(25, 70, 3), MassAction(100, 300, 5), Brusselator(8) })
        {
            SolvesLikeMathNet(Kernel.Compile(system, backend), shift: 10, mayPivot: false);
        }
    }

    [Theory]
    [MemberData(nameof(Backends))]
    public void Quadratures_follow_the_states_without_fill(KernelBackend backend)
    {
        var system = MassAction(12, 40, 8);
        var plain = Kernel.Compile(system, backend);
        var kernel = Kernel.Compile(system with
        {
            Quadratures = [.. Enumerable.Range(0, 50).Select(i => new Quadrature($"q{i}", "", system.States[i % 12].Rate * S($"x{i % 5}"), null, 1))],
        }, backend);
        Assert.Equal(plain.FactorEntryCount, kernel.FactorEntryCount);
        SolvesLikeMathNet(kernel, shift: 3, mayPivot: false);
    }

    [Theory]
    [MemberData(nameof(Backends))]
    public void An_algebraic_row_without_a_diagonal_is_paired_with_another(KernelBackend backend)
    {
        // y0' = z, 0 = y0 - sin t: the diagonal of the algebraic row is structurally zero.
        var system = Of([State("y0", 0, S("z") + S("y1")), State("z", 1, S("y0") - Expression.Sin(Expression.Time)), State("y1", 0, -S("y1"))]) with
        {
            Mass = [new MassEntry(0, 0, 1), new MassEntry(2, 2, 2.5), new MassEntry(2, 0, 0.5)],
        };
        var kernel = Kernel.Compile(system, backend);
        SolvesLikeMathNet(kernel, shift: 40, mayPivot: false);
        var result = new double[3];
        kernel.Bind([]).MultiplyByMass([1, 2, 3], result);
        Assert.Equal([1, 0, 8], result);
        Assert.False(kernel.Bind([]).IsMassIdentity);
    }

    [Theory]
    [MemberData(nameof(Backends))]
    public void A_matrix_that_defeats_the_fixed_order_is_pivoted(KernelBackend backend)
    {
        // W = shift - J = [[1e-20, 1], [1, 1]]: elimination without exchange loses the last row altogether.
        var system = Of([State("a", 1, ((1 - S("tiny")) * S("a")) - S("b")), State("b", 1, -S("a") + (S("none") * S("b")))],
            Parameter("tiny", 1e-20), Parameter("none", 0));
        var kernel = Kernel.Compile(system with { Mass = [new MassEntry(1, 1, 1)], States = [State("a", 1, (-S("tiny") * S("a")) - S("b")), system.States[1]] }, backend);
        var instance = SolvesLikeMathNet(kernel, shift: 1, mayPivot: true);
        Assert.True(instance.IsPivoted);
        instance.Parameters[0] = -10;
        instance.EvaluateJacobian(0, [1, 1]);
        Assert.True(instance.Factorize(1));
        instance.Solve([1, 2]);
        Assert.False(instance.IsPivoted);
    }

    [Theory]
    [MemberData(nameof(Backends))]
    public void A_singular_matrix_is_said_to_be_so(KernelBackend backend)
    {
        var kernel = Kernel.Compile(Of([State("a", 1, S("a") + (2 * S("b"))), State("b", 1, (2 * S("a")) + (4 * S("b")))]), backend);
        var instance = kernel.Bind([]);
        instance.EvaluateJacobian(0, [1, 1]);
        Assert.False(instance.Factorize(0));
        Assert.True(instance.Factorize(1));
        instance.EvaluateJacobian(double.NaN, [1, 1]);
        Assert.True(instance.Factorize(1));
        Assert.False(instance.Factorize(double.NaN));

        var structural = Kernel.Compile(Of([State("a", 1, S("b")), State("b", 1, S("b"))]) with { Mass = [new MassEntry(1, 1, 1)] }, backend).Bind([]);
        structural.EvaluateJacobian(0, [1, 1]);
        Assert.False(structural.Factorize(1));
    }

    private static KernelInstance SolvesLikeMathNet(Kernel kernel, double shift, bool mayPivot)
    {
        var parameters = kernel.Parameters();
        var instance = kernel.Bind(parameters);
        int n = kernel.Count;
        double[] y = kernel.InitialState(parameters), unit = new double[n], column = new double[n], massColumn = new double[n];
        instance.EvaluateJacobian(0.3, y);
        var w = Matrix<double>.Build.Dense(n, n);
        for (int j = 0; j < n; j++)
        {
            unit[j] = 1;
            instance.MultiplyByJacobian(unit, column);
            instance.MultiplyByMass(unit, massColumn);
            for (int i = 0; i < n; i++) w[i, j] = (shift * massColumn[i]) - column[i];
            unit[j] = 0;
        }
        var b = Vector<double>.Build.Dense(n, i => Math.Sin(i + 1));
        var expected = w.LU().Solve(b);
        var x = b.ToArray();
        Assert.True(instance.Factorize(shift));
        instance.Solve(x); // the first solution shows whether digits were lost
        Assert.Equal(mayPivot, instance.IsPivoted);
        // Both are backward stable to about n rounding errors; 1e-10 leaves a condition number of 1e5 here.
        for (int i = 0; i < n; i++) Assert.True(Math.Abs(x[i] - expected[i]) <= 1e-10 * (1 + expected.AbsoluteMaximum()), $"component {i}: {x[i]:r}, expected {expected[i]:r}");
        return instance;
    }
}
