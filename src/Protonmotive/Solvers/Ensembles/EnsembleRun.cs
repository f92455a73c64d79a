using System.Collections.Immutable;
using System.Runtime.Intrinsics;
using Protonmotive.Kernels;
using Protonmotive.Kernels.Lanes;

namespace Protonmotive.Solvers.Ensembles;

/// <summary>An ensemble on its way: blocks of members over threads, folded in order of number.</summary>
internal sealed class EnsembleRun
{
    private const int LargestBlock = 1024, SmallestBlock = 64, BlockNumbers = 1 << 20;

    private readonly EnsembleProblem problem;
    private readonly Method method;
    private readonly Tolerance tolerance;
    private readonly EnsembleOptions options;
    private readonly MemberStart start;
    private readonly EnsembleOutputs outputs;
    private readonly double[] asked;
    private readonly LanePrograms? programs;
    private readonly int lanes;
    private readonly long first, beyond;
    private readonly int blockSize;

    /// <param name="problem">The members.</param>
    /// <param name="method">By which method.</param>
    /// <param name="tolerance">The error allowed in a step.</param>
    /// <param name="output">Times of rows.</param>
    /// <param name="options">How.</param>
    public EnsembleRun(EnsembleProblem problem, Method method, Tolerance tolerance, OutputTimes output, EnsembleOptions options)
    {
        Ode.Check(problem.Base, tolerance, new SolveOptions { MaximumSteps = options.MaximumSteps, MaximumStep = options.MaximumStep });
        (this.problem, this.tolerance, this.options) = (problem, tolerance, options);
        this.method = method = method is Automatic ? Pilot() : method;
        if (output.IsEveryStep) throw new SolverException("Members of an ensemble have steps of their own, so they share no rows.", "Output of the ensemble.", "Ask for times, or for the end alone.");
        asked = output.Times(problem.Base.Start, problem.Base.End);
        outputs = new EnsembleOutputs(problem);
        start = new MemberStart(problem, options.Seed);
        first = Math.Clamp(options.First, 0, problem.Members.Count);
        beyond = Math.Min(problem.Members.Count, first + Math.Max(0, options.Count ?? long.MaxValue - first));
        int numbers = Math.Max(1, (asked.Length * outputs.Names.Length) + start.Names.Length);
        lanes = options.Lanes ?? LaneWidth.For(problem.Base.Kernel.Programs.Plan);
        LaneWidth.Check(lanes);
        Obstacle = FindObstacle();
        if (Obstacle is null) programs = problem.Base.Kernel.Lanes(lanes);
        else lanes = 1;
        // Few members still make blocks for several cores; lanes need some members each, as they run empty at the end of a block.
        long part = Obstacle is null ? Math.Max(8 * lanes, (beyond - first + 7) / 8) : Math.Max(1, (beyond - first + 31) / 32);
        blockSize = (int)Math.Min(part, Math.Clamp(BlockNumbers / numbers, SmallestBlock, LargestBlock));
    }

    /// <summary>Why members do not run side by side; null where they do.</summary>
    public string? Obstacle { get; }

    /// <summary>How members run.</summary>
    public string Form => Obstacle is null ? $"{lanes} members side by side, {method.Name}" : $"one member at a time, {method.Name}: {Obstacle}";

    public ImmutableArray<double> Times => [.. asked];

    public ImmutableArray<string> Names => outputs.Names;

    /// <summary>First member and the one after the last.</summary>
    public (long First, long Beyond) Range => (first, beyond);

    /// <summary>Members side by side.</summary>
    public int Lanes => lanes;

    /// <summary>The method of all members.</summary>
    public Method Method => method;

    /// <summary>How members start.</summary>
    public MemberStart Start => start;

    /// <summary>What a row holds.</summary>
    public EnsembleOutputs Outputs => outputs;

    /// <summary>Accepted and rejected steps of all members.</summary>
    public long Steps { get; private set; }

    /// <summary>Solves the members; hands on each block's state, in order of number.</summary>
    /// <param name="gather">Makes a block's state; called from several threads.</param>
    /// <param name="take">Takes the states in order, one at a time; the number of members done so far follows.</param>
    /// <param name="cancellation">Ends the run within a step.</param>
    public void Execute<TState>(Func<MemberBlock, TState> gather, Action<TState, long> take, CancellationToken cancellation) => Execute(CreateRunner, gather, take, cancellation);

    /// <summary>As the other, with runners of the caller's.</summary>
    public void Execute<TState>(Func<IBlockRunner> createRunner, Func<MemberBlock, TState> gather, Action<TState, long> take, CancellationToken cancellation)
    {
        long blocks = (beyond - first + blockSize - 1) / blockSize, nextBlock = -1, nextTaken = 0;
        var waiting = new Dictionary<long, (TState State, long Steps)>();
        int threads = (int)Math.Clamp(Math.Min(options.Threads, blocks), 1, 1024);
        // A fast thread may not run far ahead of a slow one: what waits to be taken is bounded.
        using var room = new SemaphoreSlim(4 * threads);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var failures = new List<Exception>();
        var workers = Enumerable.Range(1, threads - 1).Select(i => new Thread(Work) { IsBackground = true, Name = $"ensemble {i}" }).ToList();
        foreach (var worker in workers) worker.Start();
        Work();
        foreach (var worker in workers) worker.Join();
        cancellation.ThrowIfCancellationRequested();
        if (failures.Count > 0) System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failures[0]);

        void Work()
        {
            try
            {
                using var runner = createRunner();
                var block = new MemberBlock((int)Math.Min(blockSize, beyond - first), start.Names.Length, asked.Length, outputs.Names.Length);
                while (true)
                {
                    room.Wait(stop.Token);
                    long b = Interlocked.Increment(ref nextBlock);
                    if (b >= blocks)
                    {
                        room.Release();
                        return;
                    }
                    long from = first + (b * blockSize);
                    block.Begin(from, (int)Math.Min(blockSize, beyond - from));
                    runner.Run(block, stop.Token);
                    var state = gather(block);
                    lock (waiting)
                    {
                        waiting.Add(b, (state, block.Steps));
                        while (waiting.Remove(nextTaken, out var done))
                        {
                            nextTaken++;
                            Steps += done.Steps;
                            take(done.State, Math.Min(beyond - first, nextTaken * blockSize));
                            room.Release();
                        }
                    }
                }
            }
            catch (Exception exception)
            {
                lock (failures) if (exception is not OperationCanceledException || !stop.IsCancellationRequested) failures.Add(exception);
                stop.Cancel();
            }
        }
    }

    // The method that the base problem ends with serves all members.
    private Method Pilot()
    {
        try
        {
            return Ode.Solve(problem.Base, new Automatic(), tolerance, new SolveOptions { MaximumSteps = options.MaximumSteps, Seed = options.Seed }, OutputTimes.EndOnly).Method;
        }
        catch (SolverException)
        {
            return new Rodas5P(); // members say themselves what is wrong
        }
    }

    private IBlockRunner CreateRunner()
    {
        var single = CreateSingle();
        if (programs is null) return single;
        return lanes switch
        {
            8 => new LaneRunner<EightLanes, Vector512<double>>(problem, method, tolerance, asked, outputs, start, options, programs, single),
            4 => new LaneRunner<FourLanes, Vector256<double>>(problem, method, tolerance, asked, outputs, start, options, programs, single),
            _ => new LaneRunner<OneLane, double>(problem, method, tolerance, asked, outputs, start, options, programs, single),
        };
    }

    /// <summary>A runner of this width whose lanes are seen by an observer.</summary>
    public LaneRunner<TLanes, TVector> CreateRunner<TLanes, TVector>(LaneObserver<TLanes, TVector> observer)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct =>
        new(problem, method, tolerance, asked, outputs, start, options, programs!, CreateSingle()) { Observer = observer };

    /// <summary>A runner for one member at a time.</summary>
    public SingleRunner CreateSingle() => new(problem, method, tolerance, asked, outputs, start, options);

    private string? FindObstacle()
    {
        var kernel = problem.Base.Kernel;
        var system = kernel.System;
        return !system.Events.IsEmpty ? "the system has events"
            : !system.Modes.IsEmpty ? "the system has conditions that switch"
            : !system.Delays.IsEmpty ? "the system has delays"
            : !system.Mass.IsEmpty ? "the system has a mass matrix"
            : kernel.StateCount == 0 ? "the system has no states"
            : problem.Base.Start == problem.Base.End ? "there is no time to integrate"
            : kernel.Programs.Plan.Order.IsStructurallySingular ? "the Jacobian is structurally singular"
            : method is RosenbrockMethod or ExplicitMethod ? null : $"{method.Name} has no lane form";
    }
}
