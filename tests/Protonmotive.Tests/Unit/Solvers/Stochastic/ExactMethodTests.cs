using Protonmotive.Solvers.Stochastic;
using Xunit;

namespace Protonmotive.Tests.Unit.Solvers.Stochastic;

/// <summary>Both exact methods have the moments that theory gives.</summary>
public sealed class ExactMethodTests
{
    private const int Runs = 4000;

    // A mean of n runs lies within 4.5 σ/√n, a variance within 4.5 σ² √((2 + excess)/n), but for once in 10⁵.
    private const double Deviations = 4.5;

    public static TheoryData<StochasticMethod> Methods => [new StochasticMethod.Direct(), new StochasticMethod.NextReaction()];

    [Theory]
    [MemberData(nameof(Methods))]
    public void Immigration_and_death_stay_Poisson(StochasticMethod method)
    {
        // From 0, X(t) is Poisson with mean λ/μ (1 − e^(−μt)).
        var ensemble = StochasticEnsemble.Run(JumpModels.Immigration(), Runs, 11, JumpModels.Times(8, 8), new StochasticOptions { Method = method });
        var (mean, deviation) = (ensemble.Mean("X"), ensemble.StandardDeviation("X"));
        for (int i = 1; i <= 8; i++)
        {
            double m = 20 * (1 - Math.Exp(-0.5 * i));
            Assert.Equal(m, mean[i], Deviations * Math.Sqrt(m / Runs));
            Assert.Equal(m, deviation[i] * deviation[i], Deviations * m * Math.Sqrt((2 + (1 / m)) / Runs));
        }
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Isomers_spread_evenly_and_are_conserved(StochasticMethod method)
    {
        // At rest each of N molecules is in each of n pools with probability 1/n: binomial.
        var network = JumpModels.Chain(5, 30, 3); // slowest rate of mixing 0.38 · 3: e^(−11) is left after 10
        var ensemble = StochasticEnsemble.Run(network, Runs, 12, [0, 10], new StochasticOptions { Method = method, KeepsSamples = true });
        for (int i = 0; i < 5; i++)
        {
            Assert.Equal(6, ensemble.Mean($"X{i}")[1], Deviations * Math.Sqrt(4.8 / Runs));
            Assert.Equal(4.8, Math.Pow(ensemble.StandardDeviation($"X{i}")[1], 2), Deviations * 4.8 * Math.Sqrt(2.0 / Runs));
        }
        for (int run = 0; run < 100; run++) Assert.Equal(30, Enumerable.Range(0, 5).Sum(i => ensemble.Sample($"X{i}", 1)[run]));
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Mass_action_counts_pairs(StochasticMethod method)
    {
        // Two monomers, one pair: B is 1 with probability p = f/(f + b) (1 − e^(−(f + b)t)), f = 2·1·k/V, as V·k·(2/V)(1/V).
        var network = JumpModels.Dimers(2, 4, 3, 0.5);
        var ensemble = StochasticEnsemble.Run(network, Runs, 13, [0, 0.6, 50], new StochasticOptions { Method = method, Outputs = ["B.amount", "B"] });
        double f = 2 * 3 / 4.0, b = 0.5;
        foreach (var (row, t) in new[] { (1, 0.6), (2, 50.0) })
        {
            double p = f / (f + b) * (1 - Math.Exp(-(f + b) * t));
            Assert.Equal(p, ensemble.Mean("B.amount")[row], Deviations * Math.Sqrt(p * (1 - p) / Runs));
            Assert.Equal(ensemble.Mean("B.amount")[row] / 4, ensemble.Mean("B")[row], 1e-12);
        }
    }

    [Fact]
    public void Many_channels_at_rest_and_waking_keep_their_law()
    {
        // One molecule walks a chain of 40: which pool it is in after a time, by the matrix exponential of the walk.
        var network = JumpModels.Chain(40, 1, 1);
        var ensemble = StochasticEnsemble.Run(network, Runs, 14, [0, 30], new StochasticOptions { Method = new StochasticMethod.NextReaction() });
        double[] p = new double[40];
        p[0] = 1;
        const int Steps = 30_000;
        for (int s = 0; s < Steps; s++)
        {
            // Euler steps of dp/dt = Laplacian p; their error, below 1e-3 of p, is far below the sampling error.
            var next = (double[])p.Clone();
            for (int i = 0; i < 39; i++)
            {
                double flow = 30.0 / Steps * (p[i] - p[i + 1]);
                next[i] -= flow;
                next[i + 1] += flow;
            }
            p = next;
        }
        for (int i = 0; i < 40; i++) Assert.Equal(p[i], ensemble.Mean($"X{i}")[1], (Deviations * Math.Sqrt(p[i] * (1 - p[i]) / Runs)) + 1e-3);
    }
}
