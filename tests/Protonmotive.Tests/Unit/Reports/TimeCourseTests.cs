using System.Collections.Immutable;
using System.Text;
using System.Xml.Linq;
using Protonmotive.Reports.Figures;
using Protonmotive.Reports.Runs;
using Xunit;

namespace Protonmotive.Tests.Unit.Reports;

/// <summary>Laws of the time-course figure: axes, colours, labels.</summary>
public class TimeCourseTests
{
    [Theory]
    [InlineData(0, 5)]
    [InlineData(-1e-7, 186)] // rounding below 0
    [InlineData(0.005, 0.005)]
    [InlineData(0.42, 0.4201)]
    public void Below_zero_goes_an_axis_only_if_values_do(double low, double high)
    {
        var axis = Axis.Around([low, high], level: Axis.Level);
        Assert.Equal(0, axis.Low);
        Assert.True(axis.High >= high);
    }

    [Theory]
    [InlineData(-77, -76.9)]
    [InlineData(300, 300.1)]
    [InlineData(0.005, 0.005)]
    public void A_level_is_not_blown_up(double low, double high)
    {
        var axis = Axis.Around([low, high], level: Axis.Level);
        Assert.True(axis.High - axis.Low >= 0.1 * Math.Abs(high), $"{axis.Low} to {axis.High}");
    }

    [Theory]
    [InlineData(1.234e-4, 1.2347e-4)]
    [InlineData(123456, 123459)]
    [InlineData(1.00001, 1.00002)]
    public void Labels_of_ticks_differ_however_near_they_are(double low, double high)
    {
        var axis = Axis.Exactly(low, high);
        var labels = axis.Ticks().Select(axis.Label).ToList();
        Assert.InRange(labels.Count, 2, 9);
        Assert.Equal(labels.Count, labels.Distinct().Count());
    }

    [Fact]
    public void An_axis_that_begins_a_little_after_a_tick_begins_at_it()
    {
        var scale = PlotScale.Around([0.13, 14.7], tight: true);
        Assert.Equal(0, scale.Ticks().First().Value);
        Assert.Equal(0, scale.Place(0), 1e-12);
    }

    [Fact]
    public void A_name_has_one_colour_in_all_panels()
    {
        var colors = CurveColors.Of([["V", "Na⁺ at equilibrium", "K⁺ at equilibrium"], ["Na⁺", "K⁺", "leak"], ["[Na⁺]"], ["ATP"]]);
        Assert.Equal(colors[0][1], colors[1][0]);
        Assert.Equal(colors[0][2], colors[1][1]);
        Assert.Equal(colors[1][0], colors[2][0]);
        Assert.All(colors, panel => Assert.Equal(panel.Length, panel.Distinct().Count()));
    }

    [Fact]
    public void Labels_that_differ_are_cut_so_that_they_still_do()
    {
        string[] labels = ["blocks.0.attention.query.weight", "blocks.0.attention.value.weight", "bias"];
        var cut = Pen.FittedApart(labels, 11, 130, isBold: true);
        Assert.Equal(3, cut.Distinct().Count());
        Assert.Equal("bias", cut[2]);
        Assert.All(cut, t => Assert.True(Pen.Measure(t, 11, true) <= 130));
    }

    [Fact]
    public void Time_is_logarithmic_where_all_happens_at_the_start()
    {
        Assert.Contains("time (s), logarithmic", Texts(Course(1e-3)));
        Assert.Contains("time (s)", Texts(Course(30)));
        // A jump that the axis would hide, and what follows it.
        Assert.Contains("time (s), logarithmic", Texts(Course(3, 1e-5)));
        Assert.Contains("time (s)", Texts(Course(3)));
        // A logarithmic panel shows its jump by itself.
        var (jump, course) = Course(3, 1e-5);
        Assert.Contains("time (s)", Texts((jump with { Panels = [jump.Panels[0] with { IsLogarithmic = true }] }, course)));
        // Phases stand side by side on a linear axis only.
        var (run, trajectory) = Course(1e-3);
        Assert.Contains("time (s)", Texts((run with { Phases = [new("rest", 0, 50), new("work", 50, 100)] }, trajectory)));
    }

    [Fact]
    public void An_event_says_when_it_is_unless_a_band_begins_there()
    {
        var (run, trajectory) = Course(30);
        var texts = Texts((run with { Events = [new(60, "exercise")] }, trajectory));
        Assert.Contains("exercise at 60 s", texts);
        texts = Texts((run with { Events = [new(60, "exercise")], Phases = [new("rest", 0, 60), new("exercise", 60, 100)] }, trajectory));
        Assert.DoesNotContain("exercise at 60 s", texts);
        Assert.Contains("exercise", texts);
    }

    // e^(−t/τ) to 100 s, and half of a second one if there is, with rows that follow them.
    private static (RunRecord, Trajectory) Course(double tau, double? jump = null)
    {
        double[] times = [0, .. Enumerable.Range(0, 200).Select(i => 1e-6 * Math.Pow(1e8, i / 199.0))];
        var run = new RunRecord { System = "s", Title = "t", Panels = [new PanelRecord("x", "", [new CurveRecord("x", "x", 1)])], End = 100 };
        return (run, new Trajectory([new TrajectoryColumn(Trajectory.TimeName, "s", [.. times]), new TrajectoryColumn("x", "", [.. times.Select(t => Math.Exp(-t / tau) + (jump is { } first ? Math.Exp(-t / first) / 2 : 0))])]));
    }

    private static ImmutableArray<string> Texts((RunRecord Run, Trajectory Trajectory) course) =>
        [.. XDocument.Parse(Encoding.UTF8.GetString(new TimeCourseFigure(course.Run, course.Trajectory).ToSvg())).Descendants().Where(e => e.Name.LocalName == "text").Select(e => e.Value)];
}
