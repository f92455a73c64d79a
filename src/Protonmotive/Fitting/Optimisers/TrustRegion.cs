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
    private const double DifferenceStep = 1e-4;

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

    /// <summary>It has stalled too where so many iterations together lowered the objective by less than <see cref="SlowGain"/>.</summary>
    public int SlowIterations { get; init; } = 100;

    /// <summary>What <see cref="SlowIterations"/> must lower the objective by, in units of log-likelihood.</summary>
    public double SlowGain { get; init; } = 1e-2;

    /// <summary>Whether a secant correction is kept beside the Gauss-Newton matrix.</summary>
    public bool CorrectsCurvature { get; init; } = true;

    /// <summary>After so many steps that lowered the objective by less than a quarter of what was promised, the correction is measured by differences of the gradient.</summary>
    public int MissLimit { get; init; } = 5;

    /// <inheritdoc/>
    public override OptimiserState Begin(IObjective objective, ReadOnlySpan<double> start, ulong seed = 0, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(objective);
        var (x, at) = objective.EvaluateRefined(Inside(objective, start), ObjectiveParts.GaussNewton, cancellation);
        bool isUsable = IsUsable(at);
        return new TrustRegionState
        {
            X = x, Value = isUsable ? at.Value : double.PositiveInfinity, Gradient = at.Gradient ?? [], Curvature = isUsable ? Rows(at.GaussNewton!) : [],
            Sizes = ParameterSizes.At(objective, x), Radius = FirstRadius, MarkedValue = isUsable ? at.Value : double.PositiveInfinity, Evaluations = 1, Gradients = 1,
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
        if (old.Iterations - old.MarkedIteration >= SlowIterations)
        {
            if (old.MarkedValue - old.Value < SlowGain) return old with { Status = FitStatus.Stalled, Message = FormattableString.Invariant($"{SlowIterations} iterations lowered the objective by {old.MarkedValue - old.Value:g2}") };
            old = old with { MarkedIteration = old.Iterations, MarkedValue = old.Value };
        }
        var box = Box.Of(objective.Parameters);
        int n = old.X.Length;
        if (CorrectsCurvature && old.Misses >= MissLimit && old.Age >= n && old.HasMoved) return Measured(objective, old, box, cancellation);
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
        (x, var at) = objective.EvaluateRefined(x, ObjectiveParts.Value, cancellation);
        var next = old with { Iterations = old.Iterations + 1, Evaluations = old.Evaluations + 1, Age = old.Age + 1 };
        bool isLower = at.Value < old.Value;
        if (isLower)
        {
            at = objective.Evaluate(x, ObjectiveParts.GaussNewton, cancellation);
            next = next with { Gradients = old.Gradients + 1 };
        }
        if (double.IsFinite(at.Value) && old.Secant.Length > 0)
        {
            double other = Model(old, !old.UsesSecant, low, high).Change(step), change = at.Value - old.Value;
            next = next with { UsesSecant = old.UsesSecant ^ (Math.Abs(other - change) < Math.Abs(-promised - change)) };
        }
        if (!isLower || !IsUsable(at))
        {
            // Within rounding of the least value a step can't show that it lowers it.
            if (!isLower && promised <= 100 * tolerance && at.Value - old.Value <= 1e-13 * Math.Abs(old.Value))
                return next with { Status = FitStatus.Converged, Message = FormattableString.Invariant($"a step promises {promised:g2} less, below rounding") };
            return next with { Radius = Math.Min(old.Radius, length) / 4, Misses = old.Misses + 1 };
        }
        double gain = old.Value - at.Value, ratio = gain / promised;
        double[] matrix = Rows(at.GaussNewton!), taken = new double[n], turned = new double[n];
        for (int i = 0; i < n; i++) (taken[i], turned[i]) = (x[i] - old.X[i], at.Gradient![i] - old.Gradient[i]);
        int idle = gain <= tolerance ? old.Idle + 1 : 0;
        bool hasStalled = idle >= IdleLimit;
        return next with
        {
            HasMoved = true, X = x, Value = at.Value, Gradient = at.Gradient!, Curvature = matrix, Secant = CorrectsCurvature ? StructuredSecant.Update(old.Secant, matrix, taken, turned, old.Sizes) : [], Sizes = ParameterSizes.At(objective, x, old.Sizes), Idle = idle,
            Misses = ratio < 0.25 ? old.Misses + 1 : old.Misses,
            Radius = ratio < 0.25 ? Math.Min(old.Radius, length) / 4 : ratio > 0.75 && isCut ? 2 * old.Radius : old.Radius,
            Status = hasStalled ? FitStatus.Stalled : FitStatus.Running, Message = hasStalled ? $"{IdleLimit} steps in a row lowered the objective by less than the tolerance" : "",
        };
    }

    // The correction by differences of the gradient, where neither matrix foretells the objective: far from a minimum residuals are large,
    // and Gauss-Newton leaves out most of the curvature.
    private TrustRegionState Measured(IObjective objective, TrustRegionState old, Box box, CancellationToken cancellation)
    {
        int n = old.X.Length;
        var hessian = new double[n * n];
        for (int j = 0; j < n; j++)
        {
            double h = DifferenceStep * old.Sizes[j];
            if (old.X[j] + h > box.Upper[j]) h = -h;
            double[] x = [.. old.X];
            x[j] += h;
            var at = objective.Evaluate(x, ObjectiveParts.Gradient, cancellation);
            bool isKnown = double.IsFinite(at.Value) && at.Gradient is { } g && Array.TrueForAll(g, double.IsFinite);
            for (int i = 0; i < n; i++)
            {
                double entry = isKnown ? (at.Gradient![i] - old.Gradient[i]) / (x[j] - old.X[j]) : old.Curvature[(i * n) + j];
                hessian[(i * n) + j] += entry / 2;
                hessian[(j * n) + i] += entry / 2;
            }
        }
        return old with
        {
            Iterations = old.Iterations + 1, Evaluations = old.Evaluations + n, Gradients = old.Gradients + n, Misses = 0, Age = 0, HasMoved = false,
            Secant = [.. hessian.Zip(old.Curvature, (h, g) => h - g)], UsesSecant = true, Radius = Math.Max(old.Radius, FirstRadius),
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
