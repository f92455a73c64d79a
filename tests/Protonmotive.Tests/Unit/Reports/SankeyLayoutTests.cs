using CsCheck;
using Protonmotive.Reports.Figures;
using Xunit;

namespace Protonmotive.Tests.Unit.Reports;

public class SankeyLayoutTests
{
    private static readonly HashSet<string> last = ["heat", "work"];

    [Fact]
    public void Nodes_never_overlap_whatever_the_flows()
    {
        var value = Gen.OneOf(Gen.Double[0, 1], Gen.Const(0.0), Gen.Double[1e-9, 1e-6], Gen.Double[10, 1000]);
        value.Array[11].Sample(v =>
        {
            var layout = SankeyLayout.Of(
            [
                new("in", "a", v[0]), new("in", "b", v[1]), new("a", "mid", v[2]), new("b", "mid", v[3]), new("mid", "c", v[4]), new("mid", "d", v[5]),
                new("c", "work", v[6]), new("a", "heat", v[7]), new("b", "heat", v[8]), new("c", "heat", v[9]), new("d", "heat", v[10]),
            ], last, 0, 0, 800, 400);
            foreach (var column in layout.Nodes.GroupBy(n => n.Column))
            {
                var ordered = column.OrderBy(n => n.Y).ToList();
                for (int i = 1; i < ordered.Count; i++) Assert.True(ordered[i].Y >= ordered[i - 1].Y + ordered[i - 1].Height - 0.5f);
                Assert.All(ordered, n => Assert.InRange(n.Y + n.Height, 0, 401));
            }
        }, iter: 300);
    }

    [Fact]
    public void No_flows_give_no_nodes() => Assert.Empty(SankeyLayout.Of([], last, 0, 0, 100, 100).Nodes);
}
