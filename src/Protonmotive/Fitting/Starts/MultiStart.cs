using System.Diagnostics;
using Protonmotive.Fitting.Optimisers;

namespace Protonmotive.Fitting.Starts;

/// <summary>
/// A fit from many starts over the cores. A start depends on the seed and its index alone, so the result does not depend on threads; each
/// is saved as it goes, so a stopped fit goes on and ends with the same bits as one that was not stopped.
/// </summary>
public sealed class MultiStart
{
    private readonly IObjective objective;
    private readonly Optimiser optimiser;
    private readonly MultiStartOptions options;
    private readonly SavedFiles? files;
    private readonly IStartSource points;
    private readonly StartState?[] states;
    private readonly Stopwatch watch = Stopwatch.StartNew();
    private readonly Lock gate = new();
    private long evaluations;
    private double best = double.PositiveInfinity, secondsOfFinished;
    private int finished, finishedHere;

    private MultiStart(IObjective objective, Optimiser optimiser, MultiStartOptions options, SavedFiles? files)
    {
        (this.objective, this.optimiser, this.options, this.files) = (objective, optimiser, options, files);
        options.Check();
        points = options.Source ?? new StartPoints(objective, options);
        states = new StartState?[options.Starts];
    }

    private int Workers => options.Workers > 0 ? options.Workers : Environment.ProcessorCount;

    /// <summary>Runs all starts, or goes on with them.</summary>
    /// <param name="objective">What is minimised.</param>
    /// <param name="optimiser">The method.</param>
    /// <param name="options">Starts and threads.</param>
    /// <param name="files">Where states are saved; null to keep none.</param>
    /// <param name="progress">Told how far it is; from any thread.</param>
    /// <param name="cancellation">Stops it; what is done so far is saved first.</param>
    /// <exception cref="FitException">Options of no use, or the disk refuses.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static FitResult Run(IObjective objective, Optimiser optimiser, MultiStartOptions options, SavedFiles? files = null, IProgress<FitProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(objective);
        ArgumentNullException.ThrowIfNull(optimiser);
        ArgumentNullException.ThrowIfNull(options);
        return new MultiStart(objective, optimiser, options, files).Run(progress, cancellation);
    }

    /// <summary>The starts that are saved, finished or not, the best first; null where there is none.</summary>
    /// <param name="objective">What was minimised.</param>
    /// <param name="files">Where they are.</param>
    public static FitResult? Saved(IObjective objective, SavedFiles files)
    {
        ArgumentNullException.ThrowIfNull(objective);
        ArgumentNullException.ThrowIfNull(files);
        var folder = Path.Combine(files.Folder, "starts");
        if (!Directory.Exists(folder)) return null;
        var found = Directory.EnumerateFiles(folder, "*.json").Select(f => files.Read(Path.Combine("starts", Path.GetFileName(f)), SavedJson.Default.StartState)).OfType<StartState>().ToList();
        return found.Count == 0 ? null : Sorted(objective, found);
    }

    private FitResult Run(IProgress<FitProgress>? progress, CancellationToken cancellation)
    {
        for (int i = 0; i < states.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            states[i] = files?.Read(FileName(i), SavedJson.Default.StartState);
            if (states[i] is not { } state) continue;
            best = Math.Min(best, state.State.Value);
            if (state.State.IsFinished) finished++;
        }
        progress?.Report(Progress());
        WorkQueue.Run(Enumerable.Range(0, states.Length).Where(i => states[i] is not { State.IsFinished: true }), Workers, (index, token) => Solve(index, progress, token), cancellation);
        return Sorted(objective, states.OfType<StartState>());
    }

    private void Solve(int index, IProgress<FitProgress>? progress, CancellationToken cancellation)
    {
        var current = states[index];
        double before = current?.Seconds ?? 0, saved = 0;
        var mine = Stopwatch.StartNew();
        long counted = current?.Evaluations ?? 0;
        try
        {
            current ??= Begin(index, cancellation);
            while (true)
            {
                lock (gate)
                {
                    evaluations += current.Evaluations - counted;
                    counted = current.Evaluations;
                    best = Math.Min(best, current.State.Value);
                }
                if (current.State.IsFinished) break;
                progress?.Report(Progress());
                current = current with { State = optimiser.Advance(objective, current.State, cancellation), Seconds = before + mine.Elapsed.TotalSeconds };
                if (mine.Elapsed.TotalSeconds - saved < options.SaveInterval || current.State.IsFinished) continue;
                Save(current);
                saved = mine.Elapsed.TotalSeconds;
            }
        }
        finally
        {
            if (current is not null)
            {
                states[index] = current;
                Save(current);
            }
        }
        lock (gate)
        {
            finished++;
            finishedHere++;
            secondsOfFinished += current.Seconds;
        }
        progress?.Report(Progress());
    }

    private StartState Begin(int index, CancellationToken cancellation)
    {
        for (int attempt = 0; ; attempt++)
        {
            var (x, tried, isSubstitute) = points.Best(index, attempt, cancellation);
            var state = optimiser.Begin(objective, x, options.Seed + ((ulong)index << 32), cancellation);
            state = state with { Evaluations = state.Evaluations + tried };
            if (state.Status != FitStatus.StartFailed || attempt >= options.Redraws) return new StartState(index, x, attempt, state, 0, isSubstitute);
        }
    }

    private void Save(StartState state) => files?.Write(FileName(state.Index), state, SavedJson.Default.StartState);

    private FitProgress Progress()
    {
        lock (gate)
        {
            TimeSpan? left = finishedHere == 0 ? null : TimeSpan.FromSeconds(secondsOfFinished / finishedHere * (states.Length - finished) / Math.Min(Workers, Math.Max(1, states.Length - finished)));
            return new FitProgress(finished, states.Length, best, evaluations, watch.Elapsed, left);
        }
    }

    private static string FileName(int index) => Path.Combine("starts", FormattableString.Invariant($"{index:00000}.json"));

    private static FitResult Sorted(IObjective objective, IEnumerable<StartState> starts) => new(objective.Parameters, [.. starts.OrderBy(s => double.IsNaN(s.State.Value) ? double.PositiveInfinity : s.State.Value).ThenBy(s => s.Index)]);
}
