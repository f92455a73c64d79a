namespace Protonmotive.Fitting.Optimisers;

/// <summary>L-BFGS-B: gradients only, bounds, and a memory of a few steps in place of a matrix.</summary>
/// <remarks>Byrd, Lu, Nocedal and Zhu (1995), A limited memory algorithm for bound constrained optimization, SIAM J. Sci. Comput. 16, 1190-1208.</remarks>
public sealed record LimitedMemory : Optimiser
{
    /// <inheritdoc/>
    public override string Name => "l-bfgs-b";

    /// <summary>Steps remembered.</summary>
    public int Memory { get; init; } = 10;

    /// <summary>It has converged where no entry of the gradient within the bounds, times the parameter's size, is larger.</summary>
    public double GradientTolerance { get; init; } = 1e-6;

    /// <summary>It has stalled where an iteration lowers the objective by less than this, in proportion to it (at least to 1).</summary>
    public double ValueTolerance { get; init; } = 1e-12;

    /// <summary>Whether a step counts in parameters as they are, as for the weights of a neural network; else in their sizes.</summary>
    public bool HasUnitSizes { get; init; }

    /// <summary>Most iterations.</summary>
    public int IterationLimit { get; init; } = 5000;

    /// <inheritdoc/>
    public override OptimiserState Begin(IObjective objective, ReadOnlySpan<double> start, ulong seed = 0, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(objective);
        var x = Inside(objective, start);
        var at = objective.Evaluate(x, ObjectiveParts.Gradient, cancellation);
        bool isUsable = IsUsable(at);
        return new LimitedMemoryState
        {
            X = x, Value = isUsable ? at.Value : double.PositiveInfinity, Gradient = at.Gradient ?? [], Sizes = HasUnitSizes ? [.. x.Select(_ => 1.0)] : ParameterSizes.At(objective, x), Evaluations = 1, Gradients = 1,
            Status = isUsable ? FitStatus.Running : FitStatus.StartFailed, Message = isUsable ? "" : at.Failure ?? "the objective or its gradient is not finite",
        };
    }

    /// <inheritdoc/>
    public override OptimiserState Advance(IObjective objective, OptimiserState state, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(objective);
        var old = Own<LimitedMemoryState>(state);
        if (old.IsFinished) return old;
        if (old.Iterations >= IterationLimit) return old with { Status = FitStatus.LimitReached, Message = $"{IterationLimit} iterations" };
        var box = Box.Of(objective.Parameters);
        int n = old.X.Length;
        double[] x = new double[n], g = new double[n], lower = new double[n], upper = new double[n];
        double largest = 0;
        for (int i = 0; i < n; i++)
        {
            double size = old.Sizes[i];
            (x[i], g[i], lower[i], upper[i]) = (old.X[i] / size, old.Gradient[i] * size, box.Lower[i] / size, box.Upper[i] / size);
            largest = Math.Max(largest, Math.Abs(Math.Clamp(x[i] - g[i], lower[i], upper[i]) - x[i]));
        }
        if (largest <= GradientTolerance) return old with { Status = FitStatus.Converged, Message = FormattableString.Invariant($"largest entry of the gradient {largest:g2}") };

        var proposed = CauchyPoint.Propose(x, g, lower, upper, new CompactHessian(old.Steps, old.Changes));
        var d = new double[n];
        double slope = 0, length = 0, most = double.PositiveInfinity;
        for (int i = 0; i < n; i++)
        {
            d[i] = proposed[i] - x[i];
            slope += g[i] * d[i];
            length += d[i] * d[i];
            if (d[i] != 0) most = Math.Min(most, ((d[i] > 0 ? upper[i] : lower[i]) - x[i]) / d[i]);
        }
        if (!(slope < 0)) return Forget(old, "the proposed step does not go down");
        ObjectiveValue? last = null;
        double[] lastX = [];
        double lastStep = 0;
        (double, double) Along(double step)
        {
            var at = new double[n];
            for (int i = 0; i < n; i++) at[i] = step == 1 && (proposed[i] == lower[i] || proposed[i] == upper[i]) ? (proposed[i] == lower[i] ? box.Lower[i] : box.Upper[i]) : Math.Clamp((x[i] + (step * d[i])) * old.Sizes[i], box.Lower[i], box.Upper[i]);
            var value = objective.Evaluate(at, ObjectiveParts.Gradient, cancellation);
            (last, lastX, lastStep) = (value, at, step);
            if (!IsUsable(value)) return (double.PositiveInfinity, double.PositiveInfinity);
            double s = 0;
            for (int i = 0; i < n; i++) s += value.Gradient![i] * old.Sizes[i] * d[i];
            return (value.Value, s);
        }

        var search = new WolfeSearch(Along);
        double found = search.Find(old.Value, slope, old.Steps.Length == 0 ? Math.Min(1, 1 / Math.Sqrt(length)) : 1, Math.Max(1, double.IsFinite(most) ? most : 1e10));
        long calls = search.Evaluations;
        if (found > 0 && lastStep != found)
        {
            Along(found);
            calls++;
        }
        var counted = old with { Evaluations = old.Evaluations + calls, Gradients = old.Gradients + calls, Iterations = old.Iterations + 1 };
        if (found == 0) return Forget(counted, "no step along the proposed direction lowers the objective");
        double[] s = new double[n], y = new double[n];
        for (int i = 0; i < n; i++) (s[i], y[i]) = ((lastX[i] - old.X[i]) / old.Sizes[i], (last!.Gradient![i] - old.Gradient[i]) * old.Sizes[i]);
        bool isCurved = CompactHessian.Dot(s, y) > 2.2e-16 * CompactHessian.Dot(y, y);
        bool hasStalled = old.Value - last!.Value <= ValueTolerance * Math.Max(1, Math.Max(Math.Abs(old.Value), Math.Abs(last.Value)));
        return counted with
        {
            X = lastX, Value = last.Value, Gradient = last.Gradient!,
            Steps = isCurved ? Remember(old.Steps, s) : old.Steps, Changes = isCurved ? Remember(old.Changes, y) : old.Changes,
            Status = hasStalled ? FitStatus.Stalled : FitStatus.Running, Message = hasStalled ? "an iteration lowered the objective by less than the tolerance" : "",
        };
    }

    // With pairs: once more without them; else there is no way down.
    private static LimitedMemoryState Forget(LimitedMemoryState state, string reason) => state.Steps.Length > 0
        ? state with { Steps = [], Changes = [] }
        : state with { Status = FitStatus.StepTooSmall, Message = reason };

    private double[][] Remember(double[][] pairs, double[] next) => [.. pairs.Skip(Math.Max(0, pairs.Length - Memory + 1)), next];

    private static bool IsUsable(ObjectiveValue at) => double.IsFinite(at.Value) && at.Gradient is { } g && Array.TrueForAll(g, double.IsFinite);
}
