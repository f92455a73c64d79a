namespace Protonmotive.Solvers.Stochastic;

/// <summary>Adaptive explicit tau-leaping: Poisson numbers of firings over a time in which propensities hardly change.</summary>
/// <remarks>
/// Cao, Gillespie and Petzold (2006), J. Chem. Phys. 124, 044109. The leap is the largest in which no propensity is expected to
/// change by more than ε of itself, nor by more than ε as its deviation; channels within ten firings of using up a reactant fire
/// one at a time; a leap that would take more than there is is halved; where a leap would save less than ten firings, a hundred
/// are drawn exactly. The paper's g, how strongly propensities follow an amount, is here Σ|∂ln a/∂ln x|, which for mass action is
/// the paper's own and which any formula has. One bound is added: with leaps τ, fluctuations that relax at rate λ have their variance
/// too large by the factor 1/(1 − λτ/2), so τ is at most 2ε/λ, with λ bounded by row sums of |∂(dx/dt)/∂x|. Triggers are looked at
/// after each leap.
/// </remarks>
internal sealed unsafe class LeapingLoop : FiringLoop
{
    private const int CriticalFirings = 10;
    private const double LeastSaving = 10;
    private const int ExactFirings = 100;

    private readonly JumpWorkspace space;
    private readonly double ε;
    private readonly (int State, double Amount)[][] changes;
    private readonly (int State, int Slot)[][] slopes;
    private readonly double[] strength, drift, spread, damping, before;
    private readonly bool[] isCritical;

    public LeapingLoop(JumpWorkspace space, double epsilon)
    {
        this.space = space;
        ε = epsilon;
        if (!(epsilon is > 0 and < 1)) throw new StochasticException($"Tau-leaping with a bound of {epsilon}.", "tau-leaping", "Give a bound between 0 and 1, e.g. 0.03.");
        var kernel = space.Kernel;
        slopes = kernel.Programs.Slopes ?? throw new StochasticException("The network was not compiled for tau-leaping.", $"network {kernel.Network.Name}", "Give StochasticKernel.Compile the same options.");
        foreach (var channel in kernel.System.Channels)
        {
            foreach (var change in channel.Changes)
            {
                if (change.Amount.IsConstant && kernel.System.IsCounted[change.State]) continue;
                throw new StochasticException($"'{channel.Name}' changes '{kernel.System.Equations.States[change.State].Name}' by what is no fixed count.", $"network {kernel.Network.Name}, tau-leaping", "Simulate it exactly.");
            }
        }
        changes = [.. kernel.System.Channels.Select(c => c.Changes.Select(change => (change.State, change.Amount.Value)).ToArray())];
        int n = kernel.System.Equations.States.Length;
        (strength, drift, spread, damping, before) = (new double[n], new double[n], new double[n], new double[n], new double[n]);
        isCritical = new bool[space.ChannelCount];
    }

    public override void Restart()
    {
    }

    public override bool Advance(double stop)
    {
        while (space.Time < stop)
        {
            double total = Total(), critical = FindCritical();
            if (total == 0) break;
            double leap = Longest();
            double soonest = critical > 0 ? space.Random.Exponential() / critical : double.PositiveInfinity;
            bool isInterrupted = leap < LeastSaving / total ? FireExactly(stop) : Leap(leap, soonest, critical, stop);
            if (isInterrupted) return false;
        }
        space.Time = stop;
        return true;
    }

    private double Total()
    {
        double total = 0;
        for (int k = 0; k < space.ChannelCount; k++) total += space.Propensities[k] >= 0 ? space.Propensities[k] : throw space.BadPropensity(space.Time);
        return total <= double.MaxValue ? total : throw space.BadPropensity(space.Time);
    }

    private double FindCritical()
    {
        double critical = 0;
        for (int k = 0; k < isCritical.Length; k++)
        {
            isCritical[k] = false;
            if (space.Propensities[k] <= 0) continue;
            foreach (var (state, amount) in changes[k]) isCritical[k] |= amount < 0 && space.States[state] < -amount * CriticalFirings;
            if (isCritical[k]) critical += space.Propensities[k];
        }
        return critical;
    }

    // Equations 32 and 33 of the paper.
    private double Longest()
    {
        space.Run(space.Kernel.Programs.SlopeValues);
        Array.Clear(strength);
        Array.Clear(drift);
        Array.Clear(spread);
        Array.Clear(damping);
        for (int k = 0; k < isCritical.Length; k++)
        {
            double a = space.Propensities[k];
            // A channel at rest may wake within the leap: what it reads is bound as for a pair of each.
            double order = a > 0 ? 0 : 2 * slopes[k].Length;
            if (a > 0) foreach (var (state, slot) in slopes[k]) order += Math.Abs(space.Workspace[slot]) * space.States[state] / a;
            foreach (var (state, _) in slopes[k]) strength[state] = Math.Max(strength[state], order);
            if (a <= 0 || isCritical[k]) continue;
            double steepness = 0;
            foreach (var (_, slot) in slopes[k]) steepness += Math.Abs(space.Workspace[slot]);
            foreach (var (state, amount) in changes[k])
            {
                drift[state] += amount * a;
                spread[state] += amount * amount * a;
                damping[state] += Math.Abs(amount) * steepness;
            }
        }
        double leap = double.PositiveInfinity;
        for (int i = 0; i < strength.Length; i++)
        {
            if (strength[i] <= 0 || spread[i] == 0) continue;
            double most = Math.Max(ε * space.States[i] / strength[i], 1);
            leap = Math.Min(leap, Math.Min(most / Math.Abs(drift[i]), most * most / spread[i]));
            if (damping[i] > 0) leap = Math.Min(leap, 2 * ε / damping[i]);
        }
        return leap;
    }

    private bool Leap(double leap, double soonest, double critical, double stop)
    {
        double start = space.Time;
        for (int i = 0; i < before.Length; i++) before[i] = space.States[i];
        while (true)
        {
            double τ = Math.Min(Math.Min(leap, soonest), stop - start);
            for (int k = 0; k < isCritical.Length; k++)
            {
                if (isCritical[k] || space.Propensities[k] <= 0) continue;
                long count = space.Random.Poisson(space.Propensities[k] * τ);
                if (count == 0) continue;
                foreach (var (state, amount) in changes[k]) space.States[state] += amount * count;
            }
            if (τ == soonest) Fire(ChooseCritical(critical));
            if (IsPossible())
            {
                space.Time = τ == stop - start ? stop : start + τ;
                break;
            }
            for (int i = 0; i < before.Length; i++) space.States[i] = before[i];
            leap = τ / 2;
        }
        space.Run(space.Kernel.Programs.All);
        space.CountFiring(space.Time);
        return space.HaveTruthsChanged();
    }

    private bool IsPossible()
    {
        for (int i = 0; i < before.Length; i++) if (space.States[i] < 0 && space.Kernel.System.IsCounted[i]) return false;
        return true;
    }

    private int ChooseCritical(double critical)
    {
        double u = space.Random.Uniform() * critical, part = 0;
        int chosen = -1;
        for (int k = 0; k < isCritical.Length; k++)
        {
            if (!isCritical[k]) continue;
            chosen = k;
            part += space.Propensities[k];
            if (part > u) break;
        }
        return chosen;
    }

    private void Fire(int channel)
    {
        foreach (var (state, amount) in changes[channel]) space.States[state] += amount;
    }

    private bool FireExactly(double stop)
    {
        double t = space.Time;
        for (int i = 0; i < ExactFirings; i++)
        {
            double total = Total();
            t += total > 0 ? space.Random.Exponential() / total : double.PositiveInfinity;
            if (t > stop)
            {
                space.Time = stop;
                return false;
            }
            double u = space.Random.Uniform() * total, part = 0;
            int chosen = 0;
            for (int k = 0; k < isCritical.Length; k++)
            {
                if (space.Propensities[k] > 0) chosen = k;
                part += space.Propensities[k];
                if (part > u) break;
            }
            space.Firings[chosen](space.Workspace);
            space.Time = t;
            space.CountFiring(t);
            if (space.Flags[chosen] != 0 && space.IsInterrupted(chosen, t)) return true;
        }
        return false;
    }
}
