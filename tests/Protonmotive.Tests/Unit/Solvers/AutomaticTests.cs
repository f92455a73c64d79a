using Protonmotive.Kernels;
using Protonmotive.Networks;
using Protonmotive.Solvers;
using Protonmotive.Solvers.Ensembles;
using Protonmotive.Tests.Reference.Solvers;
using Protonmotive.Tests.Unit.Kernels;
using Xunit;
using static Protonmotive.Symbolics.Expression;

namespace Protonmotive.Tests.Unit.Solvers;

public sealed class AutomaticTests
{
    private static readonly Tolerance tolerance = new(1e-6, 1e-9);

    [Fact]
    public void A_system_that_is_not_stiff_is_solved_explicitly()
    {
        var solution = Solve(Kernel.Compile(Oscillator(1)), 10);
        Assert.IsType<Tsit5>(solution.Method);
        Assert.Contains("not stiff", Assert.Single(solution.Choices).Reason, StringComparison.Ordinal);
        Assert.Equal(Math.Cos(10), solution.FinalState[0], 1e-4);
    }

    [Fact]
    public void A_stiff_system_is_solved_implicitly_from_the_start()
    {
        var solution = Solve(Kernel.Compile(StiffProblems.Pollu()), 60);
        Assert.IsType<Rodas5P>(solution.Method);
        Assert.Contains("stiff", Assert.Single(solution.Choices).ToString(), StringComparison.Ordinal);
        Assert.IsType<Rodas4>(Ode.Solve(new InitialValueProblem(Kernel.Compile(StiffProblems.Pollu()), 0, 60), new Automatic(), new Tolerance(1e-3, 1e-6)).Method);
    }

    [Fact]
    public void A_system_that_turns_stiff_is_handed_over()
    {
        // x' = −k (x − cos t), k' = k/2 from 0.01: the rate passes 10⁴ at t = 28.
        var kernel = Kernel.Compile(new EquationSystem { Name = "stiffening", Parameters = [], States = [new("x", "", 1, -Symbol("k") * (Symbol("x") - Cos(Time))), new("k", "", 0.01, Symbol("k") / 2)] });
        var solution = Solve(kernel, 30);
        Assert.Equal(2, solution.Choices.Length);
        Assert.IsType<Tsit5>(solution.Choices[0].Method);
        Assert.IsType<Rodas5P>(solution.Choices[1].Method);
        Assert.InRange(solution.Choices[1].Time, 5, 25);
        // Once k is large x follows cos t + (sin t)/k.
        Assert.Equal(Math.Cos(30) + (Math.Sin(30) / solution.FinalState[1]), solution.FinalState[0], 1e-4);
        Assert.True(solution.Work.Steps < 1000, solution.Work.ToString());
        Assert.True(solution.Work.Factorisations > 0 && solution.Work.Rates > solution.Work.Factorisations);
    }

    [Fact]
    public void Algebraic_equations_call_for_an_implicit_method()
    {
        var kernel = Kernel.Compile(new EquationSystem { Name = "algebraic", Parameters = [], States = [new("x", "", 1, -Symbol("y")), new("y", "", 1, Symbol("x") - Symbol("y"))], Mass = [new MassEntry(0, 0, 1)] });
        var solution = Solve(kernel, 1);
        Assert.True(solution.Method.IsImplicit);
        Assert.Equal(Math.Exp(-1), solution.FinalState[0], 1e-5);
    }

    [Theory]
    [InlineData(LinearSolver.Krylov)]
    [InlineData(LinearSolver.MatrixFreeKrylov)]
    public void Iterative_solutions_are_the_direct_ones(LinearSolver solver)
    {
        foreach (var system in new[] { Systems.Brusselator(8), Systems.MassAction(60, 200, 3), StiffProblems.Hires() })
        {
            var problem = new InitialValueProblem(Kernel.Compile(system), 0, 5);
            var direct = Ode.Solve(problem, new Rodas5P(), new Tolerance(1e-9, 1e-12), OutputTimes.EndOnly).FinalState;
            var krylov = Ode.Solve(problem, new Bdf(), new Tolerance(1e-7, 1e-10), SolveOptions.Default with { LinearSolver = solver }, OutputTimes.EndOnly);
            for (int i = 0; i < direct.Length; i++) Assert.Equal(direct[i], krylov.FinalState[i], 1e-4 * (1e-3 + Math.Abs(direct[i])));
            Assert.Equal(solver, krylov.Choices[0].Solver);
        }
    }

    [Fact]
    public void Rosenbrock_methods_take_iterative_solutions_with_exact_products_only()
    {
        var problem = new InitialValueProblem(Kernel.Compile(Systems.Brusselator(6)), 0, 3);
        var direct = Ode.Solve(problem, new Rodas4(), tolerance, OutputTimes.EndOnly).FinalState;
        var krylov = Ode.Solve(problem, new Rodas4(), tolerance, SolveOptions.Default with { LinearSolver = LinearSolver.Krylov }, OutputTimes.EndOnly).FinalState;
        for (int i = 0; i < direct.Length; i++) Assert.Equal(direct[i], krylov[i], 1e-5);
        Assert.Throws<SolverException>(() => Ode.Solve(problem, new Rodas4(), tolerance, SolveOptions.Default with { LinearSolver = LinearSolver.MatrixFreeKrylov }));
    }

    [Fact]
    public void Ensembles_take_the_method_that_their_base_ends_with()
    {
        var kernel = Kernel.Compile(Systems.Robertson());
        var problem = new EnsembleProblem(new InitialValueProblem(kernel, 0, 40), EnsembleMembers.Computed([kernel.System.Parameters[0].Name], 5, (m, v) => v[0] = 0.04 + (0.001 * m)));
        Assert.Contains("Rodas5P", Ensemble.Solve(problem, new Automatic(), tolerance).Form, StringComparison.Ordinal);
    }

    private static Solution Solve(Kernel kernel, double end) => Ode.Solve(new InitialValueProblem(kernel, 0, end), new Automatic(), tolerance, OutputTimes.EndOnly);

    private static EquationSystem Oscillator(double w2) => new()
    {
        Name = "oscillator", Parameters = [], States = [new("x", "", 1, Symbol("v")), new("v", "", 0, -w2 * Symbol("x"))],
    };
}
