using System.Collections.Immutable;
using Protonmotive.Kernels;
using Protonmotive.Networks;
using Protonmotive.Sensitivities;
using Protonmotive.Solvers;
using Protonmotive.Solvers.Ensembles;
using Protonmotive.Symbolics;
using Xunit;
using static Protonmotive.Symbolics.Expression;

namespace Protonmotive.Tests.Unit.Sensitivities;

/// <summary>Derivatives of solutions against closed forms: decay, jumps by state and after delays, integrals, states of rest.</summary>
public class SensitivityClosedForms
{
    private static readonly SensitivityOptions tight = new() { Tolerance = new Tolerance(1e-11, 1e-14) };
    private static readonly Expression k = Symbol("k"), y = Symbol("y");

    // dy/dt = −k y, y(0) = y0.
    private static EquationSystem Decay => new()
    {
        Name = "decay",
        States = [new StateVariable("y", "", Symbol("y0"), -k * y)],
        Parameters = [new ParameterDefinition("k", "", 0.7), new ParameterDefinition("y0", "", 2)],
        Quadratures = [new Quadrature("passed", "", k * y, null, 1)],
        Observables = [new Observable("square", "", y * y * k)],
    };

    [Theory]
    [InlineData(typeof(Rodas5P))]
    [InlineData(typeof(Rodas4))]
    [InlineData(typeof(Tsit5))]
    public void Of_a_decay(Type method)
    {
        var kernel = Kernel.Compile(Decay);
        double[] times = [0, 0.5, 1.7, 3];
        var solution = ForwardSensitivities.Solve(TangentStart.Along(kernel, ["k", "y0"]), 0, 3, times, tight with { Method = (Method)Activator.CreateInstance(method)! }, TestContext.Current.CancellationToken);
        for (int row = 0; row < times.Length; row++)
        {
            double t = times[row], e = Math.Exp(-0.7 * t);
            Assert.Equal(2 * e, solution.State(row)[0], 1e-9);
            Assert.Equal(-t * 2 * e, solution.StateTangent(row, 0)[0], 1e-9);
            Assert.Equal(e, solution.StateTangent(row, 1)[0], 1e-9);
            Assert.Equal(2 * t * e, solution.StateTangent(row, 0)[1], 1e-9); // ∫ k y = y0 (1 − e^−kt)
            Assert.Equal((1 - (2 * 0.7 * t)) * 4 * e * e, solution.ObservableTangent(row, 0)[0], 1e-9);
        }
    }

    // y falls to 1 and is set to r: t* = ln(y0)/k, after it y = r e^(−k (t − t*)).
    private static EquationSystem Jump(Expression? delay = null) => Decay with
    {
        Parameters = [.. Decay.Parameters, new ParameterDefinition("r", "", 5), new ParameterDefinition("d", "", 0.4)],
        Modes = [new Mode("low", Less(y, 1))],
        Events = [new EventDefinition("refill", Symbol("low"), [new EventAssignment("y", Symbol("r"))]) { Delay = delay }],
    };

    [Fact]
    public void Over_a_jump_set_off_by_the_state() => CheckJump(Jump(), 0);

    [Fact]
    public void Over_a_jump_after_a_delay_that_is_a_parameter() => CheckJump(Jump(Symbol("d")), 0.4);

    private static void CheckJump(EquationSystem system, double delay)
    {
        var kernel = Kernel.Compile(system);
        const double t = 2.5;
        var start = TangentStart.Along(kernel, ["k", "y0", "r", "d"]);
        var solution = ForwardSensitivities.Solve(start, 0, t, [t], tight, TestContext.Current.CancellationToken);
        double crossing = Math.Log(2) / 0.7, after = t - crossing - delay, value = 5 * Math.Exp(-0.7 * after);
        double[] expected = [-value * (after + (0.7 * crossing / 0.7)), value * 0.7 / (0.7 * 2), value / 5, delay > 0 ? 0.7 * value : 0];
        Assert.Equal(value, solution.State(0)[0], 1e-8);
        for (int d = 0; d < 4; d++) Assert.Equal(expected[d], solution.StateTangent(0, d)[0], 1e-7);
        var gradient = AdjointSensitivities.Solve(new TangentStart(kernel, 0), 0, t, [t], tight, TestContext.Current.CancellationToken).Gradient([1, 0]);
        double[] pulled = TangentStart.PullBack(kernel, start.Parameters, ["k", "y0", "r", "d"], gradient.Parameters, gradient.InitialState);
        for (int d = 0; d < 4; d++) Assert.Equal(expected[d], pulled[kernel.ParameterIndex(((string[])["k", "y0", "r", "d"])[d])], 1e-7);
    }

    // a ⇌ b at rest: the solve meets no error, whatever its steps, but a disturbance decays at k + l: ∂a/∂a0 = (l + k e^(−(k + l)t))/(k + l).
    [Fact]
    public void Of_a_system_that_stays_at_rest_where_tangents_are_in_the_error_test()
    {
        Expression a = Symbol("a"), b = Symbol("b"), l = Symbol("l");
        var kernel = Kernel.Compile(new EquationSystem
        {
            Name = "at rest",
            States = [new StateVariable("a", "", Symbol("a0"), (l * b) - (k * a)), new StateVariable("b", "", 1.5, (k * a) - (l * b))],
            Parameters = [new ParameterDefinition("k", "", 0.5), new ParameterDefinition("l", "", 0.5), new ParameterDefinition("a0", "", 1.5)],
        });
        const double t = 4;
        var options = tight with { ControlsTangents = true };
        var solution = ForwardSensitivities.Solve(TangentStart.Along(kernel, ["a0", "k"]), 0, t, [t], options, TestContext.Current.CancellationToken);
        double byStart = 0.5 + (0.5 * Math.Exp(-t)), byRate = -1.5 * (1 - Math.Exp(-t)); // δa′ = −1.5 δk − (k + l) δa
        Assert.InRange(solution.TangentError, 0, 1);
        Assert.Equal(byStart, solution.StateTangent(0, 0)[0], 1e-9);
        Assert.Equal(byRate, solution.StateTangent(0, 1)[0], 1e-9);
        var gradient = AdjointSensitivities.Solve(new TangentStart(kernel, 0), 0, t, [t], tight with { StepLimits = solution.StepLimits }, TestContext.Current.CancellationToken).Gradient([1, 0]);
        Assert.Equal(byStart, gradient.InitialState[0], 1e-9);
        Assert.Equal(byRate, gradient.Parameters[kernel.ParameterIndex("k")], 1e-9);
    }

    // y′ = k until t = k, when k becomes 2, which turns the trigger off again: y = k² + 2(t − k).
    [Fact]
    public void Over_a_jump_that_takes_back_what_set_it_off()
    {
        var kernel = Kernel.Compile(new EquationSystem
        {
            Name = "taken back",
            States = [new StateVariable("y", "", 0, k)],
            Parameters = [new ParameterDefinition("k", "", 1.5)],
            Modes = [new Mode("late", Less(k, Time))],
            Events = [new EventDefinition("step", Symbol("late"), [new EventAssignment("k", 2)])],
        });
        var solution = ForwardSensitivities.Solve(TangentStart.Along(kernel, ["k"]), 0, 1.9, [1.9], tight, TestContext.Current.CancellationToken);
        Assert.Equal((1.5 * 1.5) + (2 * 0.4), solution.State(0)[0], 1e-9);
        Assert.Equal((2 * 1.5) - 2, solution.StateTangent(0, 0)[0], 1e-9);
    }

    // A fast process whose law is 0 leaves its variable where it is; with one that is not, the variable goes where the law says.
    [Theory]
    [InlineData(0, 1, 0)]
    [InlineData(3, 0, 2)]
    public void Of_a_fast_process_that_may_stand_still(double rate, double byItself, double byTarget)
    {
        var kernel = Kernel.Compile(new EquationSystem
        {
            Name = "fast",
            States = [new StateVariable("y", "", Symbol("y0"), 0), new StateVariable("z", "", Symbol("z0"), k * ((2 * y) - Symbol("z")))],
            Parameters = [new ParameterDefinition("k", "", rate), new ParameterDefinition("y0", "", 4), new ParameterDefinition("z0", "", 1)],
            Mass = [new MassEntry(0, 0, 1), new MassEntry(1, 1, 1e-10)],
        });
        var solution = ForwardSensitivities.Solve(TangentStart.Along(kernel, ["z0", "y0"]), 0, 1, [1], tight, TestContext.Current.CancellationToken);
        Assert.Equal(byItself, solution.StateTangent(0, 0)[1], 1e-9);
        Assert.Equal(byTarget, solution.StateTangent(0, 1)[1], 1e-9);
    }

    [Fact]
    public void At_a_state_of_rest_with_a_conserved_total()
    {
        // A ⇌ B: A* = (a0 + b0) r/(f + r); ∂f/∂y is singular.
        var exchange = (Symbol("f") * Symbol("A")) - (Symbol("r") * Symbol("B"));
        var system = new EquationSystem
        {
            Name = "exchange",
            States = [new StateVariable("A", "", Symbol("a0"), -exchange), new StateVariable("B", "", 1, exchange)],
            Parameters = [new ParameterDefinition("f", "", 3), new ParameterDefinition("r", "", 2), new ParameterDefinition("a0", "", 4)],
        };
        var kernel = Kernel.Compile(system);
        var start = TangentStart.Along(kernel, ["f", "r", "a0"]);
        var settled = SettledState.Of(start, 1e3, new Tolerance(1e-9, 1e-12), cancellation: TestContext.Current.CancellationToken);
        double[] expected = [-5 * 2.0 / 25, 5 * 3.0 / 25, 2.0 / 5]; // total 5, f + r = 5
        var tangents = settled.Tangents();
        for (int d = 0; d < 3; d++) Assert.Equal(expected[d], tangents.StateTangents[d * 2], 1e-10);
        var gradient = settled.Gradient([1, 0]);
        double[] pulled = TangentStart.PullBack(kernel, start.Parameters, ["f", "r", "a0"], gradient.Parameters, gradient.InitialState);
        for (int p = 0; p < 3; p++) Assert.Equal(expected[p], pulled[p], 1e-10);
    }

    [Fact]
    public void Of_second_order()
    {
        // Loss ½ y(T)²: ∂²/∂k² = 2T² y², ∂²/∂k∂y0 = −2T y²/y0, ∂²/∂y0² = (y/y0)².
        const double T = 1.3;
        var second = new SecondDerivatives(Decay with { Quadratures = [], Observables = [] }, ["k", "y0"]);
        var found = second.Along([0.7, 2], [0.3, -0.5], 0, T, [T], (rows, tangents, gradient, curvature) =>
        {
            gradient[0] = rows[0];
            curvature[0] = tangents[0];
            return 0.5 * rows[0] * rows[0];
        }, tight, TestContext.Current.CancellationToken);
        double v = 2 * Math.Exp(-0.7 * T);
        Assert.Equal(0.5 * v * v, found.Loss, 1e-9);
        Assert.Equal([-T * v * v, v * v / 2], found.Gradient, (a, b) => Math.Abs(a - b) < 1e-8);
        double kk = 2 * T * T * v * v, ky = -2 * T * v * v / 2, yy = v * v / 4;
        Assert.Equal([(0.3 * kk) - (0.5 * ky), (0.3 * ky) - (0.5 * yy)], found.HessianProduct, (a, b) => Math.Abs(a - b) < 1e-8);
    }

    [Fact]
    public void Checkpoints_change_nothing()
    {
        var kernel = Kernel.Compile(Jump());
        double[] Gradient(long memory) => AdjointSensitivities.Solve(new TangentStart(kernel, 0), 0, 8, [1, 4, 8], tight with { PathMemory = memory }, TestContext.Current.CancellationToken).Gradient([1, 0, 1, 0, 1, 1]).Parameters;
        Assert.Equal(Gradient(1 << 20), Gradient(0));
    }

    [Fact]
    public void Members_of_an_ensemble_have_the_gradients_they_have_alone()
    {
        var kernel = Kernel.Compile(Decay);
        double[] ks = [.. Enumerable.Range(0, 37).Select(i => 0.1 + (0.07 * i))];
        var problem = new EnsembleProblem(new InitialValueProblem(kernel, 0, 2), EnsembleMembers.Table(["k"], ks)) { Outputs = ["y", "square"] };
        var found = EnsembleGradients.Solve(problem, new Rodas5P(), new Tolerance(1e-10, 1e-13), OutputTimes.At([0, 0.8, 2]), (_, rows, gradient) =>
        {
            gradient.Fill(1);
            return rows[0] + rows[1] + rows[2] + rows[3] + rows[4] + rows[5];
        }, cancellation: TestContext.Current.CancellationToken);
        for (int m = 0; m < ks.Length; m++)
        {
            double loss = 0, slope = 0;
            foreach (double t in (double[])[0, 0.8, 2])
            {
                double e = Math.Exp(-ks[m] * t);
                loss += (2 * e) + (4 * e * e * ks[m]);
                slope += (-2 * t * e) + ((1 - (2 * ks[m] * t)) * 4 * e * e);
            }
            Assert.Equal(loss, found.Losses[m], 1e-8);
            Assert.Equal(slope, found.ByParameters(m)[0], 1e-7);
        }
    }

    // Room for one trial step: each lane goes back after every member. What parameters fix goes back as members come to their starts, so the order of sums may differ.
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(8)]
    public void Memory_for_the_steps_of_an_ensemble_changes_nothing_but_rounding(int lanes)
    {
        var kernel = Kernel.Compile(Decay);
        double[] ks = [.. Enumerable.Range(0, 75).Select(i => 0.1 * Math.Pow(1.1, i))];
        var problem = new EnsembleProblem(new InitialValueProblem(kernel, 0, 2), EnsembleMembers.Table(["k"], ks)) { Outputs = ["y", "square"] };
        EnsembleGradient Gradients(long memory) => EnsembleGradients.Solve(problem, new Rodas5P(), new Tolerance(1e-8, 1e-11), OutputTimes.At([0.8, 2]), (_, rows, gradient) =>
        {
            rows.CopyTo(gradient);
            return 0;
        }, new EnsembleOptions { Lanes = lanes, PathMemory = memory }, TestContext.Current.CancellationToken);
        EnsembleGradient whole = Gradients(1L << 40), apart = Gradients(1);
        for (int m = 0; m < ks.Length; m++)
        {
            Assert.NotEqual(0, whole.ByParameters(m)[0]);
            Assert.Equal(1, apart.ByParameters(m)[0] / whole.ByParameters(m)[0], 1e-14);
            Assert.Equal(1, apart.ByInitialState(m)[0] / whole.ByInitialState(m)[0], 1e-14);
        }
    }

    /// <summary>0 = e z + w − y and 0 = z + e w − (1 + k) y, so that z = (1 + k − e) y/(1 − e²) and y' = −z: in the members of tiny e the fixed order of pivots fails, in their neighbours it serves.</summary>
    [Theory]
    [InlineData(typeof(Rodas5P))]
    [InlineData(typeof(Rodas4))]
    public void Of_an_ensemble_of_which_some_members_need_pivots(Type method)
    {
        var (e, z, w, rate) = (Symbol("e"), Symbol("z"), Symbol("w"), (1 + k - Symbol("e")) / (1 - (Symbol("e") * Symbol("e"))));
        var system = new EquationSystem
        {
            Name = "constrained",
            States = [new StateVariable("z", "", rate * 2, (e * z) + w - y), new StateVariable("w", "", 2 - (e * rate * 2), z + (e * w) - ((1 + k) * y)), new StateVariable("y", "", 2, -z)],
            Parameters = [new ParameterDefinition("k", "", 0.5), new ParameterDefinition("e", "", 0.3)],
            Mass = [new MassEntry(2, 2, 1)],
        };
        var kernel = Kernel.Compile(system);
        bool NeedsPivots(double e)
        {
            var instance = kernel.Bind([0.5, e]);
            instance.EvaluateJacobian(0, [1, 1, 1]);
            instance.Factorize(10);
            instance.Solve([1, 2, 3]);
            return instance.IsPivoted;
        }
        Assert.True(NeedsPivots(1e-20));
        Assert.False(NeedsPivots(0.3));
        (double K, double E)[] values = [.. Enumerable.Range(0, 21).Select(i => (0.2 + (0.05 * i), i % 3 == 1 ? 1e-20 : 0.3 + (0.01 * i)))];
        var problem = new EnsembleProblem(new InitialValueProblem(kernel, 0, 1), EnsembleMembers.Table(["k", "e"], [.. values.SelectMany(v => (double[])[v.K, v.E])])) { Outputs = ["y"] };
        var found = EnsembleGradients.Solve(problem, (Method)Activator.CreateInstance(method)!, new Tolerance(1e-9, 1e-12), OutputTimes.At([1]), (_, rows, gradient) =>
        {
            gradient.Fill(1);
            return rows[0];
        }, cancellation: TestContext.Current.CancellationToken);
        foreach (var (m, (K, E)) in values.Index())
        {
            double whole = 1 - (E * E), λ = (1 + K - E) / whole, end = 2 * Math.Exp(-λ);
            Assert.Equal(end, found.Losses[m], 1e-7);
            Assert.Equal(-end / whole, found.ByParameters(m)[0], 1e-6);
            Assert.Equal(end * (1 - (2 * E * λ)) / whole, found.ByParameters(m)[1], 1e-6);
        }
    }

    [Fact]
    public void What_has_no_derivative_is_refused_by_name()
    {
        var system = Decay with { Delays = [new DelayedValue("past", y, 1)] };
        var error = Assert.Throws<SensitivityException>(() => TangentStart.Along(Kernel.Compile(system), ["k"]));
        Assert.Contains("past", error.Message, StringComparison.Ordinal);
    }
}
