using CsCheck;
using Protonmotive.Symbolics;
using Protonmotive.Tests.Property.Symbolics;
using Protonmotive.Networks;
using Xunit;

namespace Protonmotive.Tests.Property.Formats;

/// <summary>What is written as SBML reads back as the same network.</summary>
public class SbmlRoundTrip
{
    [Fact]
    public void Random_networks_come_back_as_they_were() =>
        Gen.Int[0, 1_000_000].Sample(seed => { SameNetwork.Returns(RandomNetworks.Make(seed, whole: false)); }, iter: 40);

    [Fact]
    public void Networks_with_everything_come_back_as_they_were()
    {
        SameNetwork.Returns(RandomNetworks.Make(1, whole: true));    // skips where the reader does not read it all
        Gen.Int[0, 1_000_000].Sample(seed =>
        {
            var network = RandomNetworks.Make(seed, whole: true);
            var returned = SameNetwork.Returns(network);
            Assert.Equal(network.Documentation[""], returned.Documentation[""] with { Name = null });
            Assert.Equal(network.Documentation["A"], network.Find("A") is null ? network.Documentation["A"] : returned.Documentation["A"] with { Name = null });
        }, iter: 40);
    }

    /// <summary>Of all operations but those that are written in other words, the very same expression comes back.</summary>
    [Fact]
    public void Random_formulas_come_back_as_the_same_object() =>
        RandomExpressions.Any.Where(e => !ExpressionGraph.PostOrder(e).Any(n => n.Operation is Operation.Expm1 or Operation.Branch or Operation.Digamma)).Sample(formula =>
        {
            var b = new NetworkBuilder("formulas");
            foreach (var name in new[] { "a", "b", "c" }) b.Parameter(name, 1.5);
            b.Define("f", formula);
            var returned = SameNetwork.Read(SameNetwork.Text(b.Build()));
            Assert.Same(formula, returned.Assignments.Single().Value);
        }, iter: 200);
}
