using Protonmotive.Fitting.Problems;
using Protonmotive.Solvers;

namespace Protonmotive.Fitting.Starts.Oscillations;

/// <summary>Simulates the experiments coarsely, for a search: from beside the state of rest where the start is free, else as the problem says.</summary>
/// <param name="objective">The problem's objective.</param>
/// <param name="free">The free initial state; null where there is none.</param>
internal sealed class CourseRecorder(FitObjective objective, FreeStart? free)
{
    /// <summary>Rows in one span of the data.</summary>
    public const int RowsPerSpan = 450;

    // Spans of the data that an oscillation has to come up in; size of the displacement from rest; least relative amplitude of what counts as one.
    private const double Transient = 2, Kick = 0.3, LeastAmplitude = 0.05;

    private static readonly Tolerance tolerance = new(1e-4, 1e-10);
    private static readonly Rodas4 method = new();
    private static readonly SolveOptions limits = new() { MaximumSteps = 4000 };

    /// <summary>Span of an experiment's data.</summary>
    public double Span(int experiment) => objective.Plans[experiment].Times[^1] - objective.Plans[experiment].Start;

    /// <summary>Whether small displacements from a state of rest grow within the span of the data.</summary>
    /// <param name="x">Where, on the scale of estimation.</param>
    /// <param name="cancellation">Ends it early.</param>
    public bool IsUnstable(double[] x, CancellationToken cancellation)
    {
        for (int e = 0; e < objective.Plans.Count; e++)
        {
            try
            {
                var start = objective.StartOf(e, x, cancellation: cancellation);
                var instance = objective.Kernel.Bind(start.Parameters);
                if (RestSearch.Find(instance, start.State, Span(e), objective.Plans[e].Start) is { } rest && RestSearch.Growth(instance, rest, objective.Plans[e].Start) > 1 / Span(e)) return true;
            }
            catch (ProtonmotiveException)
            {
            }
        }
        return false;
    }

    /// <summary>The courses of all experiments; null where one can't be simulated or none oscillates.</summary>
    /// <param name="x">Where, on the scale of estimation.</param>
    /// <param name="spans">How long, in spans of the data.</param>
    /// <param name="cancellation">Ends it early.</param>
    public RecordedCourse[]? Record(double[] x, double spans, CancellationToken cancellation)
    {
        var courses = new RecordedCourse[objective.Plans.Count];
        try
        {
            for (int e = 0; e < courses.Length; e++)
                if ((courses[e] = Record(e, x, spans, cancellation)!) is null) return null;
        }
        catch (ProtonmotiveException)
        {
            return null;
        }
        return courses.Max(c => c.Amplitude()) >= LeastAmplitude ? courses : null;
    }

    private RecordedCourse? Record(int experiment, double[] x, double spans, CancellationToken cancellation)
    {
        var start = objective.StartOf(experiment, x, cancellation: cancellation);
        var instance = objective.Kernel.Bind(start.Parameters);
        double span = Span(experiment), from = objective.Plans[experiment].Start, step = span / RowsPerSpan, first = from;
        double[] state = start.State;
        if (free is not null)
        {
            if (RestSearch.Find(instance, state, span, from) is { } rest) state = [.. rest.Select((v, i) => v * (1 + (i % 2 == 0 ? Kick : -Kick)))];
            first += Transient * span;
            spans++; // room for the phase
        }
        double[] times = [.. Enumerable.Range(0, (int)Math.Ceiling(spans * RowsPerSpan) + 2).Select(k => first + (k * step))];
        var problem = new InitialValueProblem(objective.Kernel, from, times[^1]) { ParameterVector = start.Parameters, InitialState = [.. state] };
        var solution = Ode.Solve(problem, method, tolerance, limits, OutputTimes.At(times) with { IncludesJumps = false }, null, cancellation);
        if (solution.RowCount != times.Length) return null;
        double[][] states = [.. times.Select((_, row) => solution.State(row))], observables = new double[objective.Kernel.System.Observables.Length][];
        for (int o = 0; o < observables.Length; o++) observables[o] = new double[times.Length];
        double[] values = new double[observables.Length];
        for (int row = 0; row < times.Length; row++)
        {
            instance.Observables(times[row], states[row], values);
            for (int o = 0; o < values.Length; o++) observables[o][row] = values[o];
        }
        return new RecordedCourse(step, states, observables);
    }
}
