using System.Buffers.Binary;
using System.Text;
using System.Xml.Linq;
using Protonmotive.Reports.Figures;
using Xunit;

namespace Protonmotive.Tests.Unit.Reports;

public class FigureTests
{
    private static readonly ScatterFigure figure = new("ΔΨ & \"O₂\" <test>", "O₂ uptake (nmol/min/U CS)", ["Pi 1 mM", "Pi 5 mM"],
    [
        new("ΔΨ (mV)", [[(7.55, 186.3), (33, 175.3), (85.9, 165.7)], [(7.56, 186.4), (33.1, 175.4)]], [[(10.5, 183.2)], [(14.5, 183.5)]]),
        new("NADH < all & none", [[(0, 0), (1, double.NaN), (2, 0)], []], [[], []]),
    ]);

    [Fact]
    public void Svg_is_well_formed_scales_and_names_fonts_to_fall_back_on()
    {
        var svg = XDocument.Parse(Encoding.UTF8.GetString(figure.ToSvg()), LoadOptions.PreserveWhitespace).Root!;
        Assert.Equal($"0 0 {figure.Width} {figure.Height}", (string?)svg.Attribute("viewBox"));
        var texts = svg.Descendants().Where(e => e.Name.LocalName == "text").ToList();
        Assert.Contains(texts, t => t.Value == "NADH < all & none");
        Assert.All(texts, t => Assert.EndsWith("sans-serif", (string)t.Attribute("font-family")!, StringComparison.Ordinal));
    }

    [Fact]
    public void Png_has_its_signature_and_size()
    {
        var png = figure.ToPng();
        Assert.Equal([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], png[..8]);
        Assert.Equal((int)(figure.Width * 1.6f), BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)));
        Assert.Equal((int)(figure.Height * 1.6f), BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20)));
    }

    [Fact]
    public void The_same_figure_gives_the_same_bytes()
    {
        Assert.Equal(figure.ToSvg(), figure.ToSvg());
        Assert.Equal(figure.ToPng(), figure.ToPng());
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(-12.3, 186.4)]
    [InlineData(2e-9, 6e-6)]
    [InlineData(5, 5)]
    [InlineData(1e7, 3e7)]
    public void Ticks_are_few_round_and_inside_and_their_labels_differ(double low, double high)
    {
        var axis = Axis.Around([low, high]);
        var ticks = axis.Ticks().ToList();
        Assert.InRange(ticks.Count, 2, 9);
        Assert.True(axis.Low <= low && high <= axis.High);
        Assert.All(ticks, t => Assert.InRange(axis.Place(t), -1e-6, 1 + 1e-6));
        Assert.Equal(ticks.Count, ticks.Select(axis.Label).Distinct().Count());
    }
}
