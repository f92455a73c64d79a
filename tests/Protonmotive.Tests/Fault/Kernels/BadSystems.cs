using Protonmotive.Kernels;
using Protonmotive.Networks;
using Protonmotive.Symbolics;
using Xunit;
using static Protonmotive.Tests.Unit.Kernels.Systems;

namespace Protonmotive.Tests.Fault.Kernels;

public sealed class BadSystems
{
    [Fact]
    public void An_undefined_symbol_is_named_with_its_equation()
    {
        var error = Assert.Throws<UndefinedSymbolException>(() => Kernel.Compile(Of([State("y", 1, -S("kk1") * S("y"))], Parameter("kk", 1))));
        Assert.Equal("kk1", error.Symbol);
        Assert.Contains("rate of 'y'", error.Where, StringComparison.Ordinal);
        Assert.Contains("'kk'", error.Mend, StringComparison.Ordinal);
    }

    [Fact]
    public void An_undefined_symbol_is_found_in_every_kind_of_equation()
    {
        var good = Of([State("y", 1, -S("y"))], Parameter("k", 1));
        var x = S("nowhere");
        EquationSystem[] bad =
        [
            good with { States = [new StateVariable("y", "", x, 1)] },
            good with { States = [new StateVariable("y", "", S("y"), 1)] },
            good with { Parameters = [Parameter("k", x)] },
            good with { Modes = [new Mode("m", Expression.Less(x, 1))] },
            good with { Quadratures = [new Quadrature("q", "", x, null, 1)] },
            good with { Quadratures = [new Quadrature("q", "", 1, null, x)] },
            good with { Quadratures = [new Quadrature("q", "", 1, "nowhere", 1)] },
            good with { Observables = [new Observable("o", "", x)] },
            good with { Events = [new EventDefinition("e", x, [])] },
            good with { Events = [new EventDefinition("e", 1, [new EventAssignment("y", x)])] },
            good with { Events = [new EventDefinition("e", 1, [new EventAssignment("nowhere", 1)])] },
        ];
        foreach (var system in bad) Assert.Throws<UndefinedSymbolException>(() => Kernel.Compile(system));
    }

    [Fact]
    public void A_loop_of_definitions_is_named()
    {
        var error = Assert.Throws<AlgebraicLoopException>(() => Kernel.Compile(Of(
            [State("y", 1, -S("y"))], Parameter("outside", S("a")), Parameter("a", S("b") + 1), Parameter("b", 2 * S("c")), Parameter("c", S("a")))));
        Assert.Equal(["a", "b", "c"], error.Loop);
        Assert.Contains("a → b → c → a", error.What, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_twice_is_refused()
    {
        Assert.Equal("k", Assert.Throws<DuplicateSymbolException>(() => Kernel.Compile(Of([State("k", 1, 1)], Parameter("k", 1)))).Symbol);
    }

    [Fact]
    public void An_unknown_override_lists_near_names()
    {
        var kernel = Kernel.Compile(Of([State("y", 1, -S("y"))], Parameter("X_CI", 1), Parameter("X_CIII", 1)));
        var error = Assert.Throws<UnknownParameterException>(() => kernel.Parameters(new Dictionary<string, double> { ["x_C1"] = 2 }));
        Assert.Contains("'X_CI'", error.Mend, StringComparison.Ordinal);
    }

    [Fact]
    public void Values_that_are_not_numbers_are_named()
    {
        var kernel = Kernel.Compile(Of([new StateVariable("y", "", 1 / S("k"), -S("y"))], Parameter("k", 1), Parameter("inverse", 1 / S("k"))));
        Assert.Equal("k", Assert.Throws<NonFiniteValueException>(() => kernel.Parameters(new Dictionary<string, double> { ["k"] = double.NaN })).Name);
        // A parameter that follows from others may be infinite or undefined as long as nothing that runs needs it.
        Assert.Equal(double.PositiveInfinity, kernel.Parameters(new Dictionary<string, double> { ["k"] = 0 })[1]);
        Assert.Equal("y", Assert.Throws<NonFiniteValueException>(() => kernel.InitialState([0, 1])).Name);
    }
}
