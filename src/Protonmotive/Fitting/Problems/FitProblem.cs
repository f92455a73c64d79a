using System.Collections.Immutable;
using Protonmotive.Fitting.Alternatives;
using Protonmotive.Networks;
using Protonmotive.Solvers;

namespace Protonmotive.Fitting.Problems;

/// <summary>
/// A model, data, and what is estimated: what every format of fit problems is read to. Every simulated and noise formula is an observable of
/// the system, and every estimated number one of its parameters, so values and derivatives come from the solver.
/// </summary>
public sealed record FitProblem
{
    /// <summary>Name of the problem.</summary>
    public required string Name { get; init; }

    /// <summary>The equations.</summary>
    public required EquationSystem System { get; init; }

    /// <summary>What is estimated; each names a parameter of the system, or one that conditions refer to.</summary>
    public required ImmutableArray<EstimatedParameter> Parameters { get; init; }

    /// <summary>Priors of the estimated parameters, in their order; null for none. Empty for none at all.</summary>
    public ImmutableArray<Prior?> Priors { get; init; } = [];

    /// <summary>Estimated parameters of which one at most is not at its reference, the nominal value; empty to estimate all together.</summary>
    public ImmutableArray<Explanation> Explanations { get; init; } = [];

    /// <summary>Parameters of the system that are not estimated but have other values than its own.</summary>
    public ImmutableDictionary<string, double> Fixed { get; init; } = ImmutableDictionary<string, double>.Empty;

    /// <summary>What was done and measured.</summary>
    public required ImmutableArray<FitExperiment> Experiments { get; init; }

    /// <summary>Time at which experiments start.</summary>
    public double StartTime { get; init; }

    /// <summary>Tolerance of the solves.</summary>
    public Tolerance Tolerance { get; init; } = new(1e-8, 1e-16);

    /// <summary>By which method.</summary>
    public Method Method { get; init; } = new Automatic();

    /// <summary>Limit on steps of one solve, beyond which it counts as failed.</summary>
    public long MaximumSteps { get; init; } = 20_000;

    /// <summary>Time that a system has to come to rest, in its own unit.</summary>
    public double SettlingTime { get; init; } = 1e8;

    /// <summary>Number of measurements.</summary>
    public int MeasurementCount => Experiments.Sum(e => e.Measurements.Length);
}

/// <summary>One simulation and what was measured in it.</summary>
/// <param name="Name">For reports.</param>
/// <param name="Rest">The condition it came to rest in before; null where it starts from the model's own state.</param>
/// <param name="Condition">The condition that was measured in.</param>
/// <param name="Measurements">What was measured, in any order.</param>
public sealed record FitExperiment(string Name, FitCondition? Rest, FitCondition Condition, ImmutableArray<FitMeasurement> Measurements)
{
    /// <summary>When it starts; null for the problem's start time.</summary>
    public double? StartTime { get; init; }

    /// <summary>Time of the last change of condition, from which on it comes to rest where something was measured at rest; null for its start.</summary>
    public double? LastChange { get; init; }

    /// <summary>
    /// Whether the parameters too go on from the rest before, as its condition and events have left them; else only states do, and
    /// parameters that the condition does not set are the problem's own.
    /// </summary>
    public bool KeepsParameters { get; init; }
}

/// <summary>Values that a condition gives to parameters of the system.</summary>
/// <param name="Name">Its identifier.</param>
/// <param name="Assignments">The values.</param>
/// <param name="Restarted">States that start anew where the system was at rest before; all others go on.</param>
public sealed record FitCondition(string Name, ImmutableArray<FitAssignment> Assignments, ImmutableArray<string> Restarted);

/// <summary>A value for a parameter of the system.</summary>
/// <param name="Target">The parameter.</param>
/// <param name="Value">A number; not read where an estimated parameter gives it.</param>
/// <param name="Source">Index of the estimated parameter that gives the value; −1 for a number.</param>
public sealed record FitAssignment(string Target, double Value, int Source = -1)
{
    /// <summary>Name of the system's observable whose value before the condition is applied is the value; "" for a number or an estimated parameter.</summary>
    public string Formula { get; init; } = "";
}

/// <summary>One measured number.</summary>
/// <param name="Observable">What was measured, for reports.</param>
/// <param name="Simulated">Name of the system's observable that simulates it.</param>
/// <param name="Sigma">Name of the system's observable that is its noise; empty where that is a number.</param>
/// <param name="SigmaValue">The noise where it is a number.</param>
/// <param name="Time">When; +∞ for at rest.</param>
/// <param name="Value">The number.</param>
/// <param name="Noise">How it scatters.</param>
public sealed record FitMeasurement(string Observable, string Simulated, string Sigma, double SigmaValue, double Time, double Value, NoiseModel Noise)
{
    /// <summary>Where it was read, for messages.</summary>
    public string Where { get; init; } = "";

    /// <summary>Which data set it belongs to, for reports; "" for none.</summary>
    public string DataSet { get; init; } = "";

    /// <summary>Says that a simulation leaves it no likelihood: it is not finite, or not positive where its logarithm or a noise is needed.</summary>
    /// <param name="simulated">What is simulated for it.</param>
    /// <param name="sigma">Its noise.</param>
    public string WithoutLikelihood(double simulated, double sigma) => FormattableString.Invariant($"{Observable} {(double.IsPositiveInfinity(Time) ? "at rest" : FormattableString.Invariant($"at {Time:g6}"))} has no likelihood: measured {Value:g6}, simulated {simulated:g6}, σ {sigma:g6}.");
}
