using Protonmotive.Learning.Native;
using Xunit;

namespace Protonmotive.Learning.Tests.Unit.Native;

/// <summary>The bridge that the package brings is the sample: what it asks for was read with <c>readelf -V</c> and <c>readelf -r</c>.</summary>
public class ElfVersionNeedsTests
{
    private static byte[] Bridge()
    {
        var file = new[] { AppContext.BaseDirectory, Path.Combine(AppContext.BaseDirectory, "runtimes", "linux-x64", "native") }
            .Select(f => Path.Combine(f, "libLibTorchSharp.so")).FirstOrDefault(File.Exists);
        Assert.SkipWhen(file is null, "The package of TorchSharp has put no bridge for Linux beside the tests.");
        return File.ReadAllBytes(file!);
    }

    [Fact]
    public void Every_version_that_readelf_lists_is_found()
    {
        var needs = ElfVersionNeeds.Read(Bridge())!.Needs;
        Assert.Equal(28, needs.Length);
        Assert.Equal(20, needs.Count(n => n.Library == "libstdc++.so.6"));
        Assert.Contains(needs, n => n is { Library: "libc.so.6", Version: "GLIBC_2.34" });
        Assert.DoesNotContain(needs, n => n.IsWeak);
    }

    [Fact]
    public void Only_the_version_that_nothing_uses_is_made_weak()
    {
        var before = ElfVersionNeeds.Read(Bridge())!;
        Assert.False(before.Needs.Single(n => n.Version == "GLIBCXX_3.4.32").IsUsed);
        Assert.True(before.Needs.Single(n => n.Version == "GLIBCXX_3.4.30").IsUsed);
        var after = ElfVersionNeeds.Read(before.WithUnusedMadeWeak())!;
        Assert.All(after.Needs.Zip(before.Needs), pair => Assert.Equal(!pair.Second.IsUsed, pair.First.IsWeak));
    }

    [Fact]
    public void Files_of_other_kinds_and_broken_ones_are_refused()
    {
        Assert.Null(ElfVersionNeeds.Read([]));
        Assert.Null(ElfVersionNeeds.Read([.. "MZ is a program of another system"u8]));
        var bridge = Bridge();
        for (int length = 0; length < 4096; length += 61) Assert.Null(ElfVersionNeeds.Read(bridge[..length]));
    }

    [Fact]
    public void A_need_is_changed_in_two_bytes_and_nowhere_else()
    {
        var bridge = Bridge();
        var needs = ElfVersionNeeds.Read(bridge)!;
        var changed = needs.WithUnusedMadeWeak();
        var places = Enumerable.Range(0, bridge.Length).Where(i => bridge[i] != changed[i]).ToList();
        Assert.Equal(needs.Needs.Where(n => !n.IsUsed).Select(n => n.FlagsOffset), places);
    }
}
