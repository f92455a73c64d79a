using System.Collections.Immutable;
using Protonmotive.Kernels;
using Protonmotive.Solvers.Stochastic;

namespace Protonmotive.Solvers.Langevin;

/// <summary>Carries out paths on one thread: steps, their books, and at the ends of steps events and outputs.</summary>
internal sealed class PathRun
{
    private const int MaximumEvents = 1_000;

    // An event whose time is the end of a step is due there, however the two were rounded.
    private const double AtTheSameTime = 1e-9;

    private readonly LangevinProblem problem;
    private readonly LangevinOptions options;
    private readonly LangevinKernel kernel;
    private readonly ulong seed;
    private readonly int[] rows;
    private readonly KernelInstance motion, books, shown;
    private readonly LangevinStepper stepper;
    private readonly PathBooks account;
    private readonly bool hasDraws;
    private readonly double[] state;
    private double[] parameters, initial;

    public PathRun(LangevinProblem problem, ulong seed, int[] rows, LangevinOptions options)
    {
        (this.problem, this.seed, this.rows, this.options, kernel) = (problem, seed, rows, options, problem.Kernel);
        hasDraws = kernel.Motion.System.Parameters.Any(p => p.Draw is not null);
        parameters = kernel.Motion.Parameters(problem.Overrides, problem.Start, hasDraws ? new RandomStream(seed, 0).Sample : null);
        initial = kernel.Motion.InitialState(parameters, problem.Start);
        (motion, books, shown) = (kernel.Motion.Bind(parameters), kernel.Books.Bind(parameters), kernel.Shown.Bind(parameters));
        stepper = new LangevinStepper(kernel, motion);
        account = new PathBooks(kernel, books, PathColumns.Of(kernel));
        state = new double[kernel.Motion.StateCount];
    }

    /// <summary>The account of the last path, shape [columns].</summary>
    public ReadOnlySpan<double> Account => account.Totals;

    /// <summary>Carries out one path.</summary>
    /// <param name="member">Which.</param>
    /// <param name="outputs">Receives the outputs, shape [rows · outputs].</param>
    public void Run(ulong member, Span<double> outputs)
    {
        var random = new RandomStream(seed, member);
        if (hasDraws || !problem.Drawn.IsEmpty)
        {
            parameters = kernel.Motion.Parameters(Drawn(random), problem.Start, random.Sample);
            initial = kernel.Motion.InitialState(parameters, problem.Start);
        }
        initial.AsSpan(0, state.Length).CopyTo(state);
        Place(parameters);
        var events = kernel.Motion.System.Events.IsEmpty ? null : new EventQueue(motion, random);
        account.Begin(problem.Start, state);
        if (events is not null) Settle(events, problem.Start);
        stepper.Begin(problem.Start, state);
        int width = kernel.Outputs.Length, row = 0;
        double h = problem.Step, spread = Math.Sqrt(h / options.NoiseParts);
        for (int step = 0; ; step++)
        {
            double t = problem.At(step);
            for (; row < rows.Length && rows[row] == step; row++) shown.Observables(t, state, outputs.Slice(row * width, width));
            if (step == problem.Steps) return;
            Draw(random, spread);
            if (stepper.Step(t, h, state) is { } failure) throw stepper.Failed(failure, t, h, seed, member);
            account.Post(t, h, state, stepper.Next, stepper.Moves, stepper.Displacements);
            stepper.Next.CopyTo(state, 0);
            if (events is not null && Settle(events, problem.At(step + 1))) stepper.Begin(problem.At(step + 1), state);
        }
    }

    private ImmutableDictionary<string, double> Drawn(RandomStream random)
    {
        var values = problem.Overrides;
        foreach (var draw in problem.Drawn)
            values = values.SetItem(draw.Name, random.Sample(draw.Distribution, [.. draw.Arguments.Select(a => a.Value)], draw.Lowest?.Value ?? double.NegativeInfinity, draw.Highest?.Value ?? double.PositiveInfinity));
        return values;
    }

    private void Draw(RandomStream random, double spread)
    {
        foreach (int r in kernel.Noises) stepper.Increments[r] = 0;
        for (int part = 0; part < options.NoiseParts; part++)
            foreach (int r in kernel.Noises) stepper.Increments[r] += spread * random.Normal();
    }

    private void Place(ReadOnlySpan<double> all)
    {
        all.CopyTo(motion.Parameters);
        all[..kernel.Motion.ParameterCount].CopyTo(books.Parameters);
        all[..kernel.Motion.ParameterCount].CopyTo(shown.Parameters);
    }

    // Carries out what is due; whether anything was.
    private bool Settle(EventQueue events, double t)
    {
        double after = t + (AtTheSameTime * problem.Step);
        events.LookAtTriggers(after, state);
        int count = 0;
        for (; events.CarryOutOne(after, state, out string name); count++)
        {
            if (count == MaximumEvents) throw new EndlessSwitchingException($"Events trigger each other without end, the last of them '{name}'.",
                $"network {kernel.Network.Name}, t = {t:g6}, after {MaximumEvents} events at this time", "Let an event's assignments turn its own trigger false, or separate the thresholds.");
            Place(motion.Parameters);
            account.PostJump(Index(name), t, state);
            events.LookAtTriggers(after, state);
        }
        return count > 0;
    }

    private int Index(string name)
    {
        var all = kernel.Motion.System.Events;
        for (int e = 0; e < all.Length; e++) if (all[e].Name == name) return e;
        return -1;
    }
}
