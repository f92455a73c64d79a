using Protonmotive.Fitting;
using Protonmotive.Fitting.Optimisers;
using Protonmotive.Fitting.Starts;
using Xunit;

namespace Protonmotive.Tests.Unit.Fitting;

public sealed class MultiStartTests : IDisposable
{
    private readonly string folder = Path.Combine(Path.GetTempPath(), "pmf-fit-" + Guid.NewGuid().ToString("N"));

    public static TheoryData<Optimiser> Methods => [new TrustRegion(), new LimitedMemory(), new TwoPhase(new EvolutionStrategy { EvaluationLimit = 300 }, new TrustRegion()), new Hopping(new TrustRegion()) { Hops = 3 }];

    public void Dispose()
    {
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
    }

    [Theory, MemberData(nameof(Methods))]
    public void Threads_do_not_change_the_result(Optimiser optimiser)
    {
        var (one, many) = (Run(optimiser, 1), Run(optimiser, 4));

        AssertSame(one, many);
        Assert.Equal(0, one.Best.State.Value, 1e-9);
    }

    [Theory, MemberData(nameof(Methods))]
    public void A_stopped_fit_goes_on_bit_for_bit(Optimiser optimiser)
    {
        var expected = Run(optimiser, 1);
        foreach (int after in (int[])[3, 20, 60])
        {
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
            using var stop = new CancellationTokenSource();
            var objective = new StoppingObjective(FormulaObjective.Rosenbrock(-5, 5), stop, after);
            Assert.ThrowsAny<OperationCanceledException>(() => MultiStart.Run(objective, optimiser, Options(2), Files(objective), cancellation: stop.Token));
            var resumed = MultiStart.Run(FormulaObjective.Rosenbrock(-5, 5), optimiser, Options(2), Files(objective), cancellation: TestContext.Current.CancellationToken);
            AssertSame(expected, resumed);
        }
    }

    /// <summary>Candidates are the points that as many starts would have had; each start takes the least of its own.</summary>
    [Fact]
    public void A_start_begins_at_the_best_of_its_candidates()
    {
        const int starts = 3, candidates = 8;
        var objective = FormulaObjective.Rosenbrock(-5, 5);
        var all = new StartPoints(objective, new MultiStartOptions { Starts = starts * candidates });
        var found = MultiStart.Run(objective, new TrustRegion(), new MultiStartOptions { Starts = starts, Candidates = candidates }, cancellation: TestContext.Current.CancellationToken);
        foreach (var start in found.Starts)
        {
            var best = Enumerable.Range(start.Index * candidates, candidates).Select(k => all.Of(k)).MinBy(x => objective.Evaluate(x, ObjectiveParts.Value, TestContext.Current.CancellationToken).Value);
            Assert.Equal(best, start.Origin);
        }
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(2_000_000_000, 1)]
    [InlineData(1, 0)]
    [InlineData(1, 5000)]
    public void Counts_of_no_use_are_refused(int starts, int candidates) =>
        Assert.Throws<FitException>(() => MultiStart.Run(FormulaObjective.Rosenbrock(-5, 5), new TrustRegion(), new MultiStartOptions { Starts = starts, Candidates = candidates }, cancellation: TestContext.Current.CancellationToken));

    [Fact]
    public void A_finished_fit_is_read_not_done_again()
    {
        var first = FormulaObjective.Rosenbrock(-5, 5);
        MultiStart.Run(first, new TrustRegion(), Options(1), Files(first), cancellation: TestContext.Current.CancellationToken);
        var second = FormulaObjective.Rosenbrock(-5, 5);
        MultiStart.Run(second, new TrustRegion(), Options(1), Files(second), cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(0, second.Calls);
    }

    [Fact]
    public void More_starts_keep_the_first_ones()
    {
        var objective = FormulaObjective.Rosenbrock(-5, 5);
        var few = MultiStart.Run(objective, new TrustRegion(), Options(1) with { Starts = 3 }, Files(objective), cancellation: TestContext.Current.CancellationToken);
        var many = MultiStart.Run(objective, new TrustRegion(), Options(1), Files(objective), cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(few.Starts.OrderBy(s => s.Index).Select(s => s.Origin), many.Starts.OrderBy(s => s.Index).Take(3).Select(s => s.Origin));
        AssertSame(Run(new TrustRegion(), 1), many);
    }

    [Fact]
    public void A_damaged_state_is_done_again()
    {
        var objective = FormulaObjective.Rosenbrock(-5, 5);
        var expected = MultiStart.Run(objective, new TrustRegion(), Options(1), Files(objective), cancellation: TestContext.Current.CancellationToken);
        var file = Path.Combine(folder, "starts", "00002.json");
        File.WriteAllText(file, File.ReadAllText(file)[..40]);
        AssertSame(expected, MultiStart.Run(objective, new TrustRegion(), Options(1), Files(objective), cancellation: TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Another_problem_in_the_folder_is_refused_and_named()
    {
        Files(FormulaObjective.Rosenbrock(-5, 5));
        var error = Assert.Throws<FitException>(() => Files(FormulaObjective.Rosenbrock(-5, 6)));
        Assert.Contains("parameter x", error.What, StringComparison.Ordinal);
        Assert.Contains("--overwrite", error.Mend, StringComparison.Ordinal);
    }

    [Fact]
    public void Starts_with_an_infinite_objective_are_drawn_again()
    {
        var objective = new FormulaObjective(FormulaObjective.Within(-1, 1, "x", "y"), x => x[0].Real < 0.5 ? [double.NaN] : [x[0] - 0.75, x[1]]);
        var result = MultiStart.Run(objective, new TrustRegion(), Options(1), cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(0, result.Failed);
        Assert.Contains(result.Starts, s => s.Redraws > 0);
        Assert.All(result.Starts, s => Assert.Equal(0, s.State.Value, 1e-10));
    }

    [Fact]
    public void Where_all_starts_fail_the_result_says_so()
    {
        var objective = new FormulaObjective(FormulaObjective.Within(-1, 1, "x"), x => [double.NaN]);
        var result = MultiStart.Run(objective, new TrustRegion(), Options(2), cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(8, result.Failed);
        Assert.Equal(double.PositiveInfinity, result.Best.State.Value);
    }

    [Fact]
    public void A_range_without_end_is_named()
    {
        var error = Assert.Throws<FitException>(() => MultiStart.Run(FormulaObjective.Rosenbrock(), new TrustRegion(), Options(1), cancellation: TestContext.Current.CancellationToken));
        Assert.Equal("parameter 'x'", error.Where);
    }

    private static FitResult Run(Optimiser optimiser, int workers) => MultiStart.Run(FormulaObjective.Rosenbrock(-5, 5), optimiser, Options(workers), cancellation: TestContext.Current.CancellationToken);

    private static MultiStartOptions Options(int workers) => new() { Starts = 8, Seed = 42, Workers = workers };

    private SavedFiles Files(IObjective objective) => SavedFiles.Open(folder, FitIdentity.Of(objective, []));

    private static void AssertSame(FitResult expected, FitResult actual)
    {
        Assert.Equal(expected.Starts.Select(s => s.Index), actual.Starts.Select(s => s.Index));
        foreach (var (a, b) in expected.Starts.Zip(actual.Starts))
        {
            Assert.Equal(a.Origin.Select(BitConverter.DoubleToInt64Bits), b.Origin.Select(BitConverter.DoubleToInt64Bits));
            Assert.Equal(a.State.X.Select(BitConverter.DoubleToInt64Bits), b.State.X.Select(BitConverter.DoubleToInt64Bits));
            Assert.Equal(BitConverter.DoubleToInt64Bits(a.State.Value), BitConverter.DoubleToInt64Bits(b.State.Value));
            Assert.Equal((a.State.Iterations, a.State.Evaluations, a.State.Gradients, a.State.Status, a.State.Message), (b.State.Iterations, b.State.Evaluations, b.State.Gradients, b.State.Status, b.State.Message));
        }
    }
}
