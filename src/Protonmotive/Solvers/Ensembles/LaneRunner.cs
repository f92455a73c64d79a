using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Protonmotive.Kernels;
using Protonmotive.Kernels.Lanes;

namespace Protonmotive.Solvers.Ensembles;

/// <summary>
/// Solves a block of members side by side: each lane holds one member with its own time and step, and takes the next member
/// when that is done, so lanes stay full. No lane looks at another: a member's numbers do not depend on its neighbours.
/// </summary>
internal sealed unsafe class LaneRunner<TLanes, TVector> : IBlockRunner
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    private readonly Kernel kernel;
    private readonly MemberStart start;
    private readonly EnsembleOptions options;
    private readonly SingleRunner single;
    private readonly double begin, end;
    private readonly double[] asked;
    private readonly int count, order;
    private readonly string name;
    private readonly LaneSystem<TLanes, TVector> system;
    private readonly LaneMethod<TLanes, TVector> method;
    private readonly LaneNorm<TLanes, TVector> norm;
    private readonly double[] parameters, state, scales, observables;
    private readonly KernelInstance? instance;
    private readonly EnsembleOutputs outputs;
    private readonly int[] memberOf = new int[TLanes.Count], nextAsked = new int[TLanes.Count];
    private readonly long[] stepsOf = new long[TLanes.Count];
    private LaneController<TLanes, TVector> controller;
    private double* y, next;
    private double* difference;
    private double* lane; // t and h of each lane as numbers
    private TVector t, h;
    private uint active;
    private int nextMember;
    private bool isDisposed;

    public LaneRunner(EnsembleProblem problem, Method method, Tolerance tolerance, double[] asked, EnsembleOutputs outputs, MemberStart start, EnsembleOptions options, LanePrograms programs, SingleRunner single)
    {
        kernel = problem.Base.Kernel;
        (begin, end) = (problem.Base.Start, problem.Base.End);
        this.asked = asked;
        this.start = start;
        this.options = options;
        this.single = single;
        count = kernel.Count;
        (order, name) = (method.Order, method.Name);
        system = new LaneSystem<TLanes, TVector>(kernel, programs);
        this.method = LaneMethod<TLanes, TVector>.Create(method, system);
        norm = new LaneNorm<TLanes, TVector>(kernel, tolerance);
        controller = new LaneController<TLanes, TVector>(method);
        state = new double[count];
        scales = new double[count];
        this.outputs = outputs;
        parameters = new double[kernel.ParameterCount + kernel.ModeCount];
        observables = new double[kernel.System.Observables.Length];
        if (outputs.NeedsObservables) instance = kernel.Bind(parameters);
        y = LaneMemory.Allocate(count, TLanes.Count);
        next = LaneMemory.Allocate(count, TLanes.Count);
        difference = LaneMemory.Allocate(count, TLanes.Count);
        lane = LaneMemory.Allocate(4, TLanes.Count);
    }

    ~LaneRunner() => Free();

    /// <summary>Sees what happens; null for nobody.</summary>
    public LaneObserver<TLanes, TVector>? Observer { get; init; }

    private double* Times => lane;

    private double* Steps => lane + TLanes.Count;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(MemberBlock block, CancellationToken cancellation)
    {
        nextMember = 0;
        while (nextMember < block.Count)
        {
            active = 0;
            t = TLanes.Broadcast(begin);
            h = TLanes.Broadcast((end - begin) * 1e-3);
            Refill(block, (1u << TLanes.Count) - 1, cancellation);
            while (active != 0)
            {
                cancellation.ThrowIfCancellationRequested();
                Step(block, cancellation);
            }
            Observer?.Emptied();
        }
    }

    public void Dispose()
    {
        Free();
        system.Dispose();
        method.Dispose();
        norm.Dispose();
        single.Dispose();
        GC.SuppressFinalize(this);
    }

    // One trial step of every lane.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Step(MemberBlock block, CancellationToken cancellation)
    {
        var last = TLanes.Broadcast(end);
        var taken = TLanes.Min(h, TLanes.Broadcast(options.MaximumStep));
        // Stretch by up to a hundredth to hit the end, rather than leave a sliver.
        var isLast = TLanes.IsLessOrEqual(last, TLanes.MultiplyAdd(TLanes.Broadcast(1.01), taken, t));
        taken = TLanes.Choose(isLast, TLanes.Subtract(last, t), taken);
        var reached = TLanes.Choose(isLast, last, TLanes.Add(t, taken));

        double* error = method.Step(t, y, taken, next);
        var size = norm.Of(error, y, next);
        var accepted = TLanes.IsLessOrEqual(size, TLanes.Broadcast(1));
        uint bits = TLanes.Bits(accepted);
        h = TLanes.Min(controller.Next(taken, size, accepted), TLanes.Broadcast(options.MaximumStep));

        Observer?.Stepped(t, taken, y, method.Stages, bits & active, system.Pivoted);
        if (asked.Length > 1) WriteInside(block, bits & active, taken, reached);
        method.Advance(accepted);
        t = TLanes.Choose(accepted, reached, t);
        Keep(accepted, bits);
        block.Steps += uint.PopCount(active);
        Settle(block, bits, isLast, cancellation);
    }

    // After the step: finished and failed lanes give their places up.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Settle(MemberBlock block, uint bits, TVector isLast, CancellationToken cancellation)
    {
        uint finished = bits & TLanes.Bits(isLast) & active, failed = 0;
        for (uint rest = active; rest != 0; rest &= rest - 1)
        {
            int l = Lowest(rest);
            if (++stepsOf[l] >= options.MaximumSteps && (finished >> l & 1) == 0) failed |= 1u << l;
        }
        uint rejected = active & ~bits;
        if (rejected != 0)
        {
            TLanes.Store(t, Times);
            TLanes.Store(h, Steps);
            for (uint rest = rejected; rest != 0; rest &= rest - 1)
            {
                int l = Lowest(rest);
                if (!(Steps[l] >= SmallestStep(Times[l]))) failed |= 1u << l;
            }
        }
        if ((finished | failed) == 0) return;
        TLanes.Store(t, Times);
        for (uint rest = finished; rest != 0; rest &= rest - 1)
        {
            int l = Lowest(rest);
            for (; nextAsked[l] < asked.Length; nextAsked[l]++)
            {
                for (int i = 0; i < count; i++) state[i] = y[((long)i * TLanes.Count) + l];
                Write(block, l);
            }
            Observer?.Ended(l, reachedEnd: true);
        }
        // A plain run of a failed member says what is wrong, and where; or it gets through.
        for (uint rest = failed; rest != 0; rest &= rest - 1)
        {
            int l = Lowest(rest);
            Observer?.Ended(l, reachedEnd: false);
            if (stepsOf[l] >= options.MaximumSteps) block.Fail(memberOf[l], Times[l], new TooManyStepsException($"The limit of {options.MaximumSteps} steps was reached.", $"t = {Times[l]:g6} of {end:g6}, method {name}.", "Raise EnsembleOptions.MaximumSteps, loosen the tolerance, or shorten the span."));
            else single.Run(block, memberOf[l], cancellation);
        }
        Refill(block, finished | failed, cancellation);
    }

    // Gives lanes their next members; lanes for which none is left are no longer active.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Refill(MemberBlock block, uint lanes, CancellationToken cancellation)
    {
        active &= ~lanes;
        TLanes.Store(t, Times);
        uint started = 0;
        for (uint rest = lanes; rest != 0; rest &= rest - 1)
        {
            int l = Lowest(rest);
            memberOf[l] = -1;
            while (nextMember < block.Count && Observer is not { IsFull: true } && !TryStart(block, nextMember++, l))
            {
            }
            if (memberOf[l] >= 0) started |= 1u << l;
        }
        if (started == 0) return;
        active |= started;
        t = TLanes.Load(Times);
        system.EvaluatePrologue();
        var mask = Mask(started);
        controller.Reset(mask);
        uint broken = EstimateStep(mask) & started;
        if (broken == 0) return;
        // Rates that are not finite at the start need the care that only the plain run takes.
        for (uint rest = broken; rest != 0; rest &= rest - 1)
        {
            Observer?.Ended(Lowest(rest), reachedEnd: false);
            single.Run(block, memberOf[Lowest(rest)], cancellation);
        }
        Refill(block, broken, cancellation);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool TryStart(MemberBlock block, int k, int l)
    {
        try
        {
            start.Fill(block.First + k, block.Varied(k), parameters, state, scales);
        }
        catch (ProtonmotiveException exception)
        {
            block.Fail(k, begin, exception);
            return false;
        }
        memberOf[l] = k;
        stepsOf[l] = 0;
        nextAsked[l] = 0;
        Times[l] = begin;
        system.SetParameters(l, parameters);
        Observer?.Started(l, k, parameters);
        norm.SetScales(l, scales);
        for (int i = 0; i < count; i++) y[((long)i * TLanes.Count) + l] = state[i];
        for (; nextAsked[l] < asked.Length && asked[nextAsked[l]] <= begin; nextAsked[l]++) Write(block, l);
        return true;
    }

    // The first step, as InitialStep has it. Returns the lanes whose rates are not finite.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private uint EstimateStep(TVector mask)
    {
        int lanes = TLanes.Count;
        TVector zero = TLanes.Broadcast(0), limit = TLanes.Broadcast(Math.Min(end - begin, options.MaximumStep)), least = TLanes.Multiply(limit, TLanes.Broadcast(1e-6));
        long bytes = (long)kernel.StateCount * lanes * sizeof(double);
        Buffer.MemoryCopy(y, system.States, bytes, bytes);
        TLanes.Store(t, system.Time);
        system.EvaluateRates();
        method.Restart(mask);
        Buffer.MemoryCopy(system.Rates, next, (long)count * lanes * sizeof(double), (long)count * lanes * sizeof(double));
        var sum = zero;
        for (int i = 0; i < count; i++) sum = TLanes.MultiplyAdd(TLanes.Load(next + ((long)i * lanes)), zero, sum);
        uint broken = ~TLanes.Bits(TLanes.IsEqual(sum, sum));

        TVector d0 = norm.OfStates(y, y), d1 = norm.OfStates(next, y);
        var isSmall = TLanes.IsLess(TLanes.Min(d0, d1), TLanes.Broadcast(1e-5));
        var h0 = TLanes.Min(limit, TLanes.Choose(isSmall, least, TLanes.Divide(TLanes.Multiply(TLanes.Broadcast(0.01), d0), d1)));
        for (int i = 0; i < kernel.StateCount; i++)
        {
            long at = (long)i * lanes;
            TLanes.Store(TLanes.MultiplyAdd(h0, TLanes.Load(next + at), TLanes.Load(y + at)), system.States + at);
        }
        TLanes.Store(TLanes.Add(t, h0), system.Time);
        system.EvaluateRates();
        for (int i = 0; i < kernel.StateCount; i++)
        {
            long at = (long)i * lanes;
            TLanes.Store(TLanes.Subtract(TLanes.Load(system.Rates + at), TLanes.Load(next + at)), difference + at);
        }
        var d2 = TLanes.Divide(norm.OfStates(difference, y), h0);
        var largest = TLanes.Max(d1, d2);
        var isFlat = TLanes.IsLessOrEqual(largest, TLanes.Broadcast(1e-15));
        var log = LaneMath.Log<TLanes, TVector>(TLanes.Divide(TLanes.Broadcast(0.01), TLanes.Choose(isFlat, TLanes.Broadcast(1), largest)));
        var h1 = TLanes.Choose(isFlat, TLanes.Max(least, TLanes.Multiply(h0, TLanes.Broadcast(1e-3))), LaneMath.Exp<TLanes, TVector>(TLanes.Multiply(log, TLanes.Broadcast(1.0 / (order + 1)))));
        var first = TLanes.Min(TLanes.Min(TLanes.Multiply(TLanes.Broadcast(100), h0), h1), limit);
        // Where the rates are not finite a little ahead, begin with less.
        first = TLanes.Choose(TLanes.IsLess(zero, first), first, TLanes.Min(h0, least));
        h = TLanes.Choose(mask, TLanes.Max(first, TLanes.Broadcast(SmallestStep(begin))), h);
        return broken;
    }

    // The rows strictly inside a step, from its dense output.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void WriteInside(MemberBlock block, uint lanes, TVector taken, TVector reached)
    {
        TLanes.Store(reached, Times);
        uint writing = 0;
        for (uint rest = lanes; rest != 0; rest &= rest - 1)
        {
            int l = Lowest(rest);
            if (nextAsked[l] < asked.Length && asked[nextAsked[l]] < Times[l]) writing |= 1u << l;
        }
        if (writing == 0) return;
        method.ComputeDense(taken);
        TLanes.Store(taken, Steps);
        TLanes.Store(t, lane + (2 * TLanes.Count));
        for (uint rest = writing; rest != 0; rest &= rest - 1)
        {
            int l = Lowest(rest);
            double from = lane[(2 * TLanes.Count) + l];
            for (; nextAsked[l] < asked.Length && asked[nextAsked[l]] < Times[l]; nextAsked[l]++)
            {
                Interpolate((asked[nextAsked[l]] - from) / Steps[l], l);
                Write(block, l);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Interpolate(double θ, int l)
    {
        double* vectors = method.DenseVectors;
        long stride = (long)count * TLanes.Count;
        for (int i = 0; i < count; i++)
        {
            long at = ((long)i * TLanes.Count) + l;
            double sum = 0;
            for (int k = method.DenseCount - 1; k >= 0; k--) sum = (sum * θ) + vectors[(k * stride) + at];
            state[i] = ((1 - θ) * y[at]) + (θ * (next[at] + ((1 - θ) * sum)));
        }
    }

    // The state at hand becomes the next row of a lane's member.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Write(MemberBlock block, int l)
    {
        if (instance is not null)
        {
            system.GetParameters(l, instance.Parameters);
            instance.Observables(asked[nextAsked[l]], state, observables);
        }
        outputs.Write(state, observables, block.Row(memberOf[l], nextAsked[l]));
    }

    // y becomes next where it is accepted.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Keep(TVector accepted, uint bits)
    {
        if (bits == (1u << TLanes.Count) - 1)
        {
            double* before = y;
            y = next;
            next = before;
            return;
        }
        for (long k = 0; k < (long)count * TLanes.Count; k += TLanes.Count) TLanes.Store(TLanes.Choose(accepted, TLanes.Load(next + k), TLanes.Load(y + k)), y + k);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private TVector Mask(uint lanes)
    {
        double* truth = lane + (3 * TLanes.Count);
        for (int l = 0; l < TLanes.Count; l++) truth[l] = lanes >> l & 1;
        return TLanes.IsEqual(TLanes.Load(truth), TLanes.Broadcast(1));
    }

    private static double SmallestStep(double t) => Math.Max(4 * (Math.BitIncrement(Math.Abs(t)) - Math.Abs(t)), 1e-280);

    private static int Lowest(uint bits) => BitOperations.TrailingZeroCount(bits);

    private void Free()
    {
        if (isDisposed) return;
        isDisposed = true;
        NativeMemory.AlignedFree(y);
        NativeMemory.AlignedFree(next);
        NativeMemory.AlignedFree(difference);
        NativeMemory.AlignedFree(lane);
    }
}
