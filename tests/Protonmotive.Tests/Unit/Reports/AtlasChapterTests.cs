using System.Globalization;
using System.Text;
using Protonmotive.Atlas;
using Protonmotive.Reports.Atlas;
using Protonmotive.Reports.Documents;
using Protonmotive.Reports.Figures;
using Protonmotive.Reports.Runs;
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
