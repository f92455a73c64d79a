using Xunit;

namespace Protonmotive.Tests.Fault.Cli;

/// <summary>Trainings in the catalogue and in the atlas, without libtorch.</summary>
public sealed class TrainingCommandLine : PmfTests
{
    [Fact]
    public void Trainings_are_listed_and_shown_with_what_they_were_checked_against()
    {
        var list = Pmf("list").Output;
        foreach (string name in (string[])["learning\n", "mlp", "convnet", "transformer", "ecg", "respiration", "flow"]) Assert.Contains(name, list, StringComparison.Ordinal);
        var (code, output, error) = Pmf("show", "mlp");
        Assert.Equal("", error);
        Assert.Equal(0, code);
        foreach (string part in (string[])["(learning)", "flatten, dense 256, relu", "pmf train mlp --show", "beta1", "[Kingma and Ba (2015)", "agrees with 90 ± 0.6: Zalando", "Xiao, Rasul and Vollgraf"]) Assert.Contains(part, output, StringComparison.Ordinal);
        Assert.DoesNotContain("DIFFERS", output, StringComparison.Ordinal);
        Assert.Contains("pmf train mlp", Pmf("run", "mlp").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_atlas_shows_the_runs_that_are_kept()
    {
        var (code, output, error) = Pmf("atlas", "--only", "two-capacitors,mlp,flow", "--out", "a");
        Assert.Equal("", error);
        Assert.Equal(0, code);
        Assert.Contains("3 systems", output, StringComparison.Ordinal);
        var page = File.ReadAllText(Path.Combine(Folder, "a", "atlas.html"));
        foreach (string part in (string[])["pmf train mlp", "id=\"flow\"", "runs/mlp/report.html", "Kingma and Ba"]) Assert.Contains(part, page, StringComparison.Ordinal);
        Assert.Contains("kept with pmf", File.ReadAllText(Path.Combine(Folder, "a", "runs", "mlp", "report.html")), StringComparison.Ordinal);
        Assert.Equal(0, Pmf("atlas", "--only", "mlp", "--out", "a").Code); // again, over what is there
    }
}
