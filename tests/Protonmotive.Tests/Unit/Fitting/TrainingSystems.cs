using System.Collections.Immutable;
using Protonmotive.Fitting.Problems;
using Protonmotive.Fitting.Training;
using Protonmotive.Kernels;
using Protonmotive.Networks;
using Protonmotive.Sensitivities;
using Protonmotive.Solvers;
using Protonmotive.Symbolics;

namespace Protonmotive.Tests.Unit.Fitting;

/// <summary>Small problems whose answers are known.</summary>
internal static class TrainingSystems
{
    /// <summary>dx/dt = −5·(w x/2 + b): a linear perceptron in place of decay.</summary>
    public static FitProblem Decay(Func<double, double> x, double sigma = 1e-3, int courses = 2, ImmutableArray<int>? hidden = null, ulong seed = 1)
    {
        var b = new NetworkBuilder("decay");
        var cell = b.Compartment("cell", 1);
        var s = b.Species("x", cell, b.Parameter("x0", 1));
        var net = b.Perceptron("n", [LearnedInput.Linear(s, 0, 2)], hidden ?? [], seed: seed);
        b.Process("out", ProcessKind.Reaction, "x ->", FluxLaw.LearnedFree(net, 5));
        b.Define("measured", s.Symbol);
        double[] times = [.. Enumerable.Range(1, 12).Select(i => 0.1 * i)];
        return new FitProblem
        {
            Name = "decay",
            System = b.Build().Lower(),
            Parameters = LearnedWeights.Of(net),
            Experiments = [.. Enumerable.Range(1, courses).Select(k => new FitExperiment($"from {k}", null, new FitCondition($"from {k}", [new("x0", k)], []),
                [.. times.Select(t => new FitMeasurement("measured", "measured", "", sigma, t, k * x(t), new NoiseModel(NoiseDistribution.Normal)))]))],
            Tolerance = new Tolerance(1e-9, 1e-12),
        };
    }

    /// <summary>Two exchanges whose fluxes are a constant symmetric matrix times both affinities, and a learner with J = L·Lᵀ·A.</summary>
    public static (FitProblem Problem, Perceptron Net) Coupled(double[,] truth)
    {
        (NetworkBuilder, Species[]) Frame(string name)
        {
            var b = new NetworkBuilder(name);
            b.Temperature = b.Parameter("T", 300, "K");
            var cell = b.Compartment("cell", 1, "L");
            Species[] stores = [.. "ABCD".Select(c => b.Species(c.ToString(), cell, b.Parameter(c + "0", 0.5), standardPotential: 0))];
            foreach (var s in stores) b.Define("measured_" + s.Name, s.Symbol);
            return (b, stores);
        }

        var (real, _) = Frame("coupled");
        Expression A(string name) => Expression.Symbol(Lowering.AffinityName(name));
        real.Process("one", ProcessKind.Reaction, "A <-> B", FluxLaw.Formula((truth[0, 0] * A("one")) + (truth[0, 1] * A("two"))));
        real.Process("two", ProcessKind.Reaction, "C <-> D", FluxLaw.Formula((truth[1, 0] * A("one")) + (truth[1, 1] * A("two"))));
        var (learned, stores) = Frame("coupled, learned");
        var net = learned.Perceptron("n", [LearnedInput.Linear(stores[0], 0.5, 1)], [], outputs: 3, seed: 4);
        var mobility = new MobilityMatrix(net, ["one", "two"], [1e-4, 1e-4]);
        learned.Process("one", ProcessKind.Reaction, "A <-> B", FluxLaw.Learned(mobility));
        learned.Process("two", ProcessKind.Reaction, "C <-> D", FluxLaw.Learned(mobility));
        double[] times = [.. Enumerable.Range(1, 10).Select(i => 0.2 * i)];
        var kernel = Kernel.Compile(real.Build().Lower());
        FitExperiment Course(string name, double a, double c)
        {
            ImmutableArray<FitAssignment> condition = [new("A0", a), new("B0", 1 - a), new("C0", c), new("D0", 1 - c)];
            var start = TangentStart.Of(kernel, condition.ToDictionary(v => v.Target, v => v.Value), []);
            var course = ForwardSensitivities.Solve(start, 0, 2, times);
            string[] names = [.. kernel.System.Observables.Select(o => o.Name)];
            return new FitExperiment(name, null, new FitCondition(name, condition, []), [.. "ABCD".SelectMany(s => times.Select((t, row) =>
                new FitMeasurement($"measured_{s}", $"measured_{s}", "", 1e-3, t, course.Observables(row)[Array.IndexOf(names, $"measured_{s}")], new NoiseModel(NoiseDistribution.Normal))))]);
        }

        return (new FitProblem
        {
            Name = "coupled", System = learned.Build().Lower(), Parameters = LearnedWeights.Of(net), Tolerance = new Tolerance(1e-8, 1e-11),
            Experiments = [Course("first", 0.9, 0.5), Course("second", 0.5, 0.1), Course("third", 0.2, 0.8)],
        }, net);
    }
}
