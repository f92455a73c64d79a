using System.Collections.Immutable;
using Protonmotive.Sensitivities;
using Protonmotive.Solvers.Designs;
using Xunit;

namespace Protonmotive.Tests.Reference.Sensitivities;

/// <summary>Functions whose Sobol indices have closed forms.</summary>
public class SobolClosedForms
{
    /// <summary>sin x₁ + a sin² x₂ + b x₃⁴ sin x₁ on [−π, π]³ (Ishigami and Homma 1990, ISUMA 90, 398).</summary>
    [Fact]
    public void Ishigami()
    {
        const double a = 7, b = 0.1;
        double π4 = Math.Pow(Math.PI, 4), v1 = 0.5 * Math.Pow(1 + (b * π4 / 5), 2), v2 = a * a / 8, v13 = b * b * π4 * π4 * ((1.0 / 18) - (1.0 / 50)), v = v1 + v2 + v13;
        var indices = Estimate([.. Enumerable.Range(1, 3).Select(i => new LinearRange($"x{i}", -Math.PI, Math.PI))], 8192,
            x => Math.Sin(x[0]) + (a * Math.Pow(Math.Sin(x[1]), 2)) + (b * Math.Pow(x[2], 4) * Math.Sin(x[0])));
        Assert.Equal(v, indices.Variance, 0.02 * v);
        Assert.Equal(a / 2, indices.Mean, 0.01);
        Check(indices, [v1 / v, v2 / v, 0], [(v1 + v13) / v, v2 / v, v13 / v]);
        Assert.Equal(v13 / v, indices.Interactions, 0.02);
    }

    /// <summary>∏ (|4xᵢ − 2| + aᵢ)/(1 + aᵢ) on the unit cube (Sobol 1993; values aᵢ of Saltelli et al. 2010).</summary>
    [Fact]
    public void Sobol_g()
    {
        double[] a = [0, 1, 4.5, 9, 99, 99], parts = [.. a.Select(v => 1 / (3 * (1 + v) * (1 + v)))];
        double v = parts.Aggregate(1.0, (product, p) => product * (1 + p)) - 1;
        var indices = Estimate([.. a.Select((_, i) => new LinearRange($"x{i}", 0, 1))], 8192, x =>
        {
            double g = 1;
            for (int i = 0; i < a.Length; i++) g *= (Math.Abs((4 * x[i]) - 2) + a[i]) / (1 + a[i]);
            return g;
        });
        Check(indices, [.. parts.Select(p => p / v)], [.. parts.Select(p => p / (1 + p) * (1 + v) / v)]);
    }

    /// <summary>3x₁ + 2x₂ with normal inputs: the parts 9σ₁² and 4σ₂².</summary>
    [Fact]
    public void A_sum_of_normal_inputs()
    {
        var indices = Estimate([new NormalRange("x1", 1, 2), new NormalRange("x2", -4, 0.5)], 4096, x => (3 * x[0]) + (2 * x[1]));
        Check(indices, [36.0 / 37, 1.0 / 37], [36.0 / 37, 1.0 / 37]);
    }

    private static OutputIndices Estimate(ImmutableArray<DesignRange> ranges, int rows, Func<double[], double> f)
    {
        var design = new SaltelliDesign(ranges, rows);
        return SobolIndices.Estimate(design, ["f"], (first, count, values) =>
        {
            for (int i = 0; i < count; i++) values[i] = f(design.Point(first + i));
        }).Outputs.Single();
    }

    // The deviation of an estimate is some parts of 1/√rows, below 0.01 here; intervals of 95 % are wide for a Sobol sequence.
    private static void Check(OutputIndices indices, double[] first, double[] total)
    {
        for (int i = 0; i < first.Length; i++)
        {
            foreach (var (index, exact) in new[] { (indices.First[i], first[i]), (indices.Total[i], total[i]) })
            {
                Assert.Equal(exact, index.Value, 0.01);
                Assert.InRange(exact, index.Low - 1e-3, index.High + 1e-3);
                Assert.InRange(index.High - index.Low, 0, 0.1);
            }
        }
    }
}
