using Protonmotive.Fitting.Problems;

namespace Protonmotive.Fitting.Starts.Oscillations;

/// <summary>The data of one observable in one experiment.</summary>
/// <param name="Observable">Its index in the system.</param>
/// <param name="Times">From the start of the experiment.</param>
/// <param name="Values">Measured.</param>
/// <param name="Weights">1/m² where noise is on a logarithmic scale, 1/σ² where it is a known number, else 1.</param>
/// <param name="IsScaled">Whether scale and offset are free.</param>
/// <param name="Variance">Weighted sum of squares around the mean.</param>
internal sealed record Series(int Observable, double[] Times, double[] Values, double[] Weights, bool IsScaled, double Variance)
{
    /// <summary>Gathers it.</summary>
    /// <param name="plan">The experiment.</param>
    /// <param name="observable">Index of the observable in the system.</param>
    /// <param name="rows">Indices of its measurements.</param>
    /// <param name="isScaled">Whether scale and offset are free.</param>
    public static Series Of(ExperimentPlan plan, int observable, int[] rows, bool isScaled)
    {
        var measured = plan.Experiment.Measurements;
        double[] times = [.. rows.Select(m => measured[m].Time - plan.Start)], values = [.. rows.Select(m => measured[m].Value)];
        double[] weights = [.. rows.Select(m => measured[m].Noise.Scale != ParameterScale.Linear ? 1 / (measured[m].Value * measured[m].Value) : plan.Sigma[m] < 0 ? 1 / (measured[m].SigmaValue * measured[m].SigmaValue) : 1)];
        double mean = values.Zip(weights, (v, w) => v * w).Sum() / weights.Sum();
        return new Series(observable, times, values, weights, isScaled, Math.Max(values.Zip(weights, (v, w) => w * (v - mean) * (v - mean)).Sum(), 1e-300));
    }

    // Relative variance below which a course is taken for the solver's error.
    private const double LeastVariation = 1e-6;

    /// <summary>Weighted variance of a course over its mean square: 0 for a constant, at most 1.</summary>
    /// <param name="course">The course, taken at the times of the data.</param>
    public double Variation(RecordedCourse course)
    {
        double[] y = course.Observables[Observable];
        double w = 0, sy = 0, syy = 0;
        for (int i = 0; i < Times.Length; i++)
        {
            double at = y[Math.Min((int)(Times[i] / course.Step), y.Length - 1)];
            w += Weights[i];
            sy += Weights[i] * at;
            syy += Weights[i] * at * at;
        }
        return syy > 0 ? Math.Max(0, 1 - (sy * sy / (w * syy))) : 0;
    }

    /// <summary>½ n ln of the share of the variance that a course leaves unexplained.</summary>
    /// <param name="course">The course.</param>
    /// <param name="row">Its row over the start of the data.</param>
    /// <param name="stretch">Time of the course that passes in one of the data's.</param>
    /// <param name="least">No share counts as less.</param>
    public double Value(RecordedCourse course, int row, double stretch, double least)
    {
        double[] y = course.Observables[Observable];
        double factor = stretch / course.Step, w = 0, sy = 0, sm = 0, syy = 0, sym = 0, smm = 0;
        for (int i = 0; i < Times.Length; i++)
        {
            double u = row + (factor * Times[i]);
            int k = Math.Min((int)u, y.Length - 2);
            double at = y[k] + ((u - k) * (y[k + 1] - y[k])), m = Values[i], weight = Weights[i], wy = weight * at, wm = weight * m;
            w += weight;
            sy += wy;
            sm += wm;
            syy += wy * at;
            sym += wy * m;
            smm += wm * m;
        }
        double left;
        if (IsScaled)
        {
            double vy = syy - (sy * sy / w), c = sym - (sy * sm / w);
            left = c > 0 && vy > LeastVariation * syy ? Variance - (c * c / vy) : Variance;
        }
        else left = smm - (2 * sym) + syy;
        return 0.5 * Times.Length * Math.Log(Math.Max(left / Variance, least));
    }
}
