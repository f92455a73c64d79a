using System.Collections.Concurrent;
using System.Collections.Immutable;
using Protonmotive.Fitting.Optimisers;
using Protonmotive.Kernels;
using Protonmotive.Sensitivities;
using Protonmotive.Sensitivities.Sweeps;
using Protonmotive.Solvers;

namespace Protonmotive.Fitting.Problems;

/// <summary>The negative logarithm of a fit problem's posterior, with its gradient and Fisher information by forward sensitivities.</summary>
/// <remarks>
/// The system is compiled once; each evaluation makes one solve for each experiment, and one search for each state of rest that several
/// of them share. Safe for use from several threads.
/// </remarks>
public sealed class FitObjective : IObjective
{
    private static readonly TrustRegion refiner = new() { CorrectsCurvature = false, IterationLimit = 50 };
    private static readonly FitCondition asItIs = new("model", [], []);

    private readonly Kernel kernel;
    private readonly int n;
    private readonly string[] direct; // the system's parameter that each estimated one is, or ""
    private readonly Dictionary<string, int> observables;
    private readonly ObservedParameters observed;
    private readonly int[] all;
    private readonly ExperimentPlan[] plans;
    private readonly ConcurrentBag<Observation> observations = []; // workspaces of threads that are not evaluating
    private readonly double[][,] laws;

    /// <summary>Compiles a problem.</summary>
    /// <exception cref="FitException">A name in the problem is none of the system's, or a measured value can't be used.</exception>
    /// <exception cref="SensitivityException">Its method has no derivative.</exception>
    public FitObjective(FitProblem problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        Differentiability.Check(problem.Method);
        Problem = problem;
        n = problem.Parameters.Length;
        kernel = Kernel.Compile(problem.System);
        var names = problem.System.Parameters.Select(p => p.Name).ToHashSet(StringComparer.Ordinal);
        direct = [.. problem.Parameters.Select(p => names.Contains(p.Name) ? p.Name : "")];
        observables = problem.System.Observables.Select((o, i) => (o.Name, i)).ToDictionary(o => o.Name, o => o.i, StringComparer.Ordinal);
        observed = new ObservedParameters(problem, kernel);
        all = [.. Enumerable.Range(0, n)];
        plans = [.. problem.Experiments.Select(e => new ExperimentPlan(problem, e, observables, observed))];
        laws = new double[plans.Select(p => p.RestIndex).DefaultIfEmpty(-1).Max() + 1][,];
    }

    /// <summary>The problem.</summary>
    public FitProblem Problem { get; }

    /// <inheritdoc/>
    public ImmutableArray<EstimatedParameter> Parameters => Problem.Parameters;

    /// <inheritdoc/>
    public ObjectiveValue Evaluate(ReadOnlySpan<double> x, ObjectiveParts parts, CancellationToken cancellation = default) => Evaluate(x.ToArray(), parts, false, cancellation).At;

    /// <inheritdoc/>
    public (double[] X, ObjectiveValue At) EvaluateRefined(ReadOnlySpan<double> x, ObjectiveParts parts, CancellationToken cancellation = default) => Evaluate(x.ToArray(), parts, true, cancellation);

    private (double[] X, ObjectiveValue At) Evaluate(double[] x, ObjectiveParts parts, bool isRefined, CancellationToken cancellation)
    {
        if (new ObjectiveSums(0, ObjectiveParts.Value).AddPriors(Problem, x, []) is { } outside) return (x, ObjectiveValue.Infinite(outside));
        var rests = new Dictionary<int, TangentStart>();
        var solved = new List<SolvedExperiment>(plans.Length);
        foreach (var plan in plans)
        {
            try
            {
                solved.Add(Solve(plan, x, parts == ObjectiveParts.Value ? [] : plan.Solved, rests, cancellation));
            }
            catch (ProtonmotiveException failure)
            {
                return (x, ObjectiveValue.Infinite($"{plan.Experiment.Name}: {failure.What} {failure.Where}"));
            }
        }
        if (!observations.TryTake(out var observation)) observation = Observation.Of(kernel);
        var objective = new ObservedObjective(Problem, observed, observation, solved, x);
        if (isRefined && observed.Indices.Length > 0)
        {
            var refined = refiner.Minimise(objective, [.. observed.Indices.Select(j => x[j])], cancellation: cancellation);
            if (double.IsFinite(refined.Value)) x = objective.Whole(refined.X);
        }
        var at = objective.Evaluate(x, parts, parts == ObjectiveParts.Value ? [] : all);
        observations.Add(observation);
        return (x, at);
    }

    /// <summary>What is simulated for each measurement, whatever fails.</summary>
    /// <param name="x">Where, on the scale of estimation.</param>
    /// <param name="cancellation">Ends it early.</param>
    public FitEvaluation Simulate(ReadOnlySpan<double> x, CancellationToken cancellation = default)
    {
        double[] at = x.ToArray();
        var rests = new Dictionary<int, TangentStart>();
        var rows = ImmutableArray.CreateBuilder<FitRow>();
        var failures = ImmutableDictionary.CreateBuilder<string, string>();
        double likelihood = 0, chiSquare = 0;
        foreach (var plan in plans)
        {
            SolvedExperiment? solved = null;
            try
            {
                solved = Solve(plan, at, [], rests, cancellation);
            }
            catch (ProtonmotiveException failure)
            {
                failures[plan.Experiment.Name] = $"{failure.What} {failure.Where}";
            }
            for (int m = 0; m < plan.Experiment.Measurements.Length; m++)
            {
                var measurement = plan.Experiment.Measurements[m];
                var (simulated, sigma) = solved?.Values(m) ?? (double.NaN, measurement.SigmaValue);
                double residual = measurement.Noise.Residual(measurement.Value, simulated, sigma);
                rows.Add(new FitRow(plan.Experiment.Name, measurement, simulated, sigma, residual));
                likelihood -= measurement.Noise.Evaluate(measurement.Value, simulated, sigma).Value;
                chiSquare += residual * residual;
            }
        }
        var priors = new ObjectiveSums(0, ObjectiveParts.Value);
        bool isOutside = priors.AddPriors(Problem, x, []) is not null;
        double value = isOutside || !double.IsFinite(likelihood) || failures.Count > 0 ? double.PositiveInfinity : priors.Value - likelihood;
        return new FitEvaluation(value, likelihood, chiSquare, rows.ToImmutable(), failures.ToImmutable());
    }

    /// <summary>The solution of an experiment at some times, for drawing: the simulated numbers of each observable.</summary>
    /// <param name="x">Where, on the scale of estimation.</param>
    /// <param name="experiment">Index of the experiment.</param>
    /// <param name="times">Ascending times.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <returns>By name of the system's observables.</returns>
    /// <exception cref="ProtonmotiveException">The simulation fails.</exception>
    public IReadOnlyDictionary<string, double[]> Course(ReadOnlySpan<double> x, int experiment, IReadOnlyList<double> times, CancellationToken cancellation = default)
    {
        var start = Start(plans[experiment], x.ToArray(), [], [], cancellation);
        var solution = ForwardSensitivities.Solve(start, plans[experiment].Start, Math.Max(times[^1], plans[experiment].Start), times, Options(), cancellation);
        return observables.ToDictionary(o => o.Key, o => Enumerable.Range(0, times.Count).Select(row => solution.Observables(row)[o.Value]).ToArray(), StringComparer.Ordinal);
    }

    /// <summary>What is compiled of the problem's system.</summary>
    internal Kernel Kernel => kernel;

    /// <summary>The experiments, as they are solved.</summary>
    internal IReadOnlyList<ExperimentPlan> Plans => plans;

    /// <summary>The estimated parameters that change only what is observed.</summary>
    internal ObservedParameters Observed => observed;

    /// <summary>Parameters and state that an experiment starts with, and their slopes along some of the estimated parameters.</summary>
    internal TangentStart StartOf(int experiment, double[] x, int[]? along = null, CancellationToken cancellation = default) => Start(plans[experiment], x, along ?? [], [], cancellation);

    private SensitivityOptions Options() => new() { Method = Problem.Method, Tolerance = Problem.Tolerance, MaximumSteps = Problem.MaximumSteps };

    private SolvedExperiment Solve(ExperimentPlan plan, double[] x, int[] along, Dictionary<int, TangentStart> rests, CancellationToken cancellation)
    {
        var start = Start(plan, x, along, rests, cancellation);
        double[] slopes = start.ParameterTangents;
        TangentSolution? course = null, rest = null;
        if (plan.Times.Length > 0) course = ForwardSensitivities.Solve(start, plan.Start, plan.Times[^1], plan.Times, Options(), cancellation);
        if (plan.HasRest)
        {
            double from = plan.LastChange;
            if (from > plan.Start) start = ForwardSensitivities.Solve(start, plan.Start, from, [], Options(), cancellation).GoOn();
            rest = At(from, SettledState.Of(start, Problem.SettlingTime, Problem.Tolerance, null, from, cancellation).Tangents(), cancellation);
        }
        return new SolvedExperiment(plan, course, rest, slopes);
    }

    // What is observed at a point.
    private TangentSolution At(double time, TangentStart start, CancellationToken cancellation) => ForwardSensitivities.Solve(start, time, time, [time], Options(), cancellation);

    private TangentStart Start(ExperimentPlan plan, double[] x, int[] along, Dictionary<int, TangentStart> rests, CancellationToken cancellation)
    {
        // Values that conditions compute are those of the model as it is, or of the rest before.
        TangentSolution? own = plan.Formulas.Length == 0 ? null : At(plan.Start, Start(asItIs, x, along, plan.Start, null), cancellation);
        if (plan.Experiment.Rest is not { } condition) return Start(plan.Experiment.Condition, x, along, plan.Start, own);
        if (!rests.TryGetValue(plan.RestIndex, out var rest))
        {
            var options = new SteadyStateOptions { ConservationLaws = laws[plan.RestIndex] };
            var settled = SettledState.Of(Start(condition, x, along, Problem.StartTime, own), Problem.SettlingTime, Problem.Tolerance, options, Problem.StartTime, cancellation);
            if (laws[plan.RestIndex] is null && !settled.Result.ConservedTotals.IsEmpty) laws[plan.RestIndex] = Rows(settled.Result);
            rests.Add(plan.RestIndex, rest = settled.Tangents());
        }
        var start = Start(plan.Experiment.Condition, x, along, plan.Start, plan.Formulas.Length == 0 ? null : At(plan.Start, rest, cancellation));
        // What the condition does not start anew goes on from rest.
        for (int i = 0; i < kernel.StateCount; i++) if (!plan.Restarts[i]) Copy(start.State, rest.State, start.StateTangents, rest.StateTangents, kernel.Count, i);
        if (plan.Experiment.KeepsParameters)
        {
            var set = plan.Experiment.Condition.Assignments.Select(a => kernel.ParameterIndex(a.Target)).ToHashSet();
            for (int p = 0; p < kernel.ParameterCount; p++) if (!set.Contains(p)) Copy(start.Parameters, rest.Parameters, start.ParameterTangents, rest.ParameterTangents, kernel.ParameterCount, p);
        }
        return start;

        void Copy(double[] to, double[] from, double[] toTangents, double[] fromTangents, int count, int index)
        {
            to[index] = from[index];
            for (int d = 0; d < along.Length; d++) toTangents[(d * count) + index] = fromTangents[(d * count) + index];
        }
    }

    private TangentStart Start(FitCondition condition, double[] x, int[] along, double time, TangentSolution? before)
    {
        var overrides = new Dictionary<string, double>(Problem.Fixed, StringComparer.Ordinal);
        var slopes = new Dictionary<string, double>[along.Length];
        for (int d = 0; d < along.Length; d++) slopes[d] = new(StringComparer.Ordinal);
        var given = condition.Assignments.Select(a => a.Target).ToHashSet(StringComparer.Ordinal);
        for (int j = 0; j < n; j++)
        {
            if (direct[j].Length > 0 && !given.Contains(direct[j])) Set(direct[j], j);
        }
        foreach (var assignment in condition.Assignments)
        {
            if (assignment.Formula.Length > 0)
            {
                int observable = observables[assignment.Formula];
                overrides[assignment.Target] = before!.Observables(0)[observable];
                for (int d = 0; d < along.Length; d++) slopes[d][assignment.Target] = before.ObservableTangent(0, d)[observable];
            }
            else if (assignment.Source >= 0) Set(assignment.Target, assignment.Source);
            else overrides[assignment.Target] = assignment.Value;
        }
        return TangentStart.Of(kernel, overrides, slopes, time);

        void Set(string name, int j)
        {
            overrides[name] = Scales.ToLinear(x[j], Parameters[j].Scale);
            if (Array.IndexOf(along, j) is >= 0 and var d) slopes[d][name] = Scales.SlopeToLinear(x[j], Parameters[j].Scale);
        }
    }

    private static double[,] Rows(SteadyStateResult result)
    {
        var rows = new double[result.ConservedTotals.Length, result.State.Length];
        for (int k = 0; k < result.ConservedTotals.Length; k++) for (int i = 0; i < result.State.Length; i++) rows[k, i] = result.ConservedTotals[k].Coefficients[i];
        return rows;
    }
}
