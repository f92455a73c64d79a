using System.Collections.Immutable;
using Protonmotive.Catalogue;
using Protonmotive.Networks;
using Protonmotive.Solvers;
using Protonmotive.Symbolics;

namespace Protonmotive.Atlas.Chemistry;

/// <summary>
/// The Daniell cell, Zn + Cu²⁺ ⇌ Zn²⁺ + Cu, discharged through a load: the reaction lifts two moles of electrons to the terminal for each turnover, and
/// they fall through the load. Potentials of the ions are 2F times their standard electrode potentials. Two half-cells and an ideal bridge, written as one volume.
/// </summary>
public sealed class DaniellCell : CatalogueSystem
{
    private const double Zinc = -0.7618, Copper = 0.3419, T = 298.15, Inner = 1;

    /// <inheritdoc/>
    public override string Name => "daniell-cell";

    /// <inheritdoc/>
    public override string Title => "A redox cell and its load";

    /// <inheritdoc/>
    public override string Domain => "chemistry";

    /// <inheritdoc/>
    public override string Question => "What decides whether the fall of electrons does work or is lost?";

    /// <inheritdoc/>
    public override ImmutableArray<string> Sources { get; } = ["Haynes WM, ed. (2016). CRC Handbook of chemistry and physics, 97th ed., Electrochemical series: Zn²⁺/Zn −0.7618 V, Cu²⁺/Cu 0.3419 V."];

    /// <inheritdoc/>
    public override ImmutableArray<Scenario> Scenarios { get; } =
    [
        new("discharge", "0.1 M of both ions in 1 L, inner resistance 1 Ω, load 9 Ω, 10,000 s; the terminal is charged at the start. Zn2 and Cu2 are the ions Zn²⁺ and Cu²⁺.", 1e4),
        new("strong-current", "The same with a load as small as the inner resistance.", 1e4),
    ];

    /// <inheritdoc/>
    public override ImmutableArray<Panel> Panels { get; } =
        [new("ions", "mol/L", [new("Zn2", "Zn²⁺"), new("Cu2", "Cu²⁺")]), new("voltage", "V", [new("emf", "of the cell at rest"), new("terminal", "at the load")]), new("current", "A", [new("load", "through the load")])];

    /// <inheritdoc/>
    public override Network Build(Scenario scenario)
    {
        var b = new NetworkBuilder(Title);
        b.Temperature = b.Parameter("T", T, "K");
        b.Faraday = b.Parameter("F", PhysicalConstants.CodataFaraday, "C/mol", "CODATA 2018");
        var (electrons, capacitance) = (2 * b.Faraday, b.Parameter("C", 1e-3, "F", description: "of the terminal, small"));
        var (inner, load) = (b.Parameter("R_inner", Inner, "Ω"), b.Parameter("R_load", Load(scenario), "Ω"));
        var vessel = b.Compartment("cell", 1);
        var zinc = b.Reservoir("Zn", vessel, 1, standardPotential: 0, description: "metal, at activity 1");
        var copper = b.Reservoir("Cu", vessel, 1, standardPotential: 0, description: "metal, at activity 1");
        var (atZinc, atCopper) = (b.Parameter("E_Zn", Zinc, "V", Sources[0]), b.Parameter("E_Cu", Copper, "V", Sources[0]));
        var zincIon = b.Species("Zn2", vessel, 0.1, 2, electrons * atZinc);
        var copperIon = b.Species("Cu2", vessel, 0.1, 2, electrons * atCopper);
        var terminal = b.Store("terminal", capacitance * (atCopper - atZinc) * load / (load + inner), q => q * q / (2 * capacitance), "C", "V");
        b.Process("reaction", ProcessKind.Pump, [new(zinc, 1), new(copperIon, 1)], [new(zincIon, 1), new(copper, 1), new(terminal, electrons)], FluxLaw.Ohm(1 / (electrons * electrons * inner)));
        b.Process("load", ProcessKind.Load, "terminal ->", FluxLaw.Ohm(1 / load), unit: "A");
        b.Define("emf", atCopper - atZinc - (b.RT / electrons * Expression.Log(zincIon.Symbol / copperIon.Symbol)), "V", "Nernst's equation");
        return b.Build();
    }

    /// <inheritdoc/>
    public override ImmutableArray<NamedResult> Results(Scenario scenario, Solution solution)
    {
        double end = solution.FinalTime, emf = At(solution, "emf", end), voltage = At(solution, "terminal", end);
        return
        [
            new NamedResult("voltage at rest, equal ions", At(solution, "emf", 0), "V").Against(1.1037, 1e-9, "CRC Handbook: 0.3419 V + 0.7618 V"),
            new NamedResult("voltage at the load over that at rest", voltage / emf, "1", "at the end").Against(Load(scenario) / (Load(scenario) + Inner), 1e-4, "R_load/(R_load + R_inner)"),
            new NamedResult("Cu²⁺ left", At(solution, "Cu2", end), "mol/L"),
        ];
    }

    private static double Load(Scenario scenario) => scenario.Name == "discharge" ? 9 : 1;
}
