using System.Collections.Immutable;
using MathNet.Numerics.LinearAlgebra;

namespace Protonmotive.Sensitivities.Bifurcations;

/// <summary>Follows branches both ways and from branch points on, and puts them together.</summary>
internal sealed class DiagramBuilder
{
    private readonly EquilibriumEquations equations;
    private readonly EquilibriumCurve curve;
    private readonly ContinuationOptions options;
    private readonly BranchTracer tracer;
    private readonly CancellationToken cancellation;
    private readonly int n;
    private readonly List<List<CurvePoint>> traced = [];
    private readonly List<(CurvePoint Point, int Branch)> crossings = [];
    private readonly List<EquilibriumBranch> branches = [];
    private readonly List<SpecialPoint> special = [];

    public DiagramBuilder(EquilibriumEquations equations, EquilibriumCurve curve, ContinuationOptions options, IReadOnlyList<string> names, CancellationToken cancellation)
    {
        this.equations = equations;
        this.curve = curve;
        this.options = options;
        this.cancellation = cancellation;
        tracer = new BranchTracer(curve, options, names);
        n = names.Count;
    }

    /// <summary>The branches found.</summary>
    public ImmutableArray<EquilibriumBranch> Branches => [.. branches];

    /// <summary>The special points found, by rising parameter.</summary>
    public ImmutableArray<SpecialPoint> Special => [.. special.OrderBy(s => s.ParameterValue)];

    /// <summary>All branches that hang together with a steady state.</summary>
    /// <param name="x">The steady state, shape [n].</param>
    /// <param name="θ">Where in the range.</param>
    /// <returns>False where no branch goes through it.</returns>
    public bool Build(double[] x, double θ)
    {
        var u = x.Append(θ).ToArray();
        var scales = curve.Scales(u);
        var upward = new double[n + 1];
        upward[n] = 1;
        if ((curve.Correct(u, upward, scales, out _) ?? u) is var polished && curve.At(polished, upward, scales) is not { } start) return false;
        var forward = tracer.Follow(start, cancellation);
        var backward = forward.IsClosed ? new TracedBranch().Ended(forward.End) : tracer.Follow(Reversed(start), cancellation);
        Add(backward, start, forward);
        for (int k = 0; k < crossings.Count && branches.Count <= options.MaximumBranches; k++) FollowFrom(crossings[k].Point);
        return true;
    }

    private static CurvePoint Reversed(CurvePoint p) => new() { U = p.U, Tangent = [.. p.Tangent.Select(t => -t)], Sign = -p.Sign, LogDeterminant = p.LogDeterminant, Eigenvalues = p.Eigenvalues };

    private void Add(TracedBranch? backward, CurvePoint start, TracedBranch forward, string? firstEnd = null)
    {
        int index = branches.Count;
        var points = new List<CurvePoint>();
        var shown = ImmutableArray.CreateBuilder<EquilibriumPoint>();
        void Meet((SpecialPointKind Kind, CurvePoint Point, int Eigenvalue) met)
        {
            points.Add(met.Point);
            shown.Add(Shown(met.Point, isSpecial: true));
            Note(met.Kind, met.Point, met.Eigenvalue, index);
        }

        for (int i = (backward?.Steps.Count ?? 0) - 1; i >= 0; i--)
        {
            var (met, point) = backward!.Steps[i];
            points.Add(point);
            shown.Add(Shown(point, isSpecial: false));
            foreach (var m in Enumerable.Reverse(met)) Meet(m);
        }

        points.Add(start);
        shown.Add(Shown(start, isSpecial: firstEnd is not null));
        foreach (var (met, point) in forward.Steps)
        {
            foreach (var m in met) Meet(m);
            points.Add(point);
            shown.Add(Shown(point, isSpecial: false));
        }

        traced.Add(points);
        branches.Add(new EquilibriumBranch(shown.ToImmutable(), firstEnd ?? backward?.End ?? "", forward.End) { IsClosed = forward.IsClosed });
    }

    private EquilibriumPoint Shown(CurvePoint p, bool isSpecial)
    {
        double λ = curve.Parameter(p.Theta);
        var x = p.U[..n];
        return new EquilibriumPoint(λ, [.. x], equations.Outputs(x, λ), p.Eigenvalues, isSpecial ? null : p.UnstableCount);
    }

    private void Note(SpecialPointKind kind, CurvePoint point, int eigenvalue, int branch)
    {
        if (kind == SpecialPointKind.Branch)
        {
            if (crossings.Exists(c => Distance(c.Point.U, point.U) < 1e-3)) return;
            crossings.Add((point, branch));
        }

        double λ = curve.Parameter(point.Theta);
        var x = point.U[..n];
        double? ω = kind == SpecialPointKind.Hopf ? Math.Abs(point.Eigenvalues[eigenvalue].Imaginary) : null;
        special.Add(new SpecialPoint
        {
            Kind = kind,
            ParameterValue = λ,
            State = [.. x],
            Outputs = equations.Outputs(x, λ),
            Eigenvalues = point.Eigenvalues,
            Branch = branch,
            Frequency = ω,
            LyapunovCoefficient = ω is { } frequency ? new FirstLyapunov(equations, x, λ, [.. curve.Scales(point.U).Take(n)]).At(frequency) : null,
        });
    }

    // The other direction in the null space of F′: both ways along it, unless that branch is already here.
    private void FollowFrom(CurvePoint crossing)
    {
        var scales = curve.Scales(crossing.U);
        var tangent = EquilibriumCurve.Unit(crossing.Tangent, scales);
        var matrix = curve.Bordered(crossing.U, new double[n + 1], scales);
        for (int i = 0; i < n; i++)
        {
            double size = Enumerable.Range(0, n + 1).Max(j => Math.Abs(matrix[i, j]));
            for (int j = 0; j <= n && size > 0; j++) matrix[i, j] /= size;
        }

        var rows = Matrix<double>.Build.DenseOfArray(matrix).Svd().VT;
        var along = rows.Row(n - 1).ToArray();
        var beside = rows.Row(n).ToArray();
        double a = EquilibriumCurve.Dot(along, tangent), b = EquilibriumCurve.Dot(beside, tangent);
        var other = along.Select((v, i) => (v * b) - (beside[i] * a)).ToArray(); // in their span, at right angles to the tangent
        double norm = EquilibriumCurve.Norm(other);
        if (!(norm > 0.1)) return;
        foreach (double sign in new[] { 1.0, -1 })
        {
            if (branches.Count > options.MaximumBranches) return;
            var direction = other.Select(v => sign * v / norm).ToArray();
            foreach (double length in new[] { options.MaximumStep / 3, options.MaximumStep / 10, options.MaximumStep })
            {
                var guess = crossing.U.Select((v, i) => v + (length * direction[i] * scales[i])).ToArray();
                if (guess[n] is < 0 or > 1 || curve.Correct(guess, direction, scales, out _) is not { } u || u[n] is < 0 or > 1) continue;
                if (curve.Negative(u) is not null || IsKnown(u, length / 10)) continue;
                var way = EquilibriumCurve.Unit([.. u.Zip(crossing.U, (p, q) => p - q)], scales);
                if (Math.Abs(EquilibriumCurve.Dot(way, tangent)) > 0.99 || curve.At(u, way, scales) is not { } next) continue;
                var trace = tracer.Follow(next, cancellation);
                trace.Steps.Insert(0, ([], next));
                Add(null, crossing, trace, "it begins at a branch point");
                break;
            }
        }
    }

    private bool IsKnown(double[] u, double near)
    {
        var scales = curve.Scales(u);
        var at = EquilibriumCurve.Scaled(u, scales);
        foreach (var points in traced)
        {
            for (int k = 1; k < points.Count; k++)
            {
                var (from, to) = (EquilibriumCurve.Scaled(points[k - 1].U, scales), EquilibriumCurve.Scaled(points[k].U, scales));
                var chord = to.Zip(from, (p, q) => p - q).ToArray();
                double part = Math.Clamp(EquilibriumCurve.Dot(chord, [.. at.Zip(from, (p, q) => p - q)]) / Math.Max(EquilibriumCurve.Dot(chord, chord), 1e-300), 0, 1);
                if (EquilibriumCurve.Norm([.. at.Select((v, i) => v - from[i] - (part * chord[i]))]) < near) return true;
            }
        }

        return false;
    }

    private double Distance(double[] a, double[] b)
    {
        var scales = curve.Scales(a);
        return EquilibriumCurve.Norm([.. a.Select((v, i) => (v - b[i]) / scales[i])]);
    }
}
