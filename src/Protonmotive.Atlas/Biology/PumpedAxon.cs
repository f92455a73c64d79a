using System.Collections.Immutable;
using Protonmotive.Catalogue;
using Protonmotive.Networks;
using Protonmotive.Solvers;
using Protonmotive.Symbolics;
using static Protonmotive.Symbolics.Expression;

namespace Protonmotive.Atlas.Biology;

/// <summary>
/// A node of Ranvier with its ions: currents of Goldman, Hodgkin and Katz run down the contents of Na⁺ and K⁺ that a pump builds up from ATP. Rest is a steady state of
/// both; a spike is paid back in the minutes after it.
/// </summary>
public sealed class PumpedAxon : CatalogueSystem
{
    private const double PulseLength = 0.12, PulseCurrent = 1000, TrainStart = 1, TrainInterval = 0.05, PumpStops = 60, Avogadro = 6.02214076e23;
    private const int SpikesOfTrain = 10;

    /// <inheritdoc/>
    public override string Name => "pumped-axon";

    /// <inheritdoc/>
    public override string Title => "An axon and its pump: a spike paid in ATP";

    /// <inheritdoc/>
    public override string Domain => "biology";

    /// <inheritdoc/>
    public override string Question => "How much ATP does a nerve spend at rest and on a spike, and what is left when its pump stops?";

    /// <inheritdoc/>
    public override ImmutableArray<string> Sources { get; } = [.. AxonInMetabolism.Sources];

    /// <inheritdoc/>
    public override ImmutableArray<Scenario> Scenarios { get; } =
    [
        new("spike", "20 °C: a pulse of 1 mA/cm² for 0.12 ms.", 10),
        new("warm", "The same at 37 °C, gates three times as fast per 10 °C.", 3),
        new("recovery", "Ten spikes, 20 a second, then half an hour of rest.", 1800),
        new("pump-stopped", "The pump is stopped after a minute, and the gradients run down.", 1500) { Phases = [new("rest", 0, PumpStops), new("no pump", PumpStops, 1500)] },
    ];

    /// <inheritdoc/>
    public override ImmutableArray<Scenario> Shown => Scenarios;

    /// <inheritdoc/>
    public override ImmutableArray<Panel> Panels { get; } =
    [
        new("membrane potential", "mV", [new("V", "V"), new("E_Na", "Na⁺ at equilibrium"), new("E_K", "K⁺ at equilibrium")]),
        new("inward current", "mA/cm²", [new("I_Na", "Na⁺"), new("I_K", "K⁺"), new("I_Cl", "leak of Cl⁻")]),
        new("Na⁺ within", "mM", [new("Na_i", "Na⁺")]),
        new("pump", "pmol ATP/cm²/s", [new("ATP_rate", "ATP")]),
    ];

    /// <inheritdoc/>
    public override Network Build(Scenario scenario)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        bool isSlow = scenario.Name is "recovery" or "pump-stopped";
        var (b, membrane) = AxonInMetabolism.Start(Title, scenario.Name == "warm" ? 37 : 20, isSlow, "cm² of membrane");
        var diameter = b.Parameter("d", AxonInMetabolism.Diameter, "cm", "McNeal 1976", "diameter of the axon");
        var inside = b.Compartment("axoplasm", diameter / 4 * 1e6, "nL", "axoplasm under 1 cm² of membrane: a quarter of the diameter deep");
        var amplitude = b.Parameter("I_pulse", PulseCurrent, "µA/cm²", "own: above threshold");
        double ms = isSlow ? 1e-3 : 1;
        var starts = scenario.Name switch { "recovery" => Enumerable.Range(0, SpikesOfTrain).Select(i => TrainStart + (i * TrainInterval)), "pump-stopped" => [], _ => [1.0] };
        var pulses = starts.Select(t => (amplitude.Symbol, And(LessOrEqual(t, Time), Less(Time, t + (PulseLength * ms))))).ToArray();
        var patch = membrane.Declare(inside, [], pulses.Length == 0 ? null : Piecewise(pulses, 0));
        if (scenario.Name == "pump-stopped") b.When("pump stopped", LessOrEqual(PumpStops, Time), [new("pumps", 0)], trueBeforeStart: false);

        Expression perSecond = isSlow ? 1 : b.Parameter("ms_per_s", 1000, "ms/s", "SI", "change of units");
        var F = b.Faraday;
        Expression Nernst(Expression outside, Expression within) => b.RT / F * Log(outside / within);
        b.Define("E_Na", Nernst(Symbol("Na_o"), patch.Na), "mV", "potential at which Na⁺ is at equilibrium");
        b.Define("E_K", Nernst(Symbol("K_o"), patch.K), "mV", "potential at which K⁺ is at equilibrium");
        b.Define("I_Na", F * perSecond * 1e-6 * (patch.Sodium + patch.Delayed + patch.Background), "mA/cm²", "inward current of Na⁺");
        b.Define("I_K", -F * perSecond * 1e-6 * patch.Potassium, "mA/cm²", "inward current of K⁺");
        b.Define("I_Cl", -F * perSecond * 1e-6 * patch.Chloride, "mA/cm²", "inward current of Cl⁻, against its charge");
        b.Define("ATP_rate", perSecond * patch.Pump.Symbol, "pmol/s", "ATP that the pump takes");
        b.Define("ion_work", (3 * F * (Symbol("E_Na") - patch.V)) + (2 * F * (patch.V - Symbol("E_K"))), "J/mol", "work on the ions of one turn of the pump");
        return b.Build();
    }

    /// <inheritdoc/>
    public override ImmutableArray<NamedResult> Results(Scenario scenario, Solution solution)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        ArgumentNullException.ThrowIfNull(solution);
        return scenario.Name switch { "recovery" => Recovery(solution), "pump-stopped" => RunDown(solution), _ => Spike(scenario.Name == "warm", solution) };
    }

    /// <inheritdoc/>
    public override Findings Study(Scenario scenario, Solution solution, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        var results = Results(scenario, solution);
        if (scenario.Name != "spike") return new Findings(results, []);
        var pump = new PumpAgainstPotential(solution);
        var V = Enumerable.Range(0, 121).Select(i => -260 + (2.5 * i)).ToImmutableArray();
        var plot = new LinePlot("pump-potential", "The pump against the potential, all else as at rest", new PlotAxis("V", "mV"), new PlotAxis("pump", "pmol ATP/cm²/s"),
            [new PlotLine("pump", V, [.. V.Select(pump.Rate)]), new PlotLine("work on ions = ΔG of ATP", [pump.Closed, pump.Closed], [V.Min(pump.Rate), V.Max(pump.Rate)]) { IsDashed = true }]);
        return new Findings([.. results, new NamedResult("potential at which the pump stands still", pump.StandsStill(), "mV").Against(-212.525, 1e-3, "where the work on 3 Na⁺ and 2 K⁺ is the free energy of ATP")], [plot]);
    }

    private static ImmutableArray<NamedResult> Spike(bool isWarm, Solution solution)
    {
        const string independent = "the same equations by an independent code";
        double end = solution.FinalTime, rest = At(solution, "ATP_rate", 0);
        double[] slopes = [.. Slopes(solution)];
        double height = SpikePeak.Of(solution, "V", slopes) - AxonMembrane.Rest;
        double sodium = Entered(solution)[^1] - (3 * rest * end / 1000), capacitance = 2 * height / (PhysicalConstants.CodataFaraday / 1000);
        return
        [
            new NamedResult("ATP at rest", rest, "pmol/cm²/s"),
            new NamedResult("work on the ions over free energy of ATP, at rest", At(solution, "ion_work", 0) / At(solution, "DeltaG_ATP", 0), "1").Against(isWarm ? 0.733958 : 0.749427, 2e-6, "Nernst's equation and the free energy of ATP, from the concentrations"),
            new NamedResult("height of the spike", height, "mV").Against(isWarm ? 107.835 : 106.444, 0.1, independent),
            new NamedResult("Na⁺ that entered above rest", sodium, "pmol/cm²").Against(isWarm ? 9.8323 : 62.6535, isWarm ? 0.002 : 0.01, independent),
            new NamedResult("overlap: Na⁺ over what the capacitance needs", sodium / capacitance, "1", "part of what enters leaves again at once through the large leak of a node").Against(isWarm ? 4.3987 : 28.396, isWarm ? 0.004 : 0.01, independent),
            new NamedResult("ATP for a spike", sodium / 3 * 1e-12 * Avogadro, "1/cm²", "a third of that Na⁺"),
        ];
    }

    private static ImmutableArray<NamedResult> Recovery(Solution solution)
    {
        double rest = At(solution, "ATP_rate", 0), end = solution.FinalTime;
        double sodium = Entered(solution)[^1], spent = solution.Column("extent.pump")[^1], lost = solution.Column("extent.potassium")[^1];
        double extra = spent - (rest * end);
        return
        [
            new NamedResult("Na⁺ that entered for each ATP", sodium / spent, "1", "from rest to rest").Against(3, 1e-3, "3 Na⁺ a turn"),
            new NamedResult("K⁺ that left for each ATP", (lost - solution.Column("extent.electrode")[^1]) / spent, "1", "less what the pipette brought").Against(2, 1e-3, "2 K⁺ a turn"),
            new NamedResult("ATP above rest for a spike", extra / SpikesOfTrain, "pmol/cm²", "what the pump took until rest was back; more than a third of the Na⁺ of one spike, as Cl⁻ that came in holds V up for minutes").Against(23.513, 0.02, "the same equations by an independent code"),
            new NamedResult("Na⁺ within, change", solution.ObservableColumn("Na_i")[^1] - solution.ObservableColumn("Na_i")[0], "mM").Against(0, 0.01, "rest is a steady state"),
        ];
    }

    private static ImmutableArray<NamedResult> RunDown(Solution solution)
    {
        double end = solution.FinalTime, V = At(solution, "V", end);
        // Impermeant anions of the start against a bath of c: sinh(−F V/RT) = anions/2c.
        double thermal = PhysicalConstants.CodataGasConstant * 293.15 / (PhysicalConstants.CodataFaraday / 1000);
        double bath = AxonMembrane.SodiumOutside + AxonMembrane.PotassiumOutside, anions = AxonMembrane.SodiumInside + AxonMembrane.PotassiumInside - (bath * Math.Exp(AxonMembrane.Rest / thermal));
        double donnan = -thermal * Math.Asinh(anions / (2 * bath));
        return
        [
            new NamedResult("V at the end", V, "mV").Against(donnan, 0.05, "Donnan's equilibrium: sinh(F V/RT) = −a/2c, a the anions that can't leave, c the salt of the bath"),
            new NamedResult("K⁺ at the end, from its equilibrium", At(solution, "E_K", end) - V, "mV").Against(0, 0.05, "equilibrium"),
            new NamedResult("Na⁺ at the end, from its equilibrium", At(solution, "E_Na", end) - V, "mV").Against(0, 0.05, "equilibrium"),
            new NamedResult("time until V is −40 mV", Crossing(solution, -40) - PumpStops, "s", "counted from when the pump stops").Against(653.3, 2, "the same equations by an independent code; within 2 s, as the course is kept at points some seconds apart"),
        ];
    }

    private static double[] Entered(Solution solution)
    {
        var (gated, delayed, background) = (solution.Column("extent.sodium").ToArray(), solution.Column("extent.delayed").ToArray(), solution.Column("extent.background").ToArray());
        return [.. gated.Select((x, i) => x + delayed[i] + background[i])];
    }

    // The slope of V at the rows, from the currents: C dV/dt = F (Na⁺ + K⁺ − Cl⁻ inward).
    private static IEnumerable<double> Slopes(Solution solution)
    {
        string[] inward = ["sodium", "delayed", "background", "electrode"], outward = ["potassium", "chloride", "pump"];
        var (gain, loss) = (inward.Select(solution.ObservableColumn).ToArray(), outward.Select(solution.ObservableColumn).ToArray());
        for (int i = 0; i < solution.RowCount; i++) yield return PhysicalConstants.CodataFaraday / 1000 / 2 * (gain.Sum(c => c[i]) - loss.Sum(c => c[i]));
    }

    private static double Crossing(Solution solution, double level)
    {
        var (t, v) = (solution.Times, solution.ObservableColumn("V"));
        for (int i = 1; i < t.Length; i++)
            if (v[i - 1] < level && v[i] >= level) return t[i - 1] + ((t[i] - t[i - 1]) * (level - v[i - 1]) / (v[i] - v[i - 1]));
        return double.NaN;
    }
}
