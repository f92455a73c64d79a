using System.Collections.Immutable;
using Protonmotive.Kernels;
using Protonmotive.Networks;

namespace Protonmotive.Solvers;

/// <summary>The events of one run: which are due, when, and what carrying them out does to state and parameters.</summary>
/// <remarks>
/// SBML Level 3 Version 2 (Hucka et al. 2019, J Integr Bioinform 16:20190021, section 4.11): an event that triggers is due after its
/// delay; it is withdrawn if its trigger turns false before and it is not persistent; of those due at one time the one of highest
/// priority comes first, equals in random order, and after each all triggers are looked at again. Events without a priority come
/// last, in the order of the model. It knows nothing of how time passes, so ODE and stochastic runs share it.
/// </remarks>
internal sealed class EventQueue
{
    private readonly KernelInstance instance;
    private readonly EquationSystem system;
    private readonly RandomStream random;
    private readonly bool[] triggers;
    private readonly double[] values, priorities;
    private readonly int[][] targets;
    private readonly bool hasDelays, hasPriorities;
    private readonly List<Pending> pending = [];
    private readonly IStopObserver? observer;
    private int triggerings;

    public EventQueue(KernelInstance instance, RandomStream random, IStopObserver? observer = null)
    {
        this.instance = instance;
        this.observer = observer;
        this.random = random;
        system = instance.Kernel.System;
        triggers = [.. system.Events.Select(e => e.TrueBeforeStart)];
        values = new double[system.Events.Length];
        priorities = new double[system.Events.Length];
        targets = [.. system.Events.Select(e => e.Assignments.Select(a => Target(e, a)).ToArray())];
        hasDelays = system.Events.Any(e => e.Delay is not null);
        hasPriorities = system.Events.Any(e => e.Priority is not null);
    }

    /// <summary>Whether the system has no events.</summary>
    public bool IsEmpty => system.Events.IsEmpty;

    /// <summary>When the next event that has triggered is due; infinite where none is.</summary>
    public double NextTime => pending.Count == 0 ? double.PositiveInfinity : pending.Min(p => p.Time);

    /// <summary>Evaluates all triggers: those that turned true become due, those that turned false withdraw what is not persistent.</summary>
    /// <exception cref="NonFiniteException">A delay is negative or not finite.</exception>
    public void LookAtTriggers(double t, double[] y)
    {
        if (IsEmpty) return;
        instance.Triggers(t, y, values);
        var rising = new List<int>();
        for (int e = 0; e < triggers.Length; e++)
        {
            bool holds = values[e] != 0 && !double.IsNaN(values[e]);
            if (holds && !triggers[e]) rising.Add(e);
            else if (!holds && triggers[e] && !system.Events[e].IsPersistent) pending.RemoveAll(p => p.Event == e);
            triggers[e] = holds;
        }

        foreach (int e in rising)
        {
            var definition = system.Events[e];
            Redraw(e, t, y);
            double delay = 0;
            if (hasDelays)
            {
                instance.EventDelays(t, y, values);
                delay = values[e];
                if (!(delay >= 0) || double.IsInfinity(delay))
                    throw new NonFiniteException($"The delay of event '{definition.Name}' is {delay}.", $"t = {t:g6}, event '{definition.Name}'.", "Give a delay that is a number not below 0.");
            }

            observer?.Triggered(new StopPoint(t, y, instance.Parameters), triggerings, e, definition.UsesTriggerTimeValues);
            pending.Add(new Pending(triggerings++, e, t + delay, definition.UsesTriggerTimeValues ? Values(e, t, y) : null));
        }
    }

    /// <summary>Carries out the first of the events that are due.</summary>
    /// <param name="t">Time.</param>
    /// <param name="y">State; changed.</param>
    /// <param name="name">The event's name.</param>
    /// <returns>False where none is due.</returns>
    /// <exception cref="NonFiniteException">It sets a value that is not a number.</exception>
    public bool CarryOutOne(double t, double[] y, out string name)
    {
        name = "";
        int chosen = Choose(t, y);
        if (chosen < 0) return false;
        var due = pending[chosen];
        pending.RemoveAt(chosen);
        name = system.Events[due.Event].Name;
        var assigned = due.Values;
        if (assigned is null)
        {
            Redraw(due.Event, t, y);
            assigned = Values(due.Event, t, y);
        }

        observer?.Assigning(new StopPoint(t, y, instance.Parameters), due.Id, due.Event, assigned, due.Values is null);
        Assign(due.Event, t, y, assigned);
        return true;
    }

    private int Choose(double t, double[] y)
    {
        int first = -1, equals = 0;
        if (hasPriorities && pending.Count > 1) instance.Priorities(t, y, priorities);
        for (int i = 0; i < pending.Count; i++)
        {
            if (pending[i].Time > t) continue;
            double rank = Rank(i), best = first < 0 ? double.NaN : Rank(first);
            if (first < 0 || rank > best)
            {
                first = i;
                equals = 1;
            }
            else if (rank == best && !double.IsNegativeInfinity(rank) && random.Uniform() * ++equals < 1)
            {
                first = i; // each of k equals is left with probability 1/k
            }
        }

        return first;
    }

    private double Rank(int i) => double.IsNaN(priorities[pending[i].Event]) || !hasPriorities ? double.NegativeInfinity : priorities[pending[i].Event];

    private double[] Values(int e, double t, double[] y)
    {
        var assigned = new double[targets[e].Length];
        instance.Assignments(e, t, y, assigned);
        return assigned;
    }

    private void Redraw(int e, double t, double[] y)
    {
        var draws = system.Events[e].Draws;
        if (draws.IsEmpty) return;
        var formulas = new double[draws.Sum(d => d.Arguments.Length + 2)];
        instance.EventDraws(e, t, y, formulas);
        int at = 0;
        foreach (var draw in draws)
        {
            int count = draw.Arguments.Length;
            double value = random.Sample(draw.Distribution, formulas.AsSpan(at, count), formulas[at + count], formulas[at + count + 1]);
            instance.Parameters[~TargetOf(draw.Name)] = value;
            at += count + 2;
        }
    }

    // All that is set follows from what was before.
    private void Assign(int e, double t, double[] y, double[] assigned)
    {
        var definition = system.Events[e];
        for (int k = 0; k < assigned.Length; k++)
        {
            if (double.IsNaN(assigned[k]))
                throw new NonFiniteException($"An event sets '{definition.Assignments[k].Target}' to {assigned[k]}.", $"t = {t:g6}, event '{definition.Name}'.", "Correct the value that the event assigns.");
        }

        var results = new double[definition.Assignments.Count(a => a.Result is not null)];
        if (results.Length > 0) instance.Results(e, t, y, assigned, results);
        for (int k = 0, next = 0; k < assigned.Length; k++)
            Set(targets[e][k], definition.Assignments[k].Result is null ? assigned[k] : results[next++], y);
    }

    private void Set(int target, double value, double[] y)
    {
        if (target >= 0) y[target] = value;
        else instance.Parameters[~target] = value;
    }

    private int Target(EventDefinition definition, EventAssignment assignment)
    {
        int target = TargetOf(assignment.Target);
        return target != int.MaxValue ? target : throw new SolverException(
            $"Event '{definition.Name}' assigns to '{assignment.Target}', which is neither a state nor a parameter.",
            $"System '{system.Name}', event '{definition.Name}'.",
            "Assign to a state or to a parameter.");
    }

    // States as their index, parameters as the complement of theirs.
    private int TargetOf(string name)
    {
        for (int i = 0; i < system.States.Length; i++)
            if (system.States[i].Name == name) return i;
        for (int i = 0; i < system.Parameters.Length; i++)
            if (system.Parameters[i].Name == name) return ~i;
        return int.MaxValue;
    }

    /// <summary>An event that has triggered.</summary>
    /// <param name="Id">Counts triggerings.</param>
    /// <param name="Event">Which event.</param>
    /// <param name="Time">When it is due.</param>
    /// <param name="Values">Its values, where they were computed when it triggered.</param>
    private readonly record struct Pending(int Id, int Event, double Time, double[]? Values);
}
