using Protonmotive.Kernels;
using Protonmotive.Solvers;
using Xunit;

namespace Protonmotive.Tests.Reference.Solvers;

/// <summary>
/// The known trap of Robertson's problem: where the absolute tolerance is larger than y₂ (1e-13 at the end), y₂ may turn
/// negative, and 3e7 y₂² then drives it to −∞.
/// </summary>
public sealed class RobertsonTrapTests
{
    public static TheoryData<Method> Methods => [new Rodas4(), new Rodas5P()];

    [Theory]
    [MemberData(nameof(Methods))]
    public void A_fitting_absolute_tolerance_keeps_every_amount_positive(Method method)
    {
        var solution = Ode.Solve(new(Kernel.Compile(StiffProblems.Rober()), 0, 1e11), method, new(1e-6, 1e-14));
        for (int i = 0; i < 3; i++) Assert.True(solution.Column(i).IndexOfAnyInRange(double.NegativeInfinity, -double.Epsilon) < 0);
        for (int row = 0; row < solution.RowCount; row++) Assert.Equal(1, solution.State(row).Sum(), 1e-12);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void A_loose_absolute_tolerance_never_ends_in_a_silent_blow_up(Method method)
    {
        // Either the solve stays near the solution, or it stops with an error; a wrong end is never returned as if right.
        var problem = new InitialValueProblem(Kernel.Compile(StiffProblems.Rober()), 0, 1e11);
        foreach (double absolute in new[] { 1e-5, 1e-4, 1e-3, 1e-2 })
        {
            double[]? end = null;
            try
            {
                end = Ode.Solve(problem, method, new(1e-3, absolute), new SolveOptions { MaximumSteps = 20_000 }, OutputTimes.EndOnly).FinalState;
            }
            catch (SolverException e)
            {
                TestContext.Current.TestOutputHelper?.WriteLine($"{method.Name}, atol {absolute:g1}: {e.Message.ReplaceLineEndings(" ")}");
            }

            if (end is null) continue;
            TestContext.Current.TestOutputHelper?.WriteLine($"{method.Name}, atol {absolute:g1}: {string.Join(", ", end)}");
            Assert.Equal(1, end[2], 10 * absolute);
        }
    }
}
