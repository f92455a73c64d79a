using System.Collections.Immutable;
using Protonmotive.Kernels;
using Protonmotive.Networks;
using Protonmotive.Symbolics;

namespace Protonmotive.Solvers;

/// <summary>
/// The modes and events of one solve: holds the truth values fixed between stops, finds where they flip, and applies jumps.
/// </summary>
/// <remarks>
/// A relation whose sides are affine in time and free of states flips at a time that is solved for; the loop stops there
/// exactly. Other relations are watched through their roots. At a stop every relation is taken from the right: a root that is
/// exactly zero takes the value it is about to have.
/// </remarks>
internal sealed class Switching
{
    private const int MaximumRounds = 100;

    // A mode that flips this often, each time within this part of the time solved so far, switches without end.
    private const int MaximumFlips = 12;
    private const double StalledPart = 1e-9;

    private bool hasStarted;
    private readonly KernelInstance instance;
    private readonly EquationSystem system;
    private readonly int parameterCount, modeCount, eventCount;
    private readonly bool[] isAffine, triggers, newTriggers;
    private readonly double[] flipTimes, slopes, g, gAhead, ahead, rates, values, modesBefore;
    private readonly int[][] targets;
    private readonly int[] flips;
    private readonly double start, span;
    private double lastStop;

    public Switching(KernelInstance instance, double start, double end)
    {
        this.instance = instance;
        this.start = lastStop = start;
        span = end - start;
        system = instance.Kernel.System;
        parameterCount = instance.Kernel.ParameterCount;
        modeCount = instance.Kernel.ModeCount;
        eventCount = system.Events.Length;
        int n = instance.Count;
        var states = system.States.Select(state => state.Name).ToHashSet();
        isAffine = [.. system.Modes.Select(mode => TimeRelation.IsAffine(mode.Root, states))];
        flipTimes = new double[modeCount];
        slopes = new double[modeCount];
        g = new double[modeCount];
        gAhead = new double[modeCount];
        modesBefore = new double[modeCount];
        flips = new int[modeCount];
        ahead = new double[n];
        rates = new double[n];
        triggers = [.. system.Events.Select(e => e.TrueBeforeStart)];
        newTriggers = new bool[eventCount];
        values = new double[Math.Max(eventCount, system.Events.Select(e => e.Assignments.Length).DefaultIfEmpty().Max())];
        targets = [.. system.Events.Select(e => e.Assignments.Select(a => Target(e, a)).ToArray())];
    }

    /// <summary>Whether there is anything to watch.</summary>
    public bool IsEmpty => modeCount == 0 && eventCount == 0;

    /// <summary>Parameters and modes as they are now.</summary>
    public ReadOnlySpan<double> Parameters => instance.Parameters;

    /// <summary>Number of modes.</summary>
    public int ModeCount => modeCount;

    /// <summary>Whether a mode has to be watched after every step.</summary>
    public bool WatchesRoots => Array.Exists(isAffine, affine => !affine);

    private Span<double> Modes => instance.Parameters.Slice(parameterCount, modeCount);

    /// <summary>The first time after <paramref name="t"/> where a mode flips that depends on time alone; infinite where none does.</summary>
    public double NextTime(double t)
    {
        double next = double.PositiveInfinity;
        for (int i = 0; i < modeCount; i++)
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
        for (int i = 0; i < modeCount; i++)
            if (HasFlipped(i, roots[i])) return true;
        return false;
    }

    /// <summary>Whether a watched mode's root has a sign that contradicts its value.</summary>
    public bool HasFlipped(int mode, double root) => !isAffine[mode] && Holds(mode, root) != (Modes[mode] != 0);

    /// <summary>Flips the watched modes whose root contradicts them: a root met too close to a stop to step to it.</summary>
    /// <returns>The flipped modes; they keep the new value at this stop.</returns>
    public bool[] Flipped(ReadOnlySpan<double> roots)
    {
        var flipped = new bool[modeCount];
        for (int i = 0; i < modeCount; i++) flipped[i] = HasFlipped(i, roots[i]);
        return flipped;
    }

    /// <summary>
    /// Brings modes up to date at a stop and fires the events whose trigger turns true, in cascade.
    /// </summary>
    /// <param name="t">Time of the stop.</param>
    /// <param name="y">State; changed by jumps.</param>
    /// <param name="forced">Modes that were just crossed: they flip whatever rounding says; null for none.</param>
    /// <param name="modesChanged">Whether a mode or a parameter has a new value.</param>
    /// <returns>The jump, or null where no event fired.</returns>
    /// <exception cref="EndlessSwitchingException">The cascade does not end.</exception>
    /// <exception cref="NonFiniteException">An event sets a value that is not finite.</exception>
    public EventRecord? Stop(double t, double[] y, bool[]? forced, out bool modesChanged)
    {
        Modes.CopyTo(modesBefore);
        EventRecord? record = null;
        if (!hasStarted) FireAsTheStartStands(t, y, ref record);
        FindFlipTimes(y);
        TakeModes(t, y, forced);
        for (int round = 0; Fire(t, y, ref record); round++)
        {
            if (round == MaximumRounds) throw Endless(t, record!);
            FindFlipTimes(y);
            TakeModes(t, y, null);
        }

        CountFlips(t);
        modesChanged = record is not null || !Modes.SequenceEqual(modesBefore);
        return record is null ? null : record with { StateAfter = [.. y], ParametersAfter = [.. instance.Parameters] };
    }

    /// <summary>A trigger that holds at the very start fires there, even if it fails at once after: modes look ahead, this does not.</summary>
    private void FireAsTheStartStands(double t, double[] y, ref EventRecord? record)
    {
        hasStarted = true;
        instance.Roots(t, y, g);
        for (int i = 0; i < modeCount; i++) Modes[i] = Holds(i, g[i]) ? 1 : 0;
        Fire(t, y, ref record);
    }

    private void CountFlips(double t)
    {
        bool isStalled = t > start && t - lastStop <= StalledPart * (t - start);
        lastStop = t;
        if (!isStalled) Array.Clear(flips);
        for (int i = 0; i < modeCount; i++)
        {
            if (Modes[i] == modesBefore[i] || ++flips[i] < MaximumFlips) continue;
            throw new EndlessSwitchingException(
                $"The relation '{system.Modes[i].Name}' switches without end, {MaximumFlips} times at almost one time.",
                $"t = {t:g6}.",
                "Two sides of a switch push the state back to it (sliding), or bounces run together: give the switch a hysteresis, or end the solve before.");
        }
    }

    private bool Fire(double t, double[] y, ref EventRecord? record)
    {
        if (eventCount == 0) return false;
        instance.Triggers(t, y, values.AsSpan(0, eventCount));
        bool any = false;
        for (int e = 0; e < eventCount; e++)
        {
            newTriggers[e] = values[e] != 0;
            any |= newTriggers[e] && !triggers[e];
        }

        if (!any)
        {
            newTriggers.CopyTo(triggers, 0);
            return false;
        }

        // All events that fire now read the values before the jump; where two set one target, the later event has it.
        var before = y.ToImmutableArray();
        var parametersBefore = instance.Parameters.ToImmutableArray();
        var assignments = new List<(int Target, double Value, string Name)>();
        var names = new List<string>();
        for (int e = 0; e < eventCount; e++)
        {
            if (!newTriggers[e] || triggers[e]) continue;
            names.Add(system.Events[e].Name);
            instance.Assignments(e, t, y, values.AsSpan(0, targets[e].Length));
            for (int k = 0; k < targets[e].Length; k++) assignments.Add((targets[e][k], values[k], system.Events[e].Assignments[k].Target));
        }

        foreach (var (target, value, name) in assignments)
        {
            if (!double.IsFinite(value))
            {
                throw new NonFiniteException(
                    $"An event sets '{name}' to {value}.",
                    $"t = {t:g6}, event '{string.Join("', '", names)}'.",
                    "Correct the value that the event assigns.");
            }

            if (target >= 0) y[target] = value;
            else instance.Parameters[~target] = value;
        }

        newTriggers.CopyTo(triggers, 0);
        record = record is null
            ? new EventRecord(t, [.. names], before, [], parametersBefore, [])
            : record with { Names = record.Names.AddRange(names) };
        return true;
    }

    // Solves left − right = 0 for the time: from its values at times 0 and 1, then refined where it is.
    private void FindFlipTimes(double[] y)
    {
        if (!Array.Exists(isAffine, affine => affine)) return;
        instance.Roots(0, y, g);
        instance.Roots(1, y, gAhead);
        for (int i = 0; i < modeCount; i++)
        {
            if (!isAffine[i]) continue;
            slopes[i] = gAhead[i] - g[i];
            flipTimes[i] = slopes[i] == 0 ? double.PositiveInfinity : -g[i] / slopes[i];
        }

        for (int i = 0; i < modeCount; i++)
        {
            for (int round = 0; round < 3 && isAffine[i] && double.IsFinite(flipTimes[i]); round++)
            {
                instance.Roots(flipTimes[i], y, g);
                flipTimes[i] -= g[i] / slopes[i];
            }
        }
    }

    private void TakeModes(double t, double[] y, bool[]? forced)
    {
        if (modeCount == 0) return;
        instance.Roots(t, y, g);
        bool undecided = false;
        for (int i = 0; i < modeCount; i++)
        {
            if (forced is not null && forced[i]) Modes[i] = 1 - Modes[i];
            else if (isAffine[i] && slopes[i] != 0) Modes[i] = slopes[i] > 0 == t < flipTimes[i] ? 1 : 0;
            else
            {
                Modes[i] = Holds(i, g[i]) ? 1 : 0;
                undecided |= g[i] == 0 && !isAffine[i];
            }
        }

        if (undecided) LookAhead(t, y, forced);
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
        for (int i = 0; i < modeCount; i++)
        {
            if (g[i] != 0 || isAffine[i] || (forced is not null && forced[i])) continue;
            if (double.IsFinite(gAhead[i])) Modes[i] = Holds(i, gAhead[i]) ? 1 : 0;
        }
    }

    private bool Holds(int mode, double root) =>
        root < 0 || (root == 0 && system.Modes[mode].Relation.Operation == Operation.LessOrEqual);

    // States and quadratures as their index, parameters as the complement of theirs.
    private int Target(EventDefinition definition, EventAssignment assignment)
    {
        for (int i = 0; i < system.States.Length; i++)
            if (system.States[i].Name == assignment.Target) return i;
        for (int i = 0; i < system.Parameters.Length; i++)
            if (system.Parameters[i].Name == assignment.Target) return ~i;
        throw new SolverException(
            $"Event '{definition.Name}' assigns to '{assignment.Target}', which is neither a state nor a parameter.",
            $"System '{system.Name}', event '{definition.Name}'.",
            "Assign to a state or to a parameter.");
    }

    private static EndlessSwitchingException Endless(double t, EventRecord record) => new(
        $"Events trigger each other without end: {string.Join(", ", record.Names.TakeLast(4))}, …",
        $"t = {t:g6}, after {MaximumRounds} rounds at this time.",
        "Let an event's assignments turn its own trigger false, or separate the thresholds.");
}
