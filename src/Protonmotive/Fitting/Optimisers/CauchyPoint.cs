using MathNet.Numerics.LinearAlgebra;

namespace Protonmotive.Fitting.Optimisers;

/// <summary>The first minimum of the quadratic model along the projected descent path, and then over the coordinates that are free there.</summary>
/// <remarks>Byrd, Lu, Nocedal and Zhu (1995), SIAM J. Sci. Comput. 16, 1190-1208: algorithm CP, and the direct primal method of section 5.1.</remarks>
internal static class CauchyPoint
{
    /// <summary>The point that the model proposes.</summary>
    /// <param name="x">Where, shape [n].</param>
    /// <param name="g">Gradient, shape [n].</param>
    /// <param name="lower">Lower bounds.</param>
    /// <param name="upper">Upper bounds.</param>
    /// <param name="hessian">B.</param>
    public static double[] Propose(double[] x, double[] g, double[] lower, double[] upper, CompactHessian hessian)
    {
        int n = x.Length;
        double[] breaks = new double[n], d = new double[n], cauchy = (double[])x.Clone();
        for (int i = 0; i < n; i++)
        {
            breaks[i] = g[i] < 0 ? (x[i] - upper[i]) / g[i] : g[i] > 0 ? (x[i] - lower[i]) / g[i] : double.PositiveInfinity;
            d[i] = breaks[i] == 0 ? 0 : -g[i];
        }
        int[] order = [.. Enumerable.Range(0, n).Where(i => breaks[i] > 0).OrderBy(i => breaks[i])];
        bool hasPairs = hessian.Width > 0;
        var p = hasPairs ? hessian.Project(d) : null;
        var c = hasPairs ? Vector<double>.Build.Dense(hessian.Width) : null;
        double slope = -CompactHessian.Dot(d, d), first = -hessian.Theta * slope, bend = first - (hasPairs ? p! * (hessian.Middle * p!) : 0);
        double best = bend > 0 ? -slope / bend : 0, past = 0;
        int k = 0;
        for (; k < order.Length && slope < 0; k++)
        {
            int b = order[k];
            double dt = breaks[b] - past;
            if (best < dt) break;
            double edge = d[b] > 0 ? upper[b] : lower[b], z = edge - x[b], gb = g[b];
            cauchy[b] = edge;
            if (hasPairs) c = c! + (dt * p!);
            slope += (dt * bend) + (gb * gb) + (hessian.Theta * gb * z);
            bend -= hessian.Theta * gb * gb;
            if (hasPairs)
            {
                var row = hessian.Row(b);
                var weighted = hessian.Middle * row;
                slope -= gb * (weighted * c!);
                bend -= (2 * gb * (weighted * p!)) + (gb * gb * (row * weighted));
                p = p! + (gb * row);
            }
            bend = Math.Max(bend, 2.2e-16 * first);
            d[b] = 0;
            best = slope < 0 ? -slope / bend : 0;
            past = breaks[b];
        }
        best = Math.Max(best, 0);
        if (!double.IsFinite(best)) best = 0;
        double reach = past + best;
        int[] free = [.. order.Skip(k)];
        foreach (int i in free) cauchy[i] = Math.Clamp(x[i] + (reach * d[i]), lower[i], upper[i]);
        if (!hasPairs || free.Length == 0) return cauchy;
        return Minimise(x, g, cauchy, free, c! + (best * p!), lower, upper, hessian);
    }

    private static double[] Minimise(double[] x, double[] g, double[] cauchy, int[] free, Vector<double> c, double[] lower, double[] upper, CompactHessian hessian)
    {
        var middle = hessian.Middle;
        var weighted = middle * c;
        var r = new double[free.Length];
        var v = Vector<double>.Build.Dense(hessian.Width);
        var gram = Matrix<double>.Build.Dense(hessian.Width, hessian.Width);
        for (int k = 0; k < free.Length; k++)
        {
            int i = free[k];
            var row = hessian.Row(i);
            r[k] = g[i] + (hessian.Theta * (cauchy[i] - x[i])) - (row * weighted);
            v += r[k] * row;
            gram += row.OuterProduct(row);
        }
        v = middle * v;
        var system = Matrix<double>.Build.DenseIdentity(hessian.Width) - (middle * gram / hessian.Theta);
        v = system.Solve(v);
        var step = new double[free.Length];
        double part = 1;
        for (int k = 0; k < free.Length; k++)
        {
            int i = free[k];
            step[k] = -(r[k] / hessian.Theta) - (hessian.Row(i) * v / (hessian.Theta * hessian.Theta));
            if (!double.IsFinite(step[k])) return cauchy;
            double to = cauchy[i] + step[k];
            if (to > upper[i]) part = Math.Min(part, (upper[i] - cauchy[i]) / step[k]);
            else if (to < lower[i]) part = Math.Min(part, (lower[i] - cauchy[i]) / step[k]);
        }
        var result = (double[])cauchy.Clone();
        for (int k = 0; k < free.Length; k++) result[free[k]] = Math.Clamp(cauchy[free[k]] + (part * step[k]), lower[free[k]], upper[free[k]]);
        return result;
    }
}
