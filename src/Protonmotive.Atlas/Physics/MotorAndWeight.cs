using System.Collections.Immutable;
using Protonmotive.Catalogue;
using Protonmotive.Networks;
using Protonmotive.Solvers;

namespace Protonmotive.Atlas.Physics;

/// <summary>
/// A battery drives a motor that lifts a weight. Charge falls through the armature, I = (V − kω)/R, and each coulomb gives the rotor an angular
/// momentum k; the rope turns momentum into height without loss.
/// </summary>
/// <remarks>At constant speed: I = (mgr + bω)/k and ω = (kV/R − mgr)/(k²/R + b). Constants are ours, of a hand-sized motor.</remarks>
public sealed class MotorAndWeight : CatalogueSystem
{
    private const double V = 12, R = 1, K = 0.05, B = 1e-4, Drum = 0.01, Mass = 2, Gravity = 9.80665;

    /// <inheritdoc/>
    public override string Name => "motor-and-weight";

    /// <inheritdoc/>
    public override string Title => "A battery, a motor and a weight";

    /// <inheritdoc/>
    public override string Domain => "physics";

    /// <inheritdoc/>
    public override string Question => "How much of a battery's energy becomes height?";

    /// <inheritdoc/>
    public override ImmutableArray<string> Sources { get; } = ["van der Schaft A, Jeltsema D (2014). Port-Hamiltonian systems theory: an introductory overview. Found Trends Syst Control 1:173–378, example 2.5 (the DC motor)."];

    /// <inheritdoc/>
    public override ImmutableArray<Scenario> Scenarios { get; } =
    [
        new("lift", "2 kg on a drum of 1 cm, 12 V.", 5),
        new("heavy", "8 kg on the same motor: beyond what it can hold, and it goes down.", 1),
    ];

    /// <inheritdoc/>
    public override ImmutableArray<Panel> Panels { get; } =
        [new("speed of the rotor", "rad/s", [new("omega", "ω")]), new("current", "A", [new("armature", "through the armature")]), new("height", "m", [new("height", "of the weight")])];

    /// <inheritdoc/>
    public override Network Build(Scenario scenario)
    {
        var b = new NetworkBuilder(Title);
        var (inertia, k, drum) = (b.Parameter("inertia", 1e-4, "kg·m²"), b.Parameter("k", K, "V·s/rad", description: "torque for a current, and voltage for a speed"), b.Parameter("r", Drum, "m"));
        var force = b.Parameter("m", MassOf(scenario), "kg") * b.Parameter("g", Gravity, "m/s²");
        var battery = b.PotentialReservoir("battery", b.Parameter("V", V, "V"), "V", description: "held at its voltage");
        var rotor = b.Store("omega", 0, l => l * l / (2 * inertia), "N·m·s", "rad/s", description: "angular momentum; its potential is the speed");
        var weight = b.Store("weight", 0, h => force * h, "m", "N", description: "height; its potential is the force");
        b.Process("armature", ProcessKind.Conductor, [new(battery, 1)], [new(rotor, k)], FluxLaw.Ohm(1 / b.Parameter("R", R, "Ω")), unit: "A");
        b.Process("bearing", ProcessKind.Leak, "omega ->", FluxLaw.Ohm(b.Parameter("b", B, "N·m·s")), unit: "N·m");
        b.Gyrator("rope", rotor, weight, drum, "without loss: takes momentum by the force on the weight, gives height by the speed of the rotor; its extent is the time");
        b.Define("height", weight.Content, "m");
        return b.Build();
    }

    /// <inheritdoc/>
    public override ImmutableArray<NamedResult> Results(Scenario scenario, Solution solution)
    {
        double torque = MassOf(scenario) * Gravity * Drum, speed = ((K * V / R) - torque) / ((K * K / R) + B), current = (torque + (B * speed)) / K;
        double omega = At(solution, "omega", solution.FinalTime), found = At(solution, "armature", solution.FinalTime);
        NamedResult[] both =
        [
            new NamedResult("speed at the end", omega, "rad/s").Against(speed, 1e-3 * Math.Abs(speed), "ω = (kV/R − mgr)/(k²/R + b)"),
            new NamedResult("current at the end", found, "A").Against(current, 1e-3 * current, "I = (mgr + bω)/k"),
        ];
        return scenario.Name != "lift" ? [.. both] :
        [
            .. both,
            new NamedResult("power that lifts over power drawn", torque * omega / (V * found), "1").Against(torque * speed / (V * current), 1e-4, "mgrω/VI at constant speed"),
        ];
    }

    private static double MassOf(Scenario scenario) => scenario.Name == "lift" ? Mass : 4 * Mass;
}
