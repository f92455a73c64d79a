using System.Text.Json;
using Xunit;

namespace Protonmotive.Tests.Fault.Cli;

/// <summary>pmf sens, as a user meets it.</summary>
public sealed class SensCommandLine : PmfTests
{
    public SensCommandLine()
    {
        Write("decay.ant", "model decay\n J: S -> ; k*S\n S = 2; k = 0.7\nend");
        Write("late.ant", "model late\n J: S -> ; k*delay(S, 1)\n S = 2; k = 0.7\nend");
    }

    /// <summary>By hand: S = S₀ e^(−kt), so ∂ln S/∂ln k = −kt = −1.4 at t = 2, and ∂ln S/∂ln S₀ = 1.</summary>
    [Fact]
    public void A_decay_answers_as_by_hand()
    {
        var (code, output, error) = Pmf("sens", "decay.ant", "--end", "2");
        Assert.Equal("", error);
        Assert.Equal(0, code);
        Assert.Matches(@"(?m)^S +0\.49319 +k -1\.400, default_compartment 1\.400, S\.initial 1\.000$", output);
        var root = JsonDocument.Parse(Pmf("sens", "decay.ant", "--times", "1", "2", "--parameters", "k", "--json").Output).RootElement;
        Assert.Equal(-2 * 2 * Math.Exp(-1.4), root.GetProperty("rows")[1].GetProperty("quantities")[0].GetProperty("slopes").GetProperty("k").GetDouble(), 1e-6);
        Assert.Contains("forward and adjoint", Pmf("sens", "decay.ant", "--check", "--end", "2").Output, StringComparison.Ordinal);
    }

    /// <summary>By hand: at rest A = B keeps A + B = 3, so A = 3 k2/(k1 + k2) = 2, ∂ln A/∂ln k1 = −k1/(k1 + k2) = −1/3, ∂ln A/∂ln A₀ = 1/3.</summary>
    [Fact]
    public void A_state_of_rest_answers_as_by_hand()
    {
        Write("pair.ant", "model pair\n J: A -> B; k1*A - k2*B\n A = 1; B = 2; k1 = 0.5; k2 = 1\nend");
        var (code, output, error) = Pmf("sens", "pair.ant", "--steady", "--only", "A", "--all", "--parameters", "k1", "k2", "A", "--figure", Path.Combine(Folder, "a.svg"));
        Assert.Equal("", error);
        Assert.Equal(0, code);
        Assert.Contains("pair.ant at rest", output, StringComparison.Ordinal);
        Assert.Matches(@"(?m)^k1 +0\.5 +-0\.33333 +-1\.3333$", output);
        Assert.Matches(@"(?m)^A\.initial +1 +0\.33333 +0\.66667$", output);
        string drawn = File.ReadAllText(Path.Combine(Folder, "a.svg"));
        Assert.Contains("k2", drawn, StringComparison.Ordinal);
        Assert.Contains("+0.333", drawn, StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_of_the_ledger_are_given_at_rest_and_along_a_course()
    {
        var output = Pmf("sens", "atp-demand", "--steady", "--only", "ledger:*.efficiency", "--parameters", "X_H", "X_F").Output;
        Assert.Matches(@"(?m)^ledger:oxidative phosphorylation\.efficiency +0\.75679 +X_H -0\.061$", output);
        Assert.Contains("ledger:F1F0.efficiency", output, StringComparison.Ordinal);
        output = Pmf("sens", "atp-demand", "--ledger", "--end", "1", "--parameters", "X_H").Output;
        Assert.Contains("ledger:closure", output, StringComparison.Ordinal);
        Assert.Contains("ledger:leak.dissipated (J)", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("A state of rest has no times", "decay.ant", "--steady", "--times", "1")]
    [InlineData("A figure shows one quantity", "decay.ant", "--end", "1", "--only", "S", "J", "--figure", "s.svg")]
    [InlineData("A figure can't be written as '.gif'", "decay.ant", "--end", "1", "--figure", "s.gif")]
    [InlineData("There is no quantity 'ledger:closed'", "atp-demand", "--only", "ledger:closed")]
    [InlineData("There is no quantity 'Q'", "decay.ant", "--only", "Q")]
    [InlineData("Nothing that can vary is named 'Q'", "decay.ant", "--parameters", "Q")]
    [InlineData("depends on its own past", "late.ant")]
    [InlineData("There is no sensitivity at t = -1", "decay.ant", "--times", "-1")]
    [InlineData("There is no such file", "absent.ant")]
    public void What_is_wrong_is_said(string message, params string[] arguments)
    {
        var (code, output, error) = Pmf(["sens", .. arguments]);
        Assert.NotEqual(0, code);
        Assert.Equal("", output);
        Assert.Contains(message, error, StringComparison.Ordinal);
        Assert.Contains("mend:", error, StringComparison.Ordinal);
    }
}
