using Protonmotive.Solvers;

namespace Protonmotive.Fitting.Sampling;

/// <summary>One transition of the No-U-Turn sampler: a trajectory that doubles forwards or backwards until it turns round.</summary>
/// <remarks>
/// Hoffman and Gelman (2014), J. Mach. Learn. Res. 15, 1593-1623; multinomial weights, biased progressive sampling and the generalised
/// criterion of Betancourt (2017), arXiv:1701.02434, appendix A; the criterion is asked across subtrees too.
/// </remarks>
internal sealed class Trajectory(UnboundedDensity density, MassMatrix mass, double step, RandomStream random, CancellationToken cancellation)
{
    private const double Divergence = 1000;
    private double origin;

    /// <summary>Evaluations with gradient.</summary>
    public int Evaluations { get; private set; }

    /// <summary>Sum of the acceptance of the points.</summary>
    public double Acceptance { get; private set; }

    /// <summary>Whether the energy ran away.</summary>
    public bool HasDiverged { get; private set; }

    /// <summary>Doublings.</summary>
    public int Depth { get; private set; }

    /// <summary>Total energy at the start.</summary>
    public double Energy => origin;

    /// <summary>The next point.</summary>
    public DensityPoint Move(DensityPoint from, int depthLimit)
    {
        var p = mass.Momentum(random);
        origin = from.Energy + mass.Energy(p);
        var whole = Leaf(new Edge(from, p), 0);
        while (Depth < depthLimit)
        {
            bool forward = random.Uniform() > 0.5;
            var added = Build(Depth, forward ? whole.Right : whole.Left, forward ? 1 : -1);
            Depth++;
            if (!added.IsValid) break;
            bool isTaken = added.Weight > whole.Weight || random.Uniform() < Math.Exp(added.Weight - whole.Weight);
            var sample = isTaken ? added.Sample : whole.Sample;
            whole = (forward ? Join(whole, added) : Join(added, whole)) with { Sample = sample };
            if (!whole.IsValid) break;
        }
        return whole.Sample;
    }

    private Tree Build(int depth, Edge edge, int direction)
    {
        if (depth == 0) return Step(edge, direction);
        var near = Build(depth - 1, edge, direction);
        if (!near.IsValid) return near;
        var far = Build(depth - 1, direction > 0 ? near.Right : near.Left, direction);
        if (!far.IsValid) return far;
        double total = LogSum(near.Weight, far.Weight);
        bool isFar = random.Uniform() < Math.Exp(far.Weight - total);
        return (direction > 0 ? Join(near, far) : Join(far, near)) with { Sample = isFar ? far.Sample : near.Sample };
    }

    // Leapfrog.
    private Tree Step(Edge edge, int direction)
    {
        double h = direction * step;
        int n = edge.P.Length;
        double[] p = new double[n], z = new double[n];
        for (int i = 0; i < n; i++) p[i] = edge.P[i] - (h / 2 * edge.Point.Gradient[i]);
        var v = mass.Velocity(p);
        for (int i = 0; i < n; i++) z[i] = edge.Point.Z[i] + (h * v[i]);
        var at = density.At(z, cancellation);
        Evaluations++;
        for (int i = 0; i < n; i++) p[i] -= h / 2 * at.Gradient[i];
        double energy = at.Energy + mass.Energy(p);
        if (double.IsNaN(energy)) energy = double.PositiveInfinity;
        bool diverges = energy - origin > Divergence;
        HasDiverged |= diverges;
        Acceptance += Math.Min(1, Math.Exp(origin - energy));
        return Leaf(new Edge(at, p), origin - energy) with { IsValid = !diverges };
    }

    private Tree Leaf(Edge edge, double weight) => new(edge, edge, mass.Velocity(edge.P), mass.Velocity(edge.P), edge.P, weight, edge.Point, true);

    private static Tree Join(Tree left, Tree right)
    {
        var sum = Sum(left.Momenta, right.Momenta);
        bool goesOn = Goes(left.LeftVelocity, right.RightVelocity, sum)
            && Goes(left.LeftVelocity, right.LeftVelocity, Sum(left.Momenta, right.Left.P))
            && Goes(left.RightVelocity, right.RightVelocity, Sum(right.Momenta, left.Right.P));
        return new Tree(left.Left, right.Right, left.LeftVelocity, right.RightVelocity, sum, LogSum(left.Weight, right.Weight), left.Sample, goesOn);
    }

    private static bool Goes(double[] start, double[] end, double[] momenta)
    {
        double a = 0, b = 0;
        for (int i = 0; i < momenta.Length; i++) (a, b) = (a + (start[i] * momenta[i]), b + (end[i] * momenta[i]));
        return a > 0 && b > 0;
    }

    private static double[] Sum(double[] a, double[] b)
    {
        var sum = new double[a.Length];
        for (int i = 0; i < sum.Length; i++) sum[i] = a[i] + b[i];
        return sum;
    }

    private static double LogSum(double a, double b) => double.IsNegativeInfinity(a) ? b : double.IsNegativeInfinity(b) ? a : Math.Max(a, b) + Math.Log(1 + Math.Exp(-Math.Abs(a - b)));

    private readonly record struct Edge(DensityPoint Point, double[] P);

    private sealed record Tree(Edge Left, Edge Right, double[] LeftVelocity, double[] RightVelocity, double[] Momenta, double Weight, DensityPoint Sample, bool IsValid);
}
