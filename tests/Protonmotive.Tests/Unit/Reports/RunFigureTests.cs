using Protonmotive.Reports;
using Protonmotive.Reports.Figures;
using Protonmotive.Reports.Runs;
using Xunit;

namespace Protonmotive.Tests.Unit.Reports;

public sealed class RunFigureTests
{
    /// <summary>A name is one thing: it stands in the legend once, whatever its place in a panel.</summary>
    [Fact]
    public void Curves_of_one_name_have_one_entry_in_the_legend()
    {
        GraphCurve Curve(string name) => new(name, [0, 1], [1, 2]);
        var figure = Assert.IsType<PanelFigure>(RunReport.Graph(new GraphRecord("g", "Courses and errors", [new GraphPanel("course", "t", "x", [Curve("recorded"), Curve("network")]), new GraphPanel("error", "t", "e", [Curve("network"), Curve("baseline")])])));
        Assert.Equal(["recorded", "network", "baseline"], figure.Legend.Select(c => c.Label));
        Assert.Equal(3, figure.Legend.Select(c => c.Color).Distinct().Count());
        Assert.NotEmpty(figure.ToSvg());
    }

    /// <summary>A source is told in full once, then by author and year; a column of units that has none is left out.</summary>
    [Fact]
    public void Parameters_say_a_source_once()
    {
        const string paper = "Kingma and Ba (2015), Adam: a method for stochastic optimization, arXiv 1412.6980";
        ParameterRecord Parameter(string name, string unit, string source) => new(name, 1, unit, "", source, false);
        var table = RunDocument.Parameters([Parameter("a", "", paper), Parameter("b", "", "a convention of ours"), Parameter("c", "", paper), Parameter("d", "", "a convention of ours")]);
        Assert.Equal(["name", "value", "what it is", "source"], table.Columns.Select(c => c.Title));
        Assert.Equal([paper, "a convention of ours", "Kingma and Ba (2015)", "a convention of ours"], table.Rows.Select(r => r[^1].Text));
        Assert.Contains("unit", RunDocument.Parameters([Parameter("a", "s", paper)]).Columns.Select(c => c.Title));
    }

    /// <summary>What was taken at some times alone is drawn as dots joined by lines; elsewhere a NaN is a gap.</summary>
    [Fact]
    public void Samples_are_joined_and_gaps_are_left()
    {
        var trajectory = new Trajectory([new TrajectoryColumn(Trajectory.TimeName, "steps", [0, 1, 2]), new TrajectoryColumn("a", "1", [1, double.NaN, 100])]);
        string Drawn(bool isSampled) => System.Text.Encoding.UTF8.GetString(new TimeCourseFigure(
            new RunRecord { System = "s", Title = "t", End = 2, Panels = [new PanelRecord("a", "1", [new CurveRecord("a", "a", 1) { IsSampled = isSampled }]) { IsLogarithmic = true }] }, trajectory).ToSvg());
        Assert.Equal(2, Drawn(true).Split("<ellipse").Length + Drawn(true).Split("<circle").Length - 2);
        Assert.DoesNotContain("<ellipse", Drawn(false), StringComparison.Ordinal);
    }
}
