using Protonmotive.Kernels;

namespace Protonmotive.Solvers;

/// <summary>
/// Brings the algebraic variables of M y' = f(t, y) onto their equations 0 = f, and the fast ones (those of a small mass) to rest, with
/// the slow ones held.
/// </summary>
/// <remarks>
/// Pseudo-transient continuation (Kelley and Keyes 1998, SIAM J. Numer. Anal. 35:508): implicit Euler steps of the fast variables whose
/// length grows as they come to rest, with σM − ∂f/∂y at a σ so large that the slow variables do not answer. Where nothing is fast
/// this is Newton's method on the algebraic equations, damped until the residual falls. Index 1 is what makes the matrix regular.
/// </remarks>
internal sealed class ConsistentState
{
    private const int MaximumRounds = 2_000;
    private const double LargestShift = 1e25;

    private readonly KernelInstance instance;
    private readonly double fastMass;
    private readonly double[] f, step, trial;

    public ConsistentState(KernelInstance instance)
    {
        this.instance = instance;
        var mass = instance.Kernel.System.Mass.Where(m => m.Row == m.Column).ToDictionary(m => m.Row, m => m.Value);
        var moving = instance.Kernel.System.Mass.Where(m => m.Value != 0).Select(m => m.Row).ToHashSet();
        Solved = [.. Enumerable.Range(0, instance.Kernel.StateCount).Where(i => !moving.Contains(i) || (mass.TryGetValue(i, out double m) && IsFast(m)))];
        fastMass = mass.Values.Where(IsFast).DefaultIfEmpty(0).Max();
        f = new double[instance.Count];
        step = new double[instance.Count];
        trial = new double[instance.Count];
    }

    /// <summary>Indices of the variables solved for.</summary>
    public int[] Solved { get; }

    /// <summary>Solves for the algebraic and fast variables.</summary>
    /// <param name="t">Time.</param>
    /// <param name="y">State; its algebraic and fast parts are changed.</param>
    /// <exception cref="SolverException">There is no solution nearby, or the equations do not determine the variables.</exception>
    public void Restore(double t, double[] y)
    {
        if (Solved.Length == 0) return;
        double residual = Residual(t, y);
        double scale = Math.Max(1e-12, y.AsSpan(0, instance.Kernel.StateCount).ToArray().Max(Math.Abs));
        double length = residual > 0 ? 0.05 * scale / residual : 1;
        for (int round = 0; round < MaximumRounds && residual > 0; round++)
        {
            instance.EvaluateJacobian(t, y);
            double shift = fastMass > 0 ? Math.Min(LargestShift, 1 / (fastMass * length)) : 1e12 * Math.Max(1, scale);
            if (!instance.Factorize(shift)) throw Failure(t, residual, "do not determine their variables (the index is above 1)");
            Array.Clear(step);
            foreach (int i in Solved) step[i] = f[i];
            instance.Solve(step);
            double size = 0;
            foreach (int i in Solved) size = Math.Max(size, Math.Abs(step[i]) / Math.Max(Math.Abs(y[i]), 1e-3 * scale));
            if (!double.IsFinite(size)) throw Failure(t, residual, "have no finite solution");
            double next = Try(t, y, residual, fastMass > 0);
            if (!(next < double.PositiveInfinity) || (fastMass == 0 && !(next < residual)))
            {
                if (size > 1e-7) throw Failure(t, residual, "have no solution near where they were");
                return;
            }

            trial.CopyTo(y, 0);
            length *= Math.Clamp(residual / next, 1.2, 4);
            bool isDone = size < 1e-14 || (fastMass > 0 && size < 1e-11 && length * fastMass > 1e-4);
            residual = next;
            if (isDone) return;
        }
    }

    // A step, halved until the residual falls; a fast variable may pass through larger rates on its way.
    private double Try(double t, double[] y, double residual, bool mayRise)
    {
        double next = double.PositiveInfinity, damping = 1;
        for (int halving = 0; halving < 30; halving++, damping /= 2)
        {
            y.CopyTo(trial, 0);
            foreach (int i in Solved) trial[i] = y[i] + (damping * step[i]);
            next = Residual(t, trial);
            if (next < residual || (mayRise && double.IsFinite(next))) return next;
        }

        return next;
    }

    private double Residual(double t, double[] y)
    {
        instance.Rates(t, y, f);
        double largest = 0;
        foreach (int i in Solved) largest = double.IsNaN(f[i]) ? double.PositiveInfinity : Math.Max(largest, Math.Abs(f[i]));
        return largest;
    }

    private static bool IsFast(double mass) => mass is > 0 and < 1e-6;

    private SolverException Failure(double t, double residual, string what)
    {
        var names = Solved.Take(5).Select(i => $"'{instance.Kernel.System.States[i].Name}'");
        return new SolverException($"The algebraic equations {what}; the residual left is {residual:g3}.", $"t = {t:g6}, variables {string.Join(", ", names)}.",
            "Check the algebraic rules (or fast reactions), and start their variables near a solution.");
    }
}
