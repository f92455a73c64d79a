using Protonmotive.Formats.Antimony;
using Protonmotive.Kernels;
using Protonmotive.Solvers;
using Xunit;

namespace Protonmotive.Tests.Unit.Formats.Antimony;

/// <summary>The example of docs/antimony.md runs and gives the numbers that the page states.</summary>
public class AntimonyPage
{
    [Fact]
    public void The_example_gives_what_the_page_says()
    {
        var page = File.ReadAllText(Page()).ReplaceLineEndings("\n");
        const string begin = "```antimony\n";
        int start = page.IndexOf(begin, StringComparison.Ordinal) + begin.Length;
        var network = AntimonyReader.Parse(page[start..page.IndexOf("```", start, StringComparison.Ordinal)]);
        Assert.Contains(network.Processes, p => p.Name == "U__J");
        var solution = Ode.Solve(new InitialValueProblem(Kernel.Compile(network.Lower()), 0, 20), new Rodas4(), new Tolerance(1e-9), OutputTimes.EndOnly);
        Assert.Contains(FormattableString.Invariant($"After 20 time units S is {solution.Column("S.amount")[^1]:0.0000} and product {solution.Column("product.amount")[^1]:0.0000}."), page);
    }

    private static string Page()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "docs", "antimony.md"))) return Path.Combine(folder.FullName, "docs", "antimony.md");
        Assert.Skip("The documentation is not here.");
        return "";
    }
}
