using Protonmotive.Cli.Learning;
using Xunit;

namespace Protonmotive.Learning.Tests.Architecture;

/// <summary>The engine and pmf's own commands never need libtorch; the folders of the learning half use only what stands above them.</summary>
public class LearningStandsApart
{
    private static readonly string[] folders = ["Native", "Data", "Joules", "Models", "Accounts", "Descent", "Training", "Diagnoses"];

    [Fact]
    public void The_program_pmf_restores_and_loads_nothing_of_it()
    {
        var dependencies = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "pmf.deps.json"));
        Assert.Contains("Protonmotive.Reports", dependencies, StringComparison.Ordinal);
        foreach (var word in new[] { "torch", "Protonmotive.Learning" }) Assert.DoesNotContain(word, dependencies, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Folders_use_only_what_stands_above_them()
    {
        var architecture = new ArchUnitNET.Loader.ArchLoader().LoadAssemblies(typeof(Native.LibTorch).Assembly).Build();
        var faults = architecture.Types.Where(t => Level(t.Namespace?.FullName) >= 0).SelectMany(type => type.Dependencies.Select(d => d.Target)
            .Where(target => Level(target.Namespace?.FullName) > Level(type.Namespace?.FullName) && !target.FullName.Contains("+<", StringComparison.Ordinal)) // type parameters are taken for each other
            .Select(target => $"{type.FullName} uses {target.FullName}"));
        Assert.Empty(faults.Distinct());
    }

    [Fact]
    public void The_library_drags_in_nothing_unexpected() =>
        Assert.All(typeof(Native.LibTorch).Assembly.GetReferencedAssemblies().Select(a => a.Name!), name =>
            Assert.True(name is "Protonmotive" or "Protonmotive.Formats" or "Protonmotive.Reports" or "Protonmotive.Trainings" or "TorchSharp" or "Google.Protobuf" or "YamlDotNet" or "Sylvan.Data.Csv" || name.StartsWith("System", StringComparison.Ordinal), name));

    [Theory]
    [InlineData("linux-arm64")]
    [InlineData("osx-x64")]
    public void Systems_that_are_not_served_are_told_before_anything_is_built(string system) =>
        Assert.Contains(system, Assert.Throws<LearningHalfException>(() => LearningHalf.CheckSystem(system)).Where, StringComparison.Ordinal);

    [Theory]
    [InlineData("linux-arm64", true, "libtorch is not made for linux-arm64", "train on one of")]
    [InlineData("linux-x64", false, "libtorch is not here", "publish src/Protonmotive.Learning.Cli")]
    [InlineData("linux-x64", true, "libtorch is not here yet", "'pmf train mlp' fetches it")]
    public void What_is_missing_is_told_with_the_command_that_gets_it(string system, bool isClone, string reason, string remedy)
    {
        var nowhere = Path.Combine(Path.GetTempPath(), "no-such-place", "learning", "pmf-learning.dll");
        var missing = LearningHalf.WhatIsMissing("pmf train mlp", system, nowhere, isClone ? Path.GetDirectoryName(nowhere) : null);
        Assert.Equal(reason, missing?.Reason);
        Assert.Contains(remedy, missing?.Remedy, StringComparison.Ordinal);
        Assert.Null(LearningHalf.WhatIsMissing("pmf train mlp", "linux-x64", typeof(LearningHalf).Assembly.Location, null));
    }

    [Theory]
    [InlineData(0, "12 s, fetching packages")]
    [InlineData(128.4, "12 s, fetching libtorch: 128 of 600 MB")]
    [InlineData(640, "12 s, libtorch is here; compiling")]
    public void The_first_build_tells_what_it_waits_for(double megabytes, string expected) => Assert.Equal(expected, BuildProgress.Text(12.3, megabytes));

    private static int Level(string? name) => Array.FindIndex(folders, f => name == "Protonmotive.Learning." + f || name?.StartsWith($"Protonmotive.Learning.{f}.", StringComparison.Ordinal) == true);
}
