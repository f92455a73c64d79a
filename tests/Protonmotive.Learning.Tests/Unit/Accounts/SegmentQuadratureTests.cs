using Protonmotive.Learning.Accounts;
using Xunit;

namespace Protonmotive.Learning.Tests.Unit.Accounts;

public class SegmentQuadratureTests
{
    /// <summary>Lobatto's rule with 4 points is exact to degree 5, its extension to 9 (Gander and Gautschi 2000).</summary>
    [Fact]
    public void Polynomials_are_exact_in_one_rule()
    {
        int calls = 0;
        Assert.Equal(1, SegmentQuadrature.Integrate(x => { calls++; return 6 * Math.Pow(x, 5); }, 1e-9).Value, 1e-15);
        Assert.Equal(7, calls);
        Assert.Equal(1, SegmentQuadrature.Integrate(x => 10 * Math.Pow(x, 9), 1e9).Value, 1e-15);
        Assert.Equal(Math.E - 1, SegmentQuadrature.Integrate(Math.Exp, 1e-9).Value, 1e-11);
    }

    /// <summary>Steps at 999 places, at the rule's own points and close to the ends among them.</summary>
    [Fact]
    public void Jumps_are_found_wherever_they_are()
    {
        for (int i = 1; i < 1000; i++)
        {
            double place = i / 1000.0, near = place / 500;
            Assert.Equal(1 - place, SegmentQuadrature.Integrate(x => x > place ? 1 : 0, 1e-6).Value, 1e-6);
            Assert.Equal(1 - near, SegmentQuadrature.Integrate(x => x > near ? 1 : 0, 1e-6).Value, 1e-6);
        }
    }
}
