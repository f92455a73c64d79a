using System.Collections.Immutable;
using Protonmotive.Fitting.Problems;
using Protonmotive.Kernels;
using Protonmotive.Networks;
using Protonmotive.Sensitivities;
using Protonmotive.Solvers;

namespace Protonmotive.Atlas.Learned;

/// <summary>Courses of a known system with measurement noise, for a learner that does not know part of it.</summary>
internal sealed class SimulatedData(Network truth, ulong seed)
{
    private readonly Kernel kernel = Kernel.Compile(truth.Lower());
    private ulong experiments;

    /// <summary>One experiment.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="condition">Parameters of the condition.</param>
    /// <param name="times">Times of measurement, ascending.</param>
    /// <param name="observed">What is measured: observable of the truth, the learner's observable, part of the value and floor of its standard deviation.</param>
    public FitExperiment Measure(string name, ImmutableArray<FitAssignment> condition, double[] times, IReadOnlyList<(string Truth, string Learner, double Part, double Floor)> observed)
    {
        var start = TangentStart.Of(kernel, condition.ToDictionary(a => a.Target, a => a.Value), []);
        var course = ForwardSensitivities.Solve(start, 0, times[^1], times, new SensitivityOptions { Tolerance = new Tolerance(1e-9, 1e-12) });
        var random = new RandomStream(seed, experiments++);
        var measurements = ImmutableArray.CreateBuilder<FitMeasurement>();
        foreach (var (of, learner, part, floor) in observed)
        {
            int index = kernel.System.Observables.Select((o, i) => (o.Name, i)).First(o => o.Name == of).i;
            for (int row = 0; row < times.Length; row++)
            {
                // As a laboratory knows it: the deviation is stated from the instrument, so from the true size, not from the noisy reading.
                double value = course.Observables(row)[index], sigma = (part * Math.Abs(value)) + floor;
                measurements.Add(new FitMeasurement(of, learner, "", sigma, times[row], value + (sigma * random.Normal()), new NoiseModel(NoiseDistribution.Normal)));
            }
        }
        return new FitExperiment(name, null, new FitCondition(name, condition, []), measurements.ToImmutable());
    }
}
