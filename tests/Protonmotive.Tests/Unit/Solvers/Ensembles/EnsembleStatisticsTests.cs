using Protonmotive.Kernels;
using Protonmotive.Networks;
using Protonmotive.Solvers;
using Protonmotive.Solvers.Ensembles;
using Xunit;
using static Protonmotive.Symbolics.Expression;

namespace Protonmotive.Tests.Unit.Solvers.Ensembles;

public class EnsembleStatisticsTests
{
    private static readonly double[] parts = [0.001, 0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99, 0.999];

    [Fact]
    public void Moments_are_those_of_the_two_pass_formulas()
    {
        var values = Shuffled(2001, i => 1e6 + Math.Sin(i)); // a mean far above the deviation
        var (all, left, right) = (new RunningMoments(), new RunningMoments(), new RunningMoments());
        for (int i = 0; i < values.Length; i++)
        {
            all.Add(values[i]);
            if (i < 700) left.Add(values[i]);
            else right.Add(values[i]);
        }
        double mean = values.Average(), variance = values.Sum(v => (v - mean) * (v - mean)) / (values.Length - 1);
        foreach (var m in (RunningMoments[])[all, RunningMoments.Join(left, right)])
        {
            Assert.Equal(values.Length, m.Count);
            Assert.Equal(mean, m.Mean, 1e-14 * mean * 10); // ten roundings
            Assert.Equal(variance, m.Variance, 1e-8 * variance); // (mean/deviation)² ε ≈ 4e-4 for the naive sum; Welford: 1e6 ε
            Assert.Equal((values.Min(), values.Max()), (m.Least, m.Most));
        }
    }

    [Fact]
    public void Few_values_give_exact_quantiles()
    {
        var sketch = new QuantileSketch();
        foreach (double v in Shuffled(QuantileSketch.ExactCount, i => i)) sketch.Add(v);
        foreach (double q in parts) Assert.Equal(q * (QuantileSketch.ExactCount - 1), sketch.Quantile(q), 1e-9);
        Assert.Equal(double.NaN, new QuantileSketch().Quantile(0.5));
    }

    [Theory]
    [InlineData("uniform")]
    [InlineData("exponential")]
    [InlineData("logistic")]
    [InlineData("two steps")]
    public void Quantiles_of_known_distributions_are_right_to_a_small_part_of_a_rank(string name)
    {
        Func<double, double> inverse = name switch
        {
            "uniform" => u => u,
            "exponential" => u => -Math.Log(1 - u),
            "logistic" => u => Math.Log(u / (1 - u)),
            _ => u => u < 0.3 ? u : 10 + u,
        };
        const int n = 200_000;
        var values = Shuffled(n, i => inverse((i + 0.5) / n));
        var whole = new QuantileSketch();
        foreach (double v in values) whole.Add(v);
        var joined = new QuantileSketch();
        foreach (var chunk in values.Chunk(7777))
        {
            var part = new QuantileSketch();
            foreach (double v in chunk) part.Add(v);
            joined.Add(part);
        }
        foreach (var sketch in (QuantileSketch[])[whole, joined])
        {
            Assert.Equal(n, sketch.Count);
            Assert.Equal((values.Min(), values.Max()), (sketch.Quantile(0), sketch.Quantile(1)));
            foreach (double q in parts)
            {
                // A centroid spans at most 2π √(q(1−q))/200 of the ranks; a quarter of that is asked for.
                double rank = 2 * Math.PI * Math.Sqrt(q * (1 - q)) / 200 / 4;
                Assert.InRange(sketch.Quantile(q), inverse(Math.Max(1e-9, q - rank)), inverse(Math.Min(1 - 1e-9, q + rank)));
            }
        }
    }

    [Fact]
    public void A_fold_does_not_depend_on_threads_and_gives_the_exact_answer()
    {
        // dx/dt = −k x with k from 0 to 1: x(1) = exp(−k), so its quantile q is exp(−(1 − q)).
        var system = new EquationSystem { Name = "decay", States = [new("x", "", 1, -Symbol("k") * Symbol("x"))], Parameters = [new("k", "", 1)] };
        const int n = 5000;
        var problem = new EnsembleProblem(new InitialValueProblem(Kernel.Compile(system), 0, 1), EnsembleMembers.Computed(["k"], n, (m, k) => k[0] = (m + 0.5) / n));
        var summaries = ((int[])[1, 3]).Select(threads => Ensemble.Fold(problem, new Rodas4(), new Tolerance(1e-8), EnsembleStatistics.WithQuantiles, options: new EnsembleOptions { Threads = threads })).ToArray();
        Assert.Equal(Bytes(summaries[0]), Bytes(summaries[1]));
        Assert.Equal(n, summaries[0].Members);
        Assert.Equal(1 - Math.Exp(-1), summaries[0].Moments(0, 0).Mean, 1e-6); // midpoint rule and tolerance
        Assert.Equal(Math.Exp(-0.5), summaries[0].Quantile(0, 0, 0.5), 2e-3); // a quarter of a centroid is 0.4 % of the ranks
        Assert.Throws<SolverException>(() => Ensemble.Fold(problem, new Rodas4(), new Tolerance(1e-8), EnsembleStatistics.Moments).Quantile(0, 0, 0.5));
    }

    [Fact]
    public void A_summary_is_read_as_it_was_written_and_goes_on_the_same()
    {
        var (whole, first) = (new EnsembleSummary([1], ["x"]), new EnsembleSummary([1], ["x"]));
        var values = Shuffled(3000, i => Math.Exp(i / 500.0));
        for (int i = 0; i < 1234; i++) first.Add([values[i]], false);
        using var reader = new BinaryReader(new MemoryStream(Bytes(first)));
        var second = EnsembleSummary.Read(reader, [1], ["x"]);
        for (int i = 0; i < values.Length; i++) whole.Add([values[i]], false);
        for (int i = 1234; i < values.Length; i++) second.Add([values[i]], false);
        Assert.Equal(Bytes(whole), Bytes(second));
    }

    [Fact]
    public void Memory_does_not_grow_with_the_members()
    {
        var summary = new EnsembleSummary([1], ["x"]);
        foreach (double v in Shuffled(500_000, i => i)) summary.Add([v], false);
        Assert.InRange(Bytes(summary).Length, 1, 7000);
    }

    [Fact]
    public void Failed_members_are_counted_and_their_missing_values_are_not()
    {
        var summary = new EnsembleSummary([0, 1], ["x"]);
        summary.Add([1, 2], false);
        summary.Add([3, double.NaN], true);
        Assert.Equal((2, 1), (summary.Members, summary.Failed));
        Assert.Equal((2, 1), (summary.Moments(0, 0).Count, summary.Moments(1, 0).Count));
    }

    private static byte[] Bytes(EnsembleSummary summary)
    {
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream)) summary.Write(writer);
        return stream.ToArray();
    }

    private static double[] Shuffled(int n, Func<int, double> value)
    {
        double[] values = [.. Enumerable.Range(0, n).Select(value)];
        new Random(5).Shuffle(values);
        return values;
    }
}
