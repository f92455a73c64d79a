using CsCheck;
using MathNet.Numerics.LinearAlgebra;
using Protonmotive.Kernels;
using Protonmotive.Networks;
using Protonmotive.Solvers;
using Protonmotive.Symbolics;
using Protonmotive.Tests.Reference.Solvers;
using Xunit;

namespace Protonmotive.Tests.Property.Solvers;

/// <summary>Laws that every method keeps on every system.</summary>
public sealed class SolverLawTests
{
    // Random conversions i → j with rate constants over six decades; the sum of all amounts is conserved.
    private static readonly Gen<(int From, int To, double LogRate)[]> Conversions =
        Gen.Select(Gen.Int[0, 4], Gen.Int[0, 4], Gen.Double[-3, 3]).Where(r => r.Item1 != r.Item2).Array[3, 10];

    public static TheoryData<Method> Methods => [new Rodas4(), new Rodas5P()];

    [Theory]
    [MemberData(nameof(Methods))]
    public void Linear_invariants_are_kept_to_rounding_in_steps_and_dense_output(Method method) =>
        Conversions.Sample(conversions =>
        {
            var solution = Solve(conversions, method, 1e-4, OutputTimes.Uniform(7));
            for (int row = 0; row < solution.RowCount; row++)
                Assert.Equal(15, solution.State(row).Sum(), 1e-10); // 15 = 1 + … + 5; rounding of solves with M/(hγ) − J
        }, iter: 100);

    [Theory]
    [MemberData(nameof(Methods))]
    public void Linear_systems_end_at_their_matrix_exponential(Method method) =>
        Conversions.Sample(conversions =>
        {
            var end = Solve(conversions, method, 1e-6, OutputTimes.EndOnly).FinalState;
            var exact = Exponential(Rates(conversions)) * Vector<double>.Build.Dense([1, 2, 3, 4, 5]);
            for (int i = 0; i < 5; i++) Assert.Equal(exact[i], end[i], 1e-4); // a hundred tolerances of the sizes met
        }, iter: 100);

    public static TheoryData<Method> AllMethods => [new Rodas4(), new Rodas5P(), new Tsit5()];

    [Theory]
    [MemberData(nameof(AllMethods))]
    public void Every_crossing_of_a_threshold_is_met_once_at_its_time(Method method) =>
        Gen.Select(Gen.Double[-0.95, 0.95], Gen.Double[-9, -4]).Sample((threshold, logTolerance) =>
        {
            // cos t crosses c at ± acos c + 2πk; steps of at most 0.25 cannot hold two crossings of a |c| ≤ 0.95.
            double tolerance = Math.Pow(10, logTolerance);
            var solution = Ode.Solve(Crossing(threshold), method, new(tolerance, tolerance), new SolveOptions { MaximumStep = 0.25 }, OutputTimes.EndOnly);
            double first = Math.Acos(threshold), up = 2 * Math.PI - first;
            double[] expected = [.. new[] { first, up, first + 2 * Math.PI, up + 2 * Math.PI }.Where(t => t < 12)];
            Assert.Equal(expected.Length, solution.Events.Length);
            for (int k = 0; k < expected.Length; k++)
            {
                // The error of the state over twelve units of time, over the slope |sin t| ≥ 0.31 at the crossing.
                Assert.Equal(expected[k], solution.Events[k].Time, 100 * tolerance);
                Assert.Equal(k % 2 == 0 ? "down" : "up", solution.Events[k].Name);
            }
        }, iter: 60);

    private static InitialValueProblem Crossing(double threshold)
    {
        var y = StiffProblems.States(2);
        var low = Expression.Symbol("low");
        var system = StiffProblems.System("oscillator", [1, 0], [y[1], -y[0]]) with
        {
            Parameters = [new("count", "", 0)],
            Modes = [new("low", Expression.Less(y[0], threshold))],
            Events =
            [
                new("down", low, [new("count", Expression.Symbol("count") + 1)]),
                new("up", Expression.Not(low), [new("count", Expression.Symbol("count") + 1)]),
            ],
        };
        return new(Kernel.Compile(system, KernelBackend.Interpreted), 0, 12);
    }

    private static Solution Solve((int From, int To, double LogRate)[] conversions, Method method, double tolerance, OutputTimes output)
    {
        var y = StiffProblems.States(5);
        var rates = Enumerable.Repeat(Expression.Zero, 5).ToArray();
        foreach (var (from, to, logRate) in conversions)
        {
            var flux = Math.Pow(10, logRate) * y[from];
            rates[from] -= flux;
            rates[to] += flux;
        }

        var system = StiffProblems.System("conversions", [1, 2, 3, 4, 5], rates);
        return Ode.Solve(new(Kernel.Compile(system, KernelBackend.Interpreted), 0, 1), method, new(tolerance, tolerance), output);
    }

    private static Matrix<double> Rates((int From, int To, double LogRate)[] conversions)
    {
        var matrix = Matrix<double>.Build.Dense(5, 5);
        foreach (var (from, to, logRate) in conversions)
        {
            matrix[from, from] -= Math.Pow(10, logRate);
            matrix[to, from] += Math.Pow(10, logRate);
        }

        return matrix;
    }

    // (e^(A/2^k))^(2^k) with a Taylor series of the small matrix.
    private static Matrix<double> Exponential(Matrix<double> a)
    {
        const int halvings = 20;
        var small = a / Math.Pow(2, halvings);
        var sum = Matrix<double>.Build.DenseIdentity(5);
        var term = sum.Clone();
        for (int k = 1; k < 12; k++)
        {
            term = term * small / k;
            sum += term;
        }

        for (int k = 0; k < halvings; k++) sum *= sum;
        return sum;
    }
}
