using Xunit;

namespace Protonmotive.Tests.Fault.Cli;

/// <summary>pmf scan, as a user meets it.</summary>
public sealed class ScanCommandLine : PmfTests
{
    [Fact]
    public void A_plane_of_steady_states_gets_a_map_of_efficiency()
    {
        var (code, output, error) = Pmf("scan", "atp-demand", "--vary", "X_AtC=1e-6..5e-6:4", "--vary", "X_H=50%..200%:log:4", "--steady", "--output", "ledger:oxid*.efficiency", "OCR", "-o", "s");
        Assert.Equal("", error);
        Assert.Equal(0, code);
        Assert.Contains("16 members in", output, StringComparison.Ordinal);
        Assert.Contains("each one's steady state is sought", output, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b", output, StringComparison.Ordinal);
        foreach (var file in (string[])["members.arrow", "members.parquet", "statistics.arrow", "scan.json", "report.html", "figures/map-OCR.png", "figures/map-ledger-oxidative-phosphorylation-efficiency.svg"])
            Assert.True(File.Exists(Path.Combine(Folder, "s", file)), file);
        Assert.Contains("finished already", Pmf("scan", "atp-demand", "--vary", "X_AtC=1e-6..5e-6:4", "--vary", "X_H=50%..200%:log:4", "--steady", "--output", "ledger:oxid*.efficiency", "OCR", "-o", "s").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_network_file_is_sampled_in_lanes()
    {
        var file = SharedData.Path("bionetgen", "ring100.net");
        var (code, output, _) = Pmf("scan", file, "--vary", "k1=50%..200%:log", "--vary", "k2~lognormal(0.05,0.3)", "--lhs", "64", "--end", "1", "--points", "5", "--output", "S1", "S2", "-o", "s");
        Assert.Equal(0, code);
        Assert.Contains("side by side", output, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(Folder, "s", "figures", "portrait.png")));
    }

    [Fact]
    public void What_varies_and_what_may_be_asked_for_are_listed()
    {
        Write("decay.ant", "model decay\n J: A -> B; k*A\n A = 10; B = 0; k = 1\nend");
        var (code, output, _) = Pmf("scan", "decay.ant", "--list-parameters");
        Assert.Equal(0, code);
        Assert.Matches(@"(?m)^A +10 .*value at the start$", output);
        Assert.Matches(@"(?m)^k +1", output);
        output = Pmf("scan", "decay.ant", "--list-outputs").Output;
        Assert.Matches("(?m)^B( |$)", output);
        Assert.Matches("(?m)^ledger:J.extent ", output);
    }

    [Theory]
    [InlineData("Nothing is varied")]
    [InlineData("does not know how many values", "--vary", "k=1..2")]
    [InlineData("asked for together", "--vary", "k=1..2", "--sobol", "4", "--lhs", "4")]
    [InlineData("0 members", "--vary", "k=1..2", "--sobol", "0")]
    [InlineData("-5 members", "--vary", "k=1..2", "--random", "-5")]
    [InlineData("does not go with it", "--vary", "k=1..2:3", "--table", "good.csv")]
    [InlineData("named 'kk'", "--vary", "kk=1..2:3")]
    [InlineData("no output 'Q'", "--vary", "k=1..2:3", "--output", "Q")]
    [InlineData("no such file", "--table", "nosuch.csv")]
    [InlineData("has no rows", "--table", "empty.csv")]
    [InlineData("no finite number", "--table", "nan.csv")]
    [InlineData("'NaN' is no finite number", "--table", "nan.csv")]
    [InlineData("has 1 cells, the header 2", "--table", "uneven.csv")]
    [InlineData("named 'unknown'", "--table", "unknown.csv")]
    [InlineData("can't be read", "--table", "broken.arrow")]
    [InlineData("can't be read", "--table", "broken.parquet")]
    [InlineData("no times", "--vary", "k=1..2:3", "--steady", "--points", "4")]
    [InlineData("outside the scan", "--vary", "k=1..2:3", "--times", "5,500")]
    [InlineData("is no time", "--vary", "k=1..2:3", "--times", "five")]
    [InlineData("0 threads", "--vary", "k=1..2:3", "--threads", "0")]
    [InlineData("no scan to go on with", "--vary", "k=1..2:3", "--resume")]
    [InlineData("tolerance", "--vary", "k=1..2:3", "--rtol", "-1")]
    [InlineData("no method", "--vary", "k=1..2:3", "--method", "euler")]
    [InlineData("A file has that name", "--vary", "k=1..2:3", "-o", "good.csv")]
    [InlineData("could not be written", "--vary", "k=1..2:3", "-o", "good.csv/s")]
    public void Bad_input_gets_what_where_mend(string what, params string[] arguments)
    {
        Write("decay.ant", "model decay\n J: A -> B; k*A\n A = 10; B = 0; k = 1\nend");
        Write("good.csv", "k\n1\n");
        Write("empty.csv", "k\n");
        Write("nan.csv", "k\n1\nNaN\n");
        Write("uneven.csv", "k,A\n1\n");
        Write("unknown.csv", "unknown\n1\n");
        Write("broken.arrow", "ARROW1\0\0 cut");
        Write("broken.parquet", "PAR1 cut");
        var before = Directory.EnumerateFileSystemEntries(Folder).Order(StringComparer.Ordinal).ToList();
        var (code, _, error) = Pmf(["scan", "decay.ant", .. arguments]);
        Assert.Equal(2, code);
        Assert.Contains(what, error, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("where:", error, StringComparison.Ordinal);
        Assert.Contains("mend:", error, StringComparison.Ordinal);
        Assert.Equal(before, Directory.EnumerateFileSystemEntries(Folder).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Interrupted_by_a_signal_the_same_command_goes_on_to_the_same_bits()
    {
        Interrupts.SkipWithout();
        var file = SharedData.Path("bionetgen", "ring100.net");
        string[] Arguments(string target) => ["scan", file, "--vary", "k1=50%..200%:log", "--vary", "k3=50%..200%:log", "--sobol", "4096", "--end", "10", "--output", "S1", "-o", target];
        using var process = Start(Arguments("stopped"));
        var first = Path.Combine(Folder, "stopped", "parts", "part-000000.json");
        for (int i = 0; i < 600 && !File.Exists(first) && !process.HasExited; i++) Thread.Sleep(50);
        Interrupt(process);
        Assert.SkipUnless(process.ExitCode != 0, "The machine finished the scan before it could be interrupted.");
        Assert.Equal(130, process.ExitCode);
        Assert.Contains("the same command goes on", process.StandardError.ReadToEnd(), StringComparison.Ordinal);
        var (code, output, _) = Pmf([.. Arguments("stopped"), "--resume"]);
        Assert.Equal(0, code);
        Assert.Contains("of before", output, StringComparison.Ordinal);
        Assert.Equal(0, Pmf(Arguments("whole")).Code);
        Assert.Equal(File.ReadAllBytes(Path.Combine(Folder, "whole", "members.arrow")), File.ReadAllBytes(Path.Combine(Folder, "stopped", "members.arrow")));
    }
}
