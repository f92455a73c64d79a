using System.Collections.Immutable;
using Protonmotive.Atlas.Mitochondrion;
using Protonmotive.Fitting.Optimisers;
using Protonmotive.Fitting.Problems;
using Protonmotive.Fitting.Training;
using Protonmotive.Kernels;
using Protonmotive.Networks;
using Protonmotive.Solvers;
using Protonmotive.Thermodynamics;

namespace Protonmotive.Atlas.Learned;

/// <summary>
/// Isolated mitochondria for a learner that does not know the law of the adenine nucleotide translocase: J = M(x; θ)·A with M ≥ 0 a neural network, or in free form J = NN(x; θ), from
/// noisy courses of states 3 and 4 of respiration.
/// </summary>
/// <remarks>
/// All else is the model of Randall, Beard et al. (2021), whose translocase (Metelkin et al. 2006) makes the data. ADP in the medium is used up (state 3) and respiration
/// falls back (state 4); courses differ in ADP, ATP and phosphate of the medium.
/// </remarks>
public sealed record TranslocaseLearning
{
    /// <summary>Seed of noise and first weights.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Whether the flux is a free function, not a mobility times the affinity.</summary>
    public bool IsFree { get; init; }

    /// <summary>Standard deviation of a measurement, as a part of its value.</summary>
    public double Noise { get; init; } = 0.03;

    /// <summary>ADP, ATP and phosphate of the medium at the start of each course, in M.</summary>
    public ImmutableArray<(double ADP, double ATP, double Phosphate)> Courses { get; init; } =
    [
(0.4e-3, 5e-3, 5e-3), (0.1e-3, 5e-3, 5e-3), (0.03e-3, 5e-3, 5e-3), (0.4e-3, 2e-3, 5e-3),
        (0.8e-3, 5e-3, 0.5e-3), (0.4e-3, 5e-3, 0.5e-3), (0.1e-3, 5e-3, 0.5e-3), (0.03e-3, 5e-3, 0.5e-3),
        (0.8e-3, 4e-3, 1.5e-3), (0.3e-3, 4e-3, 1.5e-3),
    ];

    /// <summary>Those that decide when training stops.</summary>
    public ImmutableArray<(double ADP, double ATP, double Phosphate)> Watched { get; init; } = [(0.2e-3, 4e-3, 1e-3), (0.2e-3, 5e-3, 5e-3), (0.6e-3, 4e-3, 0.5e-3)];

    /// <summary>Times of measurement, in s.</summary>
    public ImmutableArray<double> Times { get; init; } = [.. Enumerable.Range(1, 48).Select(i => 2.5 * i)];

    /// <summary>Neurons of the hidden layers.</summary>
    public ImmutableArray<int> Hidden { get; init; } = [6];

    /// <summary>Standard deviation of the prior of weights.</summary>
    public double PriorWidth { get; init; } = 2;

    /// <summary>Flux per affinity at which the mobility's network gives 1, in mol/s per J/mol and litre of mitochondria.</summary>
    public double MobilityScale { get; init; } = 1e-6;

    /// <summary>Flux at which the free network gives 1, in mol/s per litre of mitochondria.</summary>
    public double FluxScale { get; init; } = 5e-3;

    /// <summary>What makes the mobility positive.</summary>
    public Positivity Positivity { get; init; } = Positivity.Softplus;

    /// <summary>The mitochondria with ADP, ATP and phosphate as parameters <c>ADP0</c>, <c>ATP0</c>, <c>Pi0</c>, demand <c>X_AtC</c>, and the law of the translocase as it is, or learned.</summary>
    /// <param name="isLearned">Whether the law is learned.</param>
    public (Network Network, Perceptron? Net) Build(bool isLearned)
    {
        var b = new NetworkBuilder(isLearned ? "mitochondria, translocase learned" : "mitochondria");
        var m = new OxidativePhosphorylation(b, Surroundings.Suspension, new InitialConditions { Pix = 0.3e-3, ReducedNAD = 0.1 });
        var chain = new RespiratoryChain(b, m);
        var synthase = m.Synthase();
        Perceptron? net = null;
        var translocase = m.Translocase(isLearned ? Law : null);
        b.Boundary("oxidative phosphorylation", "electrons", chain.ComplexI, chain.ComplexIII, chain.ComplexIV, synthase, translocase, m.PhosphateCarrier(), m.Leak());
        m.Demand(0);
        foreach (var (name, species, value) in new[] { ("ADP0", m.ADPc, 0.4e-3), ("ATP0", m.ATPc, 5e-3), ("Pi0", m.Pic, 5e-3) })
            b.InitialAssignment(species.Name, b.Parameter(name, value, "M", "", $"{species.Name} at the start"));
        b.Define("ADP_mM", m.ADPc * 1000);
        b.Define("ATP_mM", m.ATPc * 1000);
        b.Define("DeltaPsi_mV", m.ΔΨ * 1000);
        return (b.Build(), net);

        FluxLaw Law()
        {
            LearnedInput[] inputs =
            [
                LearnedInput.Logarithmic(m.ADPc, 5e-5, 1e-7, 2), LearnedInput.Logarithmic(m.ATPc, 4e-3, 1e-5, 1), LearnedInput.Logarithmic(m.ATPx / m.ADPx, 1, 1e-3, 1), LearnedInput.Linear(m.ΔΨ, 0.17, 0.02),
            ];
            net = b.Perceptron("ant", inputs, Hidden, seed: Seed + 1000);
            if (IsFree) return FluxLaw.LearnedFree(net, FluxScale);
            return FluxLaw.Learned(new Mobility(net, MobilityScale, Positivity));
        }
    }

    /// <summary>Noisy courses, and the weights that are to meet them.</summary>
    public FitProblem Problem()
    {
        var data = new SimulatedData(Build(isLearned: false).Network, Seed);
        var (network, net) = Build(isLearned: true);
        var weights = LearnedWeights.Of(net!);
        (string, string, double, double)[] measured = [.. Measured.Select(q => (q.Observable, q.Observable, q.Part, q.Floor))];
        FitExperiment Course(string name, (double ADP, double ATP, double Phosphate) c) => data.Measure(name, [new("ADP0", c.ADP), new("ATP0", c.ATP), new("Pi0", c.Phosphate)], [.. Times], measured);
        return new FitProblem
        {
            Name = "translocase",
            System = network.Lower(),
            Parameters = weights,
            Priors = LearnedWeights.Priors(weights, PriorWidth),
            Experiments = [.. Courses.Select((c, i) => Course($"course {i + 1}", c)), .. Watched.Select((c, i) => Course($"watched {i + 1}", c))],
            Tolerance = new Tolerance(1e-6, 1e-9),
            Method = new Rodas5P(),
            MaximumSteps = 3000,
        };
    }

    /// <summary>What is measured, with the standard deviation as a part of the value and a floor.</summary>
    public ImmutableArray<(string Observable, string Unit, double Part, double Floor)> Measured =>
        [("OCR", "nmol/min", Noise, 1), ("DeltaPsi_mV", "mV", 0, 2), ("ADP_mM", "mM", Noise, 5e-4), ("ATP_mM", "mM", Noise, 0), ("NADH_fraction", "1", Noise, 0.005)];

    /// <summary>The steady states of an ATP-demand titration as they are, as they would be measured, and as the learned law predicts them: none of it was trained on.</summary>
    /// <param name="values">Trained weights, by name.</param>
    /// <param name="phosphate">Phosphate of the medium, in M.</param>
    /// <param name="demands">ATP hydrolysed, in mol/s per litre of suspension.</param>
    /// <param name="cancellation">Ends it early.</param>
    public ImmutableArray<TitrationPoint> Titrate(ImmutableDictionary<string, double> values, double phosphate, IEnumerable<double> demands, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(demands);
        Kernel truth = Kernel.Compile(Build(isLearned: false).Network.Lower()), learned = Kernel.Compile(Build(isLearned: true).Network.Lower());
        var random = new RandomStream(Seed, TitrationMember + (ulong)Math.Round(1e9 * phosphate));
        var points = ImmutableArray.CreateBuilder<TitrationPoint>();
        foreach (double demand in demands)
        {
            var condition = ImmutableDictionary<string, double>.Empty.Add("ADP0", 0).Add("ATP0", TitrationATP).Add("Pi0", phosphate).Add("X_AtC", demand);
            double[]? real = Rest(truth, condition, cancellation), predicted = Rest(learned, condition.AddRange(values), cancellation);
            for (int q = 0; q < Measured.Length; q++)
            {
                double sigma = (Measured[q].Part * Math.Abs(real![q])) + Measured[q].Floor;
                points.Add(new TitrationPoint(phosphate, demand, Measured[q].Observable, Measured[q].Unit, real[q], sigma, real[q] + (sigma * random.Normal()), predicted?[q] ?? double.NaN));
            }
        }
        return points.ToImmutable();
    }

    /// <summary>Flux and affinity of the learned translocase at states drawn over what mitochondria can meet: ADP outside 0.1 µM to 1 mM and ATP outside 0.1 to 10 mM, even in their logarithms; 2 to 98 % of the matrix's 10 mM adenine nucleotides as ATP; 0 to 220 mV.</summary>
    /// <param name="values">Trained weights, by name.</param>
    /// <param name="count">Number of states.</param>
    /// <param name="seed">Seed of the states.</param>
    public PowerSample Sample(ImmutableDictionary<string, double> values, int count, ulong seed)
    {
        var kernel = Kernel.Compile(Build(isLearned: true).Network.Lower());
        double[] parameters = kernel.Parameters(values), start = kernel.InitialState(parameters);
        int Index(string name) => kernel.System.States.Select((s, i) => (s.Name, i)).First(s => s.Name.StartsWith(name, StringComparison.Ordinal)).i;
        int adp = Index("ADP_c"), atp = Index("ATP_c"), matrixATP = Index("ATP_x"), matrixADP = Index("ADP_x"), charge = Index("DeltaPsi");
        // Amounts and charge go with what they are at the start: 0.4 mM ADP and 5 mM ATP outside, 10 mM in the matrix, 175 mV.
        double perADP = start[adp] / 0.4e-3, perATP = start[atp] / 5e-3, matrix = start[matrixATP] + start[matrixADP], perVolt = start[charge] / 0.175;
        return PowerSample.Of(kernel, "ANT", parameters, Enumerable.Range(0, count).Select(k =>
        {
            var random = new RandomStream(seed, (ulong)k);
            double[] state = [.. start];
            state[adp] = perADP * Math.Pow(10, -7 + (4 * random.Uniform()));
            state[atp] = perATP * Math.Pow(10, -4 + (2 * random.Uniform()));
            double share = 0.02 + (0.96 * random.Uniform());
            (state[matrixATP], state[matrixADP]) = (share * matrix, (1 - share) * matrix);
            state[charge] = perVolt * 0.22 * random.Uniform();
            return state;
        }));
    }

    /// <summary>The ledger of ten minutes' work with the learned law: 3 µM/s of ATP, 5 mM phosphate.</summary>
    /// <param name="values">Trained weights, by name.</param>
    /// <param name="cancellation">Ends it early.</param>
    public Ledger Work(ImmutableDictionary<string, double> values, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        var account = Account.Of(Build(isLearned: true).Network);
        var problem = new InitialValueProblem(account.Compile(), 0, 600) { Overrides = values.Add("ADP0", 0.05e-3).Add("X_AtC", 3e-6) };
        return account.Read(Ode.Solve(problem, new Rodas5P(), new Tolerance(1e-7), OutputTimes.EndOnly, null, cancellation));
    }

    private const double TitrationATP = 5e-3, TitrationTime = 3000;
    private const ulong TitrationMember = 1_000_000;

    private double[]? Rest(Kernel kernel, ImmutableDictionary<string, double> condition, CancellationToken cancellation)
    {
        try
        {
            var solution = Ode.Solve(new InitialValueProblem(kernel, 0, TitrationTime) { Overrides = condition }, new Rodas5P(), new Tolerance(1e-7), OutputTimes.EndOnly, null, cancellation);
            return [.. Measured.Select(q => solution.ObservableColumn(q.Observable)[^1])];
        }
        catch (SolverException)
        {
            return null;
        }
    }

    /// <summary>Growing horizons, then whole courses.</summary>
    public TrainingPlan Plan() => new()
    {
        HeldOut = [.. Watched.Select((_, i) => $"watched {i + 1}")],
        Stages =
        [
            new() { Name = "short horizon", Horizon = Times[^1] / 4, Optimiser = new Adam { Rate = 0.03, FinalRate = 0.01, IterationLimit = 100 }, CheckEvery = 10 },
            new() { Name = "whole courses, Adam", Optimiser = new Adam { Rate = 0.03, FinalRate = 0.003, IterationLimit = 200 }, CheckEvery = 10 },
            new() { Name = "whole courses", Optimiser = new LimitedMemory { HasUnitSizes = true, IterationLimit = 400, Memory = 30 }, CheckEvery = 10, Patience = 15 },
        ],
    };
}
