using System.Collections.Immutable;
using Protonmotive.Catalogue;
using Protonmotive.Networks;
using Protonmotive.Solvers;

namespace Protonmotive.Atlas.Physics;

/// <summary>Two bodies that conduct heat to one another: dU/dt = −G (T₁ − T₂). Their exergy at T₀ falls by T₀ times the entropy produced.</summary>
public sealed class ThermalContact : CatalogueSystem
{
    private const double Capacity = 1, Hot = 400, Cold = 300;

    /// <inheritdoc/>
    public override string Name => "thermal-contact";

    /// <inheritdoc/>
    public override string Title => "Two bodies in thermal contact";

    /// <inheritdoc/>
    public override string Domain => "physics";

    /// <inheritdoc/>
    public override string Question => "What is lost when heat falls from hot to cold and nothing is done with it?";

    /// <inheritdoc/>
    public override ImmutableArray<string> Sources { get; } = ["Callen HB (1985). Thermodynamics and an introduction to thermostatistics, 2nd ed., Wiley, ch. 4."];

    /// <inheritdoc/>
    public override ImmutableArray<Scenario> Scenarios { get; } =
    [
        new("equal", "Two bodies of 1 J/K, at 400 K and 300 K; surroundings at 300 K, so what is stored is what could become work between the bodies and them.", 20),
        new("large-cold-body", "The cold body holds nine times the heat per kelvin.", 20),
    ];

    /// <inheritdoc/>
    public override ImmutableArray<Panel> Panels { get; } = [new("temperature", "K", [new("hot", "hot body"), new("cold", "cold body")]), new("heat flow", "W", [new("contact", "hot to cold")])];

    /// <inheritdoc/>
    public override Network Build(Scenario scenario)
    {
        var b = new NetworkBuilder(Title);
        b.AmbientTemperature = b.Parameter("T_0", Cold, "K", description: "ambient temperature, of which exergy is counted");
        b.HeatStore("hot", b.Parameter("C_hot", Capacity, "J/K"), Hot);
        b.HeatStore("cold", b.Parameter("C_cold", ColdCapacity(scenario), "J/K"), Cold);
        b.Process("contact", ProcessKind.Conductor, "hot <-> cold", FluxLaw.Fourier(b.Parameter("G", 1, "W/K")), unit: "W");
        return b.Build();
    }

    /// <inheritdoc/>
    public override ImmutableArray<NamedResult> Results(Scenario scenario, Solution solution)
    {
        double end = solution.FinalTime, c = ColdCapacity(scenario), mean = ((Capacity * Hot) + (c * Cold)) / (Capacity + c);
        double hot = At(solution, "hot", end), cold = At(solution, "cold", end), entropy = (Capacity * Math.Log(hot / Hot)) + (c * Math.Log(cold / Cold));
        return
        [
            new NamedResult("temperature of both at the end", hot, "K").Against(mean, 1e-4, "energy is conserved: (C₁T₁ + C₂T₂)/(C₁ + C₂)"),
            new NamedResult("entropy produced", entropy, "J/K").Against((Capacity * Math.Log(mean / Hot)) + (c * Math.Log(mean / Cold)), 1e-6, "C₁ ln(T/T₁) + C₂ ln(T/T₂)"),
        ];
    }

    private static double ColdCapacity(Scenario scenario) => scenario.Name == "equal" ? Capacity : 9 * Capacity;
}
