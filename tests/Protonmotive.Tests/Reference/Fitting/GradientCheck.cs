using Protonmotive.Fitting;
using Xunit;

namespace Protonmotive.Tests.Reference.Fitting;

/// <summary>Compares an objective's gradient with differences of its values.</summary>
internal static class GradientCheck
{
    private static readonly double[] steps = [1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8];

    /// <summary>
    /// Central differences of fourth order at the step that suits best: too long a one leaves out curvature, too short a one is noise. The
    /// error allowed is relative to the larger of the slope and 1e-3 of the largest slope, or 1.
    /// </summary>
    public static void Of(IObjective objective, double[] x, double allowed)
    {
        var token = TestContext.Current.CancellationToken;
        var full = objective.Evaluate(x, ObjectiveParts.GaussNewton, token);
        Assert.True(double.IsFinite(full.Value), full.Failure);
        double size = Math.Max(1, 1e-3 * full.Gradient!.Max(Math.Abs));
        for (int j = 0; j < x.Length; j++)
        {
            double best = double.PositiveInfinity, slope = double.NaN;
            foreach (double step in steps)
            {
                double h = step * Math.Max(Math.Abs(x[j]), 1), found = ((8 * (At(j, h) - At(j, -h))) - (At(j, 2 * h) - At(j, -2 * h))) / (12 * h);
                double error = Math.Abs(found - full.Gradient![j]) / Math.Max(Math.Abs(found), size);
                if (error < best) (best, slope) = (error, found);
            }
            Assert.True(best <= allowed, $"{objective.Parameters[j].Name}: {full.Gradient![j]:r} against differences {slope:r}, error {best:e1}");
        }

        double At(int j, double shift)
        {
            double[] moved = [.. x];
            moved[j] += shift;
            return objective.Evaluate(moved, ObjectiveParts.Value, token).Value;
        }
    }
}
