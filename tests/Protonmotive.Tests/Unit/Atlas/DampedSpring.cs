using System.Collections.Immutable;
using Protonmotive.Catalogue;
using Protonmotive.Networks;
using Protonmotive.Solvers;
using Protonmotive.Symbolics;

namespace Protonmotive.Tests.Unit.Atlas;

/// <summary>A spring in honey: x falls to 0, and all of ½kx² becomes heat.</summary>
public sealed class DampedSpring : CatalogueSystem
{
    public override string Name => "damped-spring";
    public override string Title => "A spring in honey";
    public override string Domain => "physics";
    public override string Question => "Where does the energy of a slow spring go?";
    public override ImmutableArray<string> Sources => ["Purcell EM (1977). Life at low Reynolds number. Am J Phys 45:3–11."];
    public override ImmutableArray<Scenario> Scenarios => [new("release", "From 10 cm.", 10)];
    public override ImmutableArray<Panel> Panels => [new("displacement", "m", [new("x", "x")])];

    public override Network Build(Scenario scenario)
    {
        var b = new NetworkBuilder(Title);
        var k = b.Parameter("k", 2, "N/m");
        b.Store("spring", 0.1, x => k * x * x / 2, "m", "N");                     // content x, potential ∂G/∂x: the force
        b.Process("creep", ProcessKind.Leak, "spring ->", FluxLaw.Ohm(1 / b.Parameter("friction", 1, "N·s/m")), unit: "m/s");
        b.Define("x", Expression.Symbol("spring.content"), "m");
        return b.Build();
    }

    public override ImmutableArray<NamedResult> Results(Scenario scenario, Solution solution) =>
        [new NamedResult("x at the end", At(solution, "x", solution.FinalTime), "m").Against(0.1 * Math.Exp(-20), 1e-8, "x₀ e^(−kt/friction)")];
}
