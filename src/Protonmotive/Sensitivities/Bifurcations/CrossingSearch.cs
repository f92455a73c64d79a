using System.Numerics;

namespace Protonmotive.Sensitivities.Bifurcations;

/// <summary>Finds what happens between two neighbouring points of a curve, and exactly where.</summary>
internal sealed class CrossingSearch
{
    // An eigenvalue this small beside the largest is at 0, or a pair this near the axis on it; a jump is not.
    private const double AtAxis = 1e-6;

    private readonly EquilibriumCurve curve;
    private readonly CurvePoint from, to;
    private readonly double[] scales, tangent;
    private readonly double length;

    public CrossingSearch(EquilibriumCurve curve, CurvePoint from, CurvePoint to, double[] scales)
    {
        this.curve = curve;
        this.from = from;
        this.to = to;
        this.scales = scales;
        tangent = EquilibriumCurve.Unit(from.Tangent, scales);
        length = EquilibriumCurve.Dot(tangent, EquilibriumCurve.Scaled([.. to.U.Zip(from.U, (a, b) => a - b)], scales));
    }

    /// <summary>The special points between the two, in order.</summary>
    public List<(SpecialPointKind Kind, CurvePoint Point, int Eigenvalue)> Find()
    {
        var found = new List<(double S, SpecialPointKind Kind, CurvePoint Point, int Eigenvalue)>();
        if (from.Sign * to.Sign < 0)
        {
            double reference = Math.Max(from.LogDeterminant, to.LogDeterminant);
            double Determinant(CurvePoint p) => p.Sign * Math.Exp(Math.Min(700, p.LogDeterminant - reference));
            if (Locate(Determinant) is var (s, point) && Math.Abs(Determinant(point)) < 1e-3 * Math.Min(Math.Abs(Determinant(from)), Math.Abs(Determinant(to))))
            {
                // There the null space has two directions, and a tangent computed from it may be any of them: the branch's own lies between its neighbours'.
                double part = s / length;
                point.Tangent = [.. from.Tangent.Zip(to.Tangent, (a, b) => (a * (1 - part)) + (b * part))];
                found.Add((s, SpecialPointKind.Branch, point, -1));
            }
        }

        if (from.ThetaSlope * to.ThetaSlope < 0 && Locate(p => p.ThetaSlope) is var (turn, fold) && !found.Exists(f => Math.Abs(f.S - turn) < 1e-3 * length)) found.Add((turn, SpecialPointKind.Fold, fold, -1));
        if (from.UnstableCount is { } before && to.UnstableCount is { } after) Cross(before, after, found);
        return [.. found.OrderBy(f => f.S).Select(f => (f.Kind, f.Point, f.Eigenvalue))];
    }

    // Real parts in falling order move continuously: the one with the index of the count goes through 0.
    private void Cross(int before, int after, List<(double S, SpecialPointKind Kind, CurvePoint Point, int Eigenvalue)> found)
    {
        for (int k = Math.Min(before, after); k < Math.Max(before, after); k++)
        {
            if (Locate(p => p.Eigenvalues[k].Real) is not var (s, point)) continue;
            double largest = point.Eigenvalues.Max(λ => λ.Magnitude);
            var λ = point.Eigenvalues[k];
            bool isPair = Math.Abs(λ.Imaginary) > 1e-9 * largest;
            if (Math.Abs(λ.Real) > AtAxis * Math.Max(λ.Magnitude, Math.Abs(from.Eigenvalues[k].Real)))
            {
                if (!found.Exists(f => f.Kind == SpecialPointKind.Switch)) found.Add((s, SpecialPointKind.Switch, point, k));
            }
            else if (isPair)
            {
                found.Add((s, SpecialPointKind.Hopf, point, k));
                k++; // its conjugate crosses with it
            }
        }
    }

    private (double S, CurvePoint Point)? Locate(Func<CurvePoint, double> g)
    {
        var (low, high) = (0.0, length);
        var (gLow, gHigh) = (g(from), g(to));
        if (!(gLow * gHigh <= 0)) return null;
        (double S, CurvePoint Point)? best = null;
        double smallest = double.PositiveInfinity;
        int side = 0;
        for (int round = 0; round < 80 && high - low > 1e-14 * length; round++)
        {
            // False position as in the Illinois algorithm (Dowell and Jarratt 1971, BIT 11, 168), bisection every fourth time.
            double s = round % 4 == 3 || gLow == gHigh ? (low + high) / 2 : ((low * gHigh) - (high * gLow)) / (gHigh - gLow);
            if (!(s > low && s < high)) s = (low + high) / 2;
            if ((PointAt(s) ?? PointAt(s = Math.Min(high, s + (1e-7 * length)))) is not { } point) return best; // at a branch point itself there is no tangent
            double value = g(point);
            if (Math.Abs(value) < smallest) (best, smallest) = ((s, point), Math.Abs(value));
            if (value == 0) break;
            if (value * gLow > 0)
            {
                (low, gLow) = (s, value);
                if (side == -1) gHigh /= 2;
                side = -1;
            }
            else
            {
                (high, gHigh) = (s, value);
                if (side == 1) gLow /= 2;
                side = 1;
            }
        }

        return best;
    }

    private CurvePoint? PointAt(double s)
    {
        double part = s / length;
        var line = from.U.Select((v, i) => v + (s * tangent[i] * scales[i])).ToArray();
        var chord = from.U.Select((v, i) => (v * (1 - part)) + (to.U[i] * part)).ToArray();
        // The chord's point lies in the same plane and is nearer near the end.
        var u = curve.Correct(part < 0.5 ? line : chord, tangent, scales, out _) ?? curve.Correct(part < 0.5 ? chord : line, tangent, scales, out _);
        return u is null ? null : curve.At(u, tangent, scales);
    }
}
