using System.Collections.Immutable;
using Protonmotive.Kernels;

namespace Protonmotive.Solvers;

/// <summary>Modes, events and algebraic variables of one solve, brought up to date together at every stop of the integration loop.</summary>
internal sealed class Switching
{
    private const int MaximumRounds = 1_000;

    private readonly KernelInstance instance;
    private readonly ConsistentState? consistent;
    private readonly IStopObserver? observer;
    private bool hasStarted;

    public Switching(KernelInstance instance, RandomStream random, double start, double end, IStopObserver? observer = null)
    {
        this.instance = instance;
        this.observer = observer;
        Modes = new Modes(instance, start, end);
        Events = new EventQueue(instance, random, observer);
        consistent = instance.IsMassIdentity ? null : new ConsistentState(instance);
    }

    /// <summary>The truth values.</summary>
    public Modes Modes { get; }

    /// <summary>The events.</summary>
    public EventQueue Events { get; }

    /// <summary>Whether there is nothing to bring up to date.</summary>
    public bool IsEmpty => Modes.Count == 0 && Events.IsEmpty && consistent is null;

    /// <summary>Parameters and modes as they are now.</summary>
    public ReadOnlySpan<double> Parameters => instance.Parameters;

    /// <summary>The first time after <paramref name="t"/> at which something is known to happen; infinite where nothing is.</summary>
    public double NextTime(double t) => Math.Min(Modes.NextTime(t), Events.NextTime);

    /// <summary>Brings modes and algebraic variables up to date and carries out the events that are due, in cascade.</summary>
    /// <param name="t">Time of the stop.</param>
    /// <param name="y">State; changed by jumps.</param>
    /// <param name="forced">Modes that were just crossed: they flip whatever rounding says; null for none.</param>
    /// <param name="changed">Whether a mode, a parameter or the state has a new value.</param>
    /// <returns>The jump, or null where no event was carried out.</returns>
    /// <exception cref="EndlessSwitchingException">The cascade does not end.</exception>
    /// <exception cref="NonFiniteException">An event sets a value that is not a number.</exception>
    public EventRecord? Stop(double t, double[] y, bool[]? forced, out bool changed)
    {
        Modes.Remember();
        observer?.Begin(new StopPoint(t, y, instance.Parameters), forced);
        EventRecord? record = null;
        bool isStart = !hasStarted;
        if (isStart)
        {
            // A trigger that holds at the very start fires there, even if it fails at once after: modes look ahead, this does not.
            hasStarted = true;
            Modes.TakeAsItStands(t, y);
            Settle(t, y);
            Modes.TakeAsItStands(t, y);
            Events.LookAtTriggers(t, y);
        }

        Modes.Take(t, y, forced);
        if (Modes.HaveChanged) Settle(t, y);
        Events.LookAtTriggers(t, y);
        for (int round = 0; CarryOutOne(t, y, ref record); round++)
        {
            if (round == MaximumRounds) throw Endless(t, record!);
            Settle(t, y);
            Modes.Take(t, y, null);
            Events.LookAtTriggers(t, y);
        }

        Modes.CountFlips(t);
        observer?.End(new StopPoint(t, y, instance.Parameters));
        changed = record is not null || isStart || Modes.HaveChanged;
        return record is null ? null : record with { StateAfter = [.. y], ParametersAfter = [.. instance.Parameters] };
    }

    private void Settle(double t, double[] y)
    {
        if (consistent is null) return;
        consistent.Restore(t, y);
        observer?.Restored(new StopPoint(t, y, instance.Parameters), consistent.Solved);
    }

    private bool CarryOutOne(double t, double[] y, ref EventRecord? record)
    {
        if (double.IsPositiveInfinity(Events.NextTime) || Events.NextTime > t) return false;
        var (before, parametersBefore) = record is null ? (y.ToImmutableArray(), instance.Parameters.ToImmutableArray()) : (record.StateBefore, record.ParametersBefore);
        if (!Events.CarryOutOne(t, y, out string name)) return false;
        record = record is null
            ? new EventRecord(t, [name], before, [], parametersBefore, [])
            : record with { Names = record.Names.Add(name) };
        return true;
    }

    private static EndlessSwitchingException Endless(double t, EventRecord record) => new(
        $"Events trigger each other without end: {string.Join(", ", record.Names.TakeLast(4))}, …",
        $"t = {t:g6}, after {MaximumRounds} rounds at this time.",
        "Let an event's assignments turn its own trigger false, or separate the thresholds.");
}
