using System.Collections.Immutable;
using Protonmotive.Fitting;
using Protonmotive.Fitting.Optimisers;
using Protonmotive.Fitting.Problems;
using Protonmotive.Fitting.Training;
using Xunit;

namespace Protonmotive.Tests.Unit.Fitting;

public sealed class TrainingTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("training-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static readonly Shooting segments = new() { TimesPerSegment = 3, Gap = 0.05, Measured = ImmutableDictionary<string, string>.Empty.Add("x.amount", "measured") };

    private static TrainingStage Stage(Optimiser optimiser, string name = "all") => new() { Name = name, Optimiser = optimiser, CheckEvery = 1 };

    [Fact]
    public void A_linear_law_is_learned_to_its_closed_form()
    {
        // x = x₀ exp(−1.3 t): 5·(w/2) = 1.3 and b = 0.
        var plan = new TrainingPlan { Stages = [Stage(new Adam { IterationLimit = 60, Rate = 0.05 }), Stage(new LimitedMemory { HasUnitSizes = true })] };
        var result = new Trainer(new TrajectoryObjective(TrainingSystems.Decay(t => Math.Exp(-1.3 * t))), plan).Run(cancellation: Token);
        Assert.Equal(0.52, result.Values["n_w1_1_1"], 1e-5);
        Assert.Equal(0, result.Values["n_b1_1"], 1e-5);
        Assert.InRange(result.Training.MeanSquare, 0, 1e-4);
    }

    [Fact]
    public void Multiple_shooting_learns_it_too_and_its_gradient_is_that_of_differences()
    {
        var whole = new TrajectoryObjective(TrainingSystems.Decay(t => Math.Exp(-1.3 * t), sigma: 0.02));
        double[] x = [.. whole.Parameters.Select(p => p.Nominal)];
        var cut = whole.Of(new TrajectoryView(), segments, x, Token);
        Assert.Equal(2 + (2 * 3), cut.Parameters.Length); // 12 times in four segments, of which the first starts where the experiment does
        double[] at = [.. x, .. cut.FreeStarts.Select((s, i) => s * (1 + (0.02 * (i % 3))))];
        var gradient = cut.Evaluate(at, ObjectiveParts.Gradient, Token).Gradient!;
        for (int j = 0; j < at.Length; j++)
        {
            const double h = 1e-5;
            double Moved(double by) => cut.Evaluate([.. at.Select((v, k) => k == j ? v + by : v)], ObjectiveParts.Value, Token).Value;
            double difference = (Moved(h) - Moved(-h)) / (2 * h);
            Assert.InRange(gradient[j], difference - (1e-6 * Math.Max(1, Math.Abs(difference))), difference + (1e-6 * Math.Max(1, Math.Abs(difference)))); // O(h²), and 1e-9/h of the solver
        }
        var plan = new TrainingPlan { Stages = [Stage(new LimitedMemory { HasUnitSizes = true }) with { Shooting = segments }] };
        Assert.Equal(0.52, new Trainer(whole, plan).Run(cancellation: Token).Values["n_w1_1_1"], 1e-3); // the gaps, allowed 5 %, close to 1e-3
    }

    [Fact]
    public void Adjoint_and_forward_sensitivities_give_one_gradient()
    {
        var problem = TrainingSystems.Decay(t => Math.Exp(-t), hidden: [3], seed: 5);
        problem = problem with { Priors = LearnedWeights.Priors(problem.Parameters, 2) };
        double[] x = [.. problem.Parameters.Select(p => p.Nominal)];
        var adjoint = new TrajectoryObjective(problem).Evaluate(x, ObjectiveParts.Gradient, Token);
        var forward = new FitObjective(problem).Evaluate(x, ObjectiveParts.Gradient, Token);
        Assert.Equal(forward.Value, adjoint.Value, 1e-9 * Math.Abs(forward.Value));
        for (int j = 0; j < x.Length; j++) Assert.Equal(forward.Gradient![j], adjoint.Gradient![j], 1e-9 * forward.Gradient.Max(Math.Abs));
    }

    [Fact]
    public void Early_stopping_restores_the_weights_that_were_best_on_what_is_held_out()
    {
        // The held-out experiment decays at 0.8, the other at 1.3: training from slow decay passes 0.8 and goes on to 1.3.
        var problem = TrainingSystems.Decay(t => Math.Exp(-1.3 * t), sigma: 0.01);
        var other = problem.Experiments[1];
        problem = problem with { Experiments = [problem.Experiments[0], other with { Measurements = [.. other.Measurements.Select(m => m with { Value = 2 * Math.Exp(-0.8 * m.Time) })] }] };
        var plan = new TrainingPlan { HeldOut = ["from 2"], Stages = [Stage(new Adam { Rate = 0.01, FinalRate = 0.01, IterationLimit = 200 }) with { Patience = 10 }] };
        var result = new Trainer(new TrajectoryObjective(problem), plan).Run([0, 0.2], cancellation: Token);
        double best = result.History.Min(h => h.HeldOut);
        Assert.Equal(best, result.HeldOut!.MeanSquare, 1e-12 * best);
        Assert.True(result.History[^1].HeldOut > best);
        Assert.Equal(10 + 1, result.History.Length - 1 - result.History.ToList().FindIndex(h => h.HeldOut == best));
        Assert.Contains("has not fallen for 10 looks", result.Notes[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void A_stopped_training_goes_on_to_the_bits_of_one_that_was_not(int workers)
    {
        var problem = TrainingSystems.Decay(t => Math.Exp(-1.3 * t), hidden: [3]);
        var plan = new TrainingPlan
        {
            HeldOut = ["from 2"], SaveInterval = 0, Workers = 1,
            Stages = [Stage(new Adam { IterationLimit = 15 }, "short") with { Horizon = 0.5 }, Stage(new LimitedMemory { HasUnitSizes = true, IterationLimit = 6 }, "segments") with { Shooting = segments }, Stage(new LimitedMemory { HasUnitSizes = true, IterationLimit = 8 })],
        };
        var expected = new Trainer(new TrajectoryObjective(problem), plan).Run(cancellation: Token);
        var files = SavedFiles.Open(folder, new FitIdentity(ImmutableSortedDictionary<string, string>.Empty));
        TrainingResult? result = null;
        for (int stops = 0; result is null; stops++)
        {
            using var stop = new CancellationTokenSource();
            int looks = 0;
            try
            {
                result = new Trainer(new TrajectoryObjective(problem), plan with { Workers = workers }).Run(null, files, new Told(() => { if (++looks == 7) stop.Cancel(); }), stop.Token);
            }
            catch (OperationCanceledException)
            {
                Assert.InRange(stops, 0, 50);
            }
        }
        Assert.Equal(expected.Weights, result.Weights);
        Assert.Equal(expected.History, result.History);
        Assert.Equal(expected.Evaluations, result.Evaluations);
    }

    [Fact]
    public void A_simulation_that_fails_shortens_the_step_or_the_horizon_and_is_told()
    {
        // dx/dt = 25,000 x: no course of it ends within 60 steps, however short the horizon.
        var problem = TrainingSystems.Decay(t => Math.Exp(-1.3 * t)) with { MaximumSteps = 60 };
        var objective = new TrajectoryObjective(problem);
        double[] wild = [0, -1e4];
        Assert.NotNull(objective.Evaluate(wild, ObjectiveParts.Gradient, Token).Failure);
        var plan = new TrainingPlan { Stages = [Stage(new Adam { IterationLimit = 5 })] };
        var result = new Trainer(objective, plan).Run(wild, cancellation: Token);
        Assert.Contains(result.Notes, n => n.Contains("a simulation failed at its start", StringComparison.Ordinal) || n.Contains("a simulation fails at its start", StringComparison.Ordinal));

        var cliff = new FormulaObjective(FormulaObjective.Free("x"), x => [System.Numerics.Complex.Sqrt(x[0].Real > 0.95 ? x[0] : double.NaN)]);
        var state = (AdamState)new Adam { Rate = 0.2, FinalRate = 0.2, IterationLimit = 3 }.Minimise(cliff, [1.0], cancellation: Token);
        Assert.True(state.Shortened >= 1);
        Assert.True(state.X[0] > 0.95);
    }

    [Fact]
    public void Adam_takes_the_steps_of_its_formula()
    {
        // On x²/2 from 1 the first step is the rate itself, whatever the gradient; the second by hand: m̂ = (0.09 + 0.1 g₂)/0.19, v̂ = (0.000999 + 0.001 g₂²)/0.001999.
        var objective = new FormulaObjective(FormulaObjective.Free("x"), x => [x[0]]);
        var adam = new Adam { Rate = 0.1, FinalRate = 0.1, IterationLimit = 10 };
        var one = adam.Advance(objective, adam.Begin(objective, [1.0], cancellation: Token), Token);
        Assert.Equal(0.9, one.X[0], 1e-10);
        double g = 0.9, m = (0.09 + (0.1 * g)) / 0.19, v = (0.000999 + (0.001 * g * g)) / 0.001999;
        Assert.Equal(0.9 - (0.1 * m / Math.Sqrt(v)), adam.Advance(objective, one, Token).X[0], 1e-10);
    }

    [Fact]
    public void A_coupled_mobility_is_learned_to_the_matrix_it_came_from()
    {
        double[,] truth = { { 2e-4, 0.8e-4 }, { 0.8e-4, 1e-4 } };
        var (problem, net) = TrainingSystems.Coupled(truth);
        var plan = new TrainingPlan { Stages = [Stage(new Adam { IterationLimit = 150, Rate = 0.05 }) with { CheckEvery = 50 }, Stage(new LimitedMemory { HasUnitSizes = true, IterationLimit = 200 }) with { CheckEvery = 50 }] };
        // From no coupling: at random weights an entry of L may pass through 0 within the data, and stay so.
        double[] start = [.. problem.Parameters.Select(p => p.Name is "n_b1_1" or "n_b1_3" ? 1.0 : 0)];
        var result = new Trainer(new TrajectoryObjective(problem), plan).Run(start, cancellation: Token);
        // L has the outputs as rows, at A = 0.5 the biases alone: L·Lᵀ is the matrix, though L may have either sign.
        double[] l = [.. net.Outputs.Select(o => Math.Sqrt(1e-4) * o.Evaluate(name => name == "A" ? 0.5 : result.Values[name]))];
        Assert.Equal(truth[0, 0], l[0] * l[0], 2e-3 * 2e-4);
        Assert.Equal(truth[1, 0], l[1] * l[0], 2e-3 * 2e-4);
        Assert.Equal(truth[1, 1], (l[1] * l[1]) + (l[2] * l[2]), 2e-3 * 2e-4);
    }

    [Fact]
    public void Plans_and_views_of_no_use_are_refused()
    {
        var objective = new TrajectoryObjective(TrainingSystems.Decay(t => Math.Exp(-t)));
        Assert.Contains("no stages", Assert.Throws<FitException>(() => new Trainer(objective, new TrainingPlan { Stages = [] })).What, StringComparison.Ordinal);
        var stage = Stage(new Adam());
        Assert.Contains("'nobody'", Assert.Throws<FitException>(() => new Trainer(objective, new TrainingPlan { Stages = [stage], HeldOut = ["nobody"] })).What, StringComparison.Ordinal);
        Assert.Contains("All experiments", Assert.Throws<FitException>(() => new Trainer(objective, new TrainingPlan { Stages = [stage], HeldOut = ["from 1", "from 2"] })).What, StringComparison.Ordinal);
        Assert.Contains("Nothing was measured", Assert.Throws<FitException>(() => objective.Of(new TrajectoryView { Horizon = 0.01 })).What, StringComparison.Ordinal);
        Assert.Contains("one finite number", Assert.Throws<FitException>(() => new Trainer(objective, new TrainingPlan { Stages = [stage] }).Begin([double.NaN, 0])).Mend, StringComparison.Ordinal);
        Assert.Contains("Gauss-Newton", Assert.Throws<FitException>(() => objective.Of(new TrajectoryView(), segments, [0.1, 0.1], Token).Evaluate(new double[8], ObjectiveParts.GaussNewton, Token)).What, StringComparison.Ordinal);
    }

    private sealed class Told(Action action) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => action();
    }
}
