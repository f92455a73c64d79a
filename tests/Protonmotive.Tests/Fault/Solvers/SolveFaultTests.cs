using Protonmotive.Kernels;
using Protonmotive.Networks;
using Protonmotive.Solvers;
using Protonmotive.Symbolics;
using Protonmotive.Tests.Reference.Solvers;
using Protonmotive.Tests.Unit.Solvers;
using Xunit;
using static Protonmotive.Symbolics.Expression;

namespace Protonmotive.Tests.Fault.Solvers;

/// <summary>What happens where a solve can't go on: the error names time, method and component, and nothing hangs.</summary>
public sealed class SolveFaultTests
{
    private static readonly Tolerance Usual = new(1e-6, 1e-9);

    public static TheoryData<Method> Methods => [new Rodas4(), new Rodas5P(), new Tsit5()];

    [Theory]
    [MemberData(nameof(Methods))]
    public void A_blow_up_in_finite_time_names_the_component(Method method)
    {
        // y' = y² from 1 becomes infinite at t = 1.
        var problem = Problem(2, [Symbol("y1") * Symbol("y1"), -Symbol("y2")], 1, 1);
        var error = Assert.ThrowsAny<SolverException>(() => Ode.Solve(problem, method, Usual));
        Assert.Contains("y1", error.Message, StringComparison.Ordinal);
        Assert.Contains("t = 1", error.Where, StringComparison.Ordinal);
        Assert.Contains(method.Name, error.Where, StringComparison.Ordinal);
        Assert.True(error is StepTooSmallException or NonFiniteException);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void A_rate_that_is_not_a_number_at_the_start_is_named(Method method)
    {
        var problem = Problem(1, [0, Log(Symbol("y1") - 2)], 1, 1);
        var error = Assert.Throws<NonFiniteException>(() => Ode.Solve(problem, method, Usual));
        Assert.Contains("rate of 'y2' is NaN", error.What, StringComparison.Ordinal);
        Assert.Contains("t = 0", error.Where, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void A_rate_that_turns_NaN_on_the_way_is_named_with_its_time(Method method)
    {
        // √(1 − y1) with y1 = t: NaN beyond t = 1; its slope is infinite there, so the step shrinks first.
        var problem = Problem(3, [1, Sqrt(1 - Symbol("y1"))], 0, 0);
        var error = Assert.ThrowsAny<SolverException>(() => Ode.Solve(problem, method, Usual));
        Assert.Contains("'y2'", error.Message, StringComparison.Ordinal);
        Assert.Matches(@"t = (1|0\.9999)", error.Where);
    }

    [Fact]
    public void A_NaN_initial_state_is_named()
    {
        var problem = Problem(1, [1, 1], 0, 0) with { InitialState = [0, double.NaN] };
        Assert.Contains("'y2' is NaN", Assert.Throws<NonFiniteException>(() => Ode.Solve(problem, new Rodas4(), Usual)).What, StringComparison.Ordinal);
    }

    [Fact]
    public void An_explicit_method_on_a_stiff_system_is_told_to_change()
    {
        var problem = new InitialValueProblem(Kernel.Compile(StiffProblems.VanDerPol()), 0, 2000);
        var error = Assert.Throws<TooManyStepsException>(() => Ode.Solve(problem, new Tsit5(), Usual, new SolveOptions { MaximumSteps = 2000 }, OutputTimes.EndOnly));
        Assert.Contains("Rodas5P", error.Mend, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Bounces_that_run_together_are_a_clear_error(Method method)
    {
        var problem = new InitialValueProblem(EventTests.Ball(0.5), 0, 10);
        var error = Assert.Throws<EndlessSwitchingException>(() => Ode.Solve(problem, method, Usual));
        Assert.Contains("t = 1.35", error.Where, StringComparison.Ordinal); // 3 v/g with v = √(2 g)
    }

    [Fact]
    public void A_sliding_mode_is_a_clear_error()
    {
        var system = EventTests.Driven(Select(Symbol("m"), 1, -1), Less(Symbol("x"), 0));
        var problem = new InitialValueProblem(Kernel.Compile(system), 0, 10) { InitialState = [1] };
        Assert.Throws<EndlessSwitchingException>(() => Ode.Solve(problem, new Rodas4(), Usual));
    }

    [Fact]
    public void Events_that_trigger_each_other_without_end_are_a_clear_error()
    {
        var system = new EquationSystem
        {
            Name = "ping-pong",
            States = [new("x", "", 0, 1)],
            Parameters = [new("p", "", 0)],
            Modes = [new("early", Less(Time, 1)), new("low", Less(Symbol("p"), 0.5))],
            Events =
            [
                new("up", And(Not(Symbol("early")), Symbol("low")), [new("p", 1)]),
                new("down", And(Not(Symbol("early")), Not(Symbol("low"))), [new("p", 0)]),
            ],
        };
        var error = Assert.Throws<EndlessSwitchingException>(() => Ode.Solve(new(Kernel.Compile(system), 0, 2), new Rodas4(), Usual));
        Assert.Contains("up", error.What, StringComparison.Ordinal);
        Assert.Contains("t = 1", error.Where, StringComparison.Ordinal);
    }

    [Fact]
    public void Cancellation_returns_at_once()
    {
        using var source = new CancellationTokenSource();
        var progress = new CancelAfter(source, 200);
        var problem = new InitialValueProblem(Kernel.Compile(StiffProblems.Brusselator()), 0, 1e9);
        Assert.Throws<OperationCanceledException>(() => Ode.Solve(problem, new Rodas4(), Usual, OutputTimes.EndOnly, progress, source.Token));
        Assert.InRange(progress.Seen.Steps, 200, 264);
        Assert.InRange(progress.Seen.Fraction, 0, 1);
    }

    [Fact]
    public void An_explicit_method_refuses_a_mass_matrix() =>
        Assert.Contains("Rodas", Assert.Throws<SolverException>(() =>
            Ode.Solve(new(Kernel.Compile(StiffProblems.Transistor()), 0, 0.2), new Tsit5(), Usual)).Mend, StringComparison.Ordinal);

    [Fact]
    public void Unusable_arguments_are_refused()
    {
        var problem = OdeTests.Oscillator(1);
        Assert.Throws<SolverException>(() => Ode.Solve(problem with { End = -1 }, new Rodas4(), Usual));
        Assert.Throws<SolverException>(() => Ode.Solve(problem with { End = double.NaN }, new Rodas4(), Usual));
        Assert.Throws<SolverException>(() => Ode.Solve(problem, new Rodas4(), new Tolerance(0, 0)));
        Assert.Throws<SolverException>(() => Ode.Solve(problem, new Rodas4(), Usual, OutputTimes.At([2])));
        Assert.Throws<SolverException>(() => Ode.Solve(problem with { InitialState = [1] }, new Rodas4(), Usual));
    }

    private static InitialValueProblem Problem(double end, Expression[] rates, params double[] initial) =>
        new(Kernel.Compile(StiffProblems.System("faulty", initial, rates)), 0, end);

    private sealed class CancelAfter(CancellationTokenSource source, long steps) : IProgress<SolveProgress>
    {
        public SolveProgress Seen { get; private set; }

        public void Report(SolveProgress value)
        {
            Seen = value;
            if (value.Steps >= steps) source.Cancel();
        }
    }
}
