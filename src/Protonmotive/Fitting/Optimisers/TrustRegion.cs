namespace Protonmotive.Fitting.Optimisers;

/// <summary>
/// Trust-region method on gradient and Gauss-Newton matrix within bounds, with a secant correction of the matrix where that predicts the
/// objective better. An infinite objective shrinks the region and the fit goes on; directions in which nothing changes are left alone.
/// </summary>
/// <remarks>
/// Update of the region as in Coleman and Li (1996), SIAM J. Optim. 6, 418-445 and fides (Fröhlich and Sorger 2022, PLoS Comput.
/// Biol. 18, e1010322). They keep iterates off the bounds and reflect; here a step fixes the coordinates that meet their bounds and
/// minimises over the others (Conn, Gould and Toint 2000, Trust-Region Methods, ch. 12), so that a fit can end on a bound exactly.
/// The choice between the two matrices after each step, by which of them foretold its value, is that of NL2SOL (Dennis, Gay and Welsch
/// 1981, ACM Trans. Math. Softw. 7, 348-368).
/// </remarks>
public sealed record TrustRegion : Optimiser
{
    /// <inheritdoc/>
    public override string Name => "trust-region";

    /// <summary>First radius, in sizes: a factor of ten for logarithmic scales, the parameter itself for linear ones.</summary>
    public double FirstRadius { get; init; } = 1;

    /// <summary>It has converged where a step promises to lower the objective by less than this.</summary>
    public double ValueTolerance { get; init; } = 1e-8;

    /// <summary>Added to <see cref="ValueTolerance"/> in proportion to the objective.</summary>
    public double RelativeValueTolerance { get; init; } = 1e-12;

    /// <summary>Least radius.</summary>
    public double StepTolerance { get; init; } = 1e-11;

    /// <summary>Most iterations, accepted or not.</summary>
    public int IterationLimit { get; init; } = 1000;

    /// <summary>It has stalled after so many steps in a row that lowered the objective by less than the tolerance.</summary>
    public int IdleLimit { get; init; } = 5;

    /// <summary>Whether a secant correction is kept beside the Gauss-Newton matrix.</summary>
    public bool CorrectsCurvature { get; init; } = true;

    /// <inheritdoc/>
    public override OptimiserState Begin(IObjective objective, ReadOnlySpan<double> start, ulong seed = 0, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(objective);
        var x = Inside(objective, start);
        var at = objective.Evaluate(x, ObjectiveParts.GaussNewton, cancellation);
        bool isUsable = IsUsable(at);
        return new TrustRegionState
        {
            X = x, Value = isUsable ? at.Value : double.PositiveInfinity, Gradient = at.Gradient ?? [], Curvature = isUsable ? Rows(at.GaussNewton!) : [],
            Sizes = ParameterSizes.At(objective, x), Radius = FirstRadius, Evaluations = 1, Gradients = 1,
            Status = isUsable ? FitStatus.Running : FitStatus.StartFailed, Message = isUsable ? "" : at.Failure ?? "the objective or its gradient is not finite",
        };
    }

    /// <inheritdoc/>
    public override OptimiserState Advance(IObjective objective, OptimiserState state, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(objective);
        var old = Own<TrustRegionState>(state);
        if (old.IsFinished) return old;
        if (old.Iterations >= IterationLimit) return old with { Status = FitStatus.LimitReached, Message = $"{IterationLimit} iterations" };
        var box = Box.Of(objective.Parameters);
        int n = old.X.Length;
        var (low, high) = (new double[n], new double[n]);
        for (int i = 0; i < n; i++) (low[i], high[i]) = (box.Lower[i] - old.X[i], box.Upper[i] - old.X[i]);
        var model = Model(old, old.UsesSecant, low, high);
        var step = model.Step(old.Radius);
        double promised = -model.Change(step), length = model.Length(step), tolerance = ValueTolerance + (RelativeValueTolerance * Math.Abs(old.Value));
        bool isCut = length > 0.99 * old.Radius;
        if (!(promised > 0) || (promised <= tolerance && (!isCut || old.Radius >= 0.01)))
            return old with { Status = FitStatus.Converged, Message = FormattableString.Invariant($"a step promises {Math.Max(0, promised):g2} less") };
        if (old.Radius < StepTolerance) return old with { Status = FitStatus.StepTooSmall, Message = FormattableString.Invariant($"no step above {old.Radius:g2} lowers the objective") };

        var x = new double[n];
        bool hasMoved = false;
        for (int i = 0; i < n; i++)
        {
            x[i] = step[i] == low[i] ? box.Lower[i] : step[i] == high[i] ? box.Upper[i] : Math.Clamp(old.X[i] + step[i], box.Lower[i], box.Upper[i]);
            hasMoved |= x[i] != old.X[i];
        }
        if (!hasMoved) return old with { Status = FitStatus.Converged, Message = "a step changes no digit" };
        var at = objective.Evaluate(x, ObjectiveParts.GaussNewton, cancellation);
        var next = old with { Iterations = old.Iterations + 1, Evaluations = old.Evaluations + 1, Gradients = old.Gradients + 1 };
        if (double.IsFinite(at.Value) && old.Secant.Length > 0)
        {
            double other = Model(old, !old.UsesSecant, low, high).Change(step), change = at.Value - old.Value;
            next = next with { UsesSecant = old.UsesSecant ^ (Math.Abs(other - change) < Math.Abs(-promised - change)) };
        }
        if (!IsUsable(at) || at.Value >= old.Value)
        {
            // Within rounding of the least value a step can't show that it lowers it.
            if (IsUsable(at) && promised <= 100 * tolerance && at.Value - old.Value <= 1e-13 * Math.Abs(old.Value))
                return next with { Status = FitStatus.Converged, Message = FormattableString.Invariant($"a step promises {promised:g2} less, below rounding") };
            return next with { Radius = Math.Min(old.Radius, length) / 4 };
        }
        double gain = old.Value - at.Value, ratio = gain / promised;
        double[] matrix = Rows(at.GaussNewton!), taken = new double[n], turned = new double[n];
        for (int i = 0; i < n; i++) (taken[i], turned[i]) = (x[i] - old.X[i], at.Gradient![i] - old.Gradient[i]);
        int idle = gain <= tolerance ? old.Idle + 1 : 0;
        bool hasStalled = idle >= IdleLimit;
        return next with
        {
            X = x, Value = at.Value, Gradient = at.Gradient!, Curvature = matrix, Secant = CorrectsCurvature ? StructuredSecant.Update(old.Secant, matrix, taken, turned, old.Sizes) : [], Sizes = ParameterSizes.At(objective, x, old.Sizes), Idle = idle,
            Radius = ratio < 0.25 ? Math.Min(old.Radius, length) / 4 : ratio > 0.75 && isCut ? 2 * old.Radius : old.Radius,
            Status = hasStalled ? FitStatus.Stalled : FitStatus.Running, Message = hasStalled ? $"{IdleLimit} steps in a row lowered the objective by less than the tolerance" : "",
        };
    }

    private static QuadraticModel Model(TrustRegionState state, bool withSecant, double[] low, double[] high) =>
        new(state.Gradient, withSecant ? [.. state.Curvature.Zip(state.Secant, (g, s) => g + s)] : state.Curvature, state.Sizes, low, high);

    private static bool IsUsable(ObjectiveValue at) => double.IsFinite(at.Value) && at.Gradient is { } g && at.GaussNewton is { } b && Array.TrueForAll(g, double.IsFinite) && b.Cast<double>().All(double.IsFinite);

    private static double[] Rows(double[,] matrix)
    {
        var rows = new double[matrix.Length];
        Buffer.BlockCopy(matrix, 0, rows, 0, rows.Length * sizeof(double));
        return rows;
    }
}
