using Protonmotive.Networks;
using Protonmotive.Symbolics;
using static Protonmotive.Symbolics.Expression;

namespace Protonmotive.Atlas.Biology;

/// <summary>
/// The membrane of a node of Ranvier of <i>Xenopus</i> after Frankenhaeuser and Huxley (1964), whose currents follow Goldman, Hodgkin and Katz, between a bath and an inside
/// whose Na⁺, K⁺ and Cl⁻ are counted, with the pump that holds them. What all patches share is declared once, then each patch.
/// </summary>
/// <remarks>
/// The paper holds the concentrations and gives the leak a battery at rest. Here the leak is carried by Cl⁻, at equilibrium at rest, and two numbers follow from the demand that
/// rest at −70 mV with the paper's concentrations be a steady state, 3 Na⁺ against 2 K⁺: the background permeability to Na⁺ and the number of pumps. The bath is the
/// standard state of each ion, so that nothing but ATP brings free energy. Volumes are held; impermeant anions within make up for the charge.
/// </remarks>
internal sealed class AxonMembrane
{
    public const double Rest = -70, SodiumOutside = 114.5, PotassiumOutside = 2.5, SodiumInside = 13.74, PotassiumInside = 120;
    private const double PotassiumPermeability = 1.2e-3;
    private const string FH = "Frankenhaeuser and Huxley 1964", Balance = "own: from the steady state at rest";
    private static readonly (string Name, Func<Expression, Expression> Open, Func<Expression, Expression> Close)[] gates =
    [
        ("m", v => Rise(0.36, 22, 3, v), v => Fall(0.4, 13, 20, v)),
        ("h", v => Fall(0.1, -10, 6, v), v => 4.5 / (Exp((45 - v) / 10) + 1)),
        ("n", v => Rise(0.02, 35, 10, v), v => Fall(0.05, 10, 10, v)),
        ("p", v => Rise(0.006, 40, 10, v), v => Fall(0.09, -25, 20, v)),
    ];

    private readonly NetworkBuilder b;
    private readonly AxonScale scale;
    private readonly AxonFuel fuel;
    private readonly SodiumPump pump;
    private readonly Dictionary<string, double> values;
    private readonly Expression speed, potassiumBound;
    private readonly Parameter capacitance, P_Na, P_p, P_K, P_Cl, P_b, pumps;
    private readonly Compartment bath;
    private readonly Species Na, K, Cl;

    /// <summary>Declares what all patches share: bath, permeabilities, pump.</summary>
    /// <param name="builder">The network, with its temperature and constants.</param>
    /// <param name="scale">Its units.</param>
    /// <param name="celsius">Temperature of the gates, °C.</param>
    /// <param name="fuel">What the pump burns.</param>
    /// <param name="atRest">Values at rest of the symbols in temperature, constants and fuel.</param>
    public AxonMembrane(NetworkBuilder builder, AxonScale scale, Parameter celsius, AxonFuel fuel, IReadOnlyDictionary<string, double> atRest)
    {
        (b, this.scale, this.fuel, values) = (builder, scale, fuel, new(atRest.Concat(scale.Named)));
        speed = scale.Rate * Power(3, (celsius - 20) / 10);
        bath = b.Compartment("bath", 1, scale.Units.Volume, "the bath; its ions are held");
        Na = Ion("Na_o", SodiumOutside, 1, "Na⁺ outside");
        K = Ion("K_o", PotassiumOutside, 1, "K⁺ outside");
        Cl = Ion("Cl_o", SodiumOutside + PotassiumOutside, -1, "Cl⁻ outside");
        capacitance = Given("C", 2, "µF/cm²", FH, "capacitance of the membrane");
        P_Na = Given("P_Na", 8e-3, "cm/s", FH, "permeability to Na⁺, gates open");
        P_p = Given("P_p", 0.54e-3, "cm/s", FH, "delayed current, taken as Na⁺");
        P_K = Given("P_K", PotassiumPermeability, "cm/s", FH, "permeability to K⁺, gates open");
        var conductance = Given("g_L", 30.3, "mS/cm²", FH, "conductance of the leak at rest");
        pump = new SodiumPump(fuel, Given);
        potassiumBound = b.Define("pump_K_K_in", pump.PotassiumWithin, "mM", "K⁺ within: from detailed balance");

        // Ohm's conductance of Cl⁻ at equilibrium is P F²/RT c₁c₂ ln(c₁/c₂)/(c₁ − c₂); 1 mM is 10⁻⁶ mol/cm³, 1 pmol 10⁻¹² mol.
        double thermal = AtRest(b.RT), faraday = AtRest(b.Faraday) * 1000 / AtRest(scale.Millivolts), u = faraday * Rest / 1000 / thermal;
        double chloride = SodiumOutside + PotassiumOutside;
        ChlorideWithin = chloride * Math.Exp(u);
        double mean = ChlorideWithin * chloride * -u / (chloride - ChlorideWithin);
        P_Cl = Given("P_Cl", AtRest(conductance) * 1e3 / (faraday * faraday / thermal * mean), "cm/s", Balance, "Cl⁻: has the conductance of the leak");
        double[] open = [.. gates.Select(g => AtRest(AtSteady(g.Open, g.Close)))];
        double turnover = TurnoverAtRest(u);
        double gated = (AtRest(P_Na) * open[0] * open[0] * open[1]) + (AtRest(P_p) * open[3] * open[3]);
        P_b = Given("P_background", (-3 * turnover / Leaving(SodiumInside, SodiumOutside, u)) - gated, "cm/s", Balance, "background of Na⁺");
        var (forward, backward) = pump.Turnover(u, (SodiumInside, SodiumOutside), (PotassiumInside, PotassiumOutside), pump.PotassiumWithin, (_, formula, _, _) => formula);
        pumps = Given("pumps", turnover / AtRest(forward - backward), "pmol/cm²", Balance, "Na⁺/K⁺-ATPase in the membrane");
    }

    /// <summary>Cl⁻ within at rest, mM: at equilibrium.</summary>
    public double ChlorideWithin { get; }

    /// <summary>ATP that the pump takes at rest, pmol/cm²/s: half of the K⁺ that leaves.</summary>
    /// <param name="u">F V/RT at rest.</param>
    public static double TurnoverAtRest(double u)
    {
        double n = AtSteady(gates[2].Open, gates[2].Close).Evaluate(_ => double.NaN);
        return PotassiumPermeability * n * n * Leaving(PotassiumInside, PotassiumOutside, u) / 2;
    }

    /// <summary>Declares a patch around an inside, or within a place of a grid.</summary>
    /// <param name="inside">Where its ions are.</param>
    /// <param name="within">Other compartments that the membrane encloses.</param>
    /// <param name="current">Current of a stimulus, µA/cm², brought as K⁺ by a pipette; null for none.</param>
    public AxonPatch Declare(Compartment inside, IEnumerable<Compartment> within, Expression? current = null)
    {
        var wall = b.Membrane("membrane", [bath], [inside, .. within], scale.Capacitance * capacitance, -Rest / AtRest(scale.Millivolts), unit: scale.Units.Potential, chargeUnit: scale.Units.Charge, description: "potential of the bath less that within");
        var V = b.Define("V", -wall.Symbol, scale.Units.Potential, "membrane potential, inside less outside");
        var mV = V * scale.Millivolts;
        var at = mV + -Rest;
        Species Within(string name, double level, double charge, Species outside, string what) =>
            b.Species(name, inside, level / AtRest(scale.Millimolar), charge, outside.StandardPotential, unit: scale.Units.Concentration, description: what);
        var (na, k, cl) = (Within("Na_i", SodiumInside, 1, Na, "Na⁺ within"), Within("K_i", PotassiumInside, 1, K, "K⁺ within"), Within("Cl_i", ChlorideWithin, -1, Cl, "Cl⁻ within"));
        var open = gates.Select(g =>
        {
            var gate = b.Variable(g.Name, AtSteady(g.Open, g.Close), "1");
            b.Rate(g.Name, speed * ((g.Open(at) * (1 - gate)) - (g.Close(at) * gate)));
            return (Expression)gate;
        }).ToArray();
        var (m, h, n, p) = (open[0], open[1], open[2], open[3]);
        Process Channel(string name, string carrier, string equation, Expression permeability, string what) =>
            b.Process(name, ProcessKind.Channel, equation, FluxLaw.GoldmanHodgkinKatz(scale.Permeability * permeability), halves: [new(carrier, equation)], description: what);
        var sodium = Channel("sodium", "Na⁺", "Na_o <-> Na_i", P_Na * m * m * h, "Na⁺ channel");
        var delayed = Channel("delayed", "Na⁺", "Na_o <-> Na_i", P_p * p * p, "delayed current of Na⁺");
        var background = Channel("background", "Na⁺", "Na_o <-> Na_i", P_b, "background of Na⁺");
        var potassium = Channel("potassium", "K⁺", "K_i <-> K_o", P_K * n * n, "K⁺ channel");
        var chloride = Channel("chloride", "Cl⁻", "Cl_o <-> Cl_i", P_Cl, "leak of Cl⁻");
        var (forward, backward) = pump.Turnover(b.Faraday * V / b.RT, (na * scale.Millimolar, Na * scale.Millimolar), (k * scale.Millimolar, K * scale.Millimolar), potassiumBound,
            (name, formula, unit, what) => b.Define("pump_" + name, formula, unit, what));
        var number = scale.Turnover * pumps;
        var pumping = b.Process("pump", ProcessKind.Pump, $"3 Na_i + 2 K_o + {fuel.Spent} <-> 3 Na_o + 2 K_i + {fuel.Made}", FluxLaw.Formula(number * forward, number * backward),
            halves: [new("Na⁺", "3 Na_i -> 3 Na_o"), new("K⁺", "2 K_o -> 2 K_i"), new("phosphate", $"{fuel.Spent} -> {fuel.Made}")], description: "Na⁺/K⁺-ATPase");
        if (current is not null)
        {
            var pipette = b.PotentialReservoir("pipette", (b.RT * Log(k / K)) + (b.Faraday * V), scale.Units.Energy, description: "K⁺ in a pipette, at whatever potential drives the current");
            b.Process("electrode", ProcessKind.Conductor, [new(pipette, 1)], [new(k, 1)], FluxLaw.Formula(scale.Current * current / b.Faraday), description: "stimulus");
        }
        return new AxonPatch(V, na, k, cl, sodium, delayed, background, potassium, chloride, pumping);
    }

    // Goldman, Hodgkin and Katz at a permeability of 1 cm/s, in pmol/cm²/s.
    private static double Leaving(double within, double outside, double u) => 1e6 * ((within * Bernoulli(-u)) - (outside * Bernoulli(u))).Evaluate(_ => double.NaN);

    private static Expression AtSteady(Func<Expression, Expression> open, Func<Expression, Expression> close) => open(0) / (open(0) + close(0));

    private Parameter Given(string name, double value, string unit, string source, string description)
    {
        values[name] = value;
        return b.Parameter(name, value, unit, source, description);
    }

    private double AtRest(Expression value) => value.Evaluate(name => values[name]);

    private Species Ion(string name, double level, double charge, string description)
    {
        var held = Given(name + "_held", level, "mM", FH, description);
        return b.Reservoir(name, bath, held / scale.Millimolar, charge, -(b.RT * Log(held / scale.Millimolar)), unit: scale.Units.Concentration, description: description);
    }

    private static Expression Rise(double a, double at, double width, Expression v) => a * width * Bernoulli((at - v) / width);

    private static Expression Fall(double a, double at, double width, Expression v) => a * width * Bernoulli((v - at) / width);

    private static Expression Bernoulli(Expression u) => Branch(Less(Abs(u), 1e-4), 1 - (u / 2) + (u * u / 12), u / Expm1(u));
}
