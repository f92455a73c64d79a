using System.Globalization;
using System.Text;
using Protonmotive.Atlas;
using Protonmotive.Networks;
using Protonmotive.Reports.Atlas;
using Protonmotive.Reports.Documents;
using Protonmotive.Reports.Figures;
using Protonmotive.Reports.Runs;
using Protonmotive.Thermodynamics;
using Xunit;

namespace Protonmotive.Tests.Unit.Reports;

public class AtlasChapterTests
{
    [Fact]
    public void Equations_that_a_chapter_before_has_printed_are_not_printed_again()
    {
        var document = AtlasDocument.Of([Chapter("mitochondrion", "states-1-to-4"), Chapter("atp-demand", "steady")]);
        var tables = document.Blocks.OfType<Table>().Where(t => t.Columns[0].Title == "process" && t.Columns.Length == 2).Select(t => t.Rows.Select(r => r[0].Text).ToList()).ToList();
        Assert.Equal(["DH", "C1", "C3", "C4", "F1F0", "ANT", "PiC", "leak"], tables[0]);
        Assert.Equal(["ATPase"], tables[1]);
        Assert.Contains(document.Blocks.OfType<Paragraph>(), p => p.Spans is [{ Text: var names }, _, { Link: "#mitochondrion" }, ..] && names.StartsWith("DH, C1", StringComparison.Ordinal));
    }

    [Fact]
    public void Values_that_a_scenario_changes_stand_with_it()
    {
        var document = AtlasDocument.Of([Chapter("predictive-coding", "perception", "learning")]);
        var notes = document.Blocks.OfType<Paragraph>().Where(p => p.Style == ParagraphStyle.Note).Select(p => p.Spans[0].Text).ToList();
        Assert.Contains(notes, n => n.StartsWith("Values: ", StringComparison.Ordinal) && n.Contains("rate_weight = 0", StringComparison.Ordinal));
        Assert.Contains(notes, n => n.StartsWith("Values here: ", StringComparison.Ordinal) && n.Contains("rate_weight = 0.05", StringComparison.Ordinal) && !n.Contains("input", StringComparison.Ordinal));
    }

    /// <summary>In the stress test an inhibited synthase makes less ATP than is used: the ribbons say where the rest is from, and their shares add up.</summary>
    [Fact]
    public void What_a_carrier_gives_beyond_what_it_gets_is_told()
    {
        var figure = Chapter("stress-test", "full").Runs[0].Figures.OfType<SankeyFigure>().Single();
        Assert.Contains(">+ ", Encoding.UTF8.GetString(figure.ToSvg()), StringComparison.Ordinal);
        Assert.Contains("After +:", figure.Caption, StringComparison.Ordinal);
        Assert.DoesNotContain("After +:", Chapter("mitochondrion", "states-1-to-4").Runs[0].Figures.OfType<SankeyFigure>().Single().Caption, StringComparison.Ordinal);
    }

    /// <summary>Of an account of many processes the table shows the largest, and what the others come to: its columns add up.</summary>
    [Fact]
    public void Rows_that_are_left_out_are_one()
    {
        var ledger = Chapter("nested-gradients", "rest").Runs[0].Ledger;
        var table = LedgerBlocks.Largest(ledger, 4);
        int dissipated = table.Columns.Select(c => c.Title).ToList().IndexOf("dissipated");
        Assert.Equal(5, table.Rows.Length);
        Assert.Equal($"{ledger.Processes.Length - 4} more", table.Rows[^1][0].Text);
        Assert.Equal(ledger.Dissipated / 1000, table.Rows.Sum(r => double.Parse(r[dissipated].Text, CultureInfo.InvariantCulture)), 1e-3);
        Assert.Equal(ledger.Processes.Length, LedgerBlocks.Largest(ledger, ledger.Processes.Length - 1).Rows.Length); // one more takes no more room than itself
    }

    /// <summary>Where all processes stand between the same two carriers, one that works against the others has its sign: the columns add up to what was supplied and gained.</summary>
    [Fact]
    public void What_a_layer_loses_has_its_sign()
    {
        static ProcessEntry Layer(string name, double supplied, double gained) => new(name, ProcessKind.Conductor, "", AffinityStatus.Known, 1, supplied - gained, Math.Max(supplied, 0) + Math.Max(-gained, 0),
            [new CarrierEntry("batch force", supplied), new CarrierEntry("held-out loss", -gained)], 0, 1, 0);
        var rest = new ProcessEntry("rest", ProcessKind.Conductor, "", AffinityStatus.Known, 0, 0.01, 0, [], 0, null, 0) { Remark = "what the others miss" };
        var ledger = new Ledger
        {
            System = "a network", Subject = "held-out loss", StoredName = "removed", ExtentUnit = "Σ‖Δ‖", EnergyUnit = "nat", TimeUnit = "steps", Start = 0, End = 10, StoredAtStart = 0, StoredAtEnd = 0.75, HasPotentials = true, Activity = 3,
            Processes = [Layer("first", 0.5, -0.25), Layer("second", 1.5, 0.75), Layer("third", 0.25, 0.125), Layer("fourth", 0.125, 0.125), rest], Supplies = [],
        };
        var table = LedgerBlocks.Largest(ledger, 2);
        Assert.Equal(["process", "extent", "affinity at the end", "from batch force", "to held-out loss", "dissipated"], table.Columns.Select(c => c.Title));
        Assert.Equal(["first", "rest", "3 more"], table.Rows.Select(r => r[0].Text));
        double Sum(int column) => table.Rows.Sum(r => r[column].Text.Length == 0 ? 0 : double.Parse(r[column].Text, CultureInfo.InvariantCulture));
        Assert.Equal(2.375, Sum(3), 1e-9);
        Assert.Equal(0.75, Sum(4), 1e-9);
        Assert.Equal("-0.25", table.Rows[0][4].Text);
    }

    [Fact]
    public void Words_that_results_share_are_said_once()
    {
        var document = AtlasDocument.Of([Chapter("nested-gradients", "no-food")]);
        var from = document.Blocks.OfType<Table>().Single(t => t.Columns[0].Title == "result").Rows.Select(r => r[^1].Text).ToList();
        Assert.StartsWith("both papers' equations", from[0], StringComparison.Ordinal);
        Assert.All(from[1..], text => Assert.Equal("as above", text));
    }

    /// <summary>The heights of a landscape at the types that stand on it are one row, not seventeen: 0.1 (z − 1)²/2 at z from −3.2 on.</summary>
    [Fact]
    public void Numbers_of_a_row_of_names_are_one_row()
    {
        var rows = AtlasDocument.Of([Chapter("evolution-and-descent", "mutation")]).Blocks.OfType<Table>().Single(t => t.Columns[0].Title == "where").Rows;
        Assert.StartsWith("in their order: 0.882; 0.722; 0.578;", rows.Single(r => r[0].Text.StartsWith("potential of type", StringComparison.Ordinal))[1].Text, StringComparison.Ordinal);
    }

    private static AtlasChapter Chapter(string name, params string[] scenarios)
    {
        var system = AtlasCatalogue.Systems.Get(name);
        return new(system, [.. scenarios.Select(s =>
        {
            var scenario = system.Scenario(s);
            var run = Simulation.Run(new Model(name, system.Build(scenario), system, scenario), new SimulationSettings());
            return AtlasRun.Of(run.Record, Trajectory.Of(run.Solution), run.Ledger, s);
        })]);
    }
}
