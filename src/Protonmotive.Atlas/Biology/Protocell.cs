using System.Collections.Immutable;
using Protonmotive.Catalogue;
using Protonmotive.Networks;
using Protonmotive.Solvers;
using Protonmotive.Symbolics;

namespace Protonmotive.Atlas.Biology;

/// <summary>
/// A cell between an acid and an alkaline flow, per litre of it. Ions leak through both halves of its membrane in a constant field; on the acid half sit synthases that stop where
/// n Δμ = ΔG_ATP, an electroneutral antiporter and a pump. The flows have one potential, so both halves are one capacitor.
/// </summary>
/// <remarks>
/// Constants, ranges and what counts as agreement were fixed before the first run: docs/decisions/protocell.md. The equations are textbook physics, not those of Sojo et al., which
/// could not be had. Machines follow J = J_max tanh(A/2RT).
/// </remarks>
public sealed class Protocell : CatalogueSystem
{
    internal const double Leaky = 1e-3, Tight = 1e-6, Density = 1e10;
    private const double Avogadro = 6.02214076e23; // 1/mol
    private const string Fixed = "docs/decisions/protocell.md", Ours = "ours, fixed beforehand";

    /// <inheritdoc/>
    public override string Name => "protocell";

    /// <inheritdoc/>
    public override string Title => "A protocell in a natural proton gradient";

    /// <inheritdoc/>
    public override string Domain => "biology";

    /// <inheritdoc/>
    public override string Question => "Can a cell live on a gradient that nobody pumps, and when does a pump begin to pay?";

    /// <inheritdoc/>
    public override ImmutableArray<string> Sources { get; } =
    [
        "Sojo V, Pomiankowski A, Lane N (2014). A bioenergetic basis for membrane divergence in archaea and bacteria. PLoS Biol 12:e1001926.",
        "Deamer DW, Nichols JW (1983). Proton-hydroxide permeability of liposomes. Proc Natl Acad Sci USA 80:165–168.",
        "Paula S, Volkov AG, Van Hoek AN, Haines TH, Deamer DW (1996). Permeation of protons, potassium ions, and small polar molecules through phospholipid bilayers as a function of membrane thickness. Biophys J 70:339–348.",
        "Schlegel K, Leone V, Faraldo-Gómez JD, Müller V (2012). Promiscuous archaeal ATP synthase concurrently coupled to Na⁺ and H⁺ translocation. Proc Natl Acad Sci USA 109:947–952.",
        "Turina P, Samoray D, Gräber P (2003). H⁺/ATP ratio of proton transport-coupled ATP synthesis and hydrolysis catalysed by CF0F1-liposomes. EMBO J 22:418–426.",
        "Taglicht D, Padan E, Schuldiner S (1991). Overproduction and purification of a functional Na⁺/H⁺ antiporter coded by nhaA (ant) from Escherichia coli. J Biol Chem 266:11289–11294.",
    ];

    /// <inheritdoc/>
    public override ImmutableArray<Scenario> Scenarios { get; } =
    [
        new("leaky", "A leaky membrane: permeability to H⁺ (P_H) 10⁻³ cm/s, as of fatty acids; neither antiporter nor pump. A scan of all permeabilities compares it with cells that have antiporters, pumps or both, as many of each to an area as synthases. Powers are shares of the most that the synthases can make. V_out is the potential outside less that inside, −V. The five predictions, some in parts, are those of Sojo et al. (2014), with measures fixed before the first run. They are tried at 14 settings: these values, and one at a time pH 5 and 6 on the acid side, ten times as many or as few pumps, antiporters and synthases, P_ratio (of other ions) of 10⁻⁷ and 10⁻⁵, 45 and 55 kJ/mol for an ATP, and synthases that take no Na⁺. Tight: P_H of 10⁻⁶ cm/s.", 2e5),
        new("tight", "A tight membrane: permeability to H⁺ 10⁻⁶ cm/s, a thousandfold less.", 2e5),
        new("antiporter", "Leaky, with an antiporter: sodium leaves for protons.", 2e5),
        new("both-tight", "Tight, with antiporter and pump.", 2e5),
    ];

    /// <inheritdoc/>
    public override ImmutableArray<Panel> Panels { get; } =
    [
        new("energy of an ion that enters", "kJ/mol", [new("dmu_H", "proton, acid side", 1e-3), new("dmu_Na", "sodium", 1e-3)]),
        new("power", "share of the most", [new("power", "ATP made")]),
        new("pH inside", "1", [new("pH_in", "pH")]),
        new("sodium inside", "M", [new("Na_in", "Na⁺")]),
        new("potential (inside less outside)", "mV", [new("potential", "V", 1e3)]),
    ];

    /// <inheritdoc/>
    public override Network Build(Scenario scenario)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        var b = new NetworkBuilder(Title) { Per = "litre of cell", TraceConcentration = 1e-20 };
        b.Temperature = b.Parameter("T", 298.15, "K");
        var (RT, F) = (b.RT, b.Faraday);
        var permeability = b.Parameter("P_H", scenario.Name.Contains("tight", StringComparison.Ordinal) ? Tight : Leaky, "cm/s", Fixed, "of H⁺ and of OH⁻");
        var ratio = b.Parameter("P_ratio", 1e-6, "1", Ours, "permeability of other ions over that of H⁺");
        var half = b.Parameter("area", 3e4, "1/cm", "3/(2r), r = 0.5 µm", "one half of the membrane over the volume of the cell");
        var Kw = b.Parameter("K_w", 1e-14, "M²", "textbook");
        var (pHAcid, pHAlkaline, water) = (b.Parameter("pH_acid", 7, "1", Fixed), b.Parameter("pH_alkaline", 10, "1", Fixed), b.Parameter("k_w", 1.4e11, "1/(M s)", "Eigen and De Maeyer 1955"));
        Compartment acid = b.Compartment("acid", 1), alkaline = b.Compartment("alkaline", 1), cell = b.Compartment("cell", 1);
        var membrane = b.Membrane("V_out", [acid, alkaline], [cell], b.Parameter("C", 60, "F", "1 µF/cm², textbook", "of the membrane of one litre of cells"), 0, description: "potential outside less inside");
        var hydroxide = -(RT * Expression.Log(Kw)); // so that μ(H⁺) + μ(OH⁻) = RT ln([H⁺][OH⁻]/K_w)
        var (sodium, potassium) = (b.Parameter("Na_0", 0.45, "M", "sea water, rounded"), b.Parameter("K_0", 0.01, "M", "sea water, rounded"));
        var start = Expression.Power(10, -pHAcid);
        void Ion(string name, double charge, Expression inside, Expression inAcid, Expression inAlkaline, Expression p, Expression? standard = null)
        {
            Species Held(string at, Compartment place, Expression level) => b.Reservoir($"{name}_{at}", place, level, charge, standard ?? 0, unit: "M");
            b.Species($"{name}_in", cell, inside, charge, standard ?? 0, unit: "M");
            Held("acid", acid, inAcid);
            Held("alk", alkaline, inAlkaline);
            foreach (string side in (string[])["acid", "alk"]) b.Process($"leak_{name}_{side}", ProcessKind.Leak, $"{name}_{side} <-> {name}_in", FluxLaw.GoldmanHodgkinKatz(p * half), halves: [new(CarrierOf(name), $"{name}_{side} -> {name}_in")], description: charge == 1 && name == "Na" && side == "acid" ? "P_ratio: permeability to other ions over that to H⁺" : "");
        }
        Ion("H", 1, start, Expression.Power(10, -pHAcid), Expression.Power(10, -pHAlkaline), permeability);
        Ion("OH", -1, Kw / start, Kw / Expression.Power(10, -pHAcid), Kw / Expression.Power(10, -pHAlkaline), permeability, hydroxide);
        Ion("Na", 1, sodium, sodium, sodium, permeability * ratio);
        Ion("K", 1, potassium, potassium, potassium, permeability * ratio);
        Ion("Cl", -1, sodium + potassium + start - (Kw / start), sodium + potassium, sodium + potassium, permeability * ratio);
        b.Process("water", ProcessKind.Reaction, "H_in + OH_in <->", FluxLaw.MassAction(water, water * Kw));

        bool isBoth = scenario.Name == "both-tight";
        var litre = b.Parameter("cm3_per_L", 1000, "cm³/L", "SI") / b.Parameter("N_A", Avogadro, "1/mol", "CODATA 2018");
        Expression Machines(string name, double density, string what) => b.Define(name + "_mol", b.Parameter(name, density, "1/cm²", Ours, what + " on the acid half") * half * litre, "mol/L", what);
        var synthases = Machines("synthases", Density, "ATP synthases");
        var antiporters = Machines("antiporters", isBoth || scenario.Name == "antiporter" ? Density : 0, "antiporters");
        var pumps = Machines("pumps", isBoth ? Density : 0, "pumps");
        Expression Braked(string process, Expression most) => most * Expression.Tanh(Expression.Symbol("affinity." + process) / (2 * RT));
        var most = b.Parameter("k_synthase", 100, "1/s", "textbook") * synthases;
        var share = b.Parameter("share_Na", 0.5, "1", Ours + "; Schlegel et al. 2012", "of the synthases' turnovers that take Na⁺");
        b.PotentialReservoir("ATP", b.Parameter("dG_ATP", 50e3, "J/mol", "textbook"), "J/mol", description: "what one takes to be made");
        var byH = b.Process("synthase_H", ProcessKind.Pump, "4 H_acid <-> 4 H_in + ATP", FluxLaw.Formula(Braked("synthase_H", most * (1 - share))), halves: [new("protons", "4 H_acid -> 4 H_in"), new("phosphate", "-> ATP")]);
        var byNa = b.Process("synthase_Na", ProcessKind.Pump, "4 Na_acid <-> 4 Na_in + ATP", FluxLaw.Formula(Braked("synthase_Na", most * share)), halves: [new("sodium", "4 Na_acid -> 4 Na_in"), new("phosphate", "-> ATP")], description: "share_Na: share of the synthases' turnovers that take Na⁺");
        var exchange = b.Parameter("k_antiporter", 1500, "1/s", "NhaA, Taglicht et al. 1991") * antiporters;
        Expression In(string ion) => Expression.Symbol(ion + "_in") / Expression.Symbol(ion + "_acid");
        b.Process("antiporter", ProcessKind.Antiporter, "H_acid + Na_in <-> H_in + Na_acid", FluxLaw.Formula(exchange * In("Na"), exchange * In("H")), halves: [new("protons", "H_acid -> H_in"), new("sodium", "Na_in -> Na_acid")]);
        b.PotentialReservoir("fuel", 2 * F * b.Parameter("E_fuel", 0.42, "V", "NADH to quinone, textbook"), "J/mol", description: "two electrons of a redox couple");
        b.Process("pump", ProcessKind.Pump, "fuel + 4 H_in <-> 4 H_acid", FluxLaw.Formula(Braked("pump", b.Parameter("k_pump", 200, "1/s", "Complex I, textbook") * pumps)), halves: [new("electrons", "fuel ->"), new("protons", "4 H_in -> 4 H_acid")]);

        b.Define("dmu_H", Expression.Symbol("affinity.leak_H_acid"), "J/mol", "released by a proton that enters from the acid side");
        b.Define("dmu_Na", Expression.Symbol("affinity.leak_Na_acid"), "J/mol");
        b.Define("power", (byH + byNa) / most, "1", "ATP made over the most the synthases can make");
        b.Define("pH_in", -Expression.Log10(Expression.Symbol("H_in")), "1");
        b.Define("potential", -membrane.Symbol, "V");
        return b.Build();
    }

    private static string CarrierOf(string ion) => ion switch { "Na" => "sodium", "K" => "potassium", "Cl" => "chloride", _ => "protons" }; // hydroxide is a proton the other way

    /// <inheritdoc/>
    public override Findings Study(Scenario scenario, Solution solution, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        ArgumentNullException.ThrowIfNull(solution);
        double end = solution.FinalTime;
        ImmutableArray<NamedResult> course =
        [
            new("energy of an entering proton at the end", At(solution, "dmu_H", end) / 1e3, "kJ/mol"),
            new("power at the end", At(solution, "power", end), "of the most"),
        ];
        if (scenario.Name != Scenarios[0].Name) return new(course, []);
        var predictions = ProtocellPredictions.Of(Build(scenario), cancellation);
        return new([.. course, .. predictions.Results], predictions.Plots);
    }
}
