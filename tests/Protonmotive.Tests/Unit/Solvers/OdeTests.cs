using System.Collections.Immutable;
using Protonmotive.Kernels;
using Protonmotive.Networks;
using Protonmotive.Solvers;
using Protonmotive.Symbolics;
using Xunit;
using static Protonmotive.Symbolics.Expression;

namespace Protonmotive.Tests.Unit.Solvers;

/// <summary>Output, dense output, step records, work, allocation.</summary>
public sealed class OdeTests
{
    private static readonly Tolerance Tight = new(1e-8, 1e-10);

    public static TheoryData<Method> Methods => [new Rodas4(), new Rodas5P(), new Tsit5()];

    [Theory]
    [MemberData(nameof(Methods))]
    public void Asked_times_are_met_by_dense_output(Method method)
    {
        var times = new[] { 0, 0.1, 1, 2.5, 7, 10 };
        var solution = Ode.Solve(Oscillator(10), method, Tight, OutputTimes.At(times));
        Assert.Equal(times, solution.Times);
        for (int row = 0; row < times.Length; row++)
        {
            // Dense output of order 3 at steps that suit order 4: the error may exceed that of the steps by some tens.
            Assert.Equal(Math.Cos(times[row]), solution.Column("x")[row], 1e-5);
            Assert.Equal(-Math.Sin(times[row]), solution.Column("v")[row], 1e-5);
        }
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Dense_output_on_request_agrees_at_any_time(Method method)
    {
        var solution = Ode.Solve(Oscillator(10), method, Tight, new SolveOptions { KeepsDenseOutput = true });
        for (double t = 0; t <= 10; t += 0.37) Assert.Equal(Math.Cos(t), solution.At(t)[0], 1e-5);
        for (int row = 0; row < solution.RowCount; row++) Assert.Equal(solution.State(row), solution.At(solution.Times[row]));
    }

    [Fact]
    public void At_without_dense_output_says_how_to_get_it()
    {
        var solution = Ode.Solve(Oscillator(1), new Rodas4(), Tight);
        Assert.Contains("KeepsDenseOutput", Assert.Throws<SolverException>(() => solution.At(0.5)).Mend, StringComparison.Ordinal);
    }

    [Fact]
    public void An_interval_of_no_length_gives_its_start()
    {
        var solution = Ode.Solve(Oscillator(0), new Rodas4(), Tight);
        Assert.Equal([0.0], solution.Times);
        Assert.Equal([1, 0, 0], solution.FinalState);
        Assert.Equal(0, solution.Work.Steps);
        Assert.Equal([0.0], Ode.Solve(Oscillator(0), new Rodas4(), Tight, OutputTimes.Uniform(5)).Times);
    }

    [Fact]
    public void A_quadrature_integrates_along()
    {
        // ∫ x² dt of cos t over 0 to 10: 5 + sin(20)/4.
        var solution = Ode.Solve(Oscillator(10), new Rodas5P(), Tight);
        Assert.Equal(5 + Math.Sin(20) / 4, solution.Column("q")[^1], 1e-6);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void An_integrand_infinite_at_the_start_gives_its_finite_integral(Method method)
    {
        // An empty store filled at rate 1: ∫ ln n dt from 0 to 2 with n = t is 2 ln 2 − 2.
        var system = new EquationSystem
        {
            Name = "filling",
            States = [new("n", "", 0, 1)],
            Parameters = [],
            Quadratures = [new("work", "", Log(Symbol("n")), null, 1)],
        };
        var solution = Ode.Solve(new(Kernel.Compile(system), 0, 2), method, new(1e-7, 1e-10));
        Assert.Equal(2 * Math.Log(2) - 2, solution.FinalState[1], 1e-6);
        Assert.Equal(2, solution.FinalState[0], 1e-12);
    }

    [Fact]
    public void At_a_jump_dense_output_gives_the_state_after_it()
    {
        var system = EventTests.Driven(Symbol("m"), Less(Time, 1)) with { Events = [new("reset", Not(Symbol("m")), [new("x", 10)])] };
        var solution = Ode.Solve(new(Kernel.Compile(system), 0, 2), new Rodas4(), Tight, new SolveOptions { KeepsDenseOutput = true });
        Assert.Equal(10, solution.At(1)[0]);
        Assert.Equal(0.999, solution.At(0.999)[0], 1e-9);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Step_records_hold_every_step_and_its_stages(Method method)
    {
        var seen = new Recorder();
        var solution = Ode.Solve(Oscillator(3), method, Tight, new SolveOptions { Observer = seen });
        Assert.Equal(solution.Work.Steps, seen.Steps.Count);
        double t = 0;
        foreach (var (time, step, stages) in seen.Steps)
        {
            Assert.Equal(t, time, 1e-14);
            Assert.Equal(method.StageCount * 3, stages);
            t = time + step;
        }

        Assert.Equal(3, t, 1e-14);
    }

    [Fact]
    public void An_observer_can_end_the_solve()
    {
        var solution = Ode.Solve(Oscillator(100), new Rodas4(), Tight, new SolveOptions { Observer = new Recorder { Last = 5 } }, OutputTimes.EndOnly);
        Assert.Equal(StopReason.StoppedByObserver, solution.Stop);
        Assert.Equal(5, solution.Work.Steps);
        Assert.Equal(solution.FinalTime, Assert.Single(solution.Times));
    }

    [Fact]
    public void Overrides_and_initial_state_replace_the_systems_own()
    {
        var kernel = Oscillator(Math.PI).Kernel;
        var problem = new InitialValueProblem(kernel, 0, Math.PI) { InitialState = [0, 2], Overrides = new Dictionary<string, double> { ["w2"] = 4 }.ToImmutableDictionary() };
        var solution = Ode.Solve(problem, new Rodas5P(), Tight);
        Assert.Equal(0, solution.FinalState[0], 1e-6);  // sin(2 t) at π
        Assert.Equal(2, solution.FinalState[1], 1e-6);
    }

    [Fact]
    public void A_long_solve_without_output_allocates_no_more_than_a_short_one()
    {
        long Allocated(double end)
        {
            var problem = Oscillator(end);
            long before = GC.GetAllocatedBytesForCurrentThread();
            var solution = Ode.Solve(problem, new Rodas4(), Tight, OutputTimes.EndOnly);
            long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(solution.Work.Steps > end * 10);
            return bytes;
        }

        Allocated(1);
        // The least of three: the runtime may allocate on this thread too, while it recompiles.
        long few = Enumerable.Range(0, 3).Min(_ => Allocated(1)), thousands = Enumerable.Range(0, 3).Min(_ => Allocated(100));
        Assert.True(thousands <= few + 256, $"{few} bytes for a short solve, {thousands} for a long one");
    }

    [Fact]
    public void Observables_are_evaluated_with_the_parameters_of_the_solve()
    {
        var problem = Oscillator(3) with { Overrides = ImmutableDictionary<string, double>.Empty.Add("w2", 4) };
        foreach (double energy in Ode.Solve(problem, new Rodas5P(), Tight).ObservableColumn("energy")) Assert.Equal(2, energy, 1e-6);
    }

    [Fact]
    public void Unknown_names_are_refused_with_the_known_ones()
    {
        var solution = Ode.Solve(Oscillator(1), new Rodas4(), Tight);
        Assert.Contains("x, v, q", Assert.Throws<SolverException>(() => solution.Column("y").Length).Where, StringComparison.Ordinal);
        Assert.Throws<SolverException>(() => solution.ObservableColumn("y"));
    }

    internal static InitialValueProblem Oscillator(double end) => new(Kernel.Compile(new EquationSystem
    {
        Name = "oscillator",
        States = [new("x", "", 1, Symbol("v")), new("v", "", 0, -Symbol("w2") * Symbol("x"))],
        Parameters = [new("w2", "", 1)],
        Observables = [new("energy", "", (Symbol("v") * Symbol("v") + Symbol("w2") * Symbol("x") * Symbol("x")) / 2)],
        Quadratures = [new("q", "", Symbol("x") * Symbol("x"), null, 1)],
    }, KernelBackend.Compiled), 0, end);

    private sealed class Recorder : IStepObserver
    {
        public List<(double Time, double Step, int Stages)> Steps { get; } = [];

        public int Last { get; init; } = int.MaxValue;

        public bool Observe(in StepRecord step)
        {
            Steps.Add((step.Time, step.Step, step.Stages.Length));
            return Steps.Count < Last;
        }
    }
}
