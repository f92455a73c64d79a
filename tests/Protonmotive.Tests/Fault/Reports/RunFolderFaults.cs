using Protonmotive.Atlas;
using Protonmotive.Reports;
using Protonmotive.Reports.Runs;
using Xunit;

namespace Protonmotive.Tests.Fault.Reports;

public sealed class RunFolderFaults : IDisposable
{
    private static readonly Lazy<Run> run = new(() =>
    {
        var system = AtlasCatalogue.Systems.Get("atp-synthase");
        var scenario = system.Scenario(null);
        var result = Simulation.Run(new Model(system.Name, system.Build(scenario), system, scenario), new SimulationSettings());
        return RunReport.Make(result.Record, Trajectory.Of(result.Solution), result.Ledger);
    });

    private readonly string folder = Path.Combine(Path.GetTempPath(), "pmf-" + Path.GetRandomFileName());

    public RunFolderFaults() => Directory.CreateDirectory(folder);

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void What_is_written_is_read()
    {
        var target = Path.Combine(folder, "run");
        RunFolder.Write(target, run.Value);
        var (record, trajectory, ledger) = RunFolder.Read(target);
        Assert.Equal(run.Value.Record.Title, record.Title);
        Assert.Equal(run.Value.Record.Parameters.Length, record.Parameters.Length);
        Assert.Equal(run.Value.Trajectory.Columns.Select(c => (c.Name, c.Unit)), trajectory.Columns.Select(c => (c.Name, c.Unit)));
        Assert.Equal(run.Value.Trajectory.Columns[^1].Values, trajectory.Columns[^1].Values);
        Assert.Equal(run.Value.Ledger.ToString(), ledger.ToString());
        Assert.Equal(run.Value.Ledger.ClosureResidual, ledger.ClosureResidual);
        Assert.Equal(["figures", "ledger.arrow", "report.html", "run.json", "trajectory.arrow"], Directory.EnumerateFileSystemEntries(target).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_run_that_is_there_is_not_lost()
    {
        var target = Path.Combine(folder, "run");
        RunFolder.Write(target, run.Value);
        Assert.Throws<RunFolderException>(() => RunFolder.Write(target, run.Value));
        RunFolder.Write(target, run.Value, overwrite: true);
        RunFolder.Read(target);
        Assert.Single(Directory.EnumerateFileSystemEntries(folder));
    }

    [Fact]
    public void A_folder_that_is_no_run_is_never_replaced()
    {
        File.WriteAllText(Path.Combine(folder, "thesis.txt"), "years");
        Assert.Throws<RunFolderException>(() => RunFolder.Write(folder, run.Value, overwrite: true));
        Assert.True(File.Exists(Path.Combine(folder, "thesis.txt")));
    }

    [Fact]
    public void Stopped_writing_leaves_nothing()
    {
        var target = Path.Combine(folder, "run");
        Assert.Throws<OperationCanceledException>(() => RunFolder.Write(target, run.Value, cancellation: new CancellationToken(canceled: true)));
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder));
    }

    [Fact]
    public void A_disk_without_room_is_said_and_leaves_nothing()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "This system has no /dev/full to stand for a full disk.");
        // A figure whose name leads to a device that is always full: the write fails as on a full disk.
        var target = Path.Combine(folder, "run");
        var broken = run.Value with { Figures = [("../../../../../../../../../../dev/full", new byte[1 << 20])] };
        var e = Assert.Throws<RunFolderException>(() => RunFolder.Write(target, broken));
        Assert.Contains("could not be written", e.What, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder));
    }

    [Theory]
    [InlineData("trajectory.arrow")]
    [InlineData("ledger.arrow")]
    [InlineData("run.json")]
    public void Truncated_and_missing_files_are_named(string file)
    {
        var target = Path.Combine(folder, "run");
        RunFolder.Write(target, run.Value);
        var path = Path.Combine(target, file);
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..40]);
        Assert.Contains(file, Assert.Throws<RunFolderException>(() => RunFolder.Read(target)).What, StringComparison.Ordinal);
        File.Delete(path);
        Assert.Contains(file, Assert.Throws<RunFolderException>(() => RunFolder.Read(target)).What, StringComparison.Ordinal);
    }

    [Fact]
    public void No_run_there() => Assert.Throws<RunFolderException>(() => RunFolder.Read(Path.Combine(folder, "nothing")));

    [Fact]
    public void Report_stands_alone_and_escapes()
    {
        var hostile = run.Value.Record with { Title = "<script>alert(1)</script>", Question = "a & b" };
        var page = RunReport.Make(hostile, run.Value.Trajectory, run.Value.Ledger).Report;
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("&lt;script&gt;", page, StringComparison.Ordinal);
        Assert.DoesNotMatch("(src|href)=\"https?:", page);
    }

    [Fact]
    public void Figures_are_wellformed_and_the_same_every_time()
    {
        var again = RunReport.Make(run.Value.Record, run.Value.Trajectory, run.Value.Ledger);
        foreach (var ((name, bytes), (_, second)) in run.Value.Figures.Zip(again.Figures))
        {
            Assert.Equal(bytes, second);
            if (name.EndsWith(".svg", StringComparison.Ordinal)) System.Xml.Linq.XDocument.Parse(System.Text.Encoding.UTF8.GetString(bytes));
            else Assert.Equal<byte>([0x89, (byte)'P', (byte)'N', (byte)'G'], bytes[..4]);
        }
    }
}
