namespace Protonmotive.Sensitivities.Bifurcations;

/// <summary>Follows one branch from a point in one direction, with steps that fit its bends.</summary>
internal sealed class BranchTracer
{
    private const double SmallestStep = 1e-7, Corner = 1e-4, LeastCosine = 0.97;

    private readonly EquilibriumCurve curve;
    private readonly ContinuationOptions options;
    private readonly IReadOnlyList<string> names;
    private readonly int n;

    public BranchTracer(EquilibriumCurve curve, ContinuationOptions options, IReadOnlyList<string> names)
    {
        this.curve = curve;
        this.options = options;
        this.names = names;
        n = names.Count;
    }

    /// <summary>The points after the start, each with the special points before it, and why the branch ends.</summary>
    /// <param name="start">On the curve, its tangent the way to go.</param>
    /// <param name="cancellation">Ends the trace.</param>
    public TracedBranch Follow(CurvePoint start, CancellationToken cancellation)
    {
        var trace = new TracedBranch();
        var current = start;
        double h = options.MaximumStep / 3;
        while (trace.Steps.Count < options.MaximumPoints)
        {
            cancellation.ThrowIfCancellationRequested();
            var scales = curve.Scales(current.U);
            var tangent = EquilibriumCurve.Unit(current.Tangent, scales);
            if (IsOutward(current.Theta, tangent[n])) return trace.Ended(End(current.Theta));
            double step = h;
            double bound = tangent[n] > 0 ? 1 : 0, left = tangent[n] == 0 ? double.PositiveInfinity : (bound - current.Theta) / tangent[n];
            bool lands = left <= step * 1.0001;
            if (lands) step = left;
            var next = Step(current, tangent, scales, step, lands ? bound : null, out int iterations);
            if (next is null || (EquilibriumCurve.Dot(tangent, EquilibriumCurve.Unit(next.Tangent, scales)) < LeastCosine && step > Corner))
            {
                h = step / 2;
                if (h < SmallestStep) return trace.Ended(FormattableString.Invariant($"it can't be followed beyond {options.Parameter} = {curve.Parameter(current.Theta):g6}"));
                continue;
            }

            if (curve.Negative(next.U) is { } negative) return trace.Ended($"{names[negative]} turns negative");
            trace.Steps.Add((new CrossingSearch(curve, current, next, scales).Find(), next));
            if (IsBack(start, current, next, trace.Steps.Count)) return trace.Closed();
            current = next;
            if (iterations <= 3) h = Math.Min(options.MaximumStep, step * 1.5);
            else if (iterations > 6) h = step / 1.5;
        }

        return trace.Ended($"{options.MaximumPoints} points were taken");
    }

    private CurvePoint? Step(CurvePoint current, double[] tangent, double[] scales, double step, double? bound, out int iterations)
    {
        var guess = current.U.Select((v, i) => v + (step * tangent[i] * scales[i])).ToArray();
        var normal = tangent;
        if (bound is { } edge)
        {
            guess[n] = edge;
            normal = new double[n + 1];
            normal[n] = 1;
        }

        var u = curve.Correct(guess, normal, scales, out iterations);
        if (u is null || u[n] < -1e-9 || u[n] > 1 + 1e-9) return null;
        double moved = EquilibriumCurve.Norm(EquilibriumCurve.Scaled([.. u.Zip(current.U, (a, b) => a - b)], scales));
        return moved > 3 * Math.Max(step, 1e-12) ? null : curve.At(u, tangent, scales);
    }

    private static bool IsOutward(double θ, double slope) => (θ >= 1 - 1e-12 && slope > 0) || (θ <= 1e-12 && slope < 0);

    private string End(double θ) => θ > 0.5 ? $"{options.Parameter} reaches {options.High:g6}" : $"{options.Parameter} reaches {options.Low:g6}";

    // Back at the start, going the same way: the start lies within the last step.
    private bool IsBack(CurvePoint start, CurvePoint current, CurvePoint next, int count)
    {
        if (count < 10) return false;
        var scales = curve.Scales(start.U);
        var tangent = EquilibriumCurve.Unit(start.Tangent, scales);
        double[] Offset(CurvePoint p) => EquilibriumCurve.Scaled([.. p.U.Zip(start.U, (a, b) => a - b)], scales);
        var (a, b) = (Offset(current), Offset(next));
        return EquilibriumCurve.Dot(tangent, a) < 0 && EquilibriumCurve.Dot(tangent, b) >= 0
            && EquilibriumCurve.Norm(a) < 2 * options.MaximumStep && EquilibriumCurve.Norm(b) < 2 * options.MaximumStep;
    }
}
