using Protonmotive.Kernels;
using Protonmotive.Networks;
using Protonmotive.Solvers;
using Protonmotive.Tests.Reference.Solvers;
using Protonmotive.Tests.Unit.Kernels;
using Xunit;
using static Protonmotive.Symbolics.Expression;

namespace Protonmotive.Tests.Unit.Solvers;

public sealed class BdfTests
{
    public static TheoryData<int> Orders => [1, 2, 3, 4, 5];

    [Theory]
    [MemberData(nameof(Orders))]
    public void With_equal_steps_the_coefficients_are_those_of_the_classical_formulas(int order)
    {
        var coefficients = new BdfCoefficients();
        coefficients.Compute(order, 0.5, Enumerable.Repeat(0.5, 6).ToArray());
        // Gear (1971), table 11.1: l = the coefficients of Π (1 + x/i), i = 1 to q, so that l₁ = Σ 1/i.
        double[] expected = [1];
        for (int i = 1; i <= order; i++) expected = [.. Enumerable.Range(0, i + 1).Select(k => (k < i ? expected[k] : 0) + (k > 0 ? expected[k - 1] / i : 0))];
        for (int k = 0; k <= order; k++) Assert.Equal(expected[k], coefficients.L[k], 1e-14);
        // The error of the formula of order q is h^(q+1) y^(q+1)/((q + 1) l₁), and the correction is h^(q+1) y^(q+1).
        Assert.Equal(1 / ((order + 1) * expected[1]), coefficients.Error, 1e-13);
    }

    [Fact]
    public void Errors_follow_the_tolerance()
    {
        var kernel = Kernel.Compile(Linear());
        foreach (double tolerance in new[] { 1e-3, 1e-5, 1e-7, 1e-9 })
        {
            var solution = Ode.Solve(new InitialValueProblem(kernel, 0, 5), new Bdf(), new Tolerance(tolerance, tolerance), OutputTimes.Uniform(41));
            for (int row = 0; row < 41; row++)
            {
                double t = solution.Times[row];
                // Errors of tens of steps add up, and of an undamped oscillation those of all steps of two and a half periods.
                Assert.Equal(Math.Exp(-t), solution.Column(0)[row], 40 * tolerance);
                Assert.Equal(Math.Cos(3 * t), solution.Column(1)[row], 1000 * tolerance);
            }
        }
    }

    [Fact]
    public void Dense_output_joins_the_steps_and_is_as_good_as_they_are()
    {
        var kernel = Kernel.Compile(Linear());
        var solution = Ode.Solve(new InitialValueProblem(kernel, 0, 3), new Bdf(), new Tolerance(1e-7, 1e-7), SolveOptions.Default with { KeepsDenseOutput = true });
        for (int k = 0; k <= 300; k++)
        {
            double t = 0.01 * k;
            Assert.Equal(Math.Cos(3 * t), solution.At(t)[1], 1e-4);
        }
        for (int row = 1; row + 1 < solution.RowCount; row++) Assert.Equal(solution.Column(1)[row], solution.At(solution.Times[row])[1], 1e-14);
    }

    [Fact]
    public void Few_factorisations_are_made()
    {
        var solution = Ode.Solve(new InitialValueProblem(Kernel.Compile(StiffProblems.Pollu()), 0, 60), new Bdf(), new Tolerance(1e-6, 1e-10), OutputTimes.EndOnly);
        Assert.True(solution.Work.Factorisations < 0.35 * solution.Work.Steps, solution.Work.ToString());
        Assert.True(solution.Work.Jacobians < 0.1 * solution.Work.Steps, solution.Work.ToString());
        Assert.True(solution.Work.Rates < 2 * solution.Work.Steps, solution.Work.ToString());
    }

    [Fact]
    public void Algebraic_equations_hold()
    {
        // x' = −y, 0 = x − y (index 1): x = y = e^(−t).
        var kernel = Kernel.Compile(new EquationSystem
        {
            Name = "algebraic", Parameters = [], States = [new("x", "", 1, -Symbol("y")), new("y", "", 1, Symbol("x") - Symbol("y"))], Mass = [new MassEntry(0, 0, 1)],
        });
        var end = Ode.Solve(new InitialValueProblem(kernel, 0, 2), new Bdf(), new Tolerance(1e-7, 1e-9), OutputTimes.EndOnly).FinalState;
        Assert.Equal(Math.Exp(-2), end[0], 1e-5);
        Assert.Equal(end[0], end[1], 1e-6);
    }

    [Fact]
    public void Events_are_met_and_the_order_begins_anew()
    {
        // A ball dropped from 1 with g = 2 bounces back at t = 1 + 2k with its whole speed.
        var kernel = Kernel.Compile(new EquationSystem
        {
            Name = "ball",
            Parameters = [],
            States = [new("h", "", 1, Symbol("v")), new("v", "", 0, -2)],
            Modes = [new Mode("down", LessOrEqual(Symbol("h"), 0))],
            Events = [new EventDefinition("bounce", Symbol("down"), [new EventAssignment("v", -Symbol("v"))])],
        });
        var solution = Ode.Solve(new InitialValueProblem(kernel, 0, 4.5), new Bdf(), new Tolerance(1e-8, 1e-10), OutputTimes.EndOnly);
        Assert.Equal([1.0, 3.0], solution.Events.Select(e => Math.Round(e.Time, 5)));
        Assert.Equal(0.75, solution.FinalState[0], 1e-5);
    }

    [Fact]
    public void Quadratures_and_second_looks_agree_with_rodas()
    {
        var problem = OdeTests.Oscillator(6);
        var (bdf, rodas) = (Ode.Solve(problem, new Bdf(), new Tolerance(1e-9, 1e-9), OutputTimes.EndOnly), Ode.Solve(problem, new Rodas5P(), new Tolerance(1e-9, 1e-9), OutputTimes.EndOnly));
        Assert.Equal(rodas.FinalState[2], bdf.FinalState[2], 1e-6);
    }

    [Fact]
    public void Nothing_is_allocated_per_step()
    {
        var kernel = Kernel.Compile(Linear(), KernelBackend.Compiled);
        long Allocated(double end)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            Ode.Solve(new InitialValueProblem(kernel, 0, end), new Bdf(), new Tolerance(1e-6, 1e-9), OutputTimes.EndOnly);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
        Allocated(1);
        long few = Enumerable.Range(0, 3).Min(_ => Allocated(1)), many = Enumerable.Range(0, 3).Min(_ => Allocated(200));
        Assert.True(many <= few + 256, $"{few}, {many}");
    }

    [Fact]
    public void A_blow_up_is_reported()
    {
        var kernel = Kernel.Compile(new EquationSystem { Name = "blow-up", Parameters = [], States = [new("x", "", 1, Symbol("x") * Symbol("x"))] });
        Assert.ThrowsAny<SolverException>(() => Ode.Solve(new InitialValueProblem(kernel, 0, 3), new Bdf(), new Tolerance(1e-6, 1e-9)));
    }

    private static EquationSystem Linear() => new()
    {
        Name = "linear",
        Parameters = [],
        States = [new("a", "", 1, -Symbol("a")), new("c", "", 1, -3 * Symbol("s")), new("s", "", 0, 3 * Symbol("c"))],
    };
}
