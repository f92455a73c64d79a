using System.Globalization;
using System.Text;
using System.Xml.Linq;
using Protonmotive.Reports.Figures;
using Protonmotive.Reports.Fits;
using Xunit;

namespace Protonmotive.Tests.Unit.Reports;

/// <summary>Figures of analyses.</summary>
public class AnalysisFigureTests
{
    [Fact]
    public void Labels_of_crowded_points_do_not_overlap()
    {
        double[] x = [.. Enumerable.Range(0, 200).Select(i => i / 199.0)], y = [.. x.Select(v => Math.Sin(12 * v))];
        BranchMark[] marks = [.. Enumerable.Range(0, 9).Select(i => new BranchMark(i % 2 == 0 ? BranchMark.Fold : BranchMark.Hopf, $"label {i}", 0.4 + (i * 0.02), Math.Sin(12 * (0.4 + (i * 0.02)))))];
        var figure = new BifurcationFigure("d", "Steady states", new LineAxis("k (1/s)"), new LineAxis("X (M)"), [new BranchLine(x[..101], y[..101], true), new BranchLine(x[100..], y[100..], false)], marks);
        var texts = Texts(figure);
        var labels = texts.Where(t => t.Value.StartsWith("label ", StringComparison.Ordinal)).Select(Place).ToList();
        Assert.InRange(labels.Count, 5, 9);
        float width = Pen.Measure("label 0", 11);
        for (int i = 0; i < labels.Count; i++)
            for (int j = 0; j < i; j++)
                Assert.True(Math.Abs(labels[i].X - labels[j].X) >= width || Math.Abs(labels[i].Y - labels[j].Y) >= 11, $"{labels[i]} and {labels[j]}");
        foreach (var word in (string[])["stable", "unstable", "fold", "Hopf point", "k (1/s)", "X (M)"]) Assert.Contains(texts, t => t.Value == word);
        Assert.DoesNotContain(texts, t => t.Value == "stability not known");
        Assert.Equal(figure.ToSvg(), figure.ToSvg());
    }

    [Fact]
    public void Of_very_many_measurements_some_are_drawn_and_the_worst_of_all()
    {
        FitPictureRow[] rows = [.. Enumerable.Range(0, 100_000).Select(i => new FitPictureRow("y", "", i, 1, 1, 0.1, i == 77_777 ? 9.5 : Math.Sin(i), false))];
        var figure = FitFigures.Residuals(new FitPicture("s", [.. rows], []));
        var drawing = XDocument.Parse(Encoding.UTF8.GetString(figure.ToSvg()));
        Assert.Contains(drawing.Descendants().Where(e => e.Name.LocalName == "text"), t => t.Value == "y: 2,020 of 100,000 drawn");
        Assert.InRange(drawing.Descendants().Count(), 2020, 4300);
        Assert.Contains(Texts(figure), t => t.Value == "10"); // the axis reaches the one at 9.5
    }

    [Fact]
    public void Conditions_have_names_and_what_is_measured_once_in_each_stands_beside_its_simulation()
    {
        FitPictureRow[] rows =
        [
            .. Enumerable.Range(0, 5).SelectMany(i => (FitPictureRow[])[new("y", "low", i, i, i, 0.1, 0, false), new("y", "high", i, 2 * i, i, 0.1, 0, false)]),
            .. Enumerable.Range(0, 9).Select(i => new FitPictureRow("response", $"dose {i}", double.PositiveInfinity, i, i + 0.5, 0.1, -5, false)),
        ];
        var texts = Texts(FitFigures.Fits(new FitPicture("s", [.. rows], [])).Single());
        foreach (var word in (string[])["low", "high", "condition, in the order of the table", "8"]) Assert.Contains(texts, t => t.Value == word);
        Assert.DoesNotContain(texts, t => t.Value.StartsWith("dose", StringComparison.Ordinal)); // too many for a legend
    }

    [Fact]
    public void Points_that_have_no_place_are_left_out()
    {
        var figure = new BifurcationFigure("d", "Nothing", new LineAxis("k", true), new LineAxis("X", true), [new BranchLine([0.1, 1], [double.NaN, 0], null)], [new BranchMark(BranchMark.Fold, "lost", 1, double.NaN)]);
        Assert.DoesNotContain(Texts(figure), t => t.Value == "lost");
    }

    [Theory]
    [InlineData(3, true)]
    [InlineData(60, false)]
    public void A_matrix_writes_all_its_numbers_or_none(int columns, bool hasNumbers)
    {
        var values = new double[2, columns];
        for (int j = 0; j < columns; j++) (values[0, j], values[1, j]) = (0, -0.25);
        values[0, 0] = double.NaN;
        var texts = Texts(new MatrixFigure("m", "Coefficients", ["a", "b"], [.. Enumerable.Range(0, columns).Select(j => $"v{j}")], values, "coefficient"));
        Assert.Equal(hasNumbers ? columns : 0, texts.Count(t => t.Value == "-0.25" && Place(t).X < 760));
    }

    [Fact]
    public void Entries_beyond_the_scale_of_a_matrix_are_told()
    {
        var values = new double[1, 20];
        for (int j = 0; j < 20; j++) values[0, j] = 0.1;
        values[0, 3] = 50;
        Assert.Contains(Texts(new MatrixFigure("m", "Coefficients", ["a"], [.. Enumerable.Range(0, 20).Select(j => $"v{j}")], values, "coefficient")), t => t.Value.StartsWith("≥ ", StringComparison.Ordinal));
    }

    [Fact]
    public void Indices_stand_by_falling_total_effect_and_without_those_that_do_not_exist()
    {
        var texts = Texts(new IndexFigure("i", "What R depends on", [new IndexBars("little", (0.1, 0.05, 0.15), (0.2, 0.1, 0.3)), new IndexBars("much", (0.6, 0.5, 0.7), (0.8, 0.7, 0.9)), new IndexBars("none", (double.NaN, double.NaN, double.NaN), (double.NaN, double.NaN, double.NaN))]));
        Assert.True(Place(texts.Single(t => t.Value == "much")).Y < Place(texts.Single(t => t.Value == "little")).Y);
        Assert.DoesNotContain(texts, t => t.Value == "none");
    }

    private static List<XElement> Texts(Figure figure) => [.. XDocument.Parse(Encoding.UTF8.GetString(figure.ToSvg())).Descendants().Where(e => e.Name.LocalName == "text")];

    private static (float X, float Y) Place(XElement text) => (First(text, "x"), First(text, "y"));

    private static float First(XElement text, string name) => float.Parse(((string)text.Attribute(name)!).Split(',', ' ')[0], CultureInfo.InvariantCulture);
}
