using System.Collections.Immutable;
using System.Numerics;
using Protonmotive.Fitting;
using Protonmotive.Fitting.Sampling;
using Protonmotive.Solvers;
using Xunit;

namespace Protonmotive.Tests.Unit.Fitting;

public sealed class SamplingTests : IDisposable
{
    private readonly string folder = Path.Combine(Path.GetTempPath(), "pmf-sample-" + Guid.NewGuid().ToString("N"));

    public void Dispose()
    {
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
    }

    // Covariance [[1, 0.9·3], [0.9·3, 9]]: with u, v standard normal, x = u, y = 3 (0.9 u + √0.19 v).
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_correlated_Gaussian_has_its_moments(bool dense)
    {
        var objective = Correlated();
        var sample = NoUTurnSampler.Run(objective, [[1, -1]], new SamplerOptions { Seed = 7, DenseMass = dense, Warmup = 500, Draws = 2000 }, cancellation: TestContext.Current.CancellationToken);

        Assert.Equal(0, sample.Divergent);
        double[] deviations = [1, 3];
        for (int i = 0; i < 2; i++)
        {
            var s = sample.Summary(i);
            Assert.InRange(s.Convergence, 0.99, 1.01);
            Assert.InRange(s.BulkSize, 1000, 20000);
            double error = deviations[i] / Math.Sqrt(s.BulkSize);
            Assert.Equal(0, s.Mean, 4 * error); // four Monte-Carlo errors
            Assert.Equal(deviations[i], s.Deviation, 4 * deviations[i] / Math.Sqrt(s.TailSize));
            Assert.Equal(-1.96 * deviations[i], s.Low, 0.15 * deviations[i]);
        }
        double[][] draws = [.. sample.Draws];
        double cross = draws.Average(d => d[0] * d[1]) / (sample.Summary(0).Deviation * sample.Summary(1).Deviation);
        Assert.Equal(0.9, cross, 0.02);
    }

    // Density x^(a−1) (1−x)^(b−1) on (0, 1) with a = 2, b = 5: mean 2/7, variance 10/(49·8).
    [Fact]
    public void A_density_between_bounds_is_sampled_with_its_Jacobian()
    {
        var objective = new Beta(2, 5);
        var sample = NoUTurnSampler.Run(objective, [[0.5]], new SamplerOptions { Seed = 3, Draws = 2000 }, cancellation: TestContext.Current.CancellationToken);

        var s = sample.Summary(0);
        double deviation = Math.Sqrt(10 / (49.0 * 8));
        Assert.Equal(2.0 / 7, s.Mean, 4 * deviation / Math.Sqrt(s.BulkSize));
        Assert.Equal(deviation, s.Deviation, 0.05 * deviation);
        Assert.Equal(0.0433, s.Low, 0.01); // 2.5 % quantile of Beta(2, 5): 1 − (1 − x)⁵(1 + 5x) = 0.025
        Assert.All(sample.Draws, d => Assert.InRange(d[0], 0, 1));
    }

    // exp(−x) above 0: mean 1, variance 1; and an even density on (2, 4): mean 3, variance 1/3.
    [Fact]
    public void Half_bounded_and_even_densities_have_their_moments()
    {
        ImmutableArray<EstimatedParameter> parameters = [new("x", ParameterScale.Linear, 0, double.PositiveInfinity), new("u", ParameterScale.Linear, 2, 4)];
        var objective = new FormulaObjective(parameters, x => [Complex.Sqrt(2 * x[0])]);
        var sample = NoUTurnSampler.Run(objective, [[1, 3]], new SamplerOptions { Seed = 5, Draws = 2000 }, cancellation: TestContext.Current.CancellationToken);

        var (x, u) = (sample.Summary(0), sample.Summary(1));
        Assert.Equal(1, x.Mean, 4 / Math.Sqrt(x.BulkSize));
        Assert.Equal(1, x.Deviation, 0.1);
        Assert.Equal(3, u.Mean, 4 * Math.Sqrt(1 / 3.0 / u.BulkSize));
        Assert.Equal(Math.Sqrt(1 / 3.0), u.Deviation, 0.03);
    }

    [Fact]
    public void A_wall_of_infinite_values_inside_the_bounds_is_told_by_divergences_and_never_crossed()
    {
        var objective = new FormulaObjective(FormulaObjective.Within(-10, 10, "x"), x => x[0].Real < -0.5 ? [double.NaN] : [x[0]]);
        var sample = NoUTurnSampler.Run(objective, [[1]], new SamplerOptions { Seed = 2, Chains = 2, Warmup = 200, Draws = 300 }, cancellation: TestContext.Current.CancellationToken);
        Assert.True(sample.Divergent > 0);
        Assert.All(sample.Draws, d => Assert.True(d[0] >= -0.5));
    }

    [Fact]
    public void Stopped_chains_go_on_bit_for_bit_on_any_number_of_threads()
    {
        var options = new SamplerOptions { Seed = 11, Chains = 3, Warmup = 150, Draws = 50, Workers = 1, DenseMass = true };
        var expected = NoUTurnSampler.Run(Correlated(), [[1, -1]], options, cancellation: TestContext.Current.CancellationToken);
        foreach (int after in (int[])[10, 900, 2500])
        {
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
            using var stop = new CancellationTokenSource();
            var stopping = new StoppingObjective(Correlated(), stop, after);
            var files = SavedFiles.Open(folder, FitIdentity.Of(stopping, []));
            Assert.ThrowsAny<OperationCanceledException>(() => NoUTurnSampler.Run(stopping, [[1, -1]], options with { Workers = 2 }, files, cancellation: stop.Token));
            var resumed = NoUTurnSampler.Run(Correlated(), [[1, -1]], options with { Workers = 3 }, files, cancellation: TestContext.Current.CancellationToken);
            Assert.Equal(expected.Draws.SelectMany(d => d).Select(BitConverter.DoubleToInt64Bits), resumed.Draws.SelectMany(d => d).Select(BitConverter.DoubleToInt64Bits));
            Assert.Equal(expected.Chains.Select(c => (c.StepSize, c.Evaluations)), resumed.Chains.Select(c => (c.StepSize, c.Evaluations)));
        }
    }

    [Fact]
    public void A_chain_that_begins_where_the_density_is_0_is_refused()
    {
        var objective = new FormulaObjective(FormulaObjective.Within(-1, 1, "x"), x => [double.NaN]);
        var error = Assert.Throws<FitException>(() => NoUTurnSampler.Run(objective, [[0]], new SamplerOptions { Workers = 1 }, cancellation: TestContext.Current.CancellationToken));
        Assert.Equal("chain 1", error.Where);
    }

    // Stan's windows for 1000 iterations of warm-up: 75 + 25, 50, 100, 200, 500 + 50.
    [Fact]
    public void Windows_double_and_the_last_takes_the_rest() =>
        Assert.Equal([99, 149, 249, 449, 949], Enumerable.Range(0, 1000).Where(i => Chain.EndsWindow(i, 1000)));

    // Independent draws: R̂ near 1, size near their number; φ = 0.5 autoregressive: N (1 − φ)/(1 + φ) = N/3.
    [Fact]
    public void Effective_sizes_are_those_of_the_theory()
    {
        double[][] Chains(double phi) => [.. Enumerable.Range(0, 4).Select(k =>
        {
            var random = new RandomStream(9, (ulong)k);
            double x = random.Normal() / Math.Sqrt(1 - (phi * phi));
            return Enumerable.Range(0, 5000).Select(_ => x = (phi * x) + random.Normal()).ToArray();
        })];

        Assert.Equal(20000, ChainDiagnostics.BulkSize(Chains(0)), 1500.0);
        Assert.Equal(20000 / 3.0, ChainDiagnostics.BulkSize(Chains(0.5)), 600.0);
        Assert.InRange(ChainDiagnostics.Convergence(Chains(0)), 0.9995, 1.001);
    }

    // Two chains a half apart: W = 1, B/n = ½ d² of means ±d/2, so R̂ → √(1 + d²/2) with d = 2.
    [Fact]
    public void Chains_apart_have_the_ratio_of_the_formula()
    {
        double[] plain = [.. Enumerable.Range(0, 4001).Select(i => Math.Sqrt(3) * ((i / 2000.0) - 1))]; // even, variance 1
        double ratio = ChainDiagnostics.Ratio([plain, [.. plain.Select(v => v + 2)]]);
        Assert.Equal(Math.Sqrt(3), ratio, 2e-3);
        Assert.True(ChainDiagnostics.Convergence([plain, [.. plain.Select(v => v + 2)]]) > 1.2);
    }

    [Fact]
    public void Bands_are_quantiles_of_what_is_predicted()
    {
        double[][] points = [.. Enumerable.Range(0, 101).Select(i => (double[])[i])];
        var bands = PredictionBands.Of(points, x => x[0] == 100 ? null : [x[0], -2 * x[0]], [0.05, 0.5, 0.95], cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(1, bands.Failed);
        Assert.Equal([4.95, -188.1], bands.Quantiles[0].Select(v => Math.Round(v, 10)));
        Assert.Equal([49.5, -99], bands.Quantiles[1].Select(v => Math.Round(v, 10)));
    }

    private static FormulaObjective Correlated() => new(FormulaObjective.Free("x", "y"), x => [x[0], ((x[1] / 3) - (0.9 * x[0])) / Math.Sqrt(0.19)]);

    private sealed class Beta(double a, double b) : IObjective
    {
        public ImmutableArray<EstimatedParameter> Parameters { get; } = [new("x", ParameterScale.Linear, 0, 1)];

        public ObjectiveValue Evaluate(ReadOnlySpan<double> x, ObjectiveParts parts, CancellationToken cancellation = default) =>
            x[0] is <= 0 or >= 1 ? ObjectiveValue.Infinite("at an end") : new ObjectiveValue(-((a - 1) * Math.Log(x[0])) - ((b - 1) * Math.Log(1 - x[0])), [-((a - 1) / x[0]) + ((b - 1) / (1 - x[0]))]);
    }
}
