using Protonmotive.Sensitivities;

namespace Protonmotive.Fitting.Problems;

/// <summary>An experiment's solution, as its measurements see it.</summary>
internal sealed class SolvedExperiment(ExperimentPlan plan, TangentSolution? course, TangentSolution? rest, int directions)
{
    /// <summary>What is simulated for a measurement, and its noise.</summary>
    public (double Simulated, double Sigma) Values(int measurement)
    {
        var (solution, row) = Place(measurement);
        var values = solution.Observables(row);
        int sigma = plan.Sigma[measurement];
        return (values[plan.Simulated[measurement]], sigma < 0 ? plan.Experiment.Measurements[measurement].SigmaValue : values[sigma]);
    }

    /// <summary>All measurements with their slopes.</summary>
    public IEnumerable<MeasuredRow> Rows()
    {
        double[] simulatedSlopes = new double[directions], sigmaSlopes = new double[directions];
        for (int m = 0; m < plan.RowOf.Length; m++)
        {
            var (solution, row) = Place(m);
            var (simulated, sigma) = Values(m);
            for (int d = 0; d < directions; d++)
            {
                var tangent = solution.ObservableTangent(row, d);
                simulatedSlopes[d] = tangent[plan.Simulated[m]];
                sigmaSlopes[d] = plan.Sigma[m] < 0 ? 0 : tangent[plan.Sigma[m]];
            }
            yield return new MeasuredRow(plan.Experiment.Measurements[m], simulated, sigma, simulatedSlopes, sigmaSlopes);
        }
    }

    private (TangentSolution Solution, int Row) Place(int measurement) => plan.RowOf[measurement] < 0 ? (rest!, 0) : (course!, plan.RowOf[measurement]);
}

/// <summary>A measurement with what is simulated for it; slopes are valid until the next one.</summary>
internal readonly record struct MeasuredRow(FitMeasurement Measurement, double Simulated, double Sigma, double[] SimulatedSlopes, double[] SigmaSlopes);
