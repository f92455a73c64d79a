using System.Runtime.InteropServices;
using Protonmotive.Kernels;
using Protonmotive.Kernels.Derivatives;
using Protonmotive.Kernels.Lanes;
using Protonmotive.Solvers;
using Protonmotive.Solvers.Ensembles;

namespace Protonmotive.Sensitivities.Sweeps;

/// <summary>
/// Records the trial steps of lanes as they are made, and carries the members' adjoints back over them in the reverse order:
/// nothing is gathered or sorted, and lanes stay as full as they were. Where the steps fill their room, members that are on their
/// way go to their ends and back before others begin; lanes run empty then, so the room is for several members each.
/// </summary>
internal sealed unsafe class LaneAdjoint<TLanes, TVector> : LaneObserver<TLanes, TVector>, IDisposable
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    private readonly Kernel kernel;
    private readonly int n, states, outputs, parameterCount;
    private readonly double begin, end;
    private readonly double[] asked;
    private readonly int[] sources;
    private readonly DerivativeLanes<TLanes, TVector> lanes;
    private readonly StepDerivative<TLanes, TVector> derivative;
    private readonly int trialLength; // numbers
    private readonly long memory; // bytes
    private readonly TrialMemory trials; // time, length, state and stages of each trial step
    private readonly List<(uint Accepted, uint Pivoted)> made = [];
    private readonly List<LaneEvent> events = [];
    private readonly int[] memberOf = new int[TLanes.Count], rowOf = new int[TLanes.Count];
    private readonly double[][] seeds;
    private readonly double[] own, row;
    private readonly double[] weights;
    private double* adjoint, kept, direct, mask;
    private int count;
    private Func<int, double[]> seed = static _ => [];
    private Action<int, double[], double[]> done = static (_, _, _) => { };

    /// <summary>Makes the workspace.</summary>
    /// <param name="run">The ensemble.</param>
    /// <param name="problem">Its members.</param>
    /// <param name="memory">Bytes of steps beyond which no member begins.</param>
    public LaneAdjoint(EnsembleRun run, InitialValueProblem problem, long memory)
    {
        kernel = problem.Kernel;
        n = kernel.Count;
        states = kernel.StateCount;
        outputs = run.Names.Length;
        parameterCount = kernel.ParameterCount;
        (begin, end) = (problem.Start, problem.End);
        asked = [.. run.Times];
        sources = run.Outputs.Sources.ToArray();
        lanes = new DerivativeLanes<TLanes, TVector>(kernel);
        derivative = StepDerivative<TLanes, TVector>.Of(run.Method, lanes);
        trialLength = (2 + (n * (derivative.StageCount + 1))) * TLanes.Count;
        trials = new TrialMemory(trialLength);
        this.memory = memory;
        seeds = new double[TLanes.Count][];
        own = new double[n];
        row = new double[n];
        weights = new double[derivative.StageCount];
        adjoint = LaneMemory.Allocate(n, TLanes.Count);
        kept = LaneMemory.Allocate(n, TLanes.Count);
        direct = LaneMemory.Allocate(n, TLanes.Count);
        mask = LaneMemory.Allocate(1, TLanes.Count);
    }

    ~LaneAdjoint() => Free();

    public override bool IsFull => count > 0 && (long)count * trialLength * sizeof(double) >= memory;

    /// <summary>Forgets the block before; takes what to do with the next one's members.</summary>
    /// <param name="seedOf">The gradient of a member's loss by its rows, shape [times·outputs].</param>
    /// <param name="isDone">Takes the gradients by parameters and by the initial state of a member that reached the end.</param>
    public void Begin(Func<int, double[]> seedOf, Action<int, double[], double[]> isDone)
    {
        (seed, done) = (seedOf, isDone);
        Forget();
    }

    public override void Emptied()
    {
        Back();
        Forget();
    }

    public override void Started(int lane, int member, ReadOnlySpan<double> parameters)
    {
        memberOf[lane] = member;
        events.Add(new LaneEvent(count, lane, member, LaneEventKind.Started, parameters.ToArray()));
    }

    public override void Ended(int lane, bool reachedEnd) => events.Add(new LaneEvent(count, lane, memberOf[lane], reachedEnd ? LaneEventKind.ReachedEnd : LaneEventKind.Dropped, []));

    public override void Stepped(TVector t, TVector h, double* y, double* stages, uint accepted, uint pivoted)
    {
        if (accepted == 0) return;
        double* to = trials.At(count++);
        TLanes.Store(t, to);
        TLanes.Store(h, to + TLanes.Count);
        double* state = to + (2 * TLanes.Count), place = state + ((long)n * TLanes.Count);
        long bytes = (long)n * TLanes.Count * sizeof(double);
        Buffer.MemoryCopy(y, state, bytes, bytes);
        Buffer.MemoryCopy(stages, place, derivative.StageCount * bytes, derivative.StageCount * bytes);
        // What a lane without an accepted step holds may not be finite; it plays no part, so it repeats another lane.
        int sound = System.Numerics.BitOperations.TrailingZeroCount(accepted);
        uint repeated = ~accepted & ((1u << TLanes.Count) - 1);
        made.Add((accepted, (pivoted & accepted) | ((pivoted >> sound & 1) != 0 ? repeated : 0)));
        for (uint rest = repeated; rest != 0; rest &= rest - 1)
        {
            int l = System.Numerics.BitOperations.TrailingZeroCount(rest);
            for (int k = 0; k < trialLength; k += TLanes.Count) to[k + l] = to[k + sound];
        }
    }

    public void Dispose()
    {
        lanes.Dispose();
        derivative.Dispose();
        Free();
        GC.SuppressFinalize(this);
    }

    private void Forget()
    {
        count = 0;
        made.Clear();
        events.Clear();
    }

    // Carries the adjoints of all members that reached the end back.
    private void Back()
    {
        long stride = (long)n * TLanes.Count;
        new Span<double>(adjoint, (int)stride).Clear();
        lanes.ClearAccumulated();
        uint open = 0;
        int next = events.Count - 1;
        for (int step = count - 1; step >= 0; step--)
        {
            open = Happened(step, ref next, open);
            double* trial = trials.At(step);
            double* y = trial + (2 * TLanes.Count), stages = trial + ((2 + n) * TLanes.Count);
            uint taken = made[step].Accepted & open;
            if (taken == 0) continue;
            TVector isTaken = Mask(taken), zero = TLanes.Broadcast(0);
            bool isSeeded = false;
            for (int l = 0; l < TLanes.Count; l++)
            {
                if ((taken >> l & 1) == 0) continue;
                double t = trial[l], h = trial[TLanes.Count + l];
                for (; rowOf[l] >= 0 && asked[rowOf[l]] > begin && asked[rowOf[l]] >= t; rowOf[l]--)
                {
                    if (!isSeeded) new Span<double>(direct, (int)stride).Clear();
                    isSeeded = true;
                    Seed(l, rowOf[l], asked[rowOf[l]] >= end ? 1 : (asked[rowOf[l]] - t) / h, t, h, y, stages);
                }
            }
            bool isWhole = taken == (1u << TLanes.Count) - 1;
            if (!isWhole)
            {
                for (long k = 0; k < stride; k += TLanes.Count)
                {
                    var now = TLanes.Load(adjoint + k);
                    TLanes.Store(now, kept + k);
                    TLanes.Store(TLanes.Choose(isTaken, now, zero), adjoint + k);
                }
            }
            derivative.Back(TLanes.Load(trial), TLanes.Load(trial + TLanes.Count), y, stages, adjoint, made[step].Pivoted);
            if (!isWhole) for (long k = 0; k < stride; k += TLanes.Count) TLanes.Store(TLanes.Choose(isTaken, TLanes.Load(adjoint + k), TLanes.Load(kept + k)), adjoint + k);
            if (isSeeded) for (long k = 0; k < stride; k += TLanes.Count) TLanes.Store(TLanes.Add(TLanes.Load(adjoint + k), TLanes.Load(direct + k)), adjoint + k);
        }
        Happened(-1, ref next, open);
    }

    // What happened after a step, the last first.
    private uint Happened(int step, ref int next, uint open)
    {
        bool setsParameters = false;
        for (; next >= 0 && events[next].Steps > step; next--)
        {
            var (_, lane, member, kind, _) = events[next];
            if (kind == LaneEventKind.Started && (open >> lane & 1) != 0)
            {
                if (setsParameters) lanes.System.EvaluatePrologue();
                setsParameters = false;
                Close(lane, member);
                open &= ~(1u << lane);
            }
            else if (kind == LaneEventKind.ReachedEnd)
            {
                open |= 1u << lane;
                seeds[lane] = seed(member);
                rowOf[lane] = asked.Length - 1;
                lanes.ClearAccumulated(lane);
                lanes.System.SetParameters(lane, events[events.FindLastIndex(next, e => e.Kind == LaneEventKind.Started && e.Lane == lane)].Parameters);
                setsParameters = true;
            }
        }
        if (setsParameters) lanes.System.EvaluatePrologue();
        return open;
    }

    // A member is back at its start.
    private void Close(int lane, int member)
    {
        lanes.PrologueAdjoint();
        var initial = new double[n];
        var parameters = new double[parameterCount];
        for (int i = 0; i < n; i++)
        {
            initial[i] = adjoint[(i * TLanes.Count) + lane];
            adjoint[(i * TLanes.Count) + lane] = 0;
        }
        if (rowOf[lane] >= 0)
        {
            double* first = trials.At(FirstTrial(lane, member));
            for (int i = 0; i < n; i++) row[i] = first[((2 + i) * TLanes.Count) + lane];
            for (; rowOf[lane] >= 0; rowOf[lane]--)
            {
                Array.Clear(own);
                AddSeed(lane, rowOf[lane], begin);
                for (int i = 0; i < n; i++) initial[i] += own[i];
            }
            lanes.PrologueAdjoint();
        }
        for (int p = 0; p < parameterCount; p++)
        {
            parameters[p] = lanes.ParameterShadows[(p * TLanes.Count) + lane];
            lanes.ParameterShadows[(p * TLanes.Count) + lane] = 0;
        }
        done(member, parameters, initial);
    }

    private int FirstTrial(int lane, int member) => events.Find(e => e.Kind == LaneEventKind.Started && e.Lane == lane && e.Member == member).Steps;

    // y + Σ wⱼ(θ) Uⱼ: the stages take their parts, the start of the step the rest.
    private void Seed(int lane, int index, double θ, double t, double h, double* y, double* stages)
    {
        int stageCount = derivative.StageCount;
        derivative.DenseWeights(θ, h, weights);
        ReadOnlySpan<double> ends = derivative.EndWeights(h);
        for (int j = 0; j < stageCount; j++) weights[j] += θ * ends[j];
        for (int i = 0; i < n; i++)
        {
            double sum = y[(i * TLanes.Count) + lane];
            for (int j = 0; j < stageCount; j++) sum += weights[j] * stages[((((long)j * n) + i) * TLanes.Count) + lane];
            row[i] = sum;
        }
        Array.Clear(own);
        AddSeed(lane, index, t + (θ * h));
        for (int i = 0; i < n; i++)
        {
            if (own[i] == 0) continue;
            direct[(i * TLanes.Count) + lane] += own[i];
            for (int j = 0; j < stageCount; j++) derivative.StageShadows[((((long)j * n) + i) * TLanes.Count) + lane] += weights[j] * own[i];
        }
    }

    // The adjoint of a row's state, from those of its numbers, is added to 'own'.
    private void AddSeed(int lane, int index, double time)
    {
        bool hasObservables = false;
        for (int k = 0; k < outputs; k++)
        {
            double value = seeds[lane][(index * outputs) + k];
            if (sources[k] >= 0) own[sources[k]] += value;
            else hasObservables |= value != 0;
        }
        if (!hasObservables) return;
        int width = TLanes.Count, observableCount = kernel.System.Observables.Length;
        new Span<double>(lanes.ObservableShadows, observableCount * width).Clear();
        for (int k = 0; k < outputs; k++) if (sources[k] < 0) lanes.ObservableShadows[(~sources[k] * width) + lane] += seeds[lane][(index * outputs) + k];
        // The other lanes stand at the same point with adjoints of 0.
        for (int i = 0; i < states; i++) TLanes.Store(TLanes.Broadcast(row[i]), lanes.System.States + ((long)i * width));
        TLanes.Store(TLanes.Broadcast(time), lanes.System.Time);
        lanes.ObservablesAdjoint();
        for (int i = 0; i < states; i++) own[i] += lanes.StateShadows[(i * width) + lane];
    }

    private TVector Mask(uint bits)
    {
        for (int l = 0; l < TLanes.Count; l++) mask[l] = bits >> l & 1;
        return TLanes.IsEqual(TLanes.Load(mask), TLanes.Broadcast(1));
    }

    private void Free()
    {
        trials?.Dispose(); // the finaliser of what could not be made comes here too
        NativeMemory.AlignedFree(adjoint);
        NativeMemory.AlignedFree(kept);
        NativeMemory.AlignedFree(direct);
        NativeMemory.AlignedFree(mask);
        adjoint = kept = direct = mask = null;
    }
}

/// <summary>What happens to a member in a lane.</summary>
internal enum LaneEventKind
{
    /// <summary>It begins.</summary>
    Started,
    /// <summary>It is done.</summary>
    ReachedEnd,
    /// <summary>It left the lane on the way.</summary>
    Dropped,
}

/// <summary>Something that happened in a lane after so many trial steps.</summary>
internal readonly record struct LaneEvent(int Steps, int Lane, int Member, LaneEventKind Kind, double[] Parameters);
