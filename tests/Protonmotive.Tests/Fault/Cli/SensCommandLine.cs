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

    [Theory]
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
