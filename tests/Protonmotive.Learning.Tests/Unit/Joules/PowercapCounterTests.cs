using Protonmotive.Learning.Joules;
using Xunit;

namespace Protonmotive.Learning.Tests.Unit.Joules;

/// <summary>A made-up powercap tree: two packages with their parts, one of them with memory counted apart.</summary>
public sealed class PowercapCounterTests : IDisposable
{
    private const long Range = 262_143_328_850;
    private readonly string root = Directory.CreateTempSubdirectory("powercap-").FullName;

    public PowercapCounterTests()
    {
        Domain("intel-rapl:0", "package-0", 1_000_000);
        Domain("intel-rapl:0:0", "core", 500_000);
        Domain("intel-rapl:0:1", "dram", 200_000);
        Domain("intel-rapl:1", "package-1", 2_000_000);
        Domain("intel-rapl:2", "psys", 9_000_000);
        Domain("intel-rapl-mmio:0", "package-0", 1_000_000);
        Directory.CreateDirectory(Path.Combine(root, "intel-rapl"));
    }

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Fact]
    public void Packages_and_memory_are_added_and_nothing_twice()
    {
        var counter = PowercapCounter.TryOpen(root, isRelayed: false, out var obstacle)!;
        Assert.Empty(obstacle);
        Write("intel-rapl:0", 4_000_000);
        Write("intel-rapl:0:0", 3_000_000); // within package-0
        Write("intel-rapl:0:1", 700_000);
        Write("intel-rapl:1", 2_500_000);
        Write("intel-rapl:2", 99_000_000); // holds the packages
        counter.Sample();
        Assert.Equal(3 + 0.5 + 0.5, counter.Joules, 1e-12);
        Assert.Contains("package-0 + dram + package-1", counter.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_counter_that_begins_again_goes_on()
    {
        Write("intel-rapl:0", Range - 1_000_000);
        var counter = PowercapCounter.TryOpen(root, isRelayed: false, out _)!;
        Write("intel-rapl:0", 500_000);
        counter.Sample();
        Assert.Equal(1.5, counter.Joules, 1e-9);
        Write("intel-rapl:0", 700_000);
        counter.Sample();
        Assert.Equal(1.7, counter.Joules, 1e-9);
    }

    [Fact]
    public void A_measurement_goes_on_after_an_interruption_and_names_its_source()
    {
        var meter = new EnergyMeter(PowercapCounter.TryOpen(root, isRelayed: true, out var obstacle), obstacle, before: 10);
        Write("intel-rapl:1", 3_000_000);
        var reading = meter.Read(new OperationCount(1e9, 1e9), 5);
        Assert.Equal(EnergySource.Relayed, reading.Source);
        Assert.Equal(11, reading.Joules, 1e-9);
        Assert.Contains("all that ran on the machine", reading.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Counters_for_root_alone_are_told_with_the_way_to_read_them()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.UserName != "root", "root reads every file");
        if (OperatingSystem.IsWindows()) return; // for the analyser, which does not know Skip
        File.SetUnixFileMode(Path.Combine(root, "intel-rapl:0", "energy_uj"), UnixFileMode.None);
        Assert.Null(PowercapCounter.TryOpen(root, isRelayed: false, out var obstacle));
        Assert.Contains("chmod a+r", obstacle, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_counters_it_is_a_model_and_says_so_or_not_known()
    {
        var missing = Path.Combine(root, "none");
        var meter = new EnergyMeter(PowercapCounter.TryOpen(missing, isRelayed: false, out var obstacle), obstacle);
        var modelled = meter.Read(new OperationCount(1e6, 1e3), 1000);
        Assert.Equal(EnergySource.Modelled, modelled.Source);
        Assert.Equal((1e9 * 4.6e-12) + (1e6 * 640e-12), modelled.Joules, 1e-15); // Horowitz 2014
        Assert.Contains("no ", modelled.Remark, StringComparison.Ordinal);
        var unknown = meter.Read(null, 1000);
        Assert.Equal(EnergySource.Unavailable, unknown.Source);
        Assert.True(double.IsNaN(unknown.Joules));
        Assert.Null(new EnergyBill(unknown, new LearnedBits(1, 1, 1, 1, "image")).LabelBitsPerJoule);
    }

    [Theory]
    [InlineData("package-0", "x")]
    [InlineData("core", "1")]
    public void A_tree_without_a_package_or_with_a_damaged_counter_is_an_obstacle(string name, string value)
    {
        var other = Path.Combine(root, "other");
        var folder = Directory.CreateDirectory(Path.Combine(other, "intel-rapl:0")).FullName;
        File.WriteAllText(Path.Combine(folder, "name"), name);
        File.WriteAllText(Path.Combine(folder, "max_energy_range_uj"), $"{Range}\n");
        File.WriteAllText(Path.Combine(folder, "energy_uj"), value);
        Assert.Null(PowercapCounter.TryOpen(other, isRelayed: false, out var obstacle));
        Assert.Contains(other, obstacle, StringComparison.Ordinal);
    }

    private void Domain(string folder, string name, long energy)
    {
        Directory.CreateDirectory(Path.Combine(root, folder));
        File.WriteAllText(Path.Combine(root, folder, "name"), name + "\n");
        File.WriteAllText(Path.Combine(root, folder, "max_energy_range_uj"), $"{Range}\n");
        Write(folder, energy);
    }

    private void Write(string folder, long energy) => File.WriteAllText(Path.Combine(root, folder, "energy_uj"), $"{energy}\n");
}
