using Protonmotive.Kernels;
using Protonmotive.Networks;
using Protonmotive.Symbolics;
using Xunit;
using static Protonmotive.Tests.Unit.Kernels.Systems;

namespace Protonmotive.Tests.Unit.Kernels;

public sealed class StartValues
{
    [Fact]
    public void Definitions_follow_what_they_need()
    {
        var kernel = Kernel.Compile(Of([State("y", 1, -S("y"))],
            Parameter("c", S("a") + S("b")), Parameter("b", 2 * S("a")), Parameter("a", 3), Parameter("late", Expression.Time)));
        Assert.Equal([9, 6, 3, 20], kernel.Parameters(startTime: 20));
        Assert.Equal([5, 4, 1, 0], kernel.Parameters(new Dictionary<string, double> { ["b"] = 4, ["a"] = 1 }));
    }

    [Fact]
    public void An_override_changes_only_what_names_it()
    {
        var same = S("a") + 1;
        var kernel = Kernel.Compile(Of([State("y", 1, -S("y"))], Parameter("a", 3), Parameter("first", same), Parameter("second", same), Parameter("third", 2 * same)));
        Assert.Equal([3, 100, 4, 8], kernel.Parameters(new Dictionary<string, double> { ["first"] = 100 }));
    }

    [Fact]
    public void Initial_states_follow_the_parameters_and_quadratures_begin_at_0()
    {
        var system = Of([new StateVariable("y", "", 2 * S("a"), -S("y"))], Parameter("a", 3)) with { Quadratures = [new Quadrature("q", "", S("y"), null, 1)] };
        var kernel = Kernel.Compile(system);
        Assert.Equal([8, 0], kernel.InitialState([4]));
    }

    [Fact]
    public void Scales_are_those_of_groups_and_quadratures()
    {
        var system = Of(
            [
                new StateVariable("a", "", 2, 0, "amounts"), new StateVariable("b", "", -5, 0, "amounts"),
                new StateVariable("c", "", 9, 0), new StateVariable("d", "", 0, 0, "empty"),
            ], Parameter("k", 3)) with
        {
            Quadratures = [new Quadrature("part", "", 1, "total", S("k") * S("c")), new Quadrature("total", "", 1, null, 4)],
        };
        var kernel = Kernel.Compile(system);
        Assert.Equal([5, 5, 1, 1, 27, 4], kernel.AbsoluteScales(kernel.InitialState(kernel.Parameters())));
        Assert.Equal([0, 1, 2, 3, 5, 5], kernel.ScaleIndices);
    }
}
