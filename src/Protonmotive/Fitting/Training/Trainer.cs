using System.Diagnostics;
using Protonmotive.Fitting.Optimisers;

namespace Protonmotive.Fitting.Training;

/// <summary>
/// Trains the parameters of a problem in stages, with early stopping on held-out experiments. A state is a value and an iteration depends on it alone, so a
/// stopped training goes on to the bits of one that was not stopped, on any number of threads.
/// </summary>
/// <remarks>
/// The horizon of a stage at whose start a simulation fails is halved, up to five times, and then the stage is left out; within a stage, a step at whose end a
/// simulation fails is shortened. Both are said in the notes.
/// </remarks>
public sealed class Trainer
{
    private const string FileName = "training.json";
    private const int MostHalvings = 5;

    private readonly TrajectoryObjective whole;
    private readonly TrainingPlan plan;
    private (int Stage, double Horizon, TrajectoryObjective Objective, TrajectoryObjective? HeldOut)? current;

    /// <summary>Prepares to train.</summary>
    /// <param name="objective">The problem, compiled.</param>
    /// <param name="plan">How.</param>
    /// <exception cref="FitException">The plan has no stages, or holds out all experiments or one that is not there.</exception>
    public Trainer(TrajectoryObjective objective, TrainingPlan plan)
    {
        ArgumentNullException.ThrowIfNull(objective);
        ArgumentNullException.ThrowIfNull(plan);
        (whole, this.plan) = (objective, plan);
        if (plan.Stages.IsDefaultOrEmpty) throw new FitException("A training has no stages.", "plan of the training", "Give it at least one.");
        var names = objective.Problem.Experiments.Select(e => e.Name).ToHashSet(StringComparer.Ordinal);
        if (plan.HeldOut.FirstOrDefault(h => !names.Contains(h)) is { } stranger) throw new FitException($"'{stranger}' is held out, but is no experiment.", "plan of the training", $"The experiments are {string.Join(", ", names.Take(20))}.");
        if (names.All(plan.HeldOut.Contains)) throw new FitException("All experiments are held out.", "plan of the training", "Leave some to train on.");
    }

    /// <summary>Trains, or goes on with a training that is saved.</summary>
    /// <param name="start">Where to begin, shape [n]; null for the nominal values.</param>
    /// <param name="files">Where the state is saved; null to keep none.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellation">Stops it; what is done is saved first.</param>
    /// <exception cref="FitException">The start is not usable, or the disk refuses.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public TrainingResult Run(double[]? start = null, SavedFiles? files = null, IProgress<TrainingProgress>? progress = null, CancellationToken cancellation = default)
    {
        var state = files?.Read(FileName, SavedJson.Default.TrainingState) ?? Begin(start ?? [.. whole.Problem.Parameters.Select(p => p.Nominal)]);
        var watch = Stopwatch.StartNew();
        double saved = 0;
        try
        {
            while (!state.IsFinished)
            {
                state = Advance(state, cancellation);
                if (!state.History.IsEmpty) progress?.Report(new TrainingProgress(Math.Min(state.Stage, plan.Stages.Length - 1), plan.Stages.Length, plan.Stages[Math.Min(state.Stage, plan.Stages.Length - 1)].Name, state.Iteration, state.History[^1].Training, state.History[^1].HeldOut));
                if (watch.Elapsed.TotalSeconds - saved < plan.SaveInterval) continue;
                files?.Write(FileName, state, SavedJson.Default.TrainingState);
                saved = watch.Elapsed.TotalSeconds;
            }
        }
        finally
        {
            files?.Write(FileName, state, SavedJson.Default.TrainingState);
        }
        return Result(state, cancellation);
    }

    /// <summary>The state of a training that begins.</summary>
    /// <param name="start">Where, shape [n].</param>
    /// <exception cref="FitException">The start is not of the problem's length, or not finite.</exception>
    public TrainingState Begin(double[] start)
    {
        ArgumentNullException.ThrowIfNull(start);
        if (start.Length != whole.Problem.Parameters.Length || !start.All(double.IsFinite)) throw new FitException($"A start of {start.Length} numbers is given for {whole.Problem.Parameters.Length} weights, or one is not finite.", "start of a training", "Give one finite number a weight.");
        return new TrainingState { Began = [.. start], Best = [.. start], Horizon = Math.Min(plan.Stages[0].Horizon, Span) };
    }

    /// <summary>One iteration, or the change to the next stage.</summary>
    /// <param name="state">From <see cref="Begin"/> or an earlier call, perhaps of another run.</param>
    /// <param name="cancellation">Ends it early; the old state stays as it was.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public TrainingState Advance(TrainingState state, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (state.IsFinished) return state;
        var stage = plan.Stages[state.Stage];
        var objective = Objective(state, cancellation);
        if (state.Optimiser is null) return Enter(state, stage, objective, cancellation);
        var next = state with { Optimiser = stage.Optimiser.Advance(objective, state.Optimiser, cancellation) };
        if (next.Optimiser!.IsFinished) return Leave(Look(next, cancellation), $"{next.Optimiser.Status}: {next.Optimiser.Message}");
        next = next with { Iteration = state.Iteration + 1 };
        if (next.Optimiser.Iterations % stage.CheckEvery != 0) return next;
        next = Look(next, cancellation);
        return next.Waited > stage.Patience ? Leave(next, $"the held-out loss has not fallen for {stage.Patience} looks") : next;
    }

    // The shortest horizon with something to train on, and something to stop by.
    private double First => whole.Problem.Experiments.GroupBy(e => plan.HeldOut.Contains(e.Name)).Max(g => g.SelectMany(e => e.Measurements).Min(m => m.Time));

    private double Span => whole.Problem.Experiments.SelectMany(e => e.Measurements).Max(m => m.Time);

    private TrainingState Enter(TrainingState state, TrainingStage stage, TrajectoryObjective objective, CancellationToken cancellation)
    {
        var begun = stage.Optimiser.Begin(objective, [.. state.Began, .. objective.FreeStarts], 0, cancellation);
        if (begun.Status != FitStatus.StartFailed) return Look(state with { Optimiser = begun }, cancellation);
        double shorter = state.Horizon / 2;
        if (shorter >= Math.Max(First, Span / Math.Pow(2, MostHalvings)) && stage.Shooting is null)
            return state with { Horizon = shorter, Notes = state.Notes.Add(FormattableString.Invariant($"{stage.Name}: a simulation failed at its start ({begun.Message}); its horizon is {shorter:g6} now.")) };
        return Leave(state, $"left out, a simulation fails at its start ({begun.Message})");
    }

    private TrainingState Leave(TrainingState state, string reason)
    {
        int stage = state.Stage + 1;
        var left = state with
        {
            Stage = stage, Optimiser = null, Began = state.Best, BestLoss = double.PositiveInfinity, Waited = 0, Evaluations = state.Evaluations + (state.Optimiser?.Evaluations ?? 0),
            Notes = state.Notes.Add($"{plan.Stages[state.Stage].Name}: ended, {reason}."),
        };
        return stage == plan.Stages.Length ? left with { IsFinished = true } : left with { Horizon = Math.Min(plan.Stages[stage].Horizon, Span) };
    }

    /// <summary>Looks at the losses, and keeps the weights if they are the best of the stage.</summary>
    private TrainingState Look(TrainingState state, CancellationToken cancellation)
    {
        var (_, _, training, heldOut) = current!.Value;
        double[] weights = state.Optimiser!.X[..whole.Problem.Parameters.Length];
        var seen = training.Measure(state.Optimiser.X, cancellation);
        var unseen = heldOut?.Measure(weights, cancellation);
        double loss = unseen?.Loss ?? seen.Loss;
        bool isBest = loss < state.BestLoss;
        return state with
        {
            History = state.History.Add(new LearningPoint(state.Stage, state.Iteration, state.Optimiser.Value, seen.MeanSquare, unseen?.MeanSquare ?? double.NaN)),
            Best = isBest ? weights : state.Best, BestLoss = isBest ? loss : state.BestLoss, Waited = isBest ? 0 : state.Waited + 1,
        };
    }

    private TrajectoryObjective Objective(TrainingState state, CancellationToken cancellation)
    {
        if (current is { } there && there.Stage == state.Stage && there.Horizon == state.Horizon) return there.Objective;
        var stage = plan.Stages[state.Stage];
        var names = whole.Problem.Experiments.Select(e => e.Name);
        var view = new TrajectoryView { Experiments = [.. names.Where(n => !plan.HeldOut.Contains(n))], Horizon = state.Horizon, Workers = plan.Workers };
        var objective = Cut(view);
        current = (state.Stage, state.Horizon, objective, plan.HeldOut.IsEmpty ? null : Cut(view with { Experiments = [.. plan.HeldOut] }, isHeldOut: true));
        return objective;

        // Starts of segments that are held out stay where they were measured: nothing of these experiments is fitted.
        TrajectoryObjective Cut(TrajectoryView part, bool isHeldOut = false) => stage.Shooting is not { } shooting ? whole.Of(part) : whole.Of(part, isHeldOut ? shooting with { HasFreeStarts = false } : shooting, state.Began, cancellation);
    }

    private TrainingResult Result(TrainingState state, CancellationToken cancellation)
    {
        var view = new TrajectoryView { Experiments = [.. whole.Problem.Experiments.Select(e => e.Name).Where(n => !plan.HeldOut.Contains(n))], Workers = plan.Workers };
        return new TrainingResult(whole.Problem.Parameters, state.Best, whole.Of(view).Measure(state.Best, cancellation),
            plan.HeldOut.IsEmpty ? null : whole.Of(view with { Experiments = [.. plan.HeldOut] }).Measure(state.Best, cancellation), state.History, state.Notes, state.Evaluations);
    }
}
