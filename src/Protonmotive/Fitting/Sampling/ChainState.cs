namespace Protonmotive.Fitting.Sampling;

/// <summary>One chain between two iterations: all that is needed to go on, with its draws.</summary>
public sealed record ChainState
{
    /// <summary>Which chain, from 0.</summary>
    public required int Chain { get; init; }

    /// <summary>Iterations done, with warm-up.</summary>
    public int Iteration { get; set; }

    /// <summary>Where it is, in unbounded coordinates, shape [n].</summary>
    public required double[] Z { get; set; }

    /// <summary>Step of the integrator.</summary>
    public double StepSize { get; set; }

    /// <summary>Dual averaging: target, count, mean error, mean of ln step.</summary>
    public double[] Averaging { get; set; } = [0, 0, 0, 0];

    /// <summary>Inverse mass: variances, shape [n], or covariances row by row, shape [n·n].</summary>
    public required double[] InverseMass { get; set; }

    /// <summary>Running moments of the window: count, then means, then sums of squares or products.</summary>
    public double[] Moments { get; set; } = [];

    /// <summary>Draws after warm-up on the scale of estimation, one after another.</summary>
    public List<double[]> Draws { get; init; } = [];

    /// <summary>The objective at each draw.</summary>
    public List<double> Objectives { get; init; } = [];

    /// <summary>Total energy at each draw.</summary>
    public List<double> Energies { get; init; } = [];

    /// <summary>Depth of the tree at each draw.</summary>
    public List<int> Depths { get; init; } = [];

    /// <summary>Draws whose trajectory diverged, by index.</summary>
    public List<int> Divergent { get; init; } = [];

    /// <summary>Mean acceptance after warm-up: its sum over the draws.</summary>
    public double AcceptanceSum { get; set; }

    /// <summary>Evaluations with gradient.</summary>
    public long Evaluations { get; set; }

    /// <summary>Seconds spent on it.</summary>
    public double Seconds { get; set; }
}
