using System.Runtime.CompilerServices;

namespace Protonmotive.Solvers.Stochastic;

/// <summary>Gillespie's direct method.</summary>
internal sealed unsafe class DirectLoop(JumpWorkspace space) : FiringLoop
{
    /// <summary>With more channels the sum over all of them costs more than a heap.</summary>
    public const int MostChannels = 12;

    private double next, total;

    public override void Restart()
    {
        total = Total();
        next = Next(space.Time);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override bool Advance(double stop)
    {
        double* w = space.Workspace, a = space.Propensities;
        var (random, fire, flags) = (space.Random, space.Firings, space.Flags);
        int last = space.ChannelCount - 1;
        double t = next, sum = total;
        int countdown = space.Countdown;
        while (t <= stop)
        {
            double u = random.Uniform() * sum;
            int k = 0;
            double part = a[0];
            while (part <= u && k < last) part += a[++k];
            while (a[k] <= 0) k--; // u reached the total by rounding

            fire[k](w);
            sum = 0;
            for (int j = 0; j <= last; j++)
            {
                double each = a[j];
                if (!(each >= 0)) throw space.BadPropensity(t);
                sum += each;
            }
            if (--countdown == 0)
            {
                space.Check(t);
                countdown = JumpWorkspace.FiringsBetweenChecks;
            }
            if (flags[k] != 0 && space.IsInterrupted(k, t))
            {
                (total, space.Time, space.Countdown) = (sum, t, countdown);
                next = Next(t);
                return false;
            }
            if (sum <= double.MaxValue && sum > 0) t += random.Exponential() / sum;
            else if (sum == 0) t = double.PositiveInfinity;
            else throw space.BadPropensity(t);
        }
        (next, total, space.Time, space.Countdown) = (t, sum, stop, countdown);
        return true;
    }

    private double Total()
    {
        double sum = 0;
        for (int j = 0; j < space.ChannelCount; j++) sum += space.Propensities[j] >= 0 ? space.Propensities[j] : throw space.BadPropensity(space.Time);
        return sum;
    }

    private double Next(double t) => total == 0 ? double.PositiveInfinity
        : total <= double.MaxValue ? t + (space.Random.Exponential() / total) : throw space.BadPropensity(t);
}
