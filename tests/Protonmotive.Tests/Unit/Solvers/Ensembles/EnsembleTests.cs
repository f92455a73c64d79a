using System.Collections.Immutable;
using Protonmotive.Kernels;
using Protonmotive.Networks;
using Protonmotive.Solvers;
using Protonmotive.Solvers.Ensembles;
using Protonmotive.Tests.Unit.Kernels;
using Xunit;
using static Protonmotive.Symbolics.Expression;

namespace Protonmotive.Tests.Unit.Solvers.Ensembles;

public sealed class EnsembleTests
{
    private static readonly Tolerance tolerance = new(1e-6, 1e-9);

    public static TheoryData<int, string> Forms => new()
    {
        { 1, "Rodas4" }, { 4, "Rodas4" }, { 8, "Rodas4" }, { 8, "Rodas5P" }, { 1, "Tsit5" }, { 8, "Tsit5" },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public void Members_are_what_they_would_be_alone(int lanes, string method)
    {
        var problem = Decay(100);
        double[] times = [0, 0.3, 1, 2.5, 3];
        var solution = Ensemble.Solve(problem, Method(method), tolerance, OutputTimes.At(times), new EnsembleOptions { Lanes = lanes });
        Assert.Empty(solution.Failures);
        Assert.Equal(100, solution.Count);
        for (int member = 0; member < 100; member++)
        {
            double k = 0.5 + (0.05 * member), a0 = 1 + member;
            for (int row = 0; row < times.Length; row++)
            {
                double a = a0 * Math.Exp(-k * times[row]); // closed form of a' = −k a
                Assert.Equal(a, solution.Value(member, row, 0), 20e-6 * a0);
                Assert.Equal(a0 - a, solution.Value(member, row, 1), 20e-6 * a0);
            }
        }
    }

    [Fact]
    public void Stiff_members_agree_with_single_solves()
    {
        var kernel = Kernel.Compile(Systems.Robertson());
        var members = EnsembleMembers.Computed([kernel.System.Parameters[0].Name], 37, (m, v) => v[0] = 0.04 * (1 + (0.02 * m)));
        var problem = new EnsembleProblem(new InitialValueProblem(kernel, 0, 400), members);
        var ensemble = Ensemble.Solve(problem, new Rodas4(), tolerance);
        var value = new double[1];
        for (int m = 0; m < 37; m++)
        {
            members.Values(m, value);
            var alone = Ode.Solve(problem.Base with { Overrides = ImmutableDictionary<string, double>.Empty.Add(members.Names[0], value[0]) }, new Rodas4(), tolerance, OutputTimes.EndOnly).FinalState;
            for (int i = 0; i < 3; i++) Assert.Equal(alone[i], ensemble.Value(m, 0, i), 1e-6 * Math.Abs(alone[i]));
        }
    }

    [Fact]
    public void Threads_widths_and_parts_do_not_change_a_bit()
    {
        var kernel = Kernel.Compile(Systems.MassAction(12, 30, 5));
        var names = kernel.System.Parameters.Take(3).Select(p => p.Name).ToArray();
        var members = EnsembleMembers.Computed(names, 700, (m, v) =>
        {
            for (int k = 0; k < v.Length; k++) v[k] = 0.2 + ((m * (k + 3) % 17) / 10.0);
        });
        var problem = new EnsembleProblem(new InitialValueProblem(kernel, 0, 3), members);
        var times = OutputTimes.Uniform(200); // rows enough for several blocks
        var one = Ensemble.Solve(problem, new Rodas4(), tolerance, times, new EnsembleOptions { Threads = 1 });
        var three = Ensemble.Solve(problem, new Rodas4(), tolerance, times, new EnsembleOptions { Threads = 3 });
        var part = Ensemble.Solve(problem, new Rodas4(), tolerance, times, new EnsembleOptions { First = 311, Count = 100 });
        var four = Ensemble.Solve(problem, new Rodas4(), tolerance, times, new EnsembleOptions { Lanes = 4 });
        for (int m = 0; m < 700; m++)
        {
            Assert.True(one.Member(m).SequenceEqual(three.Member(m)), $"threads, member {m}");
            if (one.Form.StartsWith('8')) Assert.True(one.Member(m).SequenceEqual(four.Member(m)), $"width, member {m}");
            if (m is >= 311 and < 411) Assert.True(one.Member(m).SequenceEqual(part.Member(m)), $"part, member {m}");
        }
    }

    [Fact]
    public void A_member_that_fails_says_so_and_the_others_go_on()
    {
        // x' = k x² is infinite at t = 1/(k x₀).
        var kernel = Kernel.Compile(new EquationSystem { Name = "blow-up", States = [new("x", "", 1, Symbol("k") * Symbol("x") * Symbol("x"))], Parameters = [new("k", "", 0.1)] });
        var members = EnsembleMembers.Computed(["k"], 50, (m, v) => v[0] = m == 20 ? 0.5 : m == 30 ? double.NaN : 0.01 * (m % 10));
        var solution = Ensemble.Solve(new EnsembleProblem(new InitialValueProblem(kernel, 0, 3), members), new Rodas4(), tolerance);
        Assert.Equal([20L, 30L], solution.Failures.Select(f => f.Member));
        Assert.InRange(solution.Failures[0].Time, 1.9, 2.001);
        Assert.Contains("x", solution.Failures[0].Error.Message, StringComparison.Ordinal);
        Assert.Contains("'k' is not a number", solution.Failures[1].ToString(), StringComparison.Ordinal);
        for (int m = 0; m < 50; m++)
        {
            double x = solution.Value(m, 0, 0);
            if (m is 20 or 30) Assert.True(double.IsNaN(x));
            else Assert.Equal(1 / (1 - (0.03 * (m % 10))), x, 1e-5);
        }
    }

    [Fact]
    public void A_member_without_end_is_stopped()
    {
        var solution = Ensemble.Solve(Decay(9), new Tsit5(), new Tolerance(1e-10, 1e-13), options: new EnsembleOptions { MaximumSteps = 5 });
        Assert.Equal(9, solution.Failures.Length);
        Assert.All(solution.Failures, f => Assert.IsType<TooManyStepsException>(f.Error));
    }

    [Fact]
    public void A_matrix_that_defeats_the_fixed_order_is_pivoted_in_its_lane_alone()
    {
        // 0 = −e a − b + 1, b' = −a: elimination without exchange divides by e. In the limit of small e: b = 1, a = 0.
        var kernel = Kernel.Compile(new EquationSystem
        {
            Name = "pivot",
            States = [new("a", "", 0, ((Symbol("s") - Symbol("e")) * Symbol("a")) - (Symbol("s") * Symbol("b"))), new("b", "", 1, -Symbol("s") * Symbol("a"))],
            Parameters = [new("e", "", 1), new("s", "", 1)],
        });
        var members = EnsembleMembers.Computed(["e", "s"], 16, (m, v) => (v[0], v[1]) = (m % 3, 1 + (0.1 * m)));
        var problem = new EnsembleProblem(new InitialValueProblem(kernel, 0, 2), members);
        var solution = Ensemble.Solve(problem, new Rodas4(), tolerance);
        Assert.Empty(solution.Failures);
        for (int m = 0; m < 16; m++)
        {
            var overrides = ImmutableDictionary<string, double>.Empty.Add("e", m % 3).Add("s", 1 + (0.1 * m));
            var alone = Ode.Solve(problem.Base with { Overrides = overrides }, new Rodas5P(), new Tolerance(1e-9, 1e-12), OutputTimes.EndOnly).FinalState;
            for (int i = 0; i < 2; i++) Assert.Equal(alone[i], solution.Value(m, 0, i), 1e-4 * (1 + Math.Abs(alone[i])));
        }
    }

    [Fact]
    public void Observables_and_quadratures_are_outputs()
    {
        var problem = new EnsembleProblem(OdeTests.Oscillator(2), EnsembleMembers.Table(["w2"], [1, 4, 9])) { Outputs = ["energy", "x", "q"] };
        var solution = Ensemble.Solve(problem, new Rodas5P(), tolerance, OutputTimes.Uniform(5));
        for (int m = 0; m < 3; m++)
        {
            double w = m + 1;
            for (int row = 0; row < 5; row++)
            {
                double t = solution.Times[row];
                Assert.Equal(w * w / 2, solution.Value(m, row, 0), 1e-4); // ẋ²/2 + ω²x²/2
                Assert.Equal(Math.Cos(w * t), solution.Value(m, row, 1), 1e-4);
                Assert.Equal((t / 2) + (Math.Sin(2 * w * t) / (4 * w)), solution.Value(m, row, 2), 1e-4); // ∫cos²
            }
        }
    }

    [Fact]
    public void Systems_with_events_run_one_by_one_and_say_why()
    {
        var kernel = Kernel.Compile(new EquationSystem
        {
            Name = "tank",
            States = [new("x", "", 0, Symbol("r"))],
            Parameters = [new("r", "", 1)],
            Modes = [new Mode("full", LessOrEqual(1, Symbol("x")))],
            Events = [new EventDefinition("empty", Symbol("full"), [new EventAssignment("x", 0)])],
        });
        var solution = Ensemble.Solve(new EnsembleProblem(new InitialValueProblem(kernel, 0, 1), EnsembleMembers.Table(["r"], [0.5, 1.5, 2.5])), new Rodas4(), tolerance);
        Assert.Contains("events", solution.Form, StringComparison.Ordinal);
        Assert.Equal([0.5, 0.5, 0.5], Enumerable.Range(0, 3).Select(m => Math.Round(solution.Value(m, 0, 0), 6)));
    }

    [Fact]
    public void Dependent_parameters_follow_what_varies()
    {
        var kernel = Kernel.Compile(new EquationSystem
        {
            Name = "dependent",
            States = [new("x", "", Symbol("x0"), -Symbol("k") * Symbol("x"))],
            Parameters = [new("half", "", 1), new("k", "", 0.6931471805599453 / Symbol("half")), new("x0", "", 2 * Symbol("half"))],
        });
        var solution = Ensemble.Solve(new EnsembleProblem(new InitialValueProblem(kernel, 0, 2), EnsembleMembers.Table(["half"], [1, 2, 4])), new Rodas5P(), tolerance);
        Assert.Equal(0.5, solution.Value(0, 0, 0), 1e-5);
        Assert.Equal(2, solution.Value(1, 0, 0), 1e-5);
        Assert.Equal(8 / Math.Sqrt(2), solution.Value(2, 0, 0), 1e-5);
    }

    [Theory]
    [InlineData("kk", "'kk'")]
    [InlineData("", "''")]
    public void Names_that_cannot_vary_are_refused(string name, string expected)
    {
        var error = Assert.Throws<SolverException>(() => Ensemble.Solve(new EnsembleProblem(Decay(1).Base, EnsembleMembers.Table([name], [1])), new Rodas4(), tolerance));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Throws<SolverException>(() => Ensemble.Solve(new EnsembleProblem(Decay(1).Base, EnsembleMembers.Table(["k", "k"], [1, 2])), new Rodas4(), tolerance));
        Assert.Throws<SolverException>(() => Ensemble.Solve(Decay(1) with { Outputs = ["nothing"] }, new Rodas4(), tolerance));
        Assert.Throws<SolverException>(() => Ensemble.Solve(Decay(1), new Rodas4(), tolerance, OutputTimes.EveryStep));
    }

    [Fact]
    public void Cancelled_ensembles_end()
    {
        using var source = new CancellationTokenSource();
        var progress = new Cancelling(source);
        Assert.ThrowsAny<OperationCanceledException>(() => Ensemble.Solve(Decay(100_000), new Rodas4(), tolerance, options: new EnsembleOptions { Threads = 2 }, progress: progress, cancellation: source.Token));
    }

    [Fact]
    public void Folds_see_every_member_once_and_need_no_memory_for_them()
    {
        var problem = Decay(20_000);
        var (count, sum) = Ensemble.Fold(problem, new Rodas4(), new Tolerance(1e-3, 1e-6), new Sum());
        Assert.Equal(20_000, count);
        var all = Ensemble.Solve(problem, new Rodas4(), new Tolerance(1e-3, 1e-6));
        Assert.Equal(Enumerable.Range(0, 20_000).Sum(m => all.Value(m, 0, 0)), sum, 1e-9 * sum);
        Assert.Equal(sum, Ensemble.Fold(problem, new Rodas4(), new Tolerance(1e-3, 1e-6), new Sum(), options: new EnsembleOptions { Threads = 3 }).Sum);
    }

    private static EnsembleProblem Decay(long members)
    {
        var kernel = Kernel.Compile(new EquationSystem
        {
            Name = "decay",
            States = [new("a", "", 1, -Symbol("k") * Symbol("a")), new("b", "", 0, Symbol("k") * Symbol("a"))],
            Parameters = [new("k", "", 1)],
        });
        return new EnsembleProblem(new InitialValueProblem(kernel, 0, 3), EnsembleMembers.Computed(["k", "a"], members, (m, v) => (v[0], v[1]) = (0.5 + (0.05 * (m % 1000)), 1 + (m % 1000))));
    }

    private static Method Method(string name) => name switch { "Rodas4" => new Rodas4(), "Rodas5P" => new Rodas5P(), _ => new Tsit5() };

    private sealed class Sum : IEnsembleFold<(long Count, double Sum)>
    {
        public (long Count, double Sum) Begin(ImmutableArray<double> times, ImmutableArray<string> outputs) => (0, 0);

        public (long Count, double Sum) Add((long Count, double Sum) state, in EnsembleMember member) => (state.Count + 1, state.Sum + member.Rows[0]);

        public (long Count, double Sum) Merge((long Count, double Sum) earlier, (long Count, double Sum) later) => (earlier.Count + later.Count, earlier.Sum + later.Sum);
    }

    private sealed class Cancelling(CancellationTokenSource source) : IProgress<EnsembleProgress>
    {
        public void Report(EnsembleProgress value) => source.Cancel();
    }
}
