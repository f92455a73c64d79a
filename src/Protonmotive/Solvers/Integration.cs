using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Protonmotive.Kernels;

namespace Protonmotive.Solvers;

/// <summary>
/// The integration loop: steps a method from stop to stop, owns step control, modes, events and output. Nothing is allocated
/// per step besides the rows of output.
/// </summary>
internal sealed class Integration
{
    private const int ProgressInterval = 64;
    private const double SingularPart = 1e-13;

    private const int MaximumFlipsInPlace = 4;

    // Steps are not shortened below this part of the solve to follow a root: one that jumps can't be followed.
    private const double SmallestWatched = 1e-5;

    private readonly KernelInstance instance;
    private readonly MethodChooser? chooser;
    private readonly List<MethodChoice> choices = [];
    private IDifferentialSystem system = null!;
    private Method method = null!;
    private Stepper stepper = null!;
    private StiffnessWatch? stiffness;
    private WorkCounts earlier;
    private readonly ErrorNorm norm;
    private IStepController controller = null!;
    private readonly Switching? switching;
    private readonly DelayHistory? history;
    private readonly RootLanding? landing;
    private readonly SolutionRecorder recorder;
    private readonly SolveOptions options;
    private readonly Func<int, string> name;
    private readonly IProgress<SolveProgress>? progress;
    private readonly CancellationToken cancellation;
    private readonly double start, end;
    private readonly double[] parameters, error, work;
    private double[] y, next;
    private double t, h, stop;
    private long steps, rejected, extraRates;
    private int flipsInPlace;

    public Integration(
        KernelInstance instance, MethodChoice choice, MethodChooser? chooser, ErrorNorm norm, Switching? switching, DelayHistory? history, SolutionRecorder recorder, SolveOptions options,
        Func<int, string> name, double start, double end, double[] initial, double[] parameters, IProgress<SolveProgress>? progress, CancellationToken cancellation)
    {
        this.instance = instance;
        this.chooser = chooser;
        this.norm = norm;
        this.switching = switching is null || (switching.IsEmpty && history is null) ? null : switching;
        this.history = history;
        this.recorder = recorder;
        this.options = options;
        this.name = name;
        this.progress = progress;
        this.cancellation = cancellation;
        this.start = start;
        this.end = end;
        Use(choice);
        landing = this.switching is { Modes.WatchesRoots: true } ? new RootLanding(this.switching.Modes, instance.Count) : null;
        this.parameters = parameters;
        y = [.. initial];
        next = new double[system.Count];
        error = new double[system.Count];
        work = new double[system.Count];
    }

    /// <summary>The time reached.</summary>
    public double Time => t;

    /// <summary>The state reached.</summary>
    public double[] State => y;

    /// <summary>Work so far.</summary>
    public WorkCounts Work => new(steps, rejected, earlier.Rates + stepper.Rates + extraRates, earlier.Jacobians + stepper.Jacobians, earlier.Factorisations + stepper.Factorisations, earlier.Solves + stepper.Solves);

    /// <summary>The method in use.</summary>
    public Method Method => method;

    /// <summary>The methods used so far.</summary>
    public ImmutableArray<MethodChoice> Choices => [.. choices];

    /// <summary>Runs to the end, or until the observer says so.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public StopReason Run()
    {
        t = start;
        CheckFinite(ratesToo: false);
        Begin();
        while (t < end)
        {
            cancellation.ThrowIfCancellationRequested();
            if (steps + rejected >= options.MaximumSteps) throw TooManySteps();
            if (!TryStep(out double taken, out double reached, out bool isStop, out bool[]? forced)) continue;

            steps++;
            recorder.Inside(t, reached, y, next, stepper, taken);
            history?.Add(t, taken, y, next, stepper.DenseVectors(taken));
            bool turnsStiff = stiffness?.Observe(reached, next, taken) ?? false;
            bool goOn = options.Observer?.Observe(new StepRecord(t, taken, y, next, stepper.Stages, recorder.Segments.Count - 1, method)) ?? true;
            stepper.Advance();
            (y, next) = (next, y);
            t = reached;
            if (isStop) Stop(forced, hasRow: false);
            else recorder.Point(t, y, jumps: false);
            if (turnsStiff)
            {
                Use(chooser!.AfterStiffness(t));
                Restart();
            }
            if (steps % ProgressInterval == 0) progress?.Report(new SolveProgress(start, t, end, steps));
            if (goOn) continue;
            recorder.Stopped(t, y);
            return StopReason.StoppedByObserver;
        }

        progress?.Report(new SolveProgress(start, t, end, steps));
        return StopReason.ReachedEnd;
    }

    private void Use(MethodChoice choice)
    {
        if (stepper is not null) earlier = new WorkCounts(0, 0, earlier.Rates + stepper.Rates, earlier.Jacobians + stepper.Jacobians, earlier.Factorisations + stepper.Factorisations, earlier.Solves + stepper.Solves);
        choices.Add(choice);
        method = choice.Method;
        system = choice.Solver == LinearSolver.Direct ? instance : new KrylovSystem(instance, norm, choice.Solver == LinearSolver.MatrixFreeKrylov);
        stepper = method.CreateStepper(system, norm);
        controller = method.CreateController(stepper);
        stiffness = chooser is not null && !method.IsImplicit ? new StiffnessWatch(instance) : null;
    }

    // Modes and events at the start.
    private void Begin()
    {
        var jump = switching?.Stop(t, y, null, out _);
        if (jump is not null) RecordJump(jump, jump.ParametersBefore.AsSpan());
        else
        {
            recorder.AddSegment(switching is null ? parameters : switching.Parameters);
            recorder.Point(t, y, jumps: false);
        }

        history?.Jump(t, y, switching!.Parameters);
        Restart();
    }

    // One trial; true where it is accepted, with its length, the time reached and whether that is a stop.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool TryStep(out double taken, out double reached, out bool isStop, out bool[]? forced)
    {
        bool isLanding = landing is { IsActive: true };
        // Events that follow each other ever faster meet at one time, which only a step that looks at no root gets past.
        bool isBlind = flipsInPlace > MaximumFlipsInPlace;
        taken = isLanding ? landing!.Step : isBlind ? 16 * SmallestStep() : LongestStep(h);
        reached = t + taken;
        isStop = false;
        forced = null;

        // Stretch by up to a hundredth to hit the stop, rather than leave a sliver.
        if (t + 1.01 * taken >= stop && (!isLanding || reached >= stop))
        {
            taken = stop - t;
            reached = stop;
            isStop = stop < end || switching is not null;
        }

        bool solved = stepper.TryStep(t, y, taken, next, error);
        double size = solved ? norm.Of(error, y, next) : double.NaN;
        if (!(size <= 1))
        {
            rejected++;
            landing?.Cancel();
            h = taken * controller.Reject(size);
            if (h < SmallestStep()) throw Failure(solved, size);
            return false;
        }

        if (isBlind)
        {
            isStop = true;
        }
        else if (landing is not null)
        {
            switch (landing.Examine(t, taken, y, next, stepper))
            {
                case RootLanding.Outcome.Retake:
                    rejected++;
                    return false;
                case RootLanding.Outcome.TooLong when taken > SmallestWatched * (end - start):
                    rejected++;
                    h = taken / 3;
                    return false;
                case RootLanding.Outcome.FlipsAtOnce:
                    rejected++;
                    flipsInPlace++;
                    Stop(landing.Flips, hasRow: true);
                    return false;
                case RootLanding.Outcome.Landed:
                    isStop = true;
                    forced = landing.Flips;
                    break;
            }
        }

        flipsInPlace = 0;
        h = Math.Min(taken * controller.Accept(taken, size), options.MaximumStep);
        return true;
    }

    // Modes and events at a stop; starts anew where something changed.
    private void Stop(bool[]? forced, bool hasRow)
    {
        var jump = switching!.Stop(t, y, forced, out bool changed);
        if (jump is not null)
        {
            RecordJump(jump, default);
        }
        else
        {
            if (!hasRow) recorder.Point(t, y, jumps: false);
            if (changed) recorder.AddSegment(switching.Parameters);
        }

        if (changed) history?.Jump(t, y, switching.Parameters);
        changed |= history is not null && history.Passes(t);
        if (changed) Restart();
        else stop = NextStop();
    }

    private double NextStop() => Math.Min(end, Math.Min(switching?.NextTime(t) ?? double.PositiveInfinity, history?.NextTime(t) ?? double.PositiveInfinity));

    private double LongestStep(double wanted)
    {
        wanted = Math.Min(wanted, options.MaximumStep);
        if (history is not null) wanted = Math.Min(wanted, history.LongestStep(t, y));
        return options.StepLimits is { } limits ? Math.Max(limits.From(t, wanted), SmallestStep()) : wanted;
    }

    private void RecordJump(EventRecord jump, ReadOnlySpan<double> firstSegment)
    {
        if (!firstSegment.IsEmpty) recorder.AddSegment(firstSegment);
        recorder.Point(t, jump.StateBefore.AsSpan(), jumps: true);
        recorder.AddSegment(switching!.Parameters);
        recorder.AfterJump(t, y);
        recorder.Events.Add(jump);
    }

    private void Restart()
    {
        stepper.Invalidate();
        controller.Reset();
        landing?.Cancel();
        stop = NextStop();
        if (t >= end) return;
        LeaveSingularity();
        CheckFinite(ratesToo: true);
        if (options.InitialStep is double first && t == start)
        {
            h = first;
            return;
        }

        (h, int evaluations) = InitialStep.Estimate(stepper, norm, method.StartOrder, t, y, Math.Min(end - t, options.MaximumStep), work, next);
        extraRates += evaluations;
        h = Math.Max(h, SmallestStep());
    }

    // An integrand may be infinite where a store is empty, and its integral still finite (∫ ln t dt from 0). Then the solve
    // starts 1e-13 of the span later, by an Euler step whose own error is of the square of that.
    private void LeaveSingularity()
    {
        if (!system.IsMassIdentity) return;
        var rates = stepper.RatesAt(t, y);
        if (FirstNonFinite(rates) < norm.StateCount) return;
        double δ = Math.Max(SingularPart * (end - start), 4 * SmallestStep());
        if (t + δ >= stop) return;
        for (int i = 0; i < norm.StateCount; i++) next[i] = y[i] + δ * rates[i];
        y.AsSpan(norm.StateCount).CopyTo(next.AsSpan(norm.StateCount));
        system.Rates(t + δ, next, work);
        extraRates++;
        if (FirstNonFinite(work) >= 0) return;
        for (int i = norm.StateCount; i < y.Length; i++) next[i] += δ * work[i];
        next.CopyTo(y, 0);
        t += δ;
        stepper.Invalidate();
    }

    private double SmallestStep() => Math.Max(4 * (Math.BitIncrement(Math.Abs(t)) - Math.Abs(t)), 1e-280);

    private void CheckFinite(bool ratesToo)
    {
        int bad = FirstNonFinite(y);
        if (bad >= 0) throw NonFinite($"'{name(bad)}' is {y[bad]}", "Correct its initial value, or the event that sets it.");
        if (!ratesToo) return;
        var rates = stepper.RatesAt(t, y);
        bad = FirstNonFinite(rates);
        if (bad < 0) return;
        throw NonFinite(
            $"The rate of '{name(bad)}' is {rates[bad]}",
            "Look in its rate law for a division by zero, the logarithm or root of a negative number, or a parameter that is not a number.");
    }

    private static int FirstNonFinite(ReadOnlySpan<double> x)
    {
        for (int i = 0; i < x.Length; i++)
            if (!double.IsFinite(x[i])) return i;
        return -1;
    }

    private NonFiniteException NonFinite(string what, string mend) =>
        new($"{what}, where a finite number is needed.", $"t = {t:g6}, method {method.Name}.", mend);

    private SolverException Failure(bool solved, double size)
    {
        if (!solved)
        {
            return new StepTooSmallException(
                "The matrix M/(hγ) − ∂f/∂y is singular at every step size tried.",
                $"t = {t:g6}, method {method.Name}.",
                "An algebraic equation does not determine its variable (index above 1): differentiate it, or remove the variable.");
        }

        if (!double.IsFinite(size)) return NonFiniteFailure();

        string worst = name(norm.Worst(error, y, next));
        return new StepTooSmallException(
            $"The step fell to {h:g3}, below the smallest usable {SmallestStep():g3}.",
            $"t = {t:g6}, method {method.Name}; the error is largest in '{worst}'.",
            method.IsImplicit
                ? "The solution may become infinite or jump here: look at the rate laws near this time, or loosen the tolerance."
                : "The system is probably stiff here: use Rodas5P, or loosen the relative tolerance.");
    }

    // Looks for the source, before a solve of linear equations has spread it: the rates, the slopes, the rates a little ahead.
    private NonFiniteException NonFiniteFailure()
    {
        const string mend = "Look in its rate law for a division by zero, the logarithm or root of a negative number, or a blow-up in finite time.";
        var rates = stepper.RatesAt(t, y);
        system.EvaluateJacobian(t, y);
        Array.Fill(work, 1);
        system.MultiplyByJacobian(work, error);
        int bad = FirstNonFinite(error);
        if (bad >= 0) return NonFinite($"The slope of the rate of '{name(bad)}' is {error[bad]}", mend);
        for (double ahead = h; ahead < 1e3 * SmallestStep() && ahead < 1; ahead *= 4)
        {
            for (int i = 0; i < y.Length; i++) next[i] = y[i] + ahead * rates[i];
            system.Rates(t + ahead, next, work);
            bad = FirstNonFinite(work);
            if (bad >= 0) return NonFinite($"The rate of '{name(bad)}' becomes {work[bad]} just ahead", mend);
        }

        return NonFinite("The state is not finite in the next step, however small", mend);
    }

    private TooManyStepsException TooManySteps() => new(
        $"The limit of {options.MaximumSteps} steps was reached; the last was {h:g3} long.",
        $"t = {t:g6} of {end:g6}, method {method.Name}.",
        method.IsImplicit
            ? "Raise SolveOptions.MaximumSteps (--max-steps), loosen the tolerance, or shorten the span: the solution may oscillate very often."
            : "The system is probably stiff: use Rodas5P; or raise SolveOptions.MaximumSteps.");
}
