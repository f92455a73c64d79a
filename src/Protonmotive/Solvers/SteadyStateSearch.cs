using System.Collections.Immutable;
using MathNet.Numerics.LinearAlgebra;
using Protonmotive.Kernels;

namespace Protonmotive.Solvers;

/// <summary>One search for a steady state: Newton from the start, else integration and Newton from where it settles.</summary>
internal sealed class SteadyStateSearch
{
    // Newton starts where the present rates would move the state by less than this many tolerances over the whole horizon.
    private const double Settled = 1e3;

    // So many steps at least over the horizon, to see how a solution moves that never settles.
    private const int MinimumSteps = 64;

    // Starts of Newton's method where an unstable state will do.
    private const int UnstableStarts = 30;

    // What needs more steps than this oscillates, and an unstable state is sought instead.
    private const long StepsToSettle = 100_000;

    // A polished state further than this part from the integrated one is another state.
    private const double Polish = 0.05;

    private readonly InitialValueProblem problem;
    private readonly Kernel kernel;
    private readonly Tolerance tolerance;
    private readonly SteadyStateOptions options;
    private readonly IProgress<SolveProgress>? progress;
    private readonly CancellationToken cancellation;
    private readonly int n;
    private readonly double[] given, initial;
    private readonly string[] names;
    private readonly ErrorNorm norm;
    private readonly KernelInstance instance;
    private readonly Switching switching;
    private readonly ConservationLaws laws;
    private readonly bool isDriven;

    public SteadyStateSearch(InitialValueProblem problem, Tolerance tolerance, SteadyStateOptions options, IProgress<SolveProgress>? progress, CancellationToken cancellation)
    {
        this.problem = problem;
        this.tolerance = tolerance;
        this.options = options;
        this.progress = progress;
        this.cancellation = cancellation;
        kernel = problem.Kernel;
        n = kernel.StateCount;
        names = [.. kernel.System.States.Select(state => state.Name)];
        instance = kernel.Bind(problem.ParameterVector ?? kernel.Parameters(problem.Overrides, problem.Start));
        given = Ode.Initial(problem, instance.Parameters.ToArray());
        initial = [.. given]; // after the events at the start
        norm = new ErrorNorm(tolerance, kernel.AbsoluteScales(initial, instance.Parameters), kernel.ScaleIndices, n);
        switching = new Switching(instance, new RandomStream(0, 0), problem.Start, problem.End);
        switching.Stop(problem.Start, initial, null, out _);
        laws = FindLaws();

        var slope = new double[kernel.Count];
        instance.TimeDerivative(problem.Start, initial, slope);
        isDriven = slope.AsSpan(0, n).ContainsAnyExcept(0.0) || double.IsFinite(switching.NextTime(problem.Start));
    }

    public SteadyStateResult Run()
    {
        bool mayTryFirst = !options.FollowsDynamics && !isDriven && kernel.System.Events.IsEmpty;
        if (mayTryFirst)
        {
            var newton = new ReducedNewton(instance, n, problem.Start, norm, laws);
            var state = newton.Solve(initial, newton.Totals(initial), keepsSigns: true);
            if (state is not null && IsAdmissible(state) && HoldsModes(switching.Modes, problem.Start, state))
            {
                var found = Describe(newton, instance, state, 0);
                if (found.IsStable != false) return found;
            }
        }

        if (!options.AcceptsUnstable || isDriven) return Integrate(given);
        try
        {
            var settled = Integrate(given);
            return settled.Found ? settled : Unstable() ?? settled;
        }
        catch (TooManyStepsException)
        {
            if (Unstable() is { } unstable) return unstable;
            throw;
        }
    }

    public SteadyStateResult WithOthers(SteadyStateResult result)
    {
        var random = new Random(options.Seed);
        var found = new List<ImmutableArray<double>>();
        for (int k = 0; k < options.PerturbedStarts; k++)
        {
            cancellation.ThrowIfCancellationRequested();
            var other = Integrate(Perturbed(random));
            if (other.Found && IsFar(other.State, result.State) && !found.Exists(state => !IsFar(state, other.State))) found.Add(other.State);
        }

        if (found.Count == 0) return result;
        return result with
        {
            Others = [.. found],
            Explanation = $"{result.Explanation} From {options.PerturbedStarts} perturbed starts with the same totals {found.Count} other steady state(s) were met: it depends on the start.",
        };
    }

    private SteadyStateResult? Unstable()
    {
        var newton = new ReducedNewton(instance, n, problem.Start, norm, laws);
        var totals = newton.Totals(initial);
        var random = new Random(options.Seed);
        for (int k = 0; k < UnstableStarts; k++)
        {
            cancellation.ThrowIfCancellationRequested();
            var state = newton.Solve(k == 0 ? initial : Perturbed(random, 1.5 * (1 + (k / 4.0))), totals, keepsSigns: true);
            if (state is not null && IsAdmissible(state) && HoldsModes(switching.Modes, problem.Start, state)) return Describe(newton, instance, state, 0);
        }

        return null;
    }

    private SteadyStateResult Integrate(double[] from)
    {
        var observer = new SettlingObserver(kernel.Count, norm, problem.Start, problem.End, Settled);
        var start = problem with { InitialState = [.. from] };
        Solution solution;
        try
        {
            solution = Ode.Solve(start, options.Method, tolerance, new SolveOptions { Observer = observer, MaximumStep = (problem.End - problem.Start) / MinimumSteps, MaximumSteps = options.AcceptsUnstable ? StepsToSettle : SolveOptions.Default.MaximumSteps }, OutputTimes.EndOnly, progress, cancellation);
        }
        catch (SolverException e) when (e is StepTooSmallException or NonFiniteException)
        {
            return Missing(SteadyStateStatus.Grows, instance, from, $"The solution does not stay finite: {e.What} {e.Where}");
        }

        double reached = solution.FinalTime;
        var y = solution.FinalState;
        var last = kernel.Bind(solution.ParameterSegments[^1].AsSpan());
        bool hasSettled = solution.Stop == StopReason.StoppedByObserver;
        var motion = hasSettled ? SteadyStateStatus.StillMoving : observer.Motion(n);
        if (motion == SteadyStateStatus.StillMoving)
        {
            var newton = new ReducedNewton(last, n, reached, norm, laws);
            var totals = newton.Totals(solution.Events.IsEmpty ? from : y);
            var state = newton.Solve(y, totals, keepsSigns: false);
            var watch = new Modes(last, reached, problem.End);
            if (state is not null && !IsFar(state, y, Polish) && IsAdmissible(state) && HoldsModes(watch, reached, state))
                return Describe(newton, last, state, reached - problem.Start);
        }

        if (IsDrivenAt(last, reached, y))
            return Missing(SteadyStateStatus.DependsOnTime, last, y, $"There is no steady state: the rates depend on time itself, at t = {reached:g6} too.");

        string text = motion switch
        {
            SteadyStateStatus.Oscillates => $"There is no steady state within t = {reached:g6}: the solution keeps oscillating.",
            SteadyStateStatus.Grows => $"There is no steady state within t = {reached:g6}: the solution keeps growing.",
            _ => $"No steady state was reached within t = {reached:g6}: the solution still moves, fastest in '{Fastest(last, reached, y)}'. Give a longer horizon.",
        };
        return Missing(motion, last, y, text);
    }

    private SteadyStateResult Describe(ReducedNewton newton, KernelInstance at, double[] state, double integrated)
    {
        var sizes = state.Select((v, i) => Math.Max(Math.Abs(v), 1e-6 * Math.Max(Math.Abs(initial[i]), 1e-300))).ToArray();
        double smallest = sizes.Max() * 1e-12;
        for (int i = 0; i < n; i++) sizes[i] = Math.Max(sizes[i], smallest);
        var (eigenvalues, isStable) = Stability.Of(newton.JacobianAt(state), newton.MassMatrix(), laws, sizes);
        var totals = newton.Totals(state);
        var conserved = Enumerable.Range(0, laws.Count)
            .Select(k => new ConservedTotal([.. laws.Laws.Row(k)], totals[k], laws.Text(k, names))).ToImmutableArray();
        string how = integrated == 0 ? "found by Newton's method from the start" : $"settled to by t = {problem.Start + integrated:g6}";
        string stability = isStable switch { true => "stable", false => "unstable", _ => "of unknown stability" };
        string depends = conserved.IsEmpty ? "" : $" It depends on the start through {string.Join("; ", conserved)}.";
        return new SteadyStateResult
        {
            Status = SteadyStateStatus.Found,
            State = [.. state],
            Parameters = [.. at.Parameters],
            Residual = newton.RatesAt(state).Max(Math.Abs),
            Eigenvalues = eigenvalues,
            IsStable = isStable,
            ConservedTotals = conserved,
            IntegratedTime = integrated,
            Explanation = $"A steady state, {stability}, {how}.{depends}",
        };
    }

    private SteadyStateResult Missing(SteadyStateStatus status, KernelInstance at, double[] y, string text) => new()
    {
        Status = status,
        State = [.. y.AsSpan(0, n)],
        Parameters = [.. at.Parameters],
        Residual = new ReducedNewton(at, n, problem.End, norm, laws).RatesAt(y).Max(Math.Abs),
        Explanation = text,
    };

    private ConservationLaws FindLaws()
    {
        var newton = new ReducedNewton(instance, n, problem.Start, norm, ConservationLaws.From(new double[1, n]));
        if (options.ConservationLaws is not null)
        {
            if (options.ConservationLaws.GetLength(1) == n) return ConservationLaws.From(options.ConservationLaws);
            throw new SolverException($"The conservation laws have {options.ConservationLaws.GetLength(1)} columns.", $"System '{kernel.System.Name}' has {n} states.", "Give one coefficient for each state.");
        }

        // Jacobians and rates at the start and at random states around it: what vanishes in all of them is conserved.
        var random = new Random(options.Seed);
        double typical = initial.AsSpan(0, n).ToArray().Select(Math.Abs).Where(v => v > 0).DefaultIfEmpty(1).Average();
        var columns = new List<Vector<double>>();
        var sampled = new List<(Vector<double> State, Vector<double> Rates)>();
        for (int sample = 0; sample < 4; sample++)
        {
            var y = initial.Take(n).Select(v => sample == 0 ? v : (v == 0 ? typical * random.NextDouble() : v * (0.5 + random.NextDouble()))).ToArray();
            var jacobian = newton.JacobianAt(y);
            var rates = Vector<double>.Build.DenseOfArray(newton.RatesAt(y));
            if (jacobian.Enumerate().Any(v => !double.IsFinite(v)) || rates.Any(v => !double.IsFinite(v))) continue;
            columns.AddRange(jacobian.EnumerateColumns());
            columns.Add(rates);
            sampled.Add((Vector<double>.Build.DenseOfArray(y), rates));
        }

        return columns.Count == 0
            ? ConservationLaws.From(new double[1, n])
            : ConservationLaws.LeftNullSpace(Matrix<double>.Build.DenseOfColumnVectors(columns)).Where(law => sampled.TrueForAll(at => IsConserved(law, at.State, at.Rates)));
    }

    // A slow process beside fast ones may have been taken for rounding. A sum is conserved where its rate is rounding, or so
    // small that it would not show over the horizon.
    private bool IsConserved(Vector<double> law, Vector<double> state, Vector<double> rates)
    {
        double drift = Math.Abs(law * rates);
        return drift <= 1e-14 * law.PointwiseAbs().DotProduct(rates.PointwiseAbs())
            || drift * (problem.End - problem.Start) <= 1e-3 * law.PointwiseAbs().DotProduct(state.PointwiseAbs());
    }

    // Other amounts, the same totals: dependent states follow; smaller steps where one would turn negative.
    private double[] Perturbed(Random random, double spread = 1.5)
    {
        var factors = initial.Select(_ => Math.Exp(spread * (2 * random.NextDouble() - 1))).ToArray();
        double typical = initial.AsSpan(0, n).ToArray().Select(Math.Abs).DefaultIfEmpty(1).Max();
        var shifts = initial.Select(v => v == 0 ? typical * random.NextDouble() * Math.Exp(-Math.Max(0, spread - 1.5) * random.NextDouble()) : 0).ToArray();
        for (double part = 1; part > 1e-3; part /= 2)
        {
            var y = initial.ToArray();
            for (int i = 0; i < n; i++) y[i] += part * ((factors[i] - 1) * initial[i] + shifts[i]);
            for (int k = 0; k < laws.Count; k++)
            {
                double total = 0;
                for (int j = 0; j < n; j++) total += laws.Laws[k, j] * (initial[j] - (j == laws.Dependent[k] ? 0 : y[j]));
                y[laws.Dependent[k]] = total;
            }

            if (IsAdmissible(y)) return y;
        }

        return initial;
    }

    private bool IsAdmissible(double[] y)
    {
        // Where every other state starts at zero or above they are taken for amounts, which stay so but for rounding.
        var states = kernel.System.States;
        for (int i = 0; i < n; i++)
            if (!states[i].IsSigned && initial[i] < 0) return true;
        for (int i = 0; i < n; i++)
            if (!states[i].IsSigned && y[i] < -1e-6 * initial[i] - tolerance.Absolute) return false;
        return true;
    }

    private bool HoldsModes(Modes watch, double t, double[] state)
    {
        if (watch.Count == 0) return true;
        var full = new double[kernel.Count];
        state.CopyTo(full, 0);
        return !watch.Crossed(t, full, new double[watch.Count]);
    }

    private bool IsDrivenAt(KernelInstance at, double t, double[] y)
    {
        var slope = new double[kernel.Count];
        at.TimeDerivative(t, y, slope);
        return slope.AsSpan(0, n).ContainsAnyExcept(0.0);
    }

    private string Fastest(KernelInstance at, double t, double[] y)
    {
        var rates = new double[kernel.Count];
        at.Rates(t, y, rates);
        return names[norm.Worst(rates.AsSpan(0, n), y, y)];
    }

    private bool IsFar(IReadOnlyList<double> a, IReadOnlyList<double> b, double relative = 1e-3)
    {
        for (int i = 0; i < n; i++)
        {
            double size = Math.Max(Math.Abs(a[i]), Math.Abs(b[i])) + 1e-6 * Math.Abs(initial[i]);
            if (Math.Abs(a[i] - b[i]) > relative * size + 1e3 * tolerance.Absolute) return true;
        }

        return false;
    }
}
