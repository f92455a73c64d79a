using Xunit;

namespace Protonmotive.Tests.Fault.Cli;

/// <summary>pmf measure, and pmf fit of a table: which of several explanations is it?</summary>
public sealed class ExplanationCommandLine : PmfTests
{
    private const string Model = "model two_routes\n J1: A -> B; k1*A\n J2: A -> C; k2*A\n A = 10; B = 0; C = 0; k1 = 0.5; k2 = 0.5\nend";
    private static readonly string[] routes = ["--one-of", "k1=5%..500%:log (the first route)", "--one-of", "k2=5%..500%:log (the second route)"];

    [Fact]
    public void The_route_that_is_slower_is_found_where_its_product_is_measured()
    {
        Write("routes.ant", Model);
        Assert.Equal(0, Pmf("measure", "routes.ant", "--set", "k1=0.25", "--observe", "A ± 0.1; B ± 0.1", "--every", "0.25", "--end", "5", "--seed", "3", "-o", "trace.csv").Code);
        Assert.StartsWith("time,A_1,A_2,A_3,B_1,B_2,B_3\n0.25,", File.ReadAllText(Path.Combine(Folder, "trace.csv")), StringComparison.Ordinal);
        string[] fit = ["fit", "routes.ant", "--data", "trace.csv", "--observe", "A* ± 0.1", "B* ± 0.1", .. routes];
        var (code, output, error) = Pmf(fit);
        Assert.Equal("", error);
        Assert.Equal(0, code);
        Assert.Matches(@"The first route at 0\.\d+ \(0\.4\d+ to 0\.5\d+\) of the reference: this explains the data; the reference and every other single explanation are excluded", output);
        foreach (string file in (string[])["trace.yaml", "trace.csv", "explanations/report.html", "explanations/figures/explanations.png", "explanations/figures/effects-A--data.svg", "explanations/figures/fits.svg", "explanations/explanations.arrow"])
            Assert.True(File.Exists(Path.Combine(Folder, "fits", "trace", file)), file);
        Assert.Equal(output, Pmf(fit).Output);                                                    // goes on with what is done
        Assert.Equal(output.Split('\n')[1], Pmf("fit", Path.Combine("fits", "trace", "trace.yaml"), "-o", "again").Output.Split('\n')[1]); // and its mapping is one
        Assert.Contains("other data", Pmf(["fit", "routes.ant", "--data", "trace.csv", "--observe", "A* ± 0.2", .. routes]).Error, StringComparison.Ordinal);
        Assert.Equal(0, Pmf([.. fit, "--together"]).Code);
        Assert.Contains("2 of 2 parameters", Pmf("profile", Path.Combine("fits", "trace")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Routes_are_not_told_apart_where_only_their_sum_is_measured()
    {
        Write("routes.ant", Model);
        Pmf("measure", "routes.ant", "--set", "k1=0.25", "--observe", "A ± 0.1", "--every", "0.25", "--end", "5", "--replicates", "1", "-o", "trace.csv");
        var (_, output, _) = Pmf(["fit", "routes.ant", "--data", "trace.csv", "--observe", "A ± 0.1", .. routes]);
        Assert.Matches(@"2 explanations can't be told apart: the (first|second) route at (0\.\d+) \(.*\) of the reference; the (first|second) route at \2 \(", output);
    }

    [Fact]
    public void An_unharmed_system_is_not_cried_wolf_at()
    {
        Write("routes.ant", Model);
        Pmf("measure", "routes.ant", "--observe", "B ± 0.1", "--every", "0.5", "--end", "5", "-o", "trace.csv");
        var (_, output, _) = Pmf(["fit", "routes.ant", "--data", "trace.csv", "--observe", "B* ± 0.1", .. routes]);
        Assert.Contains("Nothing is seen: the reference explains the data", output, StringComparison.Ordinal);
        Assert.Contains("explains the data", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("time,uptake\n20,80\n", "no column that begins with 'OCR'")]
    [InlineData("t,OCR\n20,80\n", "no column 'time'")]
    [InlineData("time,OCR\n20,80\n40,NaN\n", "'NaN' is no number")]
    [InlineData("time,OCR\n-20,80\n40,81\n", "before the start")]
    [InlineData("time,OCR\n20,-80\n40,-81\n", "2 of 2 measurements of 'OCR' are negative")]
    [InlineData("time,OCR_1,OCR_2\n20,80\n", "has 2 cells, the header 3")]
    public void A_table_that_can_not_be_used_leaves_nothing_behind(string data, string what)
    {
        Write("trace.csv", data);
        var (code, _, error) = Pmf("fit", "stress-test", "--data", "trace.csv");
        Assert.Equal(2, code);
        Assert.Contains(what, error, StringComparison.Ordinal);
        Assert.Contains("trace.csv", error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(Folder, "fits", "trace")));
    }

    [Theory]
    [InlineData("--estimate goes with --data alone", "fit", "model.yaml", "--estimate", "k=1..2")]
    [InlineData("data are not there", "fit", "stress-test", "--data", "no.csv")]
    [InlineData("Nothing says what the table measured", "fit", "atp-demand", "--data", "trace.csv", "--estimate", "X_H=50%..200%")]
    [InlineData("Nothing is estimated", "fit", "atp-demand", "--data", "trace.csv", "--observe", "OCR ± 5 %")]
    [InlineData("take no --method and no --begin", "fit", "stress-test", "--data", "trace.csv", "--method", "cma-es", "--begin", "oscillating")]
    [InlineData("There are no times", "measure", "stress-test", "--every", "0")]
    [InlineData("0 replicates", "measure", "stress-test", "--replicates", "0")]
    [InlineData("'X_C9'", "measure", "stress-test", "--set", "X_C9=1")]
    [InlineData("is there already", "measure", "stress-test", "-o", "trace.csv")]
    public void What_is_asked_for_wrongly_is_said(string what, params string[] arguments)
    {
        Write("trace.csv", "time,OCR\n20,80\n");
        var (code, _, error) = Pmf(arguments);
        Assert.Equal(2, code);
        Assert.Contains(what, error, StringComparison.Ordinal);
    }

    // Times in minutes, so that all of them lie before the first injection, and the fit is bad.
    [Fact]
    public void Times_in_minutes_are_noticed()
    {
        Write("trace.csv", "time,OCR\n" + string.Concat(Enumerable.Range(1, 22).Select(i => $"{i},{(i < 5 ? 86 : i < 10 ? 8 : i < 18 ? 150 : 0)}\n")));
        var (code, output, _) = Pmf("fit", "stress-test", "--data", "trace.csv", "--one-of", "X_H=20%..1000%:log (the proton leak)", "--starts", "1");
        Assert.Equal(0, code);
        Assert.Contains("are times in s?", output, StringComparison.Ordinal);
        Assert.Contains("Even the best does not fit", output, StringComparison.Ordinal);
    }
}
