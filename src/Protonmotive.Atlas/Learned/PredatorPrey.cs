using System.Collections.Immutable;
using Protonmotive.Fitting;
using Protonmotive.Fitting.Optimisers;
using Protonmotive.Fitting.Problems;
using Protonmotive.Fitting.Training;
using Protonmotive.Networks;
using Protonmotive.Solvers;
using Protonmotive.Symbolics;

namespace Protonmotive.Atlas.Learned;

/// <summary>
/// Predator and prey, dx/dt = αx − βxy, dy/dt = γxy − δy, for a learner that knows growth and death (α, δ) and not what the two do to each other: two neural terms
/// stand in the place of βxy and γxy.
/// </summary>
/// <remarks>
/// Lotka (1925), Volterra (1926). The task and its constants are those of Rackauckas et al. (2020), Universal differential equations for scientific machine learning,
/// arXiv:2001.04385, with more than one course, since one orbit alone does not tell functions of x and y apart.
/// </remarks>
public sealed record PredatorPrey
{
    /// <summary>Growth of prey.</summary>
    public const double Alpha = 1.3;

    /// <summary>Loss of prey by an encounter.</summary>
    public const double Beta = 0.9;

    /// <summary>Gain of predators by an encounter.</summary>
    public const double Gamma = 0.8;

    /// <summary>Death of predators.</summary>
    public const double Delta = 1.8;

    /// <summary>Seed of noise and first weights.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Standard deviation of a measurement, as a part of its value.</summary>
    public double Noise { get; init; } = 0.005;

    /// <summary>Neurons of the hidden layer of each term.</summary>
    public ImmutableArray<int> Hidden { get; init; } = [8];

    /// <summary>What they compute.</summary>
    public Activation Activation { get; init; } = Activation.Tanh;

    /// <summary>Standard deviation of the prior of weights.</summary>
    public double PriorWidth { get; init; } = 3;

    /// <summary>Starts of the courses (x, y).</summary>
    public ImmutableArray<(double X, double Y)> Starts { get; init; } = [(0.44249296, 4.6280594), (1, 1), (2, 2.5), (4, 2)];

    /// <summary>Start of the course that is held out.</summary>
    public (double X, double Y) HeldOutStart { get; init; } = (1.5, 0.7);

    /// <summary>Times of measurement.</summary>
    public ImmutableArray<double> Times { get; init; } = [.. Enumerable.Range(0, 31).Select(i => 0.2 * i)];

    /// <summary>The system itself.</summary>
    public static Network Truth()
    {
        var b = Frame("predator and prey", out var x, out var y);
        b.Process("predation", ProcessKind.Reaction, "x ->", FluxLaw.Formula(b.Parameter("beta", Beta) * x * y));
        b.Process("growth", ProcessKind.Reaction, "-> y", FluxLaw.Formula(b.Parameter("gamma", Gamma) * x * y));
        return b.Build();
    }

    /// <summary>The system as the learner has it.</summary>
    public (Network Network, ImmutableArray<Perceptron> Terms) Learner()
    {
        var b = Frame("predator and prey, interaction learned", out var x, out var y);
        LearnedInput[] inputs = [LearnedInput.Linear(x, 2, 2), LearnedInput.Linear(y, 2, 2)];
        var loss = b.Perceptron("predation_net", inputs, Hidden, 1, Activation, (2 * Seed) + 1);
        var gain = b.Perceptron("growth_net", inputs, Hidden, 1, Activation, (2 * Seed) + 2);
        b.Process("predation", ProcessKind.Reaction, "x ->", FluxLaw.LearnedFree(loss, FluxScale));
        b.Process("growth", ProcessKind.Reaction, "-> y", FluxLaw.LearnedFree(gain, FluxScale));
        return (b.Build(), [loss, gain]);
    }

    /// <summary>Noisy courses, and the weights that are to meet them.</summary>
    public FitProblem Problem()
    {
        var data = new SimulatedData(Truth(), Seed);
        var (network, terms) = Learner();
        var weights = LearnedWeights.Of(terms);
        FitExperiment Course(string name, (double X, double Y) start) => data.Measure(name, [new("x0", start.X), new("y0", start.Y)], [.. Times], [("prey", "prey", Noise, Noise / 10), ("predators", "predators", Noise, Noise / 10)]);
        return new FitProblem
        {
            Name = "predator and prey",
            System = network.Lower(),
            Parameters = weights,
            Priors = LearnedWeights.Priors(weights, PriorWidth),
            Experiments = [.. Starts.Select((s, i) => Course($"course {i + 1}", s)), Course("held out", HeldOutStart)],
            Tolerance = new Tolerance(1e-7, 1e-9),
            Method = new Tsit5(),
        };
    }

    /// <summary>Multiple shooting with gaps that close, then whole courses, with the last course held out.</summary>
    public static TrainingPlan Plan() => new()
    {
        HeldOut = ["held out"],
        Stages =
        [
            new() { Name = "short segments", Optimiser = new Adam { Rate = 0.05, FinalRate = 0.005, IterationLimit = 300 }, Shooting = Segments(3, 0.03), CheckEvery = 20 },
            new() { Name = "longer segments", Optimiser = new LimitedMemory { HasUnitSizes = true, IterationLimit = 300, Memory = 30 }, Shooting = Segments(6, 0.01), CheckEvery = 10 },
            new() { Name = "whole courses", Optimiser = new LimitedMemory { HasUnitSizes = true, IterationLimit = 3000, Memory = 30 }, CheckEvery = 10, Patience = 30 },
        ],
    };

    /// <summary>The learned terms as sums of few monomials, first by regression, then fitted to the courses that were trained on.</summary>
    /// <param name="problem">From <see cref="Problem"/>.</param>
    /// <param name="result">What was trained.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="FitException">The monomials do not explain a term.</exception>
    public PredatorPreyFindings Recover(FitProblem problem, TrainingResult result, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(result);
        ImmutableArray<FitExperiment> trained = [.. problem.Experiments.Where(e => !Plan().HeldOut.Contains(e.Name))];
        double[] Measured(string observable) => [.. trained.SelectMany(e => e.Measurements).Where(m => m.Observable == observable).Select(m => m.Value)];
        double[] prey = Measured("prey"), predators = Measured("predators");
        var monomials = Monomials();
        var candidates = monomials.Select(m => prey.Zip(predators, (x, y) => Math.Pow(x, m.X) * Math.Pow(y, m.Y)).ToArray()).ToList();
        double[] Term(Perceptron net) => [.. prey.Zip(predators, (x, y) => FluxScale * net.Outputs[0].Evaluate(name => name switch { "x" => x, "y" => y, _ => result.Values[name] }))];
        double[][] learned = [.. Learner().Terms.Select(Term)];
        SparseRegression[] found = [.. learned.Select(f => SparseRegression.Of(candidates, f, Tolerance))];
        double[] refined = Refine(problem with { Experiments = trained }, found, cancellation);
        int first = found[0].Terms.Length;
        RecoveredTerm Recovered(int k, string process, double coefficient, ImmutableArray<double> refinedOnes) =>
            new(process, coefficient, [.. learned[k]], [.. found[k].Terms.Select(t => monomials[t].Name)], found[k].Coefficients, refinedOnes, found[k].Residual);
        return new PredatorPreyFindings([.. prey], [.. predators], [Recovered(0, "predation", Beta, [.. refined[..first]]), Recovered(1, "growth", Gamma, [.. refined[first..]])]);
    }

    private const double FluxScale = 5;

    // Part of a learned term that may stay unexplained: what a network of this size is off by where data are few.
    private const double Tolerance = 0.1;

    /// <summary>1, x, y … to the third degree.</summary>
    private static ImmutableArray<(string Name, int X, int Y)> Monomials()
    {
        string Name(int i, int j) => (Factor("x", i) + " " + Factor("y", j)).Trim() is { Length: > 0 } name ? name : "1";
        string Factor(string symbol, int power) => power switch { 0 => "", 1 => symbol, 2 => symbol + "²", _ => symbol + "³" };
        return [.. Enumerable.Range(0, 4).SelectMany(degree => Enumerable.Range(0, degree + 1).Select(j => (Name(degree - j, j), degree - j, j)))];
    }

    private static double[] Refine(FitProblem problem, SparseRegression[] found, CancellationToken cancellation)
    {
        var b = Frame("predator and prey, recovered", out var x, out var y);
        var coefficients = ImmutableArray.CreateBuilder<EstimatedParameter>();
        Expression Sum(string name, SparseRegression terms) => Expression.Sum(terms.Terms.Select((t, i) =>
        {
            var (_, px, py) = Monomials()[t];
            var c = b.Parameter($"{name}_{i + 1}", terms.Coefficients[i]);
            coefficients.Add(new EstimatedParameter(c.Name, ParameterScale.Linear, double.NegativeInfinity, double.PositiveInfinity, terms.Coefficients[i]));
            return c.Symbol * Expression.Power(x, px) * Expression.Power(y, py);
        }));
        b.Process("predation", ProcessKind.Reaction, "x ->", FluxLaw.Formula(Sum("beta", found[0])));
        b.Process("growth", ProcessKind.Reaction, "-> y", FluxLaw.Formula(Sum("gamma", found[1])));
        var objective = new FitObjective(problem with { System = b.Build().Lower(), Parameters = coefficients.ToImmutable(), Priors = [] });
        return new TrustRegion().Minimise(objective, [.. coefficients.Select(c => c.Nominal)], cancellation: cancellation).X;
    }

    private static Shooting Segments(int times, double gap) => new() { TimesPerSegment = times, Gap = gap, Measured = ImmutableDictionary<string, string>.Empty.Add("x.amount", "prey").Add("y.amount", "predators") };

    private static NetworkBuilder Frame(string name, out Species x, out Species y)
    {
        var b = new NetworkBuilder(name);
        var field = b.Compartment("field", 1);
        x = b.Species("x", field, b.Parameter("x0", 1));
        y = b.Species("y", field, b.Parameter("y0", 1));
        b.Define("prey", x.Symbol);
        b.Define("predators", y.Symbol);
        b.Process("birth", ProcessKind.Reaction, "-> x", FluxLaw.Formula(b.Parameter("alpha", Alpha) * x));
        b.Process("death", ProcessKind.Reaction, "y ->", FluxLaw.Formula(b.Parameter("delta", Delta) * y));
        return b;
    }
}
