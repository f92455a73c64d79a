namespace Protonmotive.Fitting.Problems;

/// <summary>Adds up an objective, its gradient and its Gauss-Newton matrix.</summary>
internal sealed class ObjectiveSums(int n, ObjectiveParts parts)
{
    private readonly double[]? gradient = parts >= ObjectiveParts.Gradient ? new double[n] : null;
    private readonly double[,]? matrix = parts >= ObjectiveParts.GaussNewton ? new double[n, n] : null;

    /// <summary>The value so far.</summary>
    public double Value { get; private set; }

    /// <summary>Adds a measurement.</summary>
    public void Add(in MeasuredRow row)
    {
        var term = row.Measurement.Noise.Evaluate(row.Measurement.Value, row.Simulated, row.Sigma);
        Value += row.Sigma > 0 ? term.Value : double.PositiveInfinity;
        double[] y = row.SimulatedSlopes, s = row.SigmaSlopes;
        if (gradient is not null) for (int j = 0; j < n; j++) gradient[j] += (term.BySimulated * y[j]) + (term.BySigma * s[j]);
        if (matrix is null) return;
        for (int j = 0; j < n; j++)
        {
            double ofY = term.SimulatedInformation * y[j], ofS = term.SigmaInformation * s[j];
            if (ofY == 0 && ofS == 0) continue;
            for (int k = 0; k <= j; k++) matrix[j, k] += (ofY * y[k]) + (ofS * s[k]);
        }
    }

    /// <summary>Adds a problem's priors.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="x">All estimated parameters, shape [n].</param>
    /// <param name="along">Estimated parameters that slopes are by.</param>
    /// <returns>Why the point has no prior probability; null where it has.</returns>
    public string? AddPriors(FitProblem problem, ReadOnlySpan<double> x, ReadOnlySpan<int> along)
    {
        for (int j = 0; j < problem.Priors.Length; j++)
        {
            if (problem.Priors[j] is not { } prior) continue;
            var parameter = problem.Parameters[j];
            var (value, slope, curvature) = prior.Evaluate(x[j], parameter.Scale);
            if (!double.IsFinite(value)) return $"'{parameter.Name}' = {Scales.ToLinear(x[j], parameter.Scale):g6} has no prior probability.";
            Value += value;
            int place = along.IndexOf(j);
            if (place < 0) continue;
            if (gradient is not null) gradient[place] += slope;
            if (matrix is not null) matrix[place, place] += curvature;
        }
        return null;
    }

    /// <summary>The sums, the matrix made symmetric.</summary>
    public ObjectiveValue Result()
    {
        if (matrix is not null) for (int j = 0; j < n; j++) for (int k = 0; k < j; k++) matrix[k, j] = matrix[j, k];
        if (gradient is not null && !gradient.All(double.IsFinite)) return ObjectiveValue.Infinite("The gradient is not finite.");
        if (matrix is not null && !matrix.Cast<double>().All(double.IsFinite)) return ObjectiveValue.Infinite("The Fisher information is not finite.");
        return new ObjectiveValue(Value, gradient, matrix);
    }
}
