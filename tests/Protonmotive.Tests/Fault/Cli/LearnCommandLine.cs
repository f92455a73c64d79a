using Xunit;

namespace Protonmotive.Tests.Fault.Cli;

/// <summary>pmf learn, as a user meets it.</summary>
public sealed class LearnCommandLine : PmfTests
{
    public LearnCommandLine()
    {
        Write("decay.ant", "model decay\n J: A -> B; k*A\n A = 10; B = 0; k = 0.5\nend");
        Write("data.csv", "time,A\n" + string.Concat(Enumerable.Range(0, 9).Select(i => FormattableString.Invariant($"{0.5 * i},{10 * Math.Exp(-0.25 * i)}\n"))));
        Write("learn.yaml", "model: decay.ant\ndata: data.csv\nobserve: A ± 0.1\nlearn: J ~ free(A=0..10; hidden 2; scale 3)");
    }

    [Fact]
    public void A_law_of_ones_own_is_learned_and_goes_on_where_it_was()
    {
        var (code, output, error) = Pmf("learn", "learn.yaml", "--out", "run");
        Assert.True(code == 0, error);
        Assert.Contains("7 weights", output, StringComparison.Ordinal);
        Assert.Contains("nothing holds it to the second law", output, StringComparison.Ordinal);
        foreach (var file in (string[])["learn/report.html", "learn/analysis.json", "learn/learning-curve.arrow", "learn/weights.arrow", "learn/figures/learning-curve.svg", "learn/figures/law-J.svg", "learn/law-J.arrow", "state/learn/training.json"])
            Assert.True(File.Exists(Path.Combine(Folder, "run", file)), file);
        var again = Pmf("learn", "learn.yaml", "--out", "run");
        Assert.Equal((0, output), (again.Code, again.Output));
        var other = Pmf("learn", "learn.yaml", "--out", "run", "--seed", "2");
        Assert.Equal(2, other.Code);
        Assert.Contains("seed: 1 there, 2 here", other.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no such task or mapping", "nosuch")]
    [InlineData("needs phosphate", "translocase", "--phosphate", "-1")]
    [InlineData("Nothing is to be learned", "fit.yaml")]
    public void Bad_input_gets_what_where_mend(string what, params string[] arguments)
    {
        Write("fit.yaml", "model: decay.ant\ndata: data.csv\nobserve: A ± 0.1\nestimate: k=0.1..1");
        var (code, _, error) = Pmf(["learn", .. arguments]);
        Assert.Equal(2, code);
        Assert.Contains(what, error, StringComparison.Ordinal);
        Assert.Contains("mend:", error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(Folder, "learned")));
    }
}
