using System.Collections.Immutable;
using Protonmotive.Kernels;

namespace Protonmotive.Solvers.Stochastic;

/// <summary>Carries out runs on one thread: firings between stops, and at stops outputs, events and clocks.</summary>
internal sealed class StochasticRun
{
    private const int MaximumEvents = 1_000;

    private readonly StochasticKernel kernel;
    private readonly StochasticOptions options;
    private readonly ImmutableArray<double> times;
    private readonly ulong seed;
    private readonly JumpWorkspace space;
    private readonly FiringLoop loop;
    private readonly Clocks clocks;
    private readonly KernelInstance instance;
    private readonly bool hasEvents, hasDraws;
    private readonly double[] state;
    private double[] parameters, initial;

    public StochasticRun(StochasticKernel kernel, ulong seed, ImmutableArray<double> times, StochasticOptions options)
    {
        this.kernel = kernel;
        this.options = options;
        this.times = times;
        this.seed = seed;
        CheckTimes(times);
        var equations = kernel.System.Equations;
        space = new JumpWorkspace(kernel, options);
        clocks = new Clocks(space);
        loop = Array.Exists(kernel.Programs.IsDriven, driven => driven)
            ? new DrivenLoop(space, clocks, (times[^1] - times[0]) / 16)
            : options.Method.For(space.ChannelCount) switch
            {
                StochasticMethod.NextReaction => new NextReactionLoop(space),
                StochasticMethod.TauLeaping leaping => new LeapingLoop(space, leaping.Epsilon),
                _ => new DirectLoop(space),
            };
        hasEvents = !equations.Events.IsEmpty;
        hasDraws = equations.Parameters.Any(p => p.Draw is not null);
        parameters = kernel.Base.Parameters(options.Parameters, times[0], hasDraws ? new RandomStream(seed, 0).Sample : null);
        initial = kernel.Base.InitialState(parameters, times[0]);
        state = new double[initial.Length];
        instance = kernel.Base.Bind(parameters);
    }

    /// <summary>Firings of the last run.</summary>
    public long Firings => space.FiringCount;

    /// <summary>Carries out one run.</summary>
    /// <param name="member">Which.</param>
    /// <param name="rows">Receives the outputs, shape [times · outputs].</param>
    public void Run(ulong member, Span<double> rows)
    {
        var random = new RandomStream(seed, member);
        space.Begin(random, times[0]);
        if (hasDraws)
        {
            parameters = kernel.Base.Parameters(options.Parameters, times[0], random.Sample);
            initial = kernel.Base.InitialState(parameters, times[0]);
        }
        space.Load(initial, parameters);
        EventQueue? events = null;
        if (hasEvents)
        {
            parameters.CopyTo(instance.Parameters);
            events = new EventQueue(instance, random);
            Settle(events);
        }
        clocks.Restart();
        loop.Restart();
        int width = kernel.Outputs.Length;
        for (int row = 0; row < times.Length; row++)
        {
            while (!AdvanceTo(times[row], events)) { }
            space.WriteOutputs(rows.Slice(row * width, width));
        }
    }

    // One stop further; whether the time is reached and everything that happens there has happened.
    private bool AdvanceTo(double time, EventQueue? events)
    {
        double known = Math.Min(clocks.NextFlip, events?.NextTime ?? double.PositiveInfinity);
        // What happens within rounding of a time asked for belongs to it: rows show what is after.
        bool isKnown = known <= time + (1e-12 * Math.Max(Math.Abs(time), time - times[0]));
        bool reached = loop.Advance(isKnown ? known : time);
        if (reached && !isKnown)
        {
            clocks.MoveTo(time);
            return true;
        }
        clocks.MoveTo(space.Time);
        space.CountFiring(space.Time);
        if (events is not null && Settle(events)) loop.Restart();
        clocks.Restart();
        return false;
    }

    // Carries out what is due; whether anything was.
    private bool Settle(EventQueue events)
    {
        double t = space.Time;
        space.Save(state);
        events.LookAtTriggers(t, state);
        int count = 0;
        for (; events.CarryOutOne(t, state, out string name); count++)
        {
            if (count == MaximumEvents) throw new EndlessSwitchingException($"Events trigger each other without end, the last of them '{name}'.",
                space.Where(t) + $", after {MaximumEvents} events at this time", "Let an event's assignments turn its own trigger false, or separate the thresholds.");
            events.LookAtTriggers(t, state);
        }
        if (count > 0) space.Load(state, instance.Parameters);
        else space.RememberTruths();
        return count > 0;
    }

    /// <summary>The column of an output.</summary>
    public static int Column(ImmutableArray<string> names, string name)
    {
        int column = names.IndexOf(name);
        return column >= 0 ? column : throw new StochasticException($"'{name}' was not tabulated.", "stochastic run", $"Choose among {string.Join(", ", names.Take(12))}.");
    }

    private static void CheckTimes(ImmutableArray<double> times)
    {
        if (times.IsDefaultOrEmpty) throw new StochasticException("No times are asked for.", "times of a stochastic run", "Give the start and at least one later time.");
        for (int i = 0; i < times.Length; i++)
        {
            if (double.IsFinite(times[i]) && (i == 0 || times[i] >= times[i - 1])) continue;
            throw new StochasticException($"Time {times[i]} is not finite, or comes after a later one.", $"time {i} of a stochastic run", "Give finite times, in ascending order.");
        }
    }
}
