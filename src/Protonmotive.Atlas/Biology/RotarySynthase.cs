using System.Collections.Immutable;
using Protonmotive.Catalogue;
using Protonmotive.Networks;
using Protonmotive.Solvers;
using Protonmotive.Symbolics;

namespace Protonmotive.Atlas.Biology;

/// <summary>
/// ATP synthase as a rotary motor, one molecule: a turn lets as many protons fall as the ring has c subunits, and makes three ATP. The rotor runs against
/// drag over a threefold potential, ζ dθ/dt = (c·e·pmf − 3·ΔG_ATP)/2π − dE/dθ with E = −U cos 3θ, so it rests a while every 120°.
/// </summary>
/// <remarks>
/// A constant torque τ over E turns by 120° in (2π/3) ζ/√(τ² − 9U²) (Adler 1946, Proc. IRE 34, 351). Drag and U are ours, without thermal noise; the balance
/// of energies does not depend on them.
/// </remarks>
public sealed class RotarySynthase : CatalogueSystem
{
    private const double Charge = 160.2176634, Volts = 0.180, Drag = 0.02, Barrier = 0.5; // e in pN·nm/V; V; pN·nm·s; pN·nm

    // 54.25099 kJ/mol, that of 5 mM ATP, 0.5 mM ADP and 1 mM phosphate at 310.15 K, for one molecule.
    private const double Hydrolysis = 54250.99 / 602.214076;

    /// <inheritdoc/>
    public override string Name => "rotary-synthase";

    /// <inheritdoc/>
    public override string Title => "ATP synthase as a rotary motor";

    /// <inheritdoc/>
    public override string Domain => "biology";

    /// <inheritdoc/>
    public override string Question => "How does the size of a ring decide what a proton gradient can hold up?";

    /// <inheritdoc/>
    public override ImmutableArray<string> Sources { get; } =
    [
        "Noji H, Yasuda R, Yoshida M, Kinosita K (1997). Direct observation of the rotation of F1-ATPase. Nature 386:299–302.",
        "Watt IN, Montgomery MG, Runswick MJ, Leslie AGW, Walker JE (2010). Bioenergetic cost of making an adenosine triphosphate molecule in animal mitochondria. Proc Natl Acad Sci USA 107:16823–16827.",
        "Junge W, Nelson N (2015). ATP synthase. Annu Rev Biochem 84:631–657.",
    ];

    /// <inheritdoc/>
    public override ImmutableArray<Scenario> Scenarios { get; } =
    [
        new("c10", "c10: a ring of ten c subunits (yeast, E. coli), each of which carries a proton a turn, at a proton-motive force (pmf) of 180 mV against 54.25 kJ/mol for an ATP. The torque τ of the protons, less that of three ATP, turns the rotor against the drag ζ; sites that catalyse hold it three times a turn with the energy −U cos 3θ.", 0.5),
        new("c8", "A ring of eight: at this load 180 mV is too little, and the motor runs backwards. (In mammals, whose ring has eight, less is held up inside the matrix; export takes another proton.)", 0.5),
        new("c12", "A ring of twelve: more torque, less of it used.", 0.5),
    ];

    /// <inheritdoc/>
    public override ImmutableArray<Scenario> Shown => Scenarios;

    /// <inheritdoc/>
    public override ImmutableArray<Panel> Panels { get; } = [new("angle", "turns", [new("angle", "rotor")]), new("torque", "pN·nm", [new("drive", "driving"), new("hold", "holding")]), new("ATP made", "molecules", [new("made", "ATP")])];

    /// <inheritdoc/>
    public override Network Build(Scenario scenario)
    {
        var b = new NetworkBuilder(Title) { EnergyUnit = "pN·nm", AmountUnit = "1", Per = "molecule" };
        var (ring, pmf, atp, barrier) = (b.Parameter("c", Ring(scenario), "1", Sources[2], "c subunits of the ring: protons a turn"), b.Parameter("pmf", Volts, "V", "ours", "proton-motive force"), b.Parameter("dG_ATP", Hydrolysis, "pN·nm"), b.Parameter("U", Barrier, "pN·nm", "ours", "depth to which the sites hold the rotor, −U cos 3θ"));
        var proton = b.Parameter("e", Charge, "pN·nm/V") * pmf;
        var (outside, made) = (b.PotentialReservoir("protons", proton, "pN·nm", description: "what one gives as it falls through the membrane"), b.PotentialReservoir("ATP", atp, "pN·nm", description: "what one takes to be made"));
        var rotor = b.Store("rotor", 0, angle => -(barrier * Expression.Cos(3 * angle)), "rad", "pN·nm", description: "angle; its potential is the torque that holds it");
        double turn = 2 * Math.PI;
        var rotation = b.Process("rotation", ProcessKind.Pump, [new(outside, ring / turn)], [new(rotor, 1), new(made, 3 / turn)], FluxLaw.Ohm(1 / b.Parameter("zeta", Drag, "pN·nm·s", "ours", "drag on the rotor")), unit: "rad/s");
        b.Define("angle", rotor.Content / turn, "1");
        b.Define("drive", ((ring * proton) - (3 * atp)) / turn, "pN·nm");
        b.Define("hold", -rotor.Symbol, "pN·nm");
        b.Define("made", 3 * rotor.Content / turn, "1");
        b.Define("speed", rotation.Symbol / turn, "1/s");
        return b.Build();
    }

    /// <inheritdoc/>
    public override ImmutableArray<NamedResult> Results(Scenario scenario, Solution solution)
    {
        double end = solution.FinalTime, ring = Ring(scenario), torque = ((ring * Charge * Volts) - (3 * Hydrolysis)) / (2 * Math.PI);
        double mean = Math.Sign(torque) * Math.Sqrt((torque * torque) - (9 * Barrier * Barrier)) / Drag / (2 * Math.PI);
        double published = scenario.Name switch { "c8" => 1.1714, "c10" => 0.93712, _ => 0.78093 };
        return
        [
            new NamedResult("energy of three ATP over that of the protons", 3 * Hydrolysis / (ring * Charge * Volts), "1", "from the constants, not from the run").Against(published, 6e-5, "n F Δp = 46.31, 57.89, 69.47 kJ/mol for n = 8/3, 10/3, 4 against 54.25"),
            new NamedResult("torque", At(solution, "drive", end), "pN·nm", "(c e pmf − 3 ΔG)/2π"),
            new NamedResult("pmf at which it stalls", 1000 * 3 * Hydrolysis / (ring * Charge), "mV", "from the constants"),
            new NamedResult("turns per second", At(solution, "angle", end) / end, "1/s").Against(mean, Math.Max(0.02 * Math.Abs(mean), 0.4 / end / 3), "√(τ² − 9U²)/2πζ (Adler 1946) with the sign of τ, the torque in the row above; counted in whole steps, so within a part of one"),
        ];
    }

    private static double Ring(Scenario scenario) => double.Parse(scenario.Name[1..], System.Globalization.CultureInfo.InvariantCulture);
}
