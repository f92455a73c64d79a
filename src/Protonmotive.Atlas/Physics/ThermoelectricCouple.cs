using System.Collections.Immutable;
using Protonmotive.Catalogue;
using Protonmotive.Networks;
using Protonmotive.Solvers;

namespace Protonmotive.Atlas.Physics;

/// <summary>
/// A thermoelectric generator between two held temperatures: a current I takes the heat S·T_h·I from the hot side and brings S·T_c·I to the cold one, and half of
/// the Joule heat to each, beside conduction: Q_hot = S T_h I + K ΔT − R I²/2, and the load takes V I = S ΔT I − R I².
/// </summary>
public sealed class ThermoelectricCouple : CatalogueSystem
{
    private const double Hot = 500, Cold = 300, Seebeck = 4e-4, Resistance = 4e-3, Conductance = 0.02;

    // Voltage over the load, as a part of S·ΔT.
    private static double Share(Scenario scenario) => scenario.Name switch { "matched" => 0.5, "efficient" => BestShare, _ => 0.05 };

    /// <inheritdoc/>
    public override string Name => "thermoelectric-couple";

    /// <inheritdoc/>
    public override string Title => "A thermoelectric couple";

    /// <inheritdoc/>
    public override string Domain => "physics";

    /// <inheritdoc/>
    public override string Question => "How much of falling heat can a solid turn into current, and why is the strongest current not the most efficient?";

    /// <inheritdoc/>
    public override ImmutableArray<string> Sources { get; } = ["Ioffe AF (1957). Semiconductor thermoelements and thermoelectric cooling, Infosearch.", "Callen HB (1948). The application of Onsager's reciprocal relations to thermoelectric, thermomagnetic, and galvanomagnetic effects. Phys Rev 73:1349–1358."];

    /// <inheritdoc/>
    public override ImmutableArray<Scenario> Scenarios { get; } =
    [
        new("matched", "Half of S·ΔT over the load: the most power. 500 K against 300 K, which is also the temperature of the surroundings. A smaller current would lose less in the resistance and turn a larger share of its heat into work, until conduction, which goes on without any current, outweighs that. The load is a store held at a voltage: what it takes is less supplied, so that supplied is what is dissipated.", 10),
        new("efficient", "The voltage of the best efficiency.", 10),
        new("near-short-circuit", "A twentieth of S·ΔT over the load.", 10),
    ];

    /// <inheritdoc/>
    public override ImmutableArray<Panel> Panels { get; } = [new("current", "A", [new("couple", "I")]), new("heat and power", "W", [new("heat_taken", "heat, hot side"), new("power", "work, load")])];

    /// <inheritdoc/>
    public override Network Build(Scenario scenario)
    {
        var b = new NetworkBuilder(Title);
        b.AmbientTemperature = b.Parameter("T_0", Cold, "K");
        var (hot, cold) = (b.HeatStore("hot", 1, b.Parameter("T_h", Hot, "K"), held: true), b.HeatStore("cold", 1, b.Parameter("T_c", Cold, "K"), held: true));
        var (s, r, k) = (b.Parameter("S", Seebeck, "V/K"), b.Parameter("R", Resistance, "Ω"), b.Parameter("K", Conductance, "W/K"));
        var voltage = b.Parameter("V", Share(scenario) * Seebeck * (Hot - Cold), "V");
        var load = b.PotentialReservoir("load", voltage, "V", description: "takes charge at its voltage");
        var current = ((s * (hot - cold)) - voltage) / r;
        // S T_h − R I/2 and S T_c + R I/2, with R I = S (T_h − T_c) − V.
        var (taken, brought) = (((s * (hot + cold)) + voltage) / 2, ((s * (hot + cold)) - voltage) / 2);
        b.Process("couple", ProcessKind.Pump, [new(hot, taken)], [new(cold, brought), new(load, 1)], FluxLaw.Formula(current), unit: "A");
        var conduction = b.Process("conduction", ProcessKind.Leak, "hot <-> cold", FluxLaw.Fourier(k), unit: "W");
        b.Define("heat_taken", (taken * current) + conduction, "W");
        b.Define("power", voltage * current, "W");
        return b.Build();
    }

    /// <inheritdoc/>
    public override ImmutableArray<NamedResult> Results(Scenario scenario, Solution solution)
    {
        double power = At(solution, "power", solution.FinalTime), efficiency = power / At(solution, "heat_taken", solution.FinalTime), drop = Seebeck * (Hot - Cold);
        var delivered = new NamedResult("power delivered", power, "W");
        var turned = new NamedResult("efficiency", efficiency, "1");
        return scenario.Name switch
        {
            "matched" => [delivered.Against(drop * drop / (4 * Resistance), 1e-9, "most power: (SΔT)²/4R"), turned],
            "efficient" => [delivered, turned.Against((Hot - Cold) / Hot * (Root - 1) / (Root + (Cold / Hot)), 1e-9, "Ioffe: ΔT/T_h (√(1 + ZT) − 1)/(√(1 + ZT) + T_c/T_h)")],
            _ => [delivered, turned],
        };
    }

    /// <inheritdoc/>
    public override Findings Study(Scenario scenario, Solution solution, CancellationToken cancellation = default)
    {
        var results = Results(scenario, solution);
        const double drop = Seebeck * (Hot - Cold);
        // Power and efficiency where the load has the share u of S·ΔT, in closed form.
        static (double Power, double Efficiency) At(double u)
        {
            double current = (1 - u) * drop / Resistance, power = u * drop * current;
            return (power, power / ((Seebeck * Hot * current) + (Conductance * (Hot - Cold)) - (Resistance * current * current / 2)));
        }
        ImmutableArray<double> shares = [.. Enumerable.Range(0, 101).Select(i => i / 100.0)];
        double most = At(0.5).Power, best = At(BestShare).Efficiency, here = Share(scenario);
        var plot = new LinePlot("load", "Most power at half of S·ΔT over the load, the best efficiency above it", new("voltage over the load, as a share of S·ΔT"), new("share of the most"),
        [
            new PlotLine("power", shares, [.. shares.Select(u => At(u).Power / most)]),
            new PlotLine("efficiency", shares, [.. shares.Select(u => At(u).Efficiency / best)]),
            new PlotLine("this run", [here, here], [results[0].Value / most, results[1].Value / best]) { IsDots = true },
        ]);
        return new Findings(results, [plot]);
    }

    // √(1 + Z T) at the mean temperature, Z = S²/(RK).
    private static double Root => Math.Sqrt(1 + (Seebeck * Seebeck / (Resistance * Conductance) * (Hot + Cold) / 2));

    // The load that is √(1 + ZT) times R takes this part of the voltage.
    private static double BestShare => Root / (1 + Root);
}
