using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Protonmotive.Learning.Accounts;
using Protonmotive.Learning.Data;
using Protonmotive.Learning.Joules;
using static TorchSharp.torch;

namespace Protonmotive.Learning.Training;

/// <summary>Trains a task under the ledger, with checkpoints.</summary>
public static class Trainer
{
    /// <summary>Trains to the end, or until it is stopped; a checkpoint is then left, from which the same call goes on to the same weights to the bit.</summary>
    /// <param name="task">The task, as made: a checkpoint fills its network and optimiser.</param>
    /// <param name="settings">How.</param>
    /// <param name="progress">Told after every step.</param>
    /// <param name="evaluated">Told after every evaluation.</param>
    /// <param name="cancellation">Stops it after the step at hand.</param>
    /// <exception cref="OperationCanceledException">It was stopped; the checkpoint is written.</exception>
    /// <returns>What it gave; where the numbers were lost on the way, what it gave until then, with <see cref="TrainingResult.Failure"/>.</returns>
    /// <exception cref="ProtonmotiveException">A loss is not finite before anything was audited, the checkpoint is of other settings, or the disk refuses. The last checkpoint stays.</exception>
    public static TrainingResult Run(TrainingTask task, TrainerSettings settings, IProgress<TrainingProgress>? progress = null, IProgress<Evaluation>? evaluated = null, CancellationToken cancellation = default)
    {
        using var ledger = settings.HasLedger ? Attach(task, settings.AuditEvery) : null;
        var evaluations = new List<Evaluation>();
        int step = 0;
        double joules = 0;
        var code = new CodeLength(task);
        if (settings.Checkpoint is { } folder && Checkpoint.Read(folder, task) is { } found)
        {
            if (found.Account is null == settings.HasLedger) throw new DataException($"The training was begun {(settings.HasLedger ? "without" : "with")} its ledger.", folder, $"Go on {(settings.HasLedger ? "with" : "without")} --no-ledger, choose another folder with --out, or begin anew with --restart.");
            step = found.State.Step;
            evaluations.AddRange(found.State.Evaluations);
            if (found.Account is { } account) ledger?.Resume(account);
            (joules, code) = (found.State.Joules, new CodeLength(task, found.State.CodeSaved, found.State.CodedItems));
        }
        var meter = new EnergyMeter(joules);
        OperationCount? operations = null;
        task.Network.train();
        if (step == 0 && evaluations.Count == 0) evaluations.Add(new Evaluation(0, double.NaN, task.Evaluate(whole: false)));
        var (sum, count) = (0.0, 0);
        var watch = Stopwatch.StartNew();
        var saved = watch.Elapsed;
        TrainingLedgerException? failure = null;
        for (; step < task.Rate.Steps; step++)
        {
            if (cancellation.IsCancellationRequested)
            {
                Save();
                cancellation.ThrowIfCancellationRequested();
            }
            double loss;
            try
            {
                loss = Step(task, ledger, step, ref operations);
            }
            catch (TrainingLedgerException e) when (e.IsNonFinite && ledger is { Audited.Count: > 0 })
            {
                failure = e;
                evaluations.Add(new Evaluation(step, count > 0 ? sum / count : double.NaN, task.Evaluate(whole: true)));
                break;
            }
            meter.Tick();
            code.Add(step, loss);
            sum += loss;
            count++;
            progress?.Report(new TrainingProgress(step + 1, task.Rate.Steps, loss, task.Rate.At(step), ledger?.Audited ?? []));
            if ((step + 1) % task.EvaluateEvery != 0 && step + 1 < task.Rate.Steps) continue;
            evaluations.Add(new Evaluation(step + 1, sum / count, task.Evaluate(whole: step + 1 == task.Rate.Steps)));
            (sum, count) = (0, 0);
            evaluated?.Report(evaluations[^1]);
            if (watch.Elapsed - saved < settings.SaveEvery || step + 1 == task.Rate.Steps) continue;
            step++;
            Save();
            step--;
            saved = watch.Elapsed;
        }
        var result = ledger?.Read();
        var bill = new EnergyBill(meter.Read(operations, step), failure is null ? code.Learned(result) : null); // a network whose numbers are lost has learned nothing
        return new TrainingResult([.. evaluations], result is null ? null : result with { Bill = bill }, watch.Elapsed.TotalSeconds) { Bill = bill, Failure = failure };

        void Save()
        {
            if (settings.Checkpoint is { } target) Checkpoint.Write(target, task, new CheckpointState(step, CheckpointState.SettingsOf(task), [.. evaluations], meter.Measured, code.Saved, code.Items), ledger?.Read());
        }
    }

    /// <summary>The ledger that a task is trained under.</summary>
    /// <param name="task">The task.</param>
    /// <param name="every">Audit one step in so many; null to choose.</param>
    public static TrainingLedger Attach(TrainingTask task, int? every = null) => TrainingLedger.Attach(task.Network, task.Optimiser, task.ProbeLoss,
        new TrainingLedgerOptions { Name = $"{task.Name} on {task.Data}", LossUnit = task.LossUnit, Every = every, Steps = task.Rate.Steps, ProbeParts = task.ProbeParts, PartSize = Math.Max(1, task.PartSize) });

    /// <summary>One step of a task: what a training is made of.</summary>
    /// <param name="task">The task.</param>
    /// <param name="ledger">Its ledger; null without.</param>
    /// <param name="step">Number of the step, from 0.</param>
    /// <returns>The loss of the batch before the step.</returns>
    /// <exception cref="TrainingLedgerException">A number is not finite; where it is the loss, no step was taken.</exception>
    public static double Step(TrainingTask task, TrainingLedger? ledger, int step)
    {
        OperationCount? known = new OperationCount(0, 0); // nothing to be counted
        return Step(task, ledger, step, ref known);
    }

    private static double Step(TrainingTask task, TrainingLedger? ledger, int step, ref OperationCount? operations)
    {
        using var scope = NewDisposeScope();
        foreach (var group in task.Optimiser.ParamGroups) group.LearningRate = task.Rate.At(step);
        var batch = task.Batch(step);
        task.Optimiser.zero_grad();
        using var counter = operations is null ? new OperationCounter(task.Network) : null;
        var loss = batch();
        operations ??= counter!.Step(task.Optimiser);
        counter?.Dispose(); // what the ledger evaluates is not part of the step
        float value = loss.item<float>();
        if (!float.IsFinite(value))
        {
            string what = $"The loss of the batch is {value.ToString(CultureInfo.InvariantCulture)}.";
            ledger?.Lose(what);
            throw new TrainingLedgerException(what, $"step {step} of {task.Name}", "Lower the learning rate or clip the gradient, and look at the batch; the step was not taken.") { IsNonFinite = true };
        }
        loss.backward();
        if (ledger is not null)
        {
            ledger.Step(batch, task.Clip);
        }
        else
        {
            if (task.Clip is { } clip) nn.utils.clip_grad_norm_(task.Optimiser.parameters(), clip);
            task.Optimiser.step();
        }
        return value;
    }
}

/// <summary>How a task is trained.</summary>
public sealed record TrainerSettings
{
    /// <summary>Whether the account is kept.</summary>
    public bool HasLedger { get; init; } = true;

    /// <summary>Audit one step in so many; null to choose.</summary>
    public int? AuditEvery { get; init; }

    /// <summary>Folder of the checkpoint; null for none.</summary>
    public string? Checkpoint { get; init; }

    /// <summary>Time between two checkpoints.</summary>
    public TimeSpan SaveEvery { get; init; } = TimeSpan.FromMinutes(1);
}

/// <summary>Where a training stands.</summary>
/// <param name="Step">Steps taken.</param>
/// <param name="Steps">Steps in all.</param>
/// <param name="Loss">Loss of the last batch.</param>
/// <param name="Rate">Learning rate.</param>
/// <param name="Audited">The steps audited so far.</param>
public sealed record TrainingProgress(int Step, int Steps, double Loss, double Rate, IReadOnlyList<StepAccount> Audited);

/// <summary>What a training gave.</summary>
/// <param name="Evaluations">What was measured, the first before all steps, the last on all held-out data.</param>
/// <param name="Account">Its account; null if none was kept.</param>
/// <param name="Seconds">Time since it began, or went on.</param>
public sealed record TrainingResult(ImmutableArray<Evaluation> Evaluations, TrainingAccount? Account, double Seconds)
{
    /// <summary>What it took in joules, and learned in bits.</summary>
    public required EnergyBill Bill { get; init; }

    /// <summary>Why it ended early: a number was no longer finite. Null where it ran to its end.</summary>
    public TrainingLedgerException? Failure { get; init; }
}
