using System.Collections.Immutable;
using Protonmotive.Catalogue;
using Protonmotive.Networks;
using Protonmotive.Solvers;
using Protonmotive.Symbolics;

namespace Protonmotive.Atlas.Biology;

/// <summary>
/// The squid giant axon of Hodgkin and Huxley along its length: places of membrane, each with its channels, joined by the axoplasm's resistance:
/// C ∂V/∂t = (a/2R₂) ∂²V/∂x² − Σ g (V − E). A pulse at one end travels to the other.
/// </summary>
/// <remarks>Quantities are per cm² of membrane of each place. Ohm's law between places a distance h apart has the conductance a/(2 R₂ h²) per cm² of membrane.</remarks>
public sealed class AxonCable : CatalogueSystem
{
    private const int Count = 80, StimulatedPlaces = 3, First = 20, Second = 60;
    private const double Spacing = 0.1, PulseStart = 1, PulseLength = 0.3, PulseCurrent = 1000, Rest = -65, Level = -20;
    private static readonly Grid axon = Grid.Line(Count, Spacing);

    /// <inheritdoc/>
    public override string Name => "axon-cable";

    /// <inheritdoc/>
    public override string Title => "The squid giant axon: a spike that travels";

    /// <inheritdoc/>
    public override string Domain => "biology";

    /// <inheritdoc/>
    public override string Question => "How fast does a spike run along a nerve, and what does the journey cost?";

    /// <inheritdoc/>
    public override ImmutableArray<string> Sources { get; } =
    [
        "Hodgkin AL, Huxley AF (1952). A quantitative description of membrane current and its application to conduction and excitation in nerve. J Physiol 117:500–544.",
    ];

    /// <inheritdoc/>
    public override ImmutableArray<Scenario> Scenarios { get; } = [new("spike", "8 cm of axon at 18.5 °C, a pulse of 0.3 ms on the first 3 mm.", 12)];

    /// <inheritdoc/>
    public override ImmutableArray<Panel> Panels { get; } =
        [new("membrane potential", "mV", [new("V[0]", "0 cm"), new($"V[{First}]", "2 cm"), new("V[40]", "4 cm"), new($"V[{Second}]", "6 cm")])];

    /// <inheritdoc/>
    public override Network Build(Scenario scenario)
    {
        var b = new NetworkBuilder(Title) { TimeUnit = "ms", EnergyUnit = "pJ", Per = "cm² of membrane at each place" };
        var capacitance = b.Parameter("C", 1, "µF", Sources[0]);
        var speed = Expression.Power(3, (b.Parameter("celsius", 18.5, "°C", Sources[0]) - 6.3) / 10);
        (string Name, Expression Conductance, EnergyStore Battery)[] channels =
        [
            .. new[] { ("sodium", 120, 50), ("potassium", 36, -77), ("leak", 0.3, -54.387) }.Select(c => (c.Item1, (Expression)b.Parameter("g_" + c.Item1, c.Item2, "mS", Sources[0]),
                b.PotentialReservoir("E_" + c.Item1, b.Parameter($"E_{c.Item1}_mV", c.Item3, "mV", Sources[0]), "mV", description: "what pumps have built up"))),
        ];
        var pulse = Expression.And(Expression.LessOrEqual(PulseStart, Expression.Time), Expression.Less(Expression.Time, PulseStart + PulseLength));
        var current = Expression.Piecewise([(b.Parameter("I_pulse", PulseCurrent, "µA", "own: well above threshold"), pulse)], 0);
        b.Replicate(axon, place =>
        {
            var v = b.Store("V", capacitance * Rest, q => q * q / (2 * capacitance), "nC", "mV");
            Expression Gate(string name, Func<Expression, Expression> open, Func<Expression, Expression> close)
            {
                var gate = b.Variable(name, open(Rest) / (open(Rest) + close(Rest)), "1");
                b.Rate(gate.Name, speed * ((open(v) * (1 - gate)) - (close(v) * gate)));
                return gate;
            }
            var m = Gate("m", u => Ramp((u + 40) / 10), u => 4 * Expression.Exp(-(u + 65) / 18));
            var h = Gate("h", u => 0.07 * Expression.Exp(-(u + 65) / 20), u => 1 / (Expression.Exp(-(u + 35) / 10) + 1));
            var n = Gate("n", u => 0.1 * Ramp((u + 55) / 10), u => 0.125 * Expression.Exp(-(u + 65) / 80));
            Expression[] open = [Expression.Power(m, 3) * h, Expression.Power(n, 4), 1];
            for (int i = 0; i < channels.Length; i++)
                b.Process(channels[i].Name, ProcessKind.Channel, [new(v, 1)], [new(channels[i].Battery, 1)], FluxLaw.Ohm(channels[i].Conductance * open[i]), unit: "µA");
            if (place.Column >= StimulatedPlaces) return;
            var amplifier = b.PotentialReservoir("amplifier", v, "mV", description: "a source of current, at the potential that drives it");
            b.Process("electrode", ProcessKind.Conductor, [new(amplifier, 1)], [new(v, 1)], FluxLaw.Formula(current), unit: "µA");
        });
        var radius = b.Parameter("a", 0.0238, "cm", Sources[0], "radius of the axon");
        var resistivity = b.Parameter("R_2", 0.0354, "kΩ·cm", Sources[0], "resistivity of the axoplasm: 35.4 Ω·cm");
        b.Exchange(axon, "axial", "V", FluxLaw.Ohm(radius / (2 * resistivity * (Spacing * Spacing))), unit: "µA", description: "current through the axoplasm");
        return b.Build();
    }

    /// <inheritdoc/>
    public override ImmutableArray<NamedResult> Results(Scenario scenario, Solution solution)
    {
        ArgumentNullException.ThrowIfNull(solution);
        double velocity = (Second - First) * Spacing / (Crossing(solution, Second) - Crossing(solution, First)) * 10; // cm/ms to m/s
        var kernel = solution.Kernel;
        double Parameter(string name) => kernel.Parameters(solution.Problem.Overrides)[kernel.System.Parameters.Select((p, i) => (p.Name, i)).First(p => p.Name == name).i];
        // θ in cm/ms; a/(2R₂) in mS, C in µF: K in 1/ms.
        double rate = 2 * Parameter("R_2") * Parameter("C") * velocity * velocity / 100 / Parameter("a");
        double axial = solution.Column("power.axial")[^1], sodium = solution.Column("power.sodium")[^1], potassium = solution.Column("power.potassium")[^1], leak = solution.Column("power.leak")[^1];
        return
        [
            new NamedResult("speed of the spike", velocity, "m/s", "from 2 to 6 cm; measured in the axon: 21.2 m/s").Against(18.577, 0.06, "the same 80 places by an independent code"),
            new NamedResult("speed, against the paper's", velocity, "m/s", "places of 1 mm").Against(18.8, 0.3, "Hodgkin and Huxley 1952, computed by hand"),
            new NamedResult("K = 2 R₂ θ² C/a", rate, "1/ms").Against(10.47, 0.25, "Hodgkin and Huxley 1952"),
            new NamedResult("axoplasm over channels of Na⁺ and K⁺, dissipation", axial / (sodium + potassium), "1").Against(0.0710346, 5e-5, "the same by an independent code"),
        ];
    }

    /// <inheritdoc/>
    public override Findings Study(Scenario scenario, Solution solution, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(solution);
        var columns = axon.Places.Select(p => solution.ObservableColumn("V" + p.Suffix)).ToArray();
        int[] rows = EvenRows.Of(solution);
        var map = new MapPlot("potential", "Membrane potential along the axon in the course of time", new PlotAxis("place", "cm"), new PlotAxis("time", "ms"), new PlotAxis("V", "mV"),
            [.. axon.Places.Select(p => p.X)], [.. rows.Select(r => solution.Times[r])], [.. rows.SelectMany(r => columns.Select(c => c[r]))]);
        return new Findings(Results(scenario, solution), [map]);
    }

    // Where V rises through the level for the first time.
    private static double Crossing(Solution solution, int place)
    {
        var (t, v) = (solution.Times, solution.ObservableColumn($"V[{place}]"));
        for (int i = 1; i < t.Length; i++)
            if (v[i - 1] < Level && v[i] >= Level) return t[i - 1] + ((t[i] - t[i - 1]) * (Level - v[i - 1]) / (v[i] - v[i - 1]));
        return double.NaN;
    }

    // x/(1 − e⁻ˣ), with its series where that is 0/0.
    private static Expression Ramp(Expression x) => Expression.Branch(Expression.Less(Expression.Abs(x), 1e-4), 1 + (x / 2) + (x * x / 12), -x / Expression.Expm1(-x));
}
