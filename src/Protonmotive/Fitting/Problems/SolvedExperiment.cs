using Protonmotive.Sensitivities;
using Protonmotive.Sensitivities.Sweeps;

namespace Protonmotive.Fitting.Problems;

/// <summary>An experiment's solution, as its measurements see it.</summary>
/// <param name="plan">The experiment.</param>
/// <param name="course">Its time course; null where nothing was measured along it.</param>
/// <param name="rest">The state it comes to rest in; null where nothing was measured there.</param>
/// <param name="slopes">∂parameters along each direction of the solution, shape [directions·ParameterCount].</param>
internal sealed class SolvedExperiment(ExperimentPlan plan, TangentSolution? course, TangentSolution? rest, double[] slopes)
{
    /// <summary>The experiment's name.</summary>
    public string Name => plan.Experiment.Name;

    /// <summary>What is simulated for a measurement, and its noise.</summary>
    public (double Simulated, double Sigma) Values(int measurement)
    {
        int row = plan.RowOf[measurement];
        return Values(measurement, row < 0 ? rest!.Observables(0) : course!.Observables(row));
    }

    /// <summary>All measurements with their slopes, as they are with some values of the parameters that change only what is observed.</summary>
    /// <param name="observation">A workspace.</param>
    /// <param name="observed">Those parameters.</param>
    /// <param name="x">All estimated parameters, shape [n]; those that the solution depends on as they were there.</param>
    /// <param name="along">Estimated parameters that slopes are wanted by: all, those that are only observed, or none.</param>
    public IEnumerable<MeasuredRow> Rows(Observation observation, ObservedParameters observed, double[] x, int[] along)
    {
        int count = along.Length;
        double[] simulatedSlopes = new double[count], sigmaSlopes = new double[count];
        var changes = observed.Changes(plan, x);
        int[] directions = ObservedParameters.Directions(plan, along);
        double[] parameterSlopes = observed.Slopes(plan, x, along, slopes);
        var (courseValues, courseSlopes) = Observe(course);
        var (restValues, restSlopes) = Observe(rest);
        for (int m = 0; m < plan.RowOf.Length; m++)
        {
            bool isRest = plan.RowOf[m] < 0;
            int row = isRest ? 0 : plan.RowOf[m], outputs = observed.OutputCount;
            var (simulated, sigma) = Values(m, (isRest ? restValues : courseValues).AsSpan(row * outputs, outputs));
            for (int d = 0; d < count; d++)
            {
                var slope = (isRest ? restSlopes : courseSlopes).AsSpan(((row * count) + d) * outputs, outputs);
                simulatedSlopes[d] = slope[plan.Simulated[m]];
                sigmaSlopes[d] = plan.Sigma[m] < 0 ? 0 : slope[plan.Sigma[m]];
            }
            yield return new MeasuredRow(plan.Experiment.Measurements[m], simulated, sigma, simulatedSlopes, sigmaSlopes);
        }

        (double[] Values, double[] Slopes) Observe(TangentSolution? solution)
        {
            if (solution is null) return ([], []);
            double[] values = new double[solution.Times.Count * observed.OutputCount], tangents = new double[values.Length * count];
            observation.Run(solution, changes, directions, parameterSlopes, values, tangents);
            return (values, tangents);
        }
    }

    private (double Simulated, double Sigma) Values(int measurement, ReadOnlySpan<double> values)
    {
        int sigma = plan.Sigma[measurement];
        return (values[plan.Simulated[measurement]], sigma < 0 ? plan.Experiment.Measurements[measurement].SigmaValue : values[sigma]);
    }
}

/// <summary>A measurement with what is simulated for it; slopes are valid until the next one.</summary>
internal readonly record struct MeasuredRow(FitMeasurement Measurement, double Simulated, double Sigma, double[] SimulatedSlopes, double[] SigmaSlopes);
