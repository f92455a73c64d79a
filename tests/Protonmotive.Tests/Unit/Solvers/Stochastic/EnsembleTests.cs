using Protonmotive.Solvers.Stochastic;
using Xunit;

namespace Protonmotive.Tests.Unit.Solvers.Stochastic;

/// <summary>Ensembles are values: the same for the same seed, whatever threads, times and back end.</summary>
public sealed class EnsembleTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    public void Results_do_not_depend_on_threads_by_a_single_bit(int threads)
    {
        var network = JumpModels.Immigration();
        var one = StochasticEnsemble.Run(network, 333, 5, JumpModels.Times(10, 20), new StochasticOptions { Threads = 1, KeepsSamples = true });
        var many = StochasticEnsemble.Run(network, 333, 5, JumpModels.Times(10, 20), new StochasticOptions { Threads = threads, KeepsSamples = true });
        Assert.Equal(one.Mean("X"), many.Mean("X"));
        Assert.Equal(one.StandardDeviation("X"), many.StandardDeviation("X"));
        Assert.Equal(one.Minimum("X"), many.Minimum("X"));
        Assert.Equal(one.Maximum("X"), many.Maximum("X"));
        Assert.Equal(one.Quantile("X", 0.3), many.Quantile("X", 0.3));
        Assert.Equal(one.Firings, many.Firings);
    }

    [Fact]
    public void Compiled_and_interpreted_programs_give_the_same_runs()
    {
        foreach (StochasticMethod method in new StochasticMethod[] { new StochasticMethod.Direct(), new StochasticMethod.NextReaction() })
        {
            var network = JumpModels.Dimers(1000, 2, 0.01, 1);
            var compiled = StochasticSimulation.Run(network, 3, JumpModels.Times(20, 200), 1, new StochasticOptions { Method = method });
            var interpreted = StochasticSimulation.Run(network, 3, JumpModels.Times(20, 200), 1, new StochasticOptions { Method = method, Compiles = false });
            Assert.True(compiled.Firings > 2000);
            Assert.Equal(interpreted["A"], compiled["A"]);
        }
    }

    [Fact]
    public void A_run_does_not_depend_on_the_times_it_is_asked_for()
    {
        foreach (StochasticMethod method in new StochasticMethod[] { new StochasticMethod.Direct(), new StochasticMethod.NextReaction() })
        {
            var options = new StochasticOptions { Method = method };
            var few = StochasticSimulation.Run(JumpModels.Immigration(), 5, [0, 5, 10], 9, options);
            var many = StochasticSimulation.Run(JumpModels.Immigration(), 5, JumpModels.Times(10, 100), 9, options);
            Assert.Equal([many["X"][0], many["X"][50], many["X"][100]], few["X"]);
            Assert.Equal(few.Firings, many.Firings);
        }
    }

    [Fact]
    public void A_member_of_an_ensemble_is_the_single_run_of_its_number()
    {
        var ensemble = StochasticEnsemble.Run(JumpModels.Immigration(), 40, 5, [0, 5], new StochasticOptions { KeepsSamples = true });
        var single = StochasticSimulation.Run(JumpModels.Immigration(), 5, [0, 5], 37);
        Assert.Equal(single["X"][1], ensemble.Sample("X", 1)[37]);
    }

    [Fact]
    public void Moments_agree_with_the_samples()
    {
        var ensemble = StochasticEnsemble.Run(JumpModels.Immigration(), 500, 5, [0, 5], new StochasticOptions { KeepsSamples = true });
        double[] sample = ensemble.Sample("X", 1).ToArray();
        double mean = sample.Average(), variance = sample.Sum(x => (x - mean) * (x - mean)) / 499;
        Assert.Equal(mean, ensemble.Mean("X")[1], 1e-12);
        Assert.Equal(Math.Sqrt(variance), ensemble.StandardDeviation("X")[1], 1e-12);
        Assert.Equal(sample.Min(), ensemble.Minimum("X")[1]);
        Assert.Equal(sample.Max(), ensemble.Quantile("X", 1)[1]);
    }

    [Fact]
    public void Runs_allocate_nothing_but_their_random_stream()
    {
        var run = new StochasticRun(StochasticKernel.Compile(JumpModels.Immigration()), 1, [0, 10, 100], StochasticOptions.Default);
        var rows = new double[3];
        for (ulong i = 0; i < 100; i++) run.Run(i, rows);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (ulong i = 0; i < 100; i++) run.Run(i, rows);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100 * 400); // some 2000 firings a run
    }
}
