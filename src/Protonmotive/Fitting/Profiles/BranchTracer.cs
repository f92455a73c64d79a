using MathNet.Numerics.LinearAlgebra;
using Protonmotive.Fitting.Optimisers;

namespace Protonmotive.Fitting.Profiles;

/// <summary>Follows one branch of a profile: steps that aim at a fixed rise of the objective, each optimised from the line through the last two.</summary>
internal sealed class BranchTracer(IObjective objective, Optimiser optimiser, ProfileOptions options)
{
    private const int Refinements = 6;
    private readonly double threshold = options.Threshold;

    /// <summary>A branch at its optimum; the first step follows from the Gauss-Newton matrix.</summary>
    public ProfileBranch Begin(int index, int direction, ProfilePoint optimum, double[,]? gaussNewton)
    {
        double bend = gaussNewton is null ? 0 : Bend(gaussNewton, index), step = bend > 0 ? Math.Sqrt(options.Aim * threshold / bend) : double.PositiveInfinity;
        return new ProfileBranch(index, direction, [optimum], Math.Min(step, Longest(index, optimum.Value)), BranchEnd.Open, double.NaN, 0);
    }

    /// <summary>One more point, or the end.</summary>
    public ProfileBranch Advance(ProfileBranch branch, CancellationToken cancellation)
    {
        if (branch.End != BranchEnd.Open) return branch;
        if (branch.Points.Length > options.PointLimit) return branch with { End = BranchEnd.Limit };
        var (parameter, last) = (objective.Parameters[branch.Index], branch.Points[^1]);
        double bound = branch.Direction < 0 ? parameter.Lower : parameter.Upper, room = Math.Abs(bound - last.Value);
        if (!(room > 1e-12 * Math.Max(1, Math.Abs(bound)))) return branch with { End = BranchEnd.Bound };
        bool meetsBound = branch.Step >= room * 0.999;
        double value = meetsBound ? bound : last.Value + (branch.Direction * branch.Step);
        var (point, evaluations) = Optimise(branch, value, cancellation);
        var next = branch with { Evaluations = branch.Evaluations + evaluations };
        double least = 1e-7 * Math.Max(Longest(branch.Index, last.Value), 1e-300), aim = options.Aim * threshold;
        double change = point.Objective - last.Objective, rise = point.Objective - branch.Points[0].Objective;
        if (!double.IsFinite(point.Objective))
            return branch.Step > least ? next with { Step = Math.Min(branch.Step, room) / 4 } : next with { End = BranchEnd.Infinite };
        if (change > 2.5 * aim && branch.Step > least) return next with { Step = Math.Min(branch.Step, room) * Math.Clamp(Math.Sqrt(aim / change), 0.1, 0.5) };
        next = next with { Points = [.. branch.Points, point] };
        if (rise > threshold) return Cross(next, cancellation);
        double factor = change > 0 ? Math.Clamp(aim / change, 0.5, 2) : 2;
        return next with { Step = Math.Min(branch.Step * factor, Longest(branch.Index, value)), End = meetsBound ? BranchEnd.Bound : BranchEnd.Open };
    }

    // The threshold lies between the last two points: secants on the root of the rise, which is a straight line for a parabola.
    private ProfileBranch Cross(ProfileBranch branch, CancellationToken cancellation)
    {
        double floor = branch.Points[0].Objective, goal = Math.Sqrt(threshold);
        var (inside, outside, between) = (branch.Points[^2], branch.Points[^1], new List<ProfilePoint>());
        double Root(ProfilePoint p) => Math.Sqrt(Math.Max(0, p.Objective - floor));
        double crossing = double.NaN;
        long evaluations = branch.Evaluations;
        for (int i = 0; ; i++)
        {
            double part = Math.Clamp((goal - Root(inside)) / (Root(outside) - Root(inside)), 0.02, 0.98);
            crossing = inside.Value + (part * (outside.Value - inside.Value));
            if (i == Refinements || Math.Abs(outside.Value - inside.Value) < 1e-9 * Math.Max(1e-300, Math.Abs(outside.Value))) break;
            var (point, calls) = Optimise(branch with { Points = [.. branch.Points[..^1]] }, crossing, cancellation);
            evaluations += calls;
            if (!double.IsFinite(point.Objective)) break;
            between.Add(point);
            if (Math.Abs(point.Objective - floor - threshold) < 1e-3 * threshold) break;
            if (point.Objective - floor > threshold) outside = point;
            else inside = point;
        }
        var all = branch.Points.Concat(between).OrderBy(p => branch.Direction * p.Value).ToArray();
        return branch with { Points = all, Crossing = crossing, End = BranchEnd.Crossed, Evaluations = evaluations };
    }

    private (ProfilePoint Point, long Evaluations) Optimise(ProfileBranch branch, double value, CancellationToken cancellation)
    {
        var last = branch.Points[^1];
        var held = new FixedObjective(objective, branch.Index, value);
        if (held.Parameters.IsEmpty) return (new ProfilePoint(value, objective.Evaluate([value], ObjectiveParts.Value, cancellation).Value, [value]), 1);
        var box = Box.Of(held.Parameters);
        double[] stay = held.Without(last.X), start = stay;
        long evaluations = 0;
        if (branch.Points.Length > 1)
        {
            var before = branch.Points[^2];
            double part = (value - last.Value) / (last.Value - before.Value);
            if (double.IsFinite(part) && Math.Abs(part) <= 4)
            {
                var from = held.Without(before.X);
                start = box.Project([.. stay.Select((x, i) => x + (part * (x - from[i])))]);
                double ahead = held.Evaluate(start, ObjectiveParts.Value, cancellation).Value, still = held.Evaluate(stay, ObjectiveParts.Value, cancellation).Value;
                evaluations += 2;
                if (!(ahead <= still)) start = stay;
            }
        }
        var state = optimiser.Minimise(held, start, cancellation: cancellation);
        return (new ProfilePoint(value, state.Value, held.Whole(state.X)), evaluations + state.Evaluations);
    }

    private double Longest(int index, double value)
    {
        var p = objective.Parameters[index];
        double range = p.Upper - p.Lower;
        return double.IsFinite(range) ? range / 10 : Math.Max(1, Math.Abs(value));
    }

    /// <summary>Curvature of the profile: bᵢᵢ − bᵢᵀ B⁺ bᵢ over the other parameters, with directions below 10⁻¹⁰ of the largest left out.</summary>
    internal static double Bend(double[,] b, int index)
    {
        int n = b.GetLength(0);
        if (n == 1) return b[0, 0];
        var others = Enumerable.Range(0, n).Where(j => j != index).ToArray();
        var column = Vector<double>.Build.Dense(n - 1, i => b[others[i], index]);
        var evd = Matrix<double>.Build.Dense(n - 1, n - 1, (i, j) => b[others[i], others[j]]).Evd(Symmetricity.Symmetric);
        double bend = b[index, index], largest = evd.EigenValues.Max(v => v.Real);
        for (int k = 0; k < n - 1; k++)
        {
            double along = evd.EigenVectors.Column(k) * column, value = evd.EigenValues[k].Real;
            if (value > 1e-10 * largest) bend -= along * along / value;
        }
        return bend > 1e-10 * b[index, index] ? bend : 0;
    }
}
