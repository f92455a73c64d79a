using Protonmotive.Fitting.Problems;
using Protonmotive.Sensitivities;

namespace Protonmotive.Fitting.Training;

/// <summary>Solves one segment, and carries the slope of its loss back.</summary>
internal sealed class SegmentRun(TrajectoryObjective objective, Segment segment, double[] x)
{
    /// <summary>What it adds; a failure is told, not thrown.</summary>
    public SegmentValue Evaluate(ObjectiveParts parts, CancellationToken cancellation)
    {
        try
        {
            return Solve(parts, cancellation);
        }
        catch (ProtonmotiveException failure)
        {
            return Failed($"{failure.What} {failure.Where}");
        }
    }

    private SegmentValue Solve(ObjectiveParts parts, CancellationToken cancellation)
    {
        var kernel = objective.Kernel;
        var (start, sources) = objective.Start(segment.Plan, x);
        int own = segment.Index == 0 ? -1 : objective.Starts!.Place(segment), next = segment.IsLast ? -1 : objective.Starts!.Place(segment with { Index = segment.Index + 1 });
        if (own >= 0) objective.Starts!.Read(x, objective.Problem.Parameters.Length, own, start.State);
        if (parts == ObjectiveParts.Value)
        {
            var course = ForwardSensitivities.Solve(start, segment.From, segment.To, segment.Times, objective.Options(), cancellation);
            return Add(row => course.Observables(row), course.EndState, next, null, null);
        }
        var adjoint = AdjointSensitivities.Solve(start, segment.From, segment.To, segment.Times, objective.Options(), cancellation);
        int outputs = kernel.System.Observables.Length;
        double[] byObservables = new double[segment.Times.Length * outputs], byEnd = new double[kernel.Count];
        var value = Add(row => adjoint.Observables(row), adjoint.EndState, next, byObservables, byEnd);
        if (value.Failure is not null) return value;
        var gradient = adjoint.Gradient([], byObservables, byEnd);
        if (own >= 0) objective.Starts!.AddSlopes(objective, own, gradient.InitialState, value.Gradient);
        var given = sources.Keys.ToList();
        var byGiven = TangentStart.PullBack(kernel, start.Parameters, given, gradient.Parameters, own < 0 ? gradient.InitialState : new double[kernel.Count], objective.Problem.StartTime);
        foreach (var (name, j) in sources) value.Gradient.Add((j, byGiven[kernel.ParameterIndex(name)] * Scales.SlopeToLinear(x[j], objective.Problem.Parameters[j].Scale)));
        return value;
    }

    private delegate ReadOnlySpan<double> Observed(int row);

    private SegmentValue Add(Observed observed, ReadOnlySpan<double> end, int next, double[]? byObservables, double[]? byEnd)
    {
        double value = 0, squares = 0, penalty = 0;
        int outputs = objective.Kernel.System.Observables.Length;
        foreach (var (m, row) in segment.Measurements)
        {
            var measurement = segment.Plan.Experiment.Measurements[m];
            var values = observed(row);
            int simulated = segment.Plan.Simulated[m], noise = segment.Plan.Sigma[m];
            double sigma = noise < 0 ? measurement.SigmaValue : values[noise];
            var term = measurement.Noise.Evaluate(measurement.Value, values[simulated], sigma);
            if (!double.IsFinite(term.Value) || !(sigma > 0)) return Failed(measurement.WithoutLikelihood(values[simulated], sigma));
            double residual = measurement.Noise.Residual(measurement.Value, values[simulated], sigma);
            (value, squares) = (value + term.Value, squares + (residual * residual));
            if (byObservables is null) continue;
            byObservables[(row * outputs) + simulated] += term.BySimulated;
            if (noise >= 0) byObservables[(row * outputs) + noise] += term.BySigma;
        }
        var slopes = new List<(int, double)>();
        if (next >= 0) penalty = objective.Starts!.Gap(objective, x, next, end, byEnd, slopes);
        return new SegmentValue(value + penalty, penalty, squares, slopes);
    }

    private SegmentValue Failed(string reason) => new(double.PositiveInfinity, 0, double.PositiveInfinity, [], $"{segment.Plan.Experiment.Name}: {reason}");
}
