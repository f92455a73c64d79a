using System.Collections.Immutable;
using System.Runtime.ExceptionServices;
using Protonmotive.Networks;
using Protonmotive.Solvers.Stochastic;

namespace Protonmotive.Solvers.Langevin;

/// <summary>
/// Many paths of a network in a heat bath, each with its outputs at the times asked for and its own account of work and heat. The same for the same seed, bit for
/// bit, on any number of threads.
/// </summary>
public sealed class PathEnsemble
{
    private const int BlockSize = 16;

    private readonly double[] samples;  // [time, output, path]
    private readonly double[] accounts; // [column, path]
    private readonly double[] work;
    private readonly PathColumns columns;

    private PathEnsemble(LangevinProblem problem, int count, ulong seed, ImmutableArray<double> times, double[] samples, double[] accounts)
    {
        (Problem, Count, Seed, Times) = (problem, count, seed, times);
        (this.samples, this.accounts, columns) = (samples, accounts, PathColumns.Of(problem.Kernel));
        work = new double[count];
        for (int column = PathColumns.Drive; column < columns.FirstHeat; column++)
            for (int path = 0; path < count; path++) work[path] += Account(column)[path];
    }

    /// <summary>What was run.</summary>
    public LangevinProblem Problem { get; }

    /// <summary>Number of paths.</summary>
    public int Count { get; }

    /// <summary>Seed; path i has its random numbers as member i.</summary>
    public ulong Seed { get; }

    /// <summary>Time of each row, on the grid of steps.</summary>
    public ImmutableArray<double> Times { get; }

    /// <summary>Runs paths over the machine's cores.</summary>
    /// <param name="problem">Network, span and steps.</param>
    /// <param name="count">How many paths.</param>
    /// <param name="seed">Seed.</param>
    /// <param name="times">Times of the outputs, ascending, each moved to the nearest end of a step; left out: start and end.</param>
    /// <param name="options">Threads, noise, progress, cancellation.</param>
    /// <exception cref="StochasticException">A run can't be started or can't go on; of several paths the one with the lowest number is named.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static PathEnsemble Run(LangevinProblem problem, int count, ulong seed, IEnumerable<double>? times = null, LangevinOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(problem);
        options ??= LangevinOptions.Default;
        problem.Check();
        string where = $"network {problem.Kernel.Network.Name}";
        if (count < 1 || options.NoiseParts < 1) throw new StochasticException($"{count} paths with noise in {options.NoiseParts} parts are asked for.", where, "Ask for at least one path, and one part.");
        int[] rows = Rows(problem, times ?? [problem.Start, problem.End]);
        long size = (long)rows.Length * problem.Kernel.Outputs.Length, account = PathColumns.Of(problem.Kernel).Count;
        if (Math.Max(size, account) * count > Array.MaxLength) throw new StochasticException($"{size * count} values would have to be kept.", where, "Ask for fewer outputs, times or paths.");
        var (samples, accounts) = (new double[size * count], new double[account * count]);
        Carry(problem, count, seed, rows, options, (int)size, samples, accounts);
        return new PathEnsemble(problem, count, seed, [.. rows.Select(problem.At)], samples, accounts);
    }

    /// <summary>The work done on each path by moving parameters, held stores and events, in the network's unit of energy; shape [paths].</summary>
    public ReadOnlySpan<double> Work => work;

    /// <summary>The heat that a process gave off on each path, ∫A∘dξ; shape [paths].</summary>
    /// <exception cref="StochasticException">There is no such process.</exception>
    public ReadOnlySpan<double> Heat(string process) => Account(columns.FirstHeat + Index(Problem.Kernel.System.Processes.Select(p => p.Name), process, "process"));

    /// <summary>The work of moving parameters on each path, ∫∂G/∂λ∘dλ; shape [paths].</summary>
    public ReadOnlySpan<double> DriveWork => Account(PathColumns.Drive);

    /// <summary>What a held store supplied on each path; shape [paths].</summary>
    /// <exception cref="StochasticException">There is no such held store.</exception>
    public ReadOnlySpan<double> Supply(string store) => Account(PathColumns.FirstSupply + Index(HeldStores, store, "held store"));

    /// <summary>What the jumps of an event added to the energy on each path; shape [paths].</summary>
    /// <exception cref="StochasticException">There is no such event.</exception>
    public ReadOnlySpan<double> JumpWork(string name) => Account(columns.FirstJump + Index(Problem.Kernel.System.Equations.Events.Select(e => e.Name), name, "event"));

    /// <summary>The energy stored at the start of each path; shape [paths].</summary>
    public ReadOnlySpan<double> StoredAtStart => Account(PathColumns.StoredAtStart);

    /// <summary>The energy stored at the end of each path; shape [paths].</summary>
    public ReadOnlySpan<double> StoredAtEnd => Account(PathColumns.StoredAtEnd);

    /// <summary>∫|work| + |heat| of each path, step by step: what its residual is measured against; shape [paths].</summary>
    public ReadOnlySpan<double> Activity => Account(PathColumns.Activity);

    /// <summary>Names of the held stores that processes change.</summary>
    public ImmutableArray<string> HeldStores => [.. Problem.Kernel.System.Stores.Where(s => s.State < 0).Select(s => s.Name)];

    /// <summary>|ΔG − (work − heat)| of a path over its activity and |ΔG|: how far its first law is from closing.</summary>
    public double ClosureResidual(int path)
    {
        double change = StoredAtEnd[path] - StoredAtStart[path], heat = 0;
        for (int column = columns.FirstHeat; column < columns.Count; column++) heat += Account(column)[path];
        double scale = Activity[path] + Math.Abs(change);
        return scale == 0 ? 0 : Math.Abs(change - (Work[path] - heat)) / scale;
    }

    /// <summary>An output at a time on each path; shape [paths].</summary>
    /// <param name="output">Name of the output.</param>
    /// <param name="row">Index of the time.</param>
    /// <exception cref="StochasticException">There is no such output.</exception>
    public ReadOnlySpan<double> Sample(string output, int row)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, Times.Length);
        var outputs = Problem.Kernel.Outputs;
        return samples.AsSpan(((row * outputs.Length) + Index(outputs.Select(o => o.Name), output, "output")) * Count, Count);
    }

    /// <summary>An output along one path; shape [times].</summary>
    public ImmutableArray<double> Path(string output, int path) => [.. Enumerable.Range(0, Times.Length).Select(row => Sample(output, row)[path])];

    /// <summary>Mean of an output over the paths at each time.</summary>
    public ImmutableArray<double> Mean(string output) => [.. Enumerable.Range(0, Times.Length).Select(row => Moments(Sample(output, row)).Mean)];

    /// <summary>Standard deviation of an output over the paths at each time, with n − 1; NaN for one path.</summary>
    public ImmutableArray<double> StandardDeviation(string output) => [.. Enumerable.Range(0, Times.Length).Select(row => Moments(Sample(output, row)).Deviation)];

    /// <summary>Mean and standard deviation (with n − 1) of numbers, one for each path.</summary>
    public static (double Mean, double Deviation) Moments(ReadOnlySpan<double> values)
    {
        var moments = new EnsembleMoments(1);
        for (int i = 0; i < values.Length; i++) moments.Add(values.Slice(i, 1));
        return (moments.Mean[0], Math.Sqrt(moments.Squares[0] / (values.Length - 1)));
    }

    private ReadOnlySpan<double> Account(int column) => accounts.AsSpan(column * Count, Count);

    private int Index(IEnumerable<string> names, string name, string what)
    {
        int at = 0;
        foreach (string known in names)
        {
            if (known == name) return at;
            at++;
        }
        throw new StochasticException($"There is no {what} '{name}' in these paths.", $"network {Problem.Kernel.Network.Name}", at == 0 ? $"The network has no {what}." : $"Choose among {string.Join(", ", names.Take(12))}.");
    }

    private static int[] Rows(LangevinProblem problem, IEnumerable<double> times)
    {
        var rows = new List<int>();
        foreach (double time in times)
        {
            double step = Math.Round((time - problem.Start) / problem.Step);
            if (!(step >= 0 && step <= problem.Steps) || (rows.Count > 0 && step < rows[^1])) throw new StochasticException($"Time {time:g6} is outside the paths, or comes after a later one.",
                $"network {problem.Kernel.Network.Name}, paths from {problem.Start:g6} to {problem.End:g6}", "Give times inside, in ascending order.");
            rows.Add((int)step);
        }
        return [.. rows];
    }

    private static void Carry(LangevinProblem problem, int count, ulong seed, int[] rows, LangevinOptions options, int size, double[] samples, double[] accounts)
    {
        int blocks = (count + BlockSize - 1) / BlockSize, taken = -1, done = 0, failedAt = int.MaxValue;
        Exception? failure = null;
        var gate = new Lock();
        void Work()
        {
            PathRun? run = null;
            var outputs = new double[size];
            for (int block = Interlocked.Increment(ref taken); block < blocks; block = Interlocked.Increment(ref taken))
            {
                int path = block * BlockSize, end = Math.Min(count, path + BlockSize);
                try
                {
                    run ??= new PathRun(problem, seed, rows, options);
                    for (; path < end && path < Volatile.Read(ref failedAt); path++)
                    {
                        options.Cancellation.ThrowIfCancellationRequested();
                        run.Run((ulong)path, outputs);
                        for (int i = 0; i < size; i++) samples[((long)i * count) + path] = outputs[i];
                        for (int i = 0; i < run.Account.Length; i++) accounts[((long)i * count) + path] = run.Account[i];
                    }
                }
                catch (Exception error) // thrown again on the caller's thread
                {
                    lock (gate) if (path < failedAt) (failedAt, failure) = (path, error);
                }
                options.Progress?.Report(new EnsembleProgress(Interlocked.Add(ref done, end - (block * BlockSize)), count));
            }
        }

        int threads = Math.Min(blocks, options.Threads > 0 ? options.Threads : Environment.ProcessorCount);
        var others = Enumerable.Range(1, threads - 1).Select(_ =>
        {
            var thread = new Thread(Work) { IsBackground = true };
            thread.Start();
            return thread;
        }).ToList();
        Work();
        others.ForEach(thread => thread.Join());
        if (failure is not null) ExceptionDispatchInfo.Throw(failure);
    }
}
