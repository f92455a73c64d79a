using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Protonmotive.Solvers.Stochastic;

/// <summary>Gibson and Bruck's next-reaction method on an indexed binary heap.</summary>
/// <remarks>A channel that was at rest gets a fresh exponential time when it wakes, which has the law of the one it lost.</remarks>
internal sealed unsafe class NextReactionLoop : FiringLoop
{
    private readonly JumpWorkspace space;
    private readonly double[] storage;
    private readonly int[] indices;
    private readonly double* times;     // when each channel fires next, shape [channels]
    private readonly double* seen;      // its propensity when that was computed
    private readonly int* heap;         // channels, soonest first
    private readonly int* place;        // where each channel stands in the heap
    private readonly int count;

    public NextReactionLoop(JumpWorkspace space)
    {
        this.space = space;
        count = space.ChannelCount;
        storage = GC.AllocateArray<double>((2 * count) + 1, pinned: true);
        indices = GC.AllocateArray<int>((2 * count) + 1, pinned: true);
        times = (double*)Marshal.UnsafeAddrOfPinnedArrayElement(storage, 0);
        seen = times + count;
        heap = (int*)Marshal.UnsafeAddrOfPinnedArrayElement(indices, 0);
        place = heap + count;
    }

    public override void Restart()
    {
        for (int k = 0; k < count; k++)
        {
            double a = space.Propensities[k];
            if (!(a >= 0 && a <= double.MaxValue)) throw space.BadPropensity(space.Time);
            seen[k] = a;
            times[k] = a > 0 ? space.Time + (space.Random.Exponential() / a) : double.PositiveInfinity;
            heap[k] = place[k] = k;
        }
        for (int at = (count / 2) - 1; at >= 0; at--) Down(at, heap[at]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override bool Advance(double stop)
    {
        double* w = space.Workspace, a = space.Propensities;
        var (random, fire, flags, dependants) = (space.Random, space.Firings, space.Flags, space.Dependants);
        int countdown = space.Countdown;
        while (count > 0)
        {
            int k = heap[0];
            double t = times[k];
            if (t > stop) break;
            fire[k](w);
            double own = a[k];
            foreach (int j in dependants[k])
            {
                double now = a[j], before = seen[j];
                if (j == k || now == before) continue;
                if (!(now >= 0 && now <= double.MaxValue)) throw space.BadPropensity(t);
                seen[j] = now;
                if (now == 0) times[j] = double.PositiveInfinity;
                else if (before > 0) times[j] = t + (before / now * (times[j] - t));
                else times[j] = t + (random.Exponential() / now);
                Move(j);
            }
            if (!(own >= 0 && own <= double.MaxValue)) throw space.BadPropensity(t);
            seen[k] = own;
            times[k] = own > 0 ? t + (random.Exponential() / own) : double.PositiveInfinity;
            Move(k);

            if (--countdown == 0)
            {
                space.Check(t);
                countdown = JumpWorkspace.FiringsBetweenChecks;
            }
            if (flags[k] != 0 && space.IsInterrupted(k, t))
            {
                (space.Time, space.Countdown) = (t, countdown);
                return false;
            }
        }
        (space.Time, space.Countdown) = (stop, countdown);
        return true;
    }

    private void Move(int channel)
    {
        int at = place[channel];
        double time = times[channel];
        int parent = (at - 1) >> 1;
        if (at == 0 || times[heap[parent]] <= time)
        {
            Down(at, channel);
            return;
        }
        do
        {
            int above = heap[parent];
            heap[at] = above;
            place[above] = at;
            at = parent;
            parent = (at - 1) >> 1;
        }
        while (at > 0 && times[heap[parent]] > time);
        heap[at] = channel;
        place[channel] = at;
    }

    private void Down(int at, int channel)
    {
        double time = times[channel];
        while (true)
        {
            int child = (2 * at) + 1;
            if (child >= count) break;
            double childTime = times[heap[child]];
            if (child + 1 < count && times[heap[child + 1]] < childTime) childTime = times[heap[++child]];
            if (childTime >= time) break;
            int below = heap[child];
            heap[at] = below;
            place[below] = at;
            at = child;
        }
        heap[at] = channel;
        place[channel] = at;
    }
}
