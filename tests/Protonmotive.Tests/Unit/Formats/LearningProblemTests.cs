using Protonmotive.Fitting.Optimisers;
using Protonmotive.Fitting.Training;
using Protonmotive.Formats.Measurements;
using Protonmotive.Networks;
using Xunit;

namespace Protonmotive.Tests.Unit.Formats;

/// <summary>Mappings that learn a law; the data are A = A₀ exp(−k t).</summary>
public class LearningProblemTests
{
    private const string Head = "model: model.ant\ndata: data.csv\nobserve: A ± 0.02\n";

    private static string Decay(params double[] starts) => "time,dose,A\n" + string.Concat(starts.SelectMany(a => Enumerable.Range(0, 9).Select(i => FormattableString.Invariant($"{0.5 * i},{a},{a * Math.Exp(-0.25 * i)}\n"))));

    [Fact]
    public void A_law_is_replaced_and_learned()
    {
        using var folder = new MappingFolder(Head + "conditions: dose = A\nlearn: J ~ free(A=0..10; hidden 3; scale 3)\nwatch: dose = 8", Decay(10, 5, 8));
        var task = MeasurementProblem.ReadLearning(folder.File("fit.yaml"), seed: 2);
        Assert.Equal("1-3-1 tanh, 10 weights", Assert.Single(task.Nets).ToString());
        Assert.Equal(10, task.Problem.Parameters.Length);
        Assert.Equal(["A = 8"], task.Watched);
        var plan = new TrainingPlan { HeldOut = task.Watched, Stages = [new() { Name = "all", Optimiser = new Adam { IterationLimit = 100 }, CheckEvery = 20 }, new() { Name = "end", Optimiser = new LimitedMemory { HasUnitSizes = true, IterationLimit = 60 } }] };
        var result = new Trainer(new TrajectoryObjective(task.Problem), plan).Run(cancellation: TestContext.Current.CancellationToken);
        Assert.InRange(result.HeldOut!.MeanSquare, 0, 1); // within the stated noise, though the data have none
        // The law itself: J = 0.5 A.
        double Flux(double a) => 3 * task.Nets[0].Outputs[0].Evaluate(name => name == "A" ? a : result.Values[name]);
        Assert.Equal(2.5, Flux(5), 0.05);
        Assert.Equal(4, Flux(8), 0.08);
    }

    [Fact]
    public void A_mobility_needs_potentials()
    {
        using var folder = new MappingFolder(Head + "learn: J ~ mobility(A=0.1..10:log; scale 1)", "time,A\n0,10\n1,6\n");
        var error = Assert.ThrowsAny<ProtonmotiveException>(() => MeasurementProblem.ReadLearning(folder.File("fit.yaml"), 1));
        Assert.Contains("needs the potential", error.What, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("learn: J(A)", "which law is learned")]
    [InlineData("learn: J ~ magic(A=0..1; scale 1)", "which law is learned")]
    [InlineData("learn: J ~ free(; scale 1)", "depend on nothing")]
    [InlineData("learn: J ~ free(A=0..1)", "has no scale")]
    [InlineData("learn: J ~ free(A=0..1; scale -1)", "'scale -1' is nothing")]
    [InlineData("learn: J ~ free(A=0..1; hidden 0; scale 1)", "'hidden 0' is nothing")]
    [InlineData("learn: J ~ free(Q=0..1; scale 1)", "no quantity 'Q'")]
    [InlineData("learn: J ~ free(A=1,2; scale 1)", "no range")]
    [InlineData("learn: K ~ free(A=0..1; scale 1)", "no process 'K'")]
    [InlineData("learn: J ~ free(A=0..1; scale 1)\nwatch: dose = 3", "No measurements have dose = 3")]
    [InlineData("estimate: k=0.1..1", "Nothing is to be learned")]
    public void Bad_mappings_are_refused(string lines, string what)
    {
        using var folder = new MappingFolder(Head + lines, "time,A\n0,10\n1,6\n");
        Assert.Contains(what, Assert.ThrowsAny<ProtonmotiveException>(() => MeasurementProblem.ReadLearning(folder.File("fit.yaml"), 1)).What, StringComparison.Ordinal);
    }

    [Fact]
    public void Pmf_fit_sends_it_to_pmf_learn()
    {
        using var folder = new MappingFolder(Head + "learn: J ~ free(A=0..10; scale 3)", "time,A\n0,10\n1,6\n");
        Assert.Contains("pmf learn", Assert.Throws<MeasurementException>(() => folder.Read()).Mend, StringComparison.Ordinal);
    }

    [Fact]
    public void A_learned_law_leaves_all_else_as_it_was()
    {
        using var folder = new MappingFolder(Head + "learn: J ~ free(A=0..10; scale 3)", "time,A\n0,10\n1,6\n");
        var before = Protonmotive.Formats.ModelFormats.Load(folder.File("model.ant"));
        var after = MeasurementProblem.ReadLearning(folder.File("fit.yaml"), 1).Network;
        Assert.Equal(before.Stores, after.Stores);
        Assert.Equal(before.Parameters, after.Parameters.Take(before.Parameters.Length));
        Assert.StartsWith("learned, free form", after.Processes[0].Law.Remark, StringComparison.Ordinal);
        Assert.Contains("no process 'X'", Assert.Throws<NetworkException>(() => before.WithLearnedLaw("X", true, [], [3], 1, 1)).What, StringComparison.Ordinal);
    }
}
