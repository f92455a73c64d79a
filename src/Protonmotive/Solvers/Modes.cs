using Protonmotive.Kernels;
using Protonmotive.Networks;

namespace Protonmotive.Solvers;

/// <summary>The truth values of one solve: held fixed between stops, brought up to date at them.</summary>
/// <remarks>
/// A relation whose sides are affine in time and free of states flips at a time that is solved for; the loop stops there
/// exactly. Other relations are watched through their roots. At a stop every relation is taken from the right: a root that is
/// exactly zero takes the value it is about to have.
/// </remarks>
internal sealed class Modes
{
    // A mode that flips this often, each time within this part of the time solved so far, switches without end.
    private const int MaximumFlips = 12;
    private const double StalledPart = 1e-9;

    private readonly KernelInstance instance;
    private readonly EquationSystem system;
    private readonly int parameterCount;
    private readonly bool[] isAffine;
    private readonly double[] flipTimes, slopes, g, gAhead, ahead, rates, before;
    private readonly int[] flips;
    private readonly double start, span;
    private double lastStop;

    public Modes(KernelInstance instance, double start, double end)
    {
        this.instance = instance;
        this.start = lastStop = start;
        span = end - start;
        system = instance.Kernel.System;
        parameterCount = instance.Kernel.ParameterCount;
        Count = instance.Kernel.ModeCount;
        var moving = system.States.Select(state => state.Name).Concat(system.Delays.Select(d => d.Name)).ToHashSet();
        isAffine = [.. system.Modes.Select(mode => TimeRelation.IsAffine(mode.Root, moving))];
        flipTimes = new double[Count];
        slopes = new double[Count];
        g = new double[Count];
        gAhead = new double[Count];
        before = new double[Count];
        flips = new int[Count];
        ahead = new double[instance.Count];
        rates = new double[instance.Count];
    }

    /// <summary>Number of modes.</summary>
    public int Count { get; }

    /// <summary>Whether a mode has to be watched after every step.</summary>
    public bool WatchesRoots => Array.Exists(isAffine, affine => !affine);

    private Span<double> Values => instance.Parameters.Slice(parameterCount, Count);

    /// <summary>The first time after <paramref name="t"/> where a mode flips that depends on time alone; infinite where none does.</summary>
    public double NextTime(double t)
    {
        double next = double.PositiveInfinity;
        for (int i = 0; i < Count; i++)
            if (isAffine[i] && flipTimes[i] > t) next = Math.Min(next, flipTimes[i]);
        return next;
    }

    /// <summary>Evaluates the roots at a point; true where a watched mode no longer holds its value.</summary>
    /// <param name="t">Time.</param>
    /// <param name="y">State, shape [n].</param>
    /// <param name="roots">Receives the roots, shape [modes].</param>
    public bool Crossed(double t, ReadOnlySpan<double> y, Span<double> roots)
    {
        instance.Roots(t, y, roots);
        for (int i = 0; i < Count; i++)
            if (HasFlipped(i, roots[i])) return true;
        return false;
    }

    /// <summary>Whether a mode is watched through its root.</summary>
    public bool IsWatched(int mode) => !isAffine[mode];

    /// <summary>Whether a watched mode's root has a sign that contradicts its value.</summary>
    public bool HasFlipped(int mode, double root) => !isAffine[mode] && !double.IsNaN(root) && Holds(mode, root) != (Values[mode] != 0);

    /// <summary>The watched modes whose root contradicts them.</summary>
    public bool[] Flipped(ReadOnlySpan<double> roots)
    {
        var flipped = new bool[Count];
        for (int i = 0; i < Count; i++) flipped[i] = HasFlipped(i, roots[i]);
        return flipped;
    }

    /// <summary>Remembers the values of now, for <see cref="HaveChanged"/>.</summary>
    public void Remember() => Values.CopyTo(before);

    /// <summary>Whether a mode differs from what was remembered.</summary>
    public bool HaveChanged => !Values.SequenceEqual(before);

    /// <summary>Takes every relation as it stands at a point, without looking ahead.</summary>
    public void TakeAsItStands(double t, ReadOnlySpan<double> y)
    {
        if (Count == 0) return;
        instance.Roots(t, y, g);
        for (int i = 0; i < Count; i++) Values[i] = Holds(i, g[i]) ? 1 : 0;
    }

    /// <summary>Takes every relation as it is from now on.</summary>
    /// <param name="t">Time.</param>
    /// <param name="y">State, shape [n].</param>
    /// <param name="forced">Modes that were just crossed: they flip whatever rounding says; null for none.</param>
    public void Take(double t, double[] y, bool[]? forced)
    {
        if (Count == 0) return;
        FindFlipTimes(y);
        instance.Roots(t, y, g);
        bool undecided = false;
        for (int i = 0; i < Count; i++)
        {
            if (forced is not null && forced[i]) Values[i] = 1 - Values[i];
            else if (isAffine[i] && slopes[i] != 0) Values[i] = slopes[i] > 0 == t < flipTimes[i] ? 1 : 0;
            else
            {
                Values[i] = Holds(i, g[i]) ? 1 : 0;
                undecided |= g[i] == 0 && !isAffine[i];
            }
        }

        if (undecided) LookAhead(t, y, forced);
    }

    /// <summary>Counts the flips of a stop.</summary>
    /// <exception cref="EndlessSwitchingException">A mode flips again and again at almost one time.</exception>
    public void CountFlips(double t)
    {
        bool isStalled = t > start && t - lastStop <= StalledPart * (t - start);
        lastStop = t;
        if (!isStalled) Array.Clear(flips);
        for (int i = 0; i < Count; i++)
        {
            if (Values[i] == before[i] || ++flips[i] < MaximumFlips) continue;
            throw new EndlessSwitchingException(
                $"The relation '{system.Modes[i].Name}' switches without end, {MaximumFlips} times at almost one time.",
                $"t = {t:g6}.",
                "Two sides of a switch push the state back to it (sliding), or bounces run together: give the switch a hysteresis, or end the solve before.");
        }
    }

    // Solves left − right = 0 for the time: from its values at times 0 and 1, then refined where it is.
    private void FindFlipTimes(double[] y)
    {
        if (!Array.Exists(isAffine, affine => affine)) return;
        instance.Roots(0, y, g);
        instance.Roots(1, y, gAhead);
        for (int i = 0; i < Count; i++)
        {
            if (!isAffine[i]) continue;
            slopes[i] = gAhead[i] - g[i];
            flipTimes[i] = slopes[i] == 0 || !double.IsFinite(slopes[i]) ? double.PositiveInfinity : -g[i] / slopes[i];
        }

        for (int i = 0; i < Count; i++)
        {
            for (int round = 0; round < 3 && isAffine[i] && double.IsFinite(flipTimes[i]); round++)
            {
                instance.Roots(flipTimes[i], y, g);
                flipTimes[i] -= g[i] / slopes[i];
            }
        }
    }

    // A root that is exactly zero: look where the solution is about to go.
    private void LookAhead(double t, double[] y, bool[]? forced)
    {
        double δ = Math.Max(1e-10 * span, 16 * (Math.BitIncrement(Math.Abs(t)) - Math.Abs(t)));
        if (instance.IsMassIdentity)
        {
            instance.Rates(t, y, rates);
        }
        else
        {
            // y' from one short linearly implicit Euler step, as for the initial step.
            instance.Rates(t, y, rates);
            instance.EvaluateJacobian(t, y);
            if (!instance.Factorize(1 / δ)) return;
            instance.Solve(rates);
            for (int k = 0; k < rates.Length; k++) rates[k] /= δ;
        }

        for (int k = 0; k < ahead.Length; k++) ahead[k] = y[k] + δ * rates[k];
        instance.Roots(t + δ, ahead, gAhead);
        for (int i = 0; i < Count; i++)
        {
            if (g[i] != 0 || isAffine[i] || (forced is not null && forced[i])) continue;
            if (double.IsFinite(gAhead[i])) Values[i] = Holds(i, gAhead[i]) ? 1 : 0;
        }
    }

    private bool Holds(int mode, double root) =>
        root < 0 || (root == 0 && system.Modes[mode].Relation.Operation == Symbolics.Operation.LessOrEqual);
}
