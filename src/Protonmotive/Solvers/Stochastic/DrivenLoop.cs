namespace Protonmotive.Solvers.Stochastic;

/// <summary>The direct method for propensities that move between firings: the total propensity is integrated until it has used up an exponential number.</summary>
/// <remarks>
/// Exact but for the quadrature, adaptive Simpson panels with an error of at most 1e-10 each in the integral. A pulse shorter than
/// 1/64 of the span may fall between its points unless a condition on time in the formula shows where it begins.
/// </remarks>
internal sealed unsafe class DrivenLoop(JumpWorkspace space, Clocks clocks, double longest) : FiringLoop
{
    private const double Accuracy = 1e-10;
    private double left, panel;

    public override void Restart()
    {
        left = space.Random.Exponential();
        panel = longest;
    }

    public override bool Advance(double stop)
    {
        double t = space.Time, shortest = 1e-13 * Math.Max(longest, Math.Abs(stop));
        double a0 = Total(t);
        while (t < stop)
        {
            double h = Math.Min(panel, stop - t);
            double a1 = Total(t + (h / 4)), a2 = Total(t + (h / 2)), a3 = Total(t + (3 * h / 4)), a4 = Total(t + h);
            double coarse = h / 6 * (a0 + (4 * a2) + a4), fine = h / 12 * (a0 + (4 * a1) + (2 * a2) + (4 * a3) + a4);
            double error = Math.Abs(fine - coarse) / 15;
            if (error > Accuracy && h > shortest)
            {
                panel = h / 2;
                continue;
            }
            if (fine <= left)
            {
                left -= fine;
                t = h == stop - t ? stop : t + h;
                a0 = a4;
                if (error < Accuracy / 64) panel = Math.Min(2 * h, longest);
                continue;
            }
            t += h * Fraction(left / h, a0, a1, a2, a3, a4);
            int k = Choose(t);
            space.Firings[k](space.Workspace);
            left = space.Random.Exponential();
            space.CountFiring(t);
            if (space.Flags[k] != 0 && space.IsInterrupted(k, t)) return false;
            a0 = Total(t);
        }
        clocks.MoveTo(stop);
        return true;
    }

    // Where the integral of the cubic pieces through the five points reaches a value, by bisection: it rises monotonically.
    private static double Fraction(double value, double a0, double a1, double a2, double a3, double a4)
    {
        double low = 0, high = 1;
        for (int k = 0; k < 60; k++)
        {
            double middle = (low + high) / 2;
            if (Integral(middle, a0, a1, a2, a3, a4) < value) low = middle;
            else high = middle;
        }
        return low;
    }

    // Two parabolas, as the fine Simpson sum has them.
    private static double Integral(double θ, double a0, double a1, double a2, double a3, double a4)
    {
        if (θ <= 0.5) return 0.5 * Parabola(2 * θ, a0, a1, a2);
        return ((a0 + (4 * a1) + a2) / 12) + (0.5 * Parabola((2 * θ) - 1, a2, a3, a4));
    }

    private static double Parabola(double u, double left, double middle, double right)
    {
        double b = (-3 * left) + (4 * middle) - right, c = (2 * left) - (4 * middle) + (2 * right);
        return u * (left + (u * ((b / 2) + (u * c / 3))));
    }

    private int Choose(double t)
    {
        double u = space.Random.Uniform() * Total(t), part = 0;
        int chosen = 0;
        for (int k = 0; k < space.ChannelCount; k++)
        {
            if (space.Propensities[k] > 0) chosen = k;
            part += space.Propensities[k];
            if (part > u) break;
        }
        return chosen;
    }

    private double Total(double t)
    {
        clocks.MoveTo(t);
        space.Run(space.Kernel.Programs.Driven);
        double sum = 0;
        for (int k = 0; k < space.ChannelCount; k++) sum += space.Propensities[k] >= 0 ? space.Propensities[k] : throw space.BadPropensity(t);
        return sum <= double.MaxValue ? sum : throw space.BadPropensity(t);
    }
}
