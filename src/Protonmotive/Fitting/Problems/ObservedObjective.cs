using System.Collections.Immutable;
using Protonmotive.Sensitivities.Sweeps;

namespace Protonmotive.Fitting.Problems;

/// <summary>
/// A fit problem's objective as a function of the parameters that change only what is observed, with the solutions as they are: it costs
/// no solve.
/// </summary>
/// <remarks>
/// Minimising it inside the other parameters' fit is variable projection (Golub and Pereyra 1973, SIAM J. Numer. Anal. 10, 413-432),
/// known in systems biology as hierarchical optimisation (Loos, Krause and Hasenauer 2018, Bioinformatics 34, 4266-4273); here it
/// holds for any formula, noise model and prior, since it is minimised and not solved in closed form.
/// </remarks>
internal sealed class ObservedObjective(FitProblem problem, ObservedParameters observed, Observation observation, IReadOnlyList<SolvedExperiment> experiments, double[] at) : IObjective
{
    /// <inheritdoc/>
    public ImmutableArray<EstimatedParameter> Parameters { get; } = [.. observed.Indices.Select(j => problem.Parameters[j])];

    /// <summary>All estimated parameters, shape [n].</summary>
    public double[] Whole(ReadOnlySpan<double> x)
    {
        double[] whole = [.. at];
        for (int i = 0; i < observed.Indices.Length; i++) whole[observed.Indices[i]] = x[i];
        return whole;
    }

    /// <inheritdoc/>
    public ObjectiveValue Evaluate(ReadOnlySpan<double> x, ObjectiveParts parts, CancellationToken cancellation = default) =>
        Evaluate(Whole(x), parts, parts == ObjectiveParts.Value ? [] : observed.Indices);

    /// <summary>The objective at a whole point.</summary>
    /// <param name="whole">All estimated parameters, shape [n].</param>
    /// <param name="parts">What is wanted.</param>
    /// <param name="along">Estimated parameters that slopes are by.</param>
    public ObjectiveValue Evaluate(double[] whole, ObjectiveParts parts, int[] along)
    {
        var sums = new ObjectiveSums(along.Length, parts);
        if (sums.AddPriors(problem, whole, along) is { } outside) return ObjectiveValue.Infinite(outside);
        foreach (var experiment in experiments)
        {
            foreach (var row in experiment.Rows(observation, observed, whole, along))
            {
                sums.Add(row);
                if (!double.IsFinite(sums.Value)) return ObjectiveValue.Infinite($"{experiment.Name}: {row.Measurement.WithoutLikelihood(row.Simulated, row.Sigma)}");
            }
        }
        return sums.Result();
    }
}
