using System.Collections.Immutable;
using Apache.Arrow;
using Apache.Arrow.Ipc;
using Protonmotive.Formats;
using Protonmotive.Reports.Runs;
using Protonmotive.Reports.Scans;
using Protonmotive.Solvers.Designs;
using Xunit;

namespace Protonmotive.Tests.Unit.Reports.Scans;

public sealed class ScanTests : IDisposable
{
    private readonly string folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), "scan-" + Path.GetRandomFileName())).FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_table_holds_every_member_with_its_units_and_the_exact_answer()
    {
        var record = Scan.Run(Plan(700), In("a"));
        Assert.Equal((true, 0), (record.IsFinished, record.Failed));
        using var arrow = Arrow("a");
        int row = 0;
        while (arrow.ReadNextRecordBatch() is { } batch)
        {
            Assert.Equal(["member", "k", "time", "A"], batch.Schema.FieldsList.Select(f => f.Name));
            Assert.Equal("varied", batch.Schema.GetFieldByName("k").Metadata["role"]);
            var (member, k, time, a) = ((Int64Array)batch.Column(0), (DoubleArray)batch.Column(1), (DoubleArray)batch.Column(2), (DoubleArray)batch.Column(3));
            for (int i = 0; i < batch.Length; i++, row++)
            {
                Assert.Equal(row / 3, member.GetValue(i));
                Assert.Equal(row % 3 * 5.0, time.GetValue(i));
                Assert.Equal(10 * Math.Exp(-k.GetValue(i)!.Value * time.GetValue(i)!.Value), a.GetValue(i)!.Value, 1e-4); // 1e-6 of 10, some steps
            }
        }
        Assert.Equal(2100, row);
        Assert.False(Directory.Exists(In("a", "parts")));
        Assert.Equal(["bands.png", "bands.svg"], Directory.EnumerateFiles(In("a", "figures")).Select(Path.GetFileName).Where(f => f!.StartsWith("bands", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Parquet_holds_the_same_table_with_the_same_units()
    {
        Scan.Run(Plan(100), In("a"));
        using var arrow = Arrow("a");
        using var first = arrow.ReadNextRecordBatch();
        using var file = new ParquetSharp.Arrow.FileReader(In("a", "members.parquet"));
        Assert.Equal(first!.Schema.FieldsList.Select(f => (f.Name, f.Metadata["unit"])), file.Schema.FieldsList.Select(f => (f.Name, f.Metadata["unit"])));
        var table = ParameterTable.Load(In("a", "members.parquet"));
        Assert.Equal(300, table.Count);
        for (int r = 0; r < 300; r += 37) Assert.Equal(((DoubleArray)first.Column(3)).GetValue(r), table.Point(r)[3]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_stopped_scan_goes_on_to_the_same_bits(bool reduce)
    {
        Scan.Run(Plan(2000, reduce: reduce), In("whole"));
        Stop(Plan(2000, reduce: reduce, threads: 1), In("resumed"), 1100);
        Assert.False(File.Exists(In("resumed", "members.arrow")));
        long before = -1;
        Scan.Run(Plan(2000, reduce: reduce), In("resumed"), progress: new Told(p => before = p.Before));
        Assert.Equal(1024, before); // two parts of 512
        foreach (var name in (string[])["statistics.arrow", "statistics.parquet", .. reduce ? System.Array.Empty<string>() : ["members.arrow", "members.parquet"]])
            Assert.Equal(File.ReadAllBytes(In("whole", name)), File.ReadAllBytes(In("resumed", name)));
        Assert.Equal(!reduce, File.Exists(In("resumed", "members.arrow")));
    }

    [Fact]
    public void Statistics_are_the_same_whether_members_are_kept_or_not()
    {
        Scan.Run(Plan(1500), In("kept"));
        Scan.Run(Plan(1500, reduce: true), In("reduced"));
        Assert.Equal(File.ReadAllBytes(In("kept", "statistics.arrow")), File.ReadAllBytes(In("reduced", "statistics.arrow")));
        Assert.Equal(File.ReadAllBytes(In("kept", "figures", "bands.svg")), File.ReadAllBytes(In("reduced", "figures", "bands.svg")));
    }

    [Theory]
    [InlineData("part-000000.arrow", 0.5)]
    [InlineData("part-000000.arrow", 0)]
    [InlineData("part-000001.json", 0.5)]
    public void A_truncated_part_is_done_again(string name, double kept)
    {
        Scan.Run(Plan(2000), In("whole"));
        Stop(Plan(2000), In("resumed"), 1100);
        var path = In("resumed", "parts", name);
        var bytes = File.ReadAllBytes(path);
        File.WriteAllBytes(path, bytes[..(int)(kept * bytes.Length)]);
        long before = -1;
        Scan.Run(Plan(2000), In("resumed"), progress: new Told(p => before = p.Before));
        Assert.Equal(512, before);
        Assert.Equal(File.ReadAllBytes(In("whole", "members.arrow")), File.ReadAllBytes(In("resumed", "members.arrow")));
    }

    [Fact]
    public void A_changed_byte_is_found()
    {
        Stop(Plan(2000), In("a"), 1100);
        var path = In("a", "parts", "part-000001.arrow");
        var bytes = File.ReadAllBytes(path);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(path, bytes);
        long before = -1;
        Scan.Run(Plan(2000), In("a"), progress: new Told(p => before = p.Before));
        Assert.Equal(512, before);
    }

    [Fact]
    public void Other_settings_are_refused_with_what_differs_and_leave_all_as_it_was()
    {
        Stop(Plan(2000), In("a"), 600);
        var error = Assert.Throws<ScanException>(() => Scan.Run(Plan(2000, tolerance: 1e-8), In("a")));
        Assert.Contains("unfinished scan with other settings", error.What, StringComparison.Ordinal);
        Assert.Contains("relative tolerance: 1E-06 there, 1E-08 here", error.What, StringComparison.Ordinal);
        Assert.True(File.Exists(In("a", "parts", "part-000000.arrow")));
        Assert.Throws<ScanException>(() => Scan.Run(Plan(2001), In("a")));
        Assert.True(Scan.Run(Plan(2001), In("a"), overwrite: true).IsFinished);
    }

    [Fact]
    public void A_finished_scan_is_not_done_again()
    {
        Scan.Run(Plan(100), In("a"));
        var time = File.GetLastWriteTimeUtc(In("a", "members.arrow"));
        bool told = false;
        Assert.True(Scan.Run(Plan(100), In("a"), progress: new Told(_ => told = true)).IsFinished);
        Assert.False(told);
        Assert.Equal(time, File.GetLastWriteTimeUtc(In("a", "members.arrow")));
    }

    [Fact]
    public void A_folder_that_is_no_scan_is_left_alone()
    {
        Directory.CreateDirectory(In("mine"));
        File.WriteAllText(In("mine", "thesis.txt"), "x");
        Assert.Throws<ScanException>(() => Scan.Run(Plan(100), In("mine"), overwrite: true));
        Assert.Equal(["thesis.txt"], Directory.EnumerateFileSystemEntries(In("mine")).Select(Path.GetFileName));
        File.WriteAllText(In("file"), "x");
        Assert.Throws<ScanException>(() => Scan.Run(Plan(100), In("file")));
    }

    [Fact]
    public void Failures_are_listed_by_member_also_after_going_on()
    {
        // dA/dt = k A² blows up at t = 1/(k A₀): k = 0.01·member/n, so with A₀ = 10 members beyond n/10 fail before t = 100.
        ScanPlan Explosive() => new(Load("model boom\n J: 2 A -> 3 A; k*A*A\n A = 10; k = 0.001\nend"),
            new ScanSettings { Design = new GridDesign([new LinearRange("k", 0, 0.01) { Count = 1300 }]), End = 100, Outputs = ["A"] });
        var whole = Scan.Run(Explosive(), In("whole"));
        Assert.InRange(whole.Failed, 1160, 1175); // 1300 · (1 − 0.1), two neighbours more or less
        Stop(Explosive(), In("resumed"), 600);
        Scan.Run(Explosive(), In("resumed"));
        var lines = File.ReadAllLines(In("whole", "failures.csv"));
        Assert.Equal(lines, File.ReadAllLines(In("resumed", "failures.csv")));
        Assert.Equal("member,time,reason", lines[0]);
        Assert.Equal(whole.Failed, lines.Length - 1);
        var last = lines[^1].Split(',');
        Assert.Equal("1299", last[0]);
        Assert.Equal(10, double.Parse(last[1], System.Globalization.CultureInfo.InvariantCulture), 0.1); // 1/(0.01 · 10)
    }

    [Fact]
    public void Ledger_numbers_are_those_of_the_ledger()
    {
        // Additions of ADP are jumps, so all that the closing identity holds is at work here.
        var system = Protonmotive.Atlas.AtlasCatalogue.Systems.Get("mitochondrion");
        var model = new Model("mitochondrion", system.Build(system.Scenarios[0]), system, system.Scenarios[0]);
        var ledger = Simulation.Run(model, new SimulationSettings { Points = 2, Method = new Protonmotive.Solvers.Rodas4() }).Ledger;
        var plan = new ScanPlan(model, new ScanSettings { Design = new GridDesign([new ListedRange("X_H", [model.Network.Parameters.First(p => p.Name == "X_H").Value.Value])]), Outputs = ["ledger:*"], Method = new Protonmotive.Solvers.Rodas4() });
        var statistics = Scan.Run(plan, In("a")).Statistics.ToDictionary(s => s.Output, s => s.Mean);
        void Same(double expected, string name) => Assert.Equal(expected, statistics["ledger:" + name]!.Value, 1e-9 * Math.Max(1e-12, Math.Abs(expected)));
        Same(ledger.Supplied, "supplied");
        Same(ledger.Dissipated, "dissipated");
        Same(ledger.StoredChange, "stored");
        Same(ledger.Activity, "activity");
        Assert.InRange(statistics["ledger:closure"]!.Value, 0, 1e-5); // ten times the relative tolerance
        foreach (var p in ledger.Processes)
        {
            Same(p.Extent, p.Name + ".extent");
            if (p.Posts && !p.IsLoad) Same(p.Power, p.Name + ".dissipated");
            if (p.Work is { } work) Same(work, p.Name + ".work");
            if (p.Efficiency is { } e) Assert.Equal(e, statistics[$"ledger:{p.Name}.efficiency"]!.Value, 1e-9);
        }
        foreach (var b in ledger.Boundaries) if (b.Efficiency is { } e) Assert.Equal(e, statistics[$"ledger:{b.Name}.efficiency"]!.Value, 1e-9);
        foreach (var s in ledger.Supplies.Where(s => s.Kind == Protonmotive.Thermodynamics.SupplyKind.Reservoir)) Same(s.Energy, "supplied." + s.Name);
    }

    [Fact]
    public void Steady_states_are_found_member_by_member()
    {
        var model = Load("model inflow\n J1: -> S; v\n J2: S -> ; k*S\n S = 0; v = 2; k = 1\nend");
        var plan = new ScanPlan(model, new ScanSettings { Design = new GridDesign([new ListedRange("k", [0.5, 1, 4])]), Outputs = ["S"], Steady = true });
        Scan.Run(plan, In("a"));
        using var arrow = Arrow("a");
        var s = (DoubleArray)arrow.ReadNextRecordBatch()!.Column(2);
        Assert.Equal([4, 2, 0.5], [Math.Round(s.GetValue(0)!.Value, 6), Math.Round(s.GetValue(1)!.Value, 6), Math.Round(s.GetValue(2)!.Value, 6)]); // v/k
    }

    [Fact]
    public void Starting_values_vary_by_the_name_of_the_species()
    {
        var plan = new ScanPlan(Decay(), new ScanSettings { Design = new GridDesign([new ListedRange("A", [1, 3])]), Outputs = ["A"], End = 0.5 });
        Scan.Run(plan, In("a"));
        using var arrow = Arrow("a");
        using var batch = arrow.ReadNextRecordBatch();
        Assert.Equal(3.0, ((DoubleArray)batch!.Column(2)).GetValue(1)!.Value / ((DoubleArray)batch.Column(2)).GetValue(0)!.Value, 1e-6);
    }

    [Theory]
    [InlineData("kk", "A", "'kk'")]
    [InlineData("k", "AA", "'AA'")]
    [InlineData("k", "ledger:nothing", "'ledger:nothing'")]
    public void Unknown_names_are_refused_before_anything_is_written(string varied, string output, string said)
    {
        var error = Assert.Throws<ScanException>(() => new ScanPlan(Decay(), new ScanSettings { Design = new GridDesign([new ListedRange(varied, [1])]), Outputs = [output] }));
        Assert.Contains(said, error.What, StringComparison.Ordinal);
    }

    private static ScanPlan Plan(int members, bool reduce = false, int threads = 2, double tolerance = 1e-6) => new(Decay(), new ScanSettings
    {
        Design = SampledDesign.Sobol([new LinearRange("k", 0.1, 1)], members, 3),
        End = 10,
        Points = 3,
        Outputs = ["A"],
        Reduce = reduce,
        Threads = threads,
        Tolerance = new Protonmotive.Solvers.Tolerance(tolerance, 1e-9),
    });

    private static Model Decay() => Load("model decay\n J: A -> B; k*A\n A = 10; B = 0; k = 1\nend");

    private static Model Load(string antimony)
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".ant");
        File.WriteAllText(path, antimony);
        try
        {
            return new Model("model.ant", ModelFormats.Load(path));
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>Stops a scan as soon as so many members are done.</summary>
    private static void Stop(ScanPlan plan, string folder, long after)
    {
        using var source = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(() => Scan.Run(plan, folder, progress: new Told(p => { if (p.Done >= after) source.Cancel(); }), cancellation: source.Token));
    }

    private string In(params string[] parts) => Path.Combine([folder, .. parts]);

    private ArrowFileReader Arrow(string name) => new(new MemoryStream(File.ReadAllBytes(In(name, "members.arrow"))));

    private sealed class Told(Action<ScanProgress> action) : IProgress<ScanProgress>
    {
        public void Report(ScanProgress value) => action(value);
    }
}
