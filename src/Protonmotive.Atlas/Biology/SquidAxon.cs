using System.Collections.Immutable;
using Protonmotive.Catalogue;
using Protonmotive.Networks;
using Protonmotive.Solvers;
using Protonmotive.Symbolics;

namespace Protonmotive.Atlas.Biology;

/// <summary>
/// The squid giant axon of Hodgkin and Huxley, a patch of membrane: C dV/dt = I − g_Na m³h (V − E_Na) − g_K n⁴ (V − E_K) − g_L (V − E_L). Each
/// conductance (potentials of 1952 from rest, sign turned, rest set at −65 mV) lets charge fall from the membrane to a battery, which pumps have charged: channels dissipate g (V − E)².
/// </summary>
/// <remarks>Sodium that enters above rest is what a spike costs: a pump that moves 3 Na⁺ for each ATP pays it back (Attwell and Laughlin 2001).</remarks>
public sealed class SquidAxon : CatalogueSystem
{
    private const double PulseStart = 5, PulseLength = 0.5, PulseCurrent = 50, ElementaryCharge = 1.602176634e-19;

    /// <inheritdoc/>
    public override string Name => "squid-axon";

    /// <inheritdoc/>
    public override string Title => "The squid giant axon: a spike and its price";

    /// <inheritdoc/>
    public override string Domain => "biology";

    /// <inheritdoc/>
    public override string Question => "What does a nerve pay for one spike, and how much of that is waste?";

    /// <inheritdoc/>
    public override ImmutableArray<string> Sources { get; } =
    [
        "Hodgkin AL, Huxley AF (1952). A quantitative description of membrane current and its application to conduction and excitation in nerve. J Physiol 117:500–544.",
        "Attwell D, Laughlin SB (2001). An energy budget for signaling in the grey matter of the brain. J Cereb Blood Flow Metab 21:1133–1145.",
        "Alle H, Roth A, Geiger JRP (2009). Energy-efficient action potentials in hippocampal mossy fibers. Science 325:1405–1408.",
    ];

    /// <inheritdoc/>
    public override ImmutableArray<Scenario> Scenarios { get; } =
    [
        new("warm", "18.5 °C: a pulse of 50 µA/cm² for 0.5 ms, followed until 30 ms after it begins. A channel is open by the share of its gates that are: m³h of those for sodium, n⁴ of those for potassium.", PulseStart + 30),
        new("cold", "6.3 °C, the temperature that the equations of 1952 are written for.", PulseStart + 30),
    ];

    /// <inheritdoc/>
    public override ImmutableArray<Scenario> Shown => Scenarios;

    /// <inheritdoc/>
    public override ImmutableArray<Panel> Panels { get; } =
    [
        new("membrane potential", "mV", [new("V", "V")]),
        new("open gates", "share", [new("open_m", "m"), new("open_h", "h"), new("open_n", "n")]),
        new("current (inward is negative)", "µA/cm²", [new("sodium", "sodium"), new("potassium", "potassium"), new("leak", "leak")]),
    ];

    /// <inheritdoc/>
    public override Network Build(Scenario scenario)
    {
        var b = new NetworkBuilder(Title) { TimeUnit = "ms", EnergyUnit = "pJ", Per = "cm² of membrane" };
        var capacitance = b.Parameter("C", 1, "µF", Sources[0]);
        var temperature = b.Parameter("celsius", Celsius(scenario), "°C");
        var speed = b.Define("phi", Expression.Power(3, (temperature - 6.3) / 10), "1", "how much faster gates move than at 6.3 °C");
        double rest = -65;
        var v = b.Store("V", capacitance * rest, q => q * q / (2 * capacitance), "nC", "mV");
        Expression Gate(string name, Func<Expression, Expression> open, Func<Expression, Expression> close)
        {
            var start = open(rest) / (open(rest) + close(rest));
            var gate = b.Variable(name, start, "1", "share of gates that are open");
            var (alpha, beta) = (b.Define("alpha_" + name, open(v), "1/ms", "rate of opening"), b.Define("beta_" + name, close(v), "1/ms", "rate of closing"));
            b.Rate(gate.Name, speed * ((alpha * (1 - gate)) - (beta * gate)));
            b.Define("open_" + name, gate, "1");
            return gate;
        }
        var m = Gate("m", u => Ramp((u + 40) / 10), u => 4 * Expression.Exp(-(u + 65) / 18));
        var h = Gate("h", u => 0.07 * Expression.Exp(-(u + 65) / 20), u => 1 / (Expression.Exp(-(u + 35) / 10) + 1));
        var n = Gate("n", u => 0.1 * Ramp((u + 55) / 10), u => 0.125 * Expression.Exp(-(u + 65) / 80));
        Process Current(string name, double conductance, double reversal, Expression open)
        {
            var battery = b.PotentialReservoir("E_" + name, b.Parameter($"E_{name}_mV", reversal, "mV", Sources[0]), "mV", description: "what pumps have built up");
            return b.Process(name, ProcessKind.Channel, [new(v, 1)], [new(battery, 1)], FluxLaw.Ohm(b.Parameter("g_" + name, conductance, "mS", Sources[0]) * open), unit: "µA");
        }
        var (sodium, potassium, leak) = (Current("sodium", 120, 50, Expression.Power(m, 3) * h), Current("potassium", 36, -77, Expression.Power(n, 4)), Current("leak", 0.3, -54.387, 1));
        var pulse = Expression.And(Expression.LessOrEqual(PulseStart, Expression.Time), Expression.Less(Expression.Time, PulseStart + PulseLength));
        var amplifier = b.PotentialReservoir("amplifier", v, "mV", description: "a source of current, at the potential that drives it");
        var electrode = b.Process("electrode", ProcessKind.Conductor, [new(amplifier, 1)], [new(v, 1)], FluxLaw.Formula(Expression.Piecewise([(b.Parameter("I_pulse", PulseCurrent, "µA"), pulse)], 0)), unit: "µA");
        b.Define("dVdt", (electrode.Symbol - sodium - potassium - leak) / capacitance, "mV/ms");
        var entered = b.Variable("entered", 0, "nC");
        b.Rate(entered.Name, -sodium.Symbol);
        b.Define("sodium_load", entered, "nC", "charge of sodium that entered");
        return b.Build();
    }

    /// <inheritdoc/>
    public override ImmutableArray<NamedResult> Results(Scenario scenario, Solution solution)
    {
        double end = solution.FinalTime, rest = At(solution, "V", PulseStart);
        double Load(double t) => At(solution, "sodium_load", t);
        // What would have entered at rest is not the spike's.
        double charge = Load(end) - Load(PulseStart) - (Load(PulseStart) / PulseStart * (end - PulseStart));
        double height = SpikePeak.Of(solution, "V", solution.ObservableColumn("dVdt")) - rest, overlap = charge / height, molecules = charge * 1e-9 / (3 * ElementaryCharge);
        bool isWarm = scenario.Name == "warm";
        const string source = "the same equations solved by an independent code";
        return
        [
            new NamedResult("height of the spike", height, "mV"),
            new NamedResult("sodium above rest", charge, "nC/cm²").Against(isWarm ? 382 : 1396, isWarm ? 3 : 10, source),
            new NamedResult("overlap: sodium over what the capacitance needs", overlap, "1").Against(isWarm ? 3.9 : 13.2, 0.06, source),
            new NamedResult("ATP for a spike", molecules, "1/cm²").Against(isWarm ? 8.0e11 : 2.9e12, isWarm ? 0.06e11 : 0.06e12, source),
        ];
    }

    private static double Celsius(Scenario scenario) => scenario.Name == "warm" ? 18.5 : 6.3;

    // x/(1 − e⁻ˣ), with its series where that is 0/0.
    private static Expression Ramp(Expression x) => Expression.Branch(Expression.Less(Expression.Abs(x), 1e-4), 1 + (x / 2) + (x * x / 12), -x / Expression.Expm1(-x));
}
