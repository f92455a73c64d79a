using System.Globalization;
using System.Text.Json;
using Xunit;

namespace Protonmotive.Tests.Fault.Cli;

/// <summary>pmf control, pmf sobol and pmf continue, as a user meets them.</summary>
public sealed class AnalysisCommandLine : PmfTests
{
    public AnalysisCommandLine()
    {
        Write("chain.ant", "model chain\n J1: $X0 -> S1; k1*X0 - q1*S1\n J2: S1 -> S2; k2*S1 - q2*S2\n J3: S2 -> $X3; k3*S2\n X0 = 1; X3 = 0; S1 = 0; S2 = 0\n k1 = 1; q1 = 0.5; k2 = 2; q2 = 1; k3 = 1.5\nend");
        Write("schloegl.ant", "model schloegl\n auto: 2 X -> 3 X; 6*X^2 - X^3\n decay: X -> ; 11*X - p\n X = 0.5; p = 3\nend");
        Write("brusselator.ant", "model brusselator\n feed: -> X; A\n turn: X -> Y; B*X\n auto: 2 X + Y -> 3 X; X^2*Y\n loss: X -> ; X\n X = 1; Y = 1; A = 1; B = 1.5\nend");
        Write("ishigami.ant", "model ishigami\n x1 = 0; x2 = 0; x3 = 0\n J: -> R; sin(x1) + 7*sin(x2)^2 + 0.1*x3^4*sin(x1)\n R = 0\nend");
        Write("growth.ant", "model growth\n J: -> S; k\n S = 0; k = 1\nend");
        Write("explosion.ant", "model explosion\n J: -> S; k*S^2\n S = 1; k = 2\nend");
        Write("taken.txt", "not an analysis");
    }

    /// <summary>By hand: J = k₁X₀·k₂k₃/D, D = k₂k₃ + q₁k₃ + q₁q₂ = 4.25, so C^J = (k₂k₃, q₁k₃, q₁q₂)/D = 0.706, 0.176, 0.118.</summary>
    [Fact]
    public void Control_of_a_chain_is_that_by_hand_and_sums_to_one()
    {
        var (code, output, error) = Pmf("control", "chain.ant", "--elasticities", "--responses", "--out", "c");
        Assert.Equal("", error);
        Assert.Equal(0, code);
        Assert.Matches(@"(?m)^J1 +0\.70588 +0\.706 +0\.176 +0\.118 +1\.000$", output);
        Assert.Matches(@"(?m)^S2 +0\.47059 +0\.706 +0\.176 +-0\.882 +0$", output);
        Assert.Contains("sums: flux control 1 within", output, StringComparison.Ordinal);
        Assert.Contains("elasticities", output, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b", output, StringComparison.Ordinal);
        AssertFiles("c", "analysis.json", "report.html", "flux-control.arrow", "flux-control-unscaled.arrow", "steady-state.arrow", "figures/flux-control.png", "figures/elasticities.svg");
        Assert.Equal("control", JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "c", "analysis.json"))).RootElement.GetProperty("kind").GetString());
        Assert.Equal(0, Pmf("control", "chain.ant", "--only", "J*", "--out", "c", "--overwrite").Code);
        Assert.Equal(2, Pmf("control", "chain.ant", "--out", "c").Code);
    }

    [Fact]
    public void Json_holds_tables_and_folder()
    {
        var (code, output, _) = Pmf("control", "chain.ant", "--json");
        Assert.Equal(0, code);
        var root = JsonDocument.Parse(output).RootElement;
        Assert.Equal(JsonValueKind.Null, root.GetProperty("folder").ValueKind);
        var table = root.GetProperty("analysis").GetProperty("tables").EnumerateArray().Single(t => t.GetProperty("name").GetString() == "flux-control");
        var first = table.GetProperty("columns")[1];
        Assert.Equal("J1", first.GetProperty("name").GetString());
        Assert.Equal(3 / 4.25, first.GetProperty("numbers")[0].GetDouble(), 1e-9);
        output = Pmf("continue", "brusselator.ant", "--over", "B=0.5..8", "--json", "--out", "k").Output;
        root = JsonDocument.Parse(output).RootElement;
        Assert.Equal(Path.Combine(Folder, "k"), root.GetProperty("folder").GetString());
        Assert.Equal(2, root.GetProperty("analysis").GetProperty("results")[0].GetProperty("value").GetDouble(), 1e-8);
    }

    /// <summary>Source p = x³ − 6x² + 11x has its extrema at x = 2 ∓ 1/√3, p = 6 ± 2/(3√3) (see the reference test of the library).</summary>
    [Fact]
    public void Continuation_finds_the_folds_of_schloegl()
    {
        var (code, output, error) = Pmf("continue", "schloegl.ant", "--over", "p=0..12", "-o", "k");
        Assert.Equal("", error);
        Assert.Equal(0, code);
        foreach (double sign in (double[])[-1, 1])
            Assert.Matches("(?m)^fold +1 +" + (6 + (sign * 2 / (3 * Math.Sqrt(3)))).ToString("g7", CultureInfo.InvariantCulture).Replace(".", "\\.", StringComparison.Ordinal) + " +" + (2 - (sign / Math.Sqrt(3))).ToString("g6", CultureInfo.InvariantCulture) + "$", output);
        AssertFiles("k", "analysis.json", "report.html", "branches.arrow", "special-points.arrow", "figures/diagram-X.svg", "figures/diagram-X.png");
    }

    /// <summary>Hopf at B = 1 + A² with frequency A (Prigogine and Lefever 1968, J. Chem. Phys. 48, 1695): period 2π/A, supercritical.</summary>
    [Fact]
    public void Continuation_gives_the_period_at_a_hopf_point()
    {
        var (code, output, _) = Pmf("continue", "brusselator.ant", "--over", "B=0.5..50:log", "--set", "A=2", "--output", "Y");
        Assert.Equal(0, code);
        Assert.Matches(@"(?m)^Hopf point +1 +5 +3\.14159 +supercritical +2\.5$", output);
        Assert.Equal(7, Directory.EnumerateFileSystemEntries(Folder).Count());
    }

    /// <summary>
    /// The MAPK cascade of Kholodenko (2000), Eur. J. Biochem. 267, 1583, over V1. Expected values were computed apart from this code: the
    /// rate laws of BIOMD0000000010 written out by hand, Newton's method, the characteristic polynomial by Faddeev and LeVerrier, and the
    /// root of the fourth Hurwitz determinant: V1 = 0.38424529, period 637.737 s, MAPK-PP 8.04764 nM.
    /// </summary>
    [Fact]
    public void Continuation_of_a_published_model_agrees_with_a_calculation_by_hurwitz()
    {
        var (code, output, _) = Pmf("continue", SharedData.Path("biomodels", "BIOMD0000000010.xml"), "--over", "J0.V1=0.02..4:log", "--output", "MAPK_PP");
        Assert.Equal(0, code);
        Assert.Matches(@"(?m)^Hopf point +1 +0\.3842453 +637\.737 +supercritical +8\.04764$", output);
    }

    /// <summary>Ishigami and Homma (1990) with a = 7, b = 0.1: S = 0.3139, 0.4424, 0; T = 0.5576, 0.4424, 0.2437 (Saltelli et al. 2008, Global Sensitivity Analysis, p. 196).</summary>
    [Fact]
    public void Sobol_indices_of_ishigami_lie_in_their_intervals()
    {
        const string range = "-3.141592653589793..3.141592653589793";
        var (code, output, error) = Pmf("sobol", "ishigami.ant", "--vary", "x1=" + range, "--vary", "x2=" + range, "--vary", "x3=" + range, "--end", "1", "--output", "R", "--samples", "4096", "-o", "s", "--json");
        Assert.Equal("", error);
        Assert.Equal(0, code);
        var columns = JsonDocument.Parse(output).RootElement.GetProperty("analysis").GetProperty("tables")[0].GetProperty("columns").EnumerateArray().ToDictionary(c => c.GetProperty("name").GetString()!, c => c);
        double[] Numbers(string name) => [.. columns[name].GetProperty("numbers").EnumerateArray().Select(v => v.GetDouble())];
        double[] first = [0.3139, 0.4424, 0], total = [0.5576, 0.4424, 0.2437];
        for (int i = 0; i < 3; i++)
        {
            Assert.InRange(first[i], Numbers("first, low")[i], Numbers("first, high")[i]);
            Assert.InRange(total[i], Numbers("total, low")[i], Numbers("total, high")[i]);
            Assert.InRange(Numbers("total effect")[i], total[i] - 0.01, total[i] + 0.01); // Sobol sequence, 4096 rows
        }

        AssertFiles("s", "analysis.json", "report.html", "indices.arrow", "outputs.arrow", "figures/indices-R.png");
        Assert.Equal(0, Pmf("sobol", "chain.ant", "--vary", "k1=50%..200%:log", "--vary", "S1=0..1", "--times", "1,2,4", "--output", "S2", "ledger:J3.extent", "--samples", "16").Code);
        AssertFiles("analyses/chain-sobol", "figures/over-time-S2.png", "indices.arrow");
        Assert.Contains("efficiency in the steady state", Pmf("sobol", "atp-demand", "--vary", "X_AtC=1e-6..5e-6", "--steady", "--output", "ledger:oxid*.efficiency", "--samples", "8", "-o", "e").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Members_that_fail_are_told_and_left_out()
    {
        // S = 1/(1 − k t) from S = 1: infinite before t = 1 where k > 1.
        var (code, output, _) = Pmf("sobol", "explosion.ant", "--vary", "k=0.1..1.2", "--end", "1", "--samples", "64", "-o", "s", "--max-steps", "2000");
        Assert.Equal(0, code);
        Assert.Matches(@"(?m)^note: \d+ members failed; their rows are left out", output);
        var (failed, _, error) = Pmf("sobol", "explosion.ant", "--vary", "k=2..3", "--end", "1", "--samples", "16", "-o", "n", "--max-steps", "2000");
        Assert.Equal(2, failed);
        Assert.Contains("0 gave finite values of 'S'", error, StringComparison.Ordinal);
        Assert.Contains("member 0:", error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(Folder, "n")));
    }

    [Theory]
    [InlineData("no steady state", "control", "growth.ant")]
    [InlineData("named 'kk'", "control", "chain.ant", "--set", "kk=1")]
    [InlineData("'k1' is not a number", "control", "chain.ant", "--set", "k1=NaN")]
    [InlineData("no flux or quantity 'S9'", "control", "chain.ant", "--only", "S9")]
    [InlineData("A file has that name", "control", "chain.ant", "-o", "taken.txt")]
    [InlineData("could not be written", "control", "chain.ant", "-o", "taken.txt/c")]
    [InlineData("horizon", "control", "chain.ant", "--horizon", "NaN")]
    [InlineData("no such file", "control", "nosuch.ant")]
    [InlineData("no scenario", "control", "atp-demand", "--scenario", "x")]
    [InlineData("No parameter is named", "continue", "schloegl.ant")]
    [InlineData("named 'q'", "continue", "schloegl.ant", "--over", "q=0..1")]
    [InlineData("there is no range", "continue", "schloegl.ant", "--over", "p=3..3")]
    [InlineData("there is no range", "continue", "schloegl.ant", "--over", "p=NaN..3")]
    [InlineData("is no range", "continue", "schloegl.ant", "--over", "0..3")]
    [InlineData("no count", "continue", "schloegl.ant", "--over", "p=1..3:5")]
    [InlineData("no two ends", "continue", "schloegl.ant", "--over", "p=1,2")]
    [InlineData("no two ends", "continue", "schloegl.ant", "--over", "p~normal(1,2)")]
    [InlineData("outside the range", "continue", "schloegl.ant", "--over", "p=0..3", "--begin", "4")]
    [InlineData("outside the range", "continue", "schloegl.ant", "--over", "p=0..3", "--begin", "NaN")]
    [InlineData("no steady state to begin at", "continue", "growth.ant", "--over", "k=1..2")]
    [InlineData("does not depend on 'X", "continue", "schloegl.ant", "--over", "X=0..1")]
    [InlineData("no output 'Q'", "continue", "schloegl.ant", "--over", "p=0..1", "--output", "Q")]
    [InlineData("along a branch there is none", "continue", "schloegl.ant", "--over", "p=0..1", "--output", "ledger:auto.extent")]
    [InlineData("longest step", "continue", "schloegl.ant", "--over", "p=0..1", "--step", "NaN")]
    [InlineData("-1 branches", "continue", "schloegl.ant", "--over", "p=0..1", "--branches", "-1")]
    [InlineData("Nothing is varied", "sobol", "chain.ant")]
    [InlineData("1 samples", "sobol", "chain.ant", "--vary", "k1=1..2", "--samples", "1")]
    [InlineData("named 'kk'", "sobol", "chain.ant", "--vary", "kk=1..2")]
    [InlineData("varied twice", "sobol", "chain.ant", "--vary", "k1=1..2", "--vary", "k1=2..3")]
    [InlineData("there is no range", "sobol", "chain.ant", "--vary", "k1=2..1")]
    [InlineData("there is no range", "sobol", "chain.ant", "--vary", "k1=NaN..1")]
    [InlineData("no output 'Q'", "sobol", "chain.ant", "--vary", "k1=1..2", "--output", "Q")]
    [InlineData("confidence of 95", "sobol", "chain.ant", "--vary", "k1=1..2", "--confidence", "95")]
    [InlineData("-1 resamples", "sobol", "chain.ant", "--vary", "k1=1..2", "--resamples", "-1")]
    [InlineData("0 threads", "sobol", "chain.ant", "--vary", "k1=1..2", "--threads", "0")]
    [InlineData("no times", "sobol", "chain.ant", "--vary", "k1=1..2", "--steady", "--points", "4")]
    public void Bad_input_gets_what_where_mend_and_leaves_nothing(string what, params string[] arguments)
    {
        var before = Directory.EnumerateFileSystemEntries(Folder).Order(StringComparer.Ordinal).ToList();
        var (code, _, error) = Pmf(arguments);
        Assert.Equal(2, code);
        Assert.Contains(what, error, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("where:", error, StringComparison.Ordinal);
        Assert.Contains("mend:", error, StringComparison.Ordinal);
        Assert.Equal(before, Directory.EnumerateFileSystemEntries(Folder).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Interrupted_by_a_signal_nothing_is_left()
    {
        Interrupts.SkipWithout();
        var before = Directory.EnumerateFileSystemEntries(Folder).Order(StringComparer.Ordinal).ToList();
        using var process = Start("sobol", SharedData.Path("bionetgen", "ring100.net"), "--vary", "k1=50%..200%:log", "--vary", "k3=50%..200%:log", "--samples", "1048576", "--end", "10", "--output", "S1", "-o", "s");
        Assert.StartsWith(SharedData.Path("bionetgen", "ring100.net"), process.StandardOutput.ReadLine(), StringComparison.Ordinal); // members are being solved
        Thread.Sleep(300);
        Interrupt(process);
        Assert.Equal(130, process.ExitCode);
        Assert.Contains("nothing was written", process.StandardError.ReadToEnd(), StringComparison.Ordinal);
        Assert.Equal(before, Directory.EnumerateFileSystemEntries(Folder).Order(StringComparer.Ordinal));
    }

    private void AssertFiles(string target, params string[] files) => Assert.All(files, file => Assert.True(File.Exists(Path.Combine(Folder, target, file)), file));
}
