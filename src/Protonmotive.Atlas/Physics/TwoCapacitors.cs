using System.Collections.Immutable;
using Protonmotive.Catalogue;
using Protonmotive.Networks;
using Protonmotive.Solvers;
using Protonmotive.Symbolics;

namespace Protonmotive.Atlas.Physics;

/// <summary>A charged capacitor joined to an equal empty one through a resistor: I = (V₁ − V₂)/R. Half of the energy is lost, whatever R is.</summary>
public sealed class TwoCapacitors : CatalogueSystem
{
    /// <inheritdoc/>
    public override string Name => "two-capacitors";

    /// <inheritdoc/>
    public override string Title => "Two capacitors and a resistor";

    /// <inheritdoc/>
    public override string Domain => "physics";

    /// <inheritdoc/>
    public override string Question => "Can charge be shared without loss by a better wire?";

    /// <inheritdoc/>
    public override ImmutableArray<string> Sources { get; } = ["Powell RA (1979). Two-capacitor problem: a more realistic view. Am J Phys 47:460–462."];

    /// <inheritdoc/>
    public override ImmutableArray<Scenario> Scenarios { get; } = [new("wire", "1 F at 1 V onto 1 F at 0 V, through 1 Ω.", 20), new("thin-wire", "The same through 50 Ω.", 1000)];

    /// <inheritdoc/>
    public override ImmutableArray<Scenario> Shown => Scenarios;

    /// <inheritdoc/>
    public override ImmutableArray<Panel> Panels { get; } = [new("voltage", "V", [new("left", "left"), new("right", "right")]), new("current", "A", [new("wire", "left to right")])];

    /// <inheritdoc/>
    public override Network Build(Scenario scenario)
    {
        var b = new NetworkBuilder(Title);
        var (left, right) = (b.Parameter("C_left", 1, "F"), b.Parameter("C_right", 1, "F"));
        b.Store("left", b.Parameter("q_0", 1, "C"), q => q * q / (2 * left), "C", "V");
        b.Store("right", 0, q => q * q / (2 * right), "C", "V");
        b.Process("wire", ProcessKind.Conductor, "left <-> right", FluxLaw.Ohm(1 / b.Parameter("R", scenario.Name == "wire" ? 1 : 50, "Ω")), unit: "A");
        b.Define("energy", (left * Expression.Power(Expression.Symbol("left"), 2) / 2) + (right * Expression.Power(Expression.Symbol("right"), 2) / 2), "J");
        return b.Build();
    }

    /// <inheritdoc/>
    public override ImmutableArray<NamedResult> Results(Scenario scenario, Solution solution)
    {
        double end = solution.FinalTime;
        return
        [
            new NamedResult("voltage of both at the end", At(solution, "left", end), "V").Against(0.5, 1e-6, "charge is conserved"),
            new NamedResult("energy lost", At(solution, "energy", 0) - At(solution, "energy", end), "J").Against(0.25, 1e-6, "½ C₁C₂/(C₁ + C₂) V²: R is not in it"),
        ];
    }
}
