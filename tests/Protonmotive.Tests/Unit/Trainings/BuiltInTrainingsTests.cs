using Protonmotive.Catalogue;
using Protonmotive.Trainings;
using Xunit;

namespace Protonmotive.Tests.Unit.Trainings;

/// <summary>What the trainings that are built in tell, and the runs of them that are kept.</summary>
public class BuiltInTrainingsTests
{
    public static TheoryData<string> Names() => [.. BuiltInTrainings.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_run_that_is_kept_is_of_the_training_as_it_is_and_agrees_with_what_is_known(string name)
    {
        var training = BuiltInTrainings.All.Single(t => t.Name == name);
        var (record, trajectory, ledger) = BuiltInTrainings.RunOf(training);
        Assert.Equal((training.Question, name), (record.Question, record.System));
        Assert.Contains(record.Command, (string[])[training.Command, training.Command + " --every 100"]); // by itself, or for the atlas
        Assert.True(trajectory.Times.Length >= 5); // audited steps: few where one in 500 is
        Assert.True(ledger.ClosureResidual <= 1e-9, $"the books close to {ledger.ClosureResidual}"); // sums of 64-bit numbers; the flow's tolerance is 1e-8 over ten
        foreach (var (result, known) in training.Known)
        {
            var found = Assert.Single(record.Results, r => r.Name == result);
            Assert.Equal(known, found.Reference);
            Assert.True(found.Agrees, $"{result} {found.Value}, known {known.Value} ± {known.Tolerance}");
        }
        Assert.All(record.Parameters.Where(p => p.Name != "order"), p => Assert.True(p.Source.Length > 0, $"'{p.Name}' is from nowhere")); // the order is found
        Assert.All(training.Sources, s => Assert.Contains(s, record.Sources));
    }

    [Fact]
    public void A_network_is_told_in_words() =>
        Assert.Equal("dense 32, residual (dense 32, tanh), conv (channels 8, bias false)", Training.Parse("network: [dense: 32, residual: [dense: 32, tanh], conv: {channels: 8, bias: false}]", "mine.yaml").Network);

    [Theory]
    [InlineData("- 1", "no mapping", "mine.yaml")]
    [InlineData("name: [", "no YAML", "line")]
    [InlineData("name: a\nfrom: x", "'from' is no mapping", "line 2")]
    [InlineData("name: a\nfrom: {x: 1}", "no list", "line 2")]
    [InlineData("name: a\nknown: {accuracy: {value: 1, source: x}}", "no number 'within'", "line 2")]
    [InlineData("name: a\nknown: {accuracy: {value: 1, within: 1}}", "no source", "line 2")]
    public void A_file_at_fault_is_told_with_its_line(string text, string what, string where)
    {
        var fault = Assert.Throws<CatalogueException>(() => Training.Parse(text, "mine.yaml"));
        Assert.Contains(what, fault.What, StringComparison.Ordinal);
        Assert.Contains(where, fault.Where, StringComparison.Ordinal);
    }

    [Fact]
    public void What_another_program_runs_is_listed_and_told_apart()
    {
        var catalogue = new SystemCatalogue([]) { Elsewhere = [.. BuiltInTrainings.All] };
        Assert.Equal("mlp", catalogue.Entry("mlp").Name);
        Assert.Contains("pmf train mlp", Assert.Throws<CatalogueException>(() => catalogue.Get("mlp")).Mend, StringComparison.Ordinal);
        Assert.Contains("mlp, convnet", Assert.Throws<CatalogueException>(() => catalogue.Get("perceptron")).Mend, StringComparison.Ordinal);
    }
}
