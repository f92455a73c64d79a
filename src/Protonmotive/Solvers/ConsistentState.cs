using Protonmotive.Kernels;

namespace Protonmotive.Solvers;

/// <summary>Brings the algebraic variables of M y' = f(t, y) onto their equations 0 = f, with the others held.</summary>
/// <remarks>
/// Newton's method with W = σM − ∂f/∂y at a large σ: of its solution only the algebraic part is taken, which then differs from the
/// exact Newton step by O(1/σ). Steps are halved until the residual falls. Index 1 is what makes W regular for every large σ.
/// </remarks>
internal sealed class ConsistentState
{
    private const int MaximumRounds = 60;

    private readonly KernelInstance instance;
    private readonly int[] algebraic;
    private readonly double[] f, step, trial;

    public ConsistentState(KernelInstance instance)
    {
        this.instance = instance;
        var rows = instance.Kernel.System.Mass.Select(m => m.Row).ToHashSet();
        algebraic = [.. Enumerable.Range(0, instance.Kernel.StateCount).Where(i => !rows.Contains(i))];
        f = new double[instance.Count];
        step = new double[instance.Count];
        trial = new double[instance.Count];
    }

    /// <summary>Solves the algebraic equations for the algebraic variables.</summary>
    /// <param name="t">Time.</param>
    /// <param name="y">State; its algebraic part is changed.</param>
    /// <exception cref="SolverException">They have no solution nearby, or do not determine the variables.</exception>
    public void Restore(double t, double[] y)
    {
        if (algebraic.Length == 0) return;
        double residual = Residual(t, y);
        for (int round = 0; round < MaximumRounds && residual > 0; round++)
        {
            instance.EvaluateJacobian(t, y);
            if (!instance.Factorize(Shift(y))) throw Failure(t, residual, "do not determine their variables (the index is above 1)");
            Array.Clear(step);
            foreach (int i in algebraic) step[i] = f[i];
            instance.Solve(step);
            double size = 0;
            foreach (int i in algebraic) size = Math.Max(size, Math.Abs(step[i]) / Math.Max(Math.Abs(y[i]), 1e-12));
            if (!double.IsFinite(size)) throw Failure(t, residual, "have no finite solution");
            double damping = 1, next = double.NaN;
            for (int halving = 0; halving < 30; halving++, damping /= 2)
            {
                y.CopyTo(trial, 0);
                foreach (int i in algebraic) trial[i] = y[i] + (damping * step[i]);
                next = Residual(t, trial);
                if (next < residual || (size < 1e-10 && next <= residual * 2)) break;
            }

            if (!(next < residual) && size > 1e-7) throw Failure(t, residual, "have no solution near where they were");
            bool isDone = size < 1e-14 || !(next < residual);
            if (next <= residual) trial.CopyTo(y, 0);
            residual = Math.Min(next, residual);
            if (isDone) return;
            Residual(t, y);
        }
    }

    // Large against the rates, so that the differential part of the step hardly feeds back.
    private static double Shift(double[] y) => 1e12 * Math.Max(1, y.Max(Math.Abs));

    private double Residual(double t, double[] y)
    {
        instance.Rates(t, y, f);
        double largest = 0;
        foreach (int i in algebraic) largest = double.IsNaN(f[i]) ? double.PositiveInfinity : Math.Max(largest, Math.Abs(f[i]));
        return largest;
    }

    private SolverException Failure(double t, double residual, string what)
    {
        var names = algebraic.Take(5).Select(i => $"'{instance.Kernel.System.States[i].Name}'");
        return new SolverException($"The algebraic equations {what}; the residual left is {residual:g3}.", $"t = {t:g6}, variables {string.Join(", ", names)}.",
            "Check the algebraic rules (or fast reactions), and start their variables near a solution.");
    }
}
