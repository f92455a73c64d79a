using System.Collections.Immutable;
using System.Runtime.ExceptionServices;
using Protonmotive.Networks;

namespace Protonmotive.Solvers.Stochastic;

/// <summary>
/// What many stochastic runs of one network come to: mean, deviation and extremes of every output at every time. The same for
/// the same seed, bit for bit, on any number of threads: runs are numbered, gathered in blocks, and blocks joined in order.
/// </summary>
public sealed class StochasticEnsemble
{
    /// <summary>Runs that are gathered together before they are joined to the rest.</summary>
    private const int BlockSize = 32;

    private readonly EnsembleMoments moments;
    private readonly double[]? samples; // [time, output, run]; sorted by nothing

    private StochasticEnsemble(StochasticKernel kernel, ulong seed, ImmutableArray<double> times, int runs, EnsembleMoments moments, double[]? samples, long firings)
    {
        (Kernel, Seed, Times, Runs, Firings) = (kernel, seed, times, runs, firings);
        (this.moments, this.samples) = (moments, samples);
        Names = [.. kernel.Outputs.Select(o => o.Name)];
    }

    /// <summary>What was run.</summary>
    public StochasticKernel Kernel { get; }

    /// <summary>Seed; run i has its random numbers as member i.</summary>
    public ulong Seed { get; }

    /// <summary>Time of each row.</summary>
    public ImmutableArray<double> Times { get; }

    /// <summary>Number of runs.</summary>
    public int Runs { get; }

    /// <summary>Name of each output.</summary>
    public ImmutableArray<string> Names { get; }

    /// <summary>Firings of all runs together.</summary>
    public long Firings { get; }

    /// <summary>Runs a network many times over the machine's cores.</summary>
    /// <param name="network">The model; amounts are counts.</param>
    /// <param name="runs">How often.</param>
    /// <param name="seed">Seed.</param>
    /// <param name="times">Output times, ascending, in the model's unit; the first is the start.</param>
    /// <param name="options">Method, outputs, limits, threads, progress, cancellation.</param>
    /// <exception cref="StochasticException">A run can't be started or can't go on; of several the one with the lowest number is named.</exception>
    /// <exception cref="NetworkException">Something in the network has no stochastic meaning.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static StochasticEnsemble Run(Network network, int runs, ulong seed, IEnumerable<double> times, StochasticOptions? options = null) =>
        Run(StochasticKernel.Compile(network, options), runs, seed, times, options);

    /// <summary>Runs a compiled network many times over the machine's cores.</summary>
    /// <inheritdoc cref="Run(Network, int, ulong, IEnumerable{double}, StochasticOptions?)"/>
    public static StochasticEnsemble Run(StochasticKernel kernel, int runs, ulong seed, IEnumerable<double> times, StochasticOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        options ??= StochasticOptions.Default;
        if (runs < 1) throw new StochasticException($"{runs} runs are asked for.", $"network {kernel.Network.Name}", "Ask for at least one run.");
        ImmutableArray<double> at = [.. times];
        long size = (long)at.Length * kernel.Outputs.Length;
        if (options.KeepsSamples && size * runs > Array.MaxLength) throw new StochasticException(
            $"{size * runs} values would have to be kept.", $"network {kernel.Network.Name}", "Ask for fewer outputs, times or runs, or do not keep samples.");
        var gathering = new Gathering(kernel, seed, at, runs, (int)size, options);
        return new StochasticEnsemble(kernel, seed, at, runs, gathering.Carry(), gathering.Samples, gathering.Firings);
    }

    /// <summary>Mean over the runs at each time.</summary>
    public ImmutableArray<double> Mean(string output) => Column(output, moments.Mean);

    /// <summary>Standard deviation over the runs at each time, of the sample: with n − 1; NaN for one run.</summary>
    public ImmutableArray<double> StandardDeviation(string output) => [.. Column(output, moments.Squares).Select(s => Math.Sqrt(s / (Runs - 1)))];

    /// <summary>Smallest value at each time.</summary>
    public ImmutableArray<double> Minimum(string output) => Column(output, moments.Least);

    /// <summary>Largest value at each time.</summary>
    public ImmutableArray<double> Maximum(string output) => Column(output, moments.Most);

    /// <summary>The value at each time below which a part of the runs lies, by linear interpolation between runs in order.</summary>
    /// <param name="output">Name of the output.</param>
    /// <param name="part">From 0 (the smallest) to 1 (the largest).</param>
    /// <exception cref="StochasticException">Samples were not kept, or the part is not between 0 and 1.</exception>
    public ImmutableArray<double> Quantile(string output, double part)
    {
        if (!(part is >= 0 and <= 1)) throw new StochasticException($"There is no quantile {part}.", "quantile of an ensemble", "Give a part from 0 to 1.");
        var result = ImmutableArray.CreateBuilder<double>(Times.Length);
        for (int row = 0; row < Times.Length; row++)
        {
            var sample = Sample(output, row).ToArray();
            Array.Sort(sample);
            double at = part * (Runs - 1);
            int low = (int)at, high = Math.Min(low + 1, Runs - 1);
            result.Add(sample[low] + ((at - low) * (sample[high] - sample[low])));
        }
        return result.MoveToImmutable();
    }

    /// <summary>The value of an output at a time in each run, in the order of runs; shape [runs].</summary>
    /// <param name="output">Name of the output.</param>
    /// <param name="row">Index of the time.</param>
    /// <exception cref="StochasticException">Samples were not kept.</exception>
    public ReadOnlySpan<double> Sample(string output, int row)
    {
        if (samples is null) throw new StochasticException("The values of the single runs were not kept.", "ensemble", "Set KeepsSamples in the options.");
        return samples.AsSpan(((row * Names.Length) + StochasticRun.Column(Names, output)) * Runs, Runs);
    }

    private ImmutableArray<double> Column(string output, double[] values)
    {
        int column = StochasticRun.Column(Names, output);
        return [.. Enumerable.Range(0, Times.Length).Select(row => values[(row * Names.Length) + column])];
    }

    // Blocks are taken by whoever is free and joined in their order.
    private sealed class Gathering(StochasticKernel kernel, ulong seed, ImmutableArray<double> times, int runs, int size, StochasticOptions options)
    {
        private readonly Lock gate = new();
        private readonly SortedDictionary<int, EnsembleMoments> waiting = [];
        private readonly EnsembleMoments all = new(size);
        private int taken = -1, joined, failedBlock = int.MaxValue;
        private Exception? failure;

        public double[]? Samples { get; } = options.KeepsSamples ? new double[(long)size * runs] : null;

        public long Firings { get; private set; }

        public EnsembleMoments Carry()
        {
            int blocks = (runs + BlockSize - 1) / BlockSize;
            int threads = Math.Min(blocks, options.Threads > 0 ? options.Threads : Environment.ProcessorCount);
            var others = Enumerable.Range(1, threads - 1).Select(_ =>
            {
                var thread = new Thread(() => Work(blocks)) { IsBackground = true };
                thread.Start();
                return thread;
            }).ToList();
            Work(blocks);
            others.ForEach(thread => thread.Join());
            if (failure is not null) ExceptionDispatchInfo.Throw(failure);
            return all;
        }

        private void Work(int blocks)
        {
            StochasticRun? run = null;
            var rows = new double[size];
            for (int block = Interlocked.Increment(ref taken); block < blocks && block < Volatile.Read(ref failedBlock); block = Interlocked.Increment(ref taken))
            {
                try
                {
                    run ??= new StochasticRun(kernel, seed, times, options);
                    var moments = new EnsembleMoments(size);
                    long firings = 0;
                    int end = Math.Min(runs, (block + 1) * BlockSize);
                    for (int member = block * BlockSize; member < end; member++)
                    {
                        run.Run((ulong)member, rows);
                        moments.Add(rows);
                        firings += run.Firings;
                        if (Samples is not null) for (int i = 0; i < size; i++) Samples[((long)i * runs) + member] = rows[i];
                    }
                    Hand(block, moments, firings);
                }
                catch (Exception error) // thrown again on the caller's thread
                {
                    lock (gate)
                    {
                        if (block >= failedBlock) continue;
                        (failedBlock, failure) = (block, error);
                    }
                }
            }
        }

        private void Hand(int block, EnsembleMoments moments, long firings)
        {
            lock (gate)
            {
                Firings += firings;
                waiting.Add(block, moments);
                while (waiting.Remove(joined, out var next))
                {
                    all.Join(next);
                    joined++;
                }
                options.Progress?.Report(new EnsembleProgress((int)Math.Min(runs, (long)joined * BlockSize), runs));
            }
        }
    }
}
