using CsCheck;
using Protonmotive.Kernels;
using Protonmotive.Tests.Unit.Kernels;
using Xunit;

namespace Protonmotive.Tests.Property.Kernels;

public sealed class DerivativesAreExact
{
    [Fact]
    public void Jacobian_and_time_derivative_follow_finite_differences()
    {
        int compared = 0, unresolved = 0;
        Gen.Int[0, 1_000_000].Sample(seed =>
        {
            var kernel = Kernel.Compile(RandomSystems.Make(seed, isSmooth: true), KernelBackend.Interpreted);
            var instance = kernel.Bind(kernel.Parameters());
            int n = kernel.Count;
            double t = 0.4;
            double[] y = kernel.InitialState(kernel.Parameters()), exact = new double[n], unit = new double[n];
            instance.EvaluateJacobian(t, y);
            for (int j = 0; j < kernel.StateCount; j++)
            {
                unit[j] = 1;
                instance.MultiplyByJacobian(unit, exact);
                unit[j] = 0;
                Compare(exact, h => Moved(j, h));
            }
            instance.TimeDerivative(t, y, exact);
            Compare(exact, h => Rates(t + h, y));

            double[] Moved(int j, double h)
            {
                double[] moved = [.. y];
                moved[j] += h;
                return Rates(t, moved);
            }
            double[] Rates(double time, double[] state)
            {
                var f = new double[n];
                instance.Rates(time, state, f);
                return f;
            }
            void Compare(double[] derivative, Func<double, double[]> rates)
            {
                const double h = 5e-5;
                double[] far = rates(2 * h), near = rates(h), back = rates(-h), farBack = rates(-2 * h), wide = rates(5 * h), wideBack = rates(-5 * h);
                for (int i = 0; i < n; i++)
                {
                    double coarse = (far[i] - farBack[i]) / (4 * h), fine = (near[i] - back[i]) / (2 * h);
                    double richardson = fine + ((fine - coarse) / 3); // O(h⁴)
                    double widest = (wide[i] - wideBack[i]) / (10 * h);
                    if (!(Math.Abs(fine - coarse) + Math.Abs(fine - widest) < 0.01 * (1 + Math.Abs(fine))))
                    {
                        unresolved++;
                        continue;
                    }
                    compared++;
                    // The correction measures how well the differences follow; rounding of f is spread over 2h.
                    double allowed = Math.Abs(fine - coarse) + (1e-9 * (1 + Math.Abs(derivative[i]))) + (1e-15 * Math.Abs(near[i]) / h * 100);
                    Assert.True(Math.Abs(richardson - derivative[i]) <= allowed, $"seed {seed}, row {i}: {derivative[i]:r}, differences {richardson:r}");
                }
            }
        }, iter: 100, threads: 1);
        Assert.True(compared > 4 * unresolved, $"{compared} entries compared, {unresolved} turned too fast for differences");
    }
}
