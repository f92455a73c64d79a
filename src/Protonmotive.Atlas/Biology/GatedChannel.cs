using System.Collections.Immutable;
using Protonmotive.Catalogue;
using Protonmotive.Networks;
using Protonmotive.Solvers;
using Protonmotive.Symbolics;

namespace Protonmotive.Atlas.Biology;

/// <summary>
/// A channel with one gate under a voltage clamp: closed ⇌ open, and z charges of the gate cross the membrane on opening, so that
/// open/closed = exp(zF(V − V_half)/RT). The potential is raised slowly through the range.
/// </summary>
/// <remarks>The share of open channels is the logistic function of zF(V − V_half)/RT by Boltzmann's law; current through them towards a reversal potential V_half is u·σ(u).</remarks>
public sealed class GatedChannel : CatalogueSystem
{
    private const double Charges = 6, Half = -0.040, Low = -0.100, High = 0.020, T = 279.45;

    /// <inheritdoc/>
    public override string Name => "gated-channel";

    /// <inheritdoc/>
    public override string Title => "A voltage-gated channel under clamp";

    /// <inheritdoc/>
    public override string Domain => "biology";

    /// <inheritdoc/>
    public override string Question => "How does a membrane's potential open a channel?";

    /// <inheritdoc/>
    public override ImmutableArray<string> Sources { get; } =
    [
        "Hodgkin AL, Huxley AF (1952). Currents carried by sodium and potassium ions through the membrane of the giant axon of Loligo. J Physiol 116:449–472: e-fold in 4 mV, hence about six charges.",
        "Hille B (2001). Ion channels of excitable membranes, 3rd ed., Sinauer, ch. 2.",
    ];

    /// <inheritdoc/>
    public override ImmutableArray<Scenario> Scenarios { get; } = [new("ramp", "From −100 to +20 mV in 12 s; the gate answers in milliseconds.", 12)];

    /// <inheritdoc/>
    public override ImmutableArray<Panel> Panels { get; } = [new("potential", "mV", [new("V", "clamp", 1000)]), new("channels", "share", [new("p", "open")])];

    /// <inheritdoc/>
    public override Network Build(Scenario scenario)
    {
        var b = new NetworkBuilder(Title) { Per = "mol of channels" };
        b.Temperature = b.Parameter("T", T, "K", Sources[0]);
        var (charge, half) = (b.Faraday * b.Parameter("z", Charges, "1", Sources[0]), b.Parameter("V_half", Half, "V", "own choice", "potential at which half are open"));
        var v = b.Define("V", Low + ((High - Low) * Expression.Time / scenario.End), "V", "clamped");
        var membrane = b.Compartment("membrane", 1);
        var clamp = b.PotentialReservoir("clamp", v, "V", description: "amplifier");
        var start = 1 / (1 + Expression.Exp(-charge * (Low - half) / b.RT));
        var closed = b.Species("closed", membrane, 1 - start, standardPotential: -charge * half);
        var open = b.Species("open", membrane, start, standardPotential: 0);
        b.Process("gating", ProcessKind.Reaction, [new(closed, 1), new(clamp, charge)], [new(open, 1)], FluxLaw.MarcelinDeDonder(b.Parameter("k", 1e3, "mol/s", "own choice")), unit: "mol/s");
        b.Define("p", open.Symbol / (open.Symbol + closed.Symbol), "1", "share that is open");
        return b.Build();
    }

    /// <inheritdoc/>
    public override Findings Study(Scenario scenario, Solution solution, CancellationToken cancellation = default)
    {
        double thermal = PhysicalConstants.CodataGasConstant * T / (Charges * PhysicalConstants.CodataFaraday);
        double[] v = [.. solution.ObservableColumn("V")], p = [.. solution.ObservableColumn("p")], u = [.. v.Select(x => (x - Half) / thermal)], logistic = [.. u.Select(x => 1 / (1 + Math.Exp(-x)))];
        int above = Array.FindIndex(p, x => x >= 0.5);
        double half = v[above - 1] + ((v[above] - v[above - 1]) * (0.5 - p[above - 1]) / (p[above] - p[above - 1]));
        return new(
        [
            new NamedResult("potential at which half are open", 1000 * half, "mV").Against(1000 * Half, 0.05, "V_half; the ramp lags by its speed over the gate's"),
            new NamedResult("largest distance from the logistic function", p.Zip(logistic, (a, b) => Math.Abs(a - b)).Max(), "1").Against(0, 3e-3, "Boltzmann's law"),
            new NamedResult("rise for an e-fold change of the odds", 1000 * thermal, "mV", "RT/zF"),
        ],
        [
            new LinePlot("opening", "The open share follows the logistic function of the potential", new("u = zF(V − V_half)/RT"), new("share of channels open"), [new("channel", [.. u], [.. p]), new("1/(1 + e⁻ᵘ)", [.. u], [.. logistic]) { IsDashed = true }]),
            new LinePlot("current", "Current through the open channels towards a reversal at V_half: the activation u·σ(u), σ(u) = 1/(1 + e⁻ᵘ)", new("u = zF(V − V_half)/RT"), new("current over conductance·RT/zF"), [new("channel", [.. u], [.. u.Zip(p, (a, b) => a * b)]), new("u/(1 + e⁻ᵘ), known as SiLU", [.. u], [.. u.Zip(logistic, (a, b) => a * b)]) { IsDashed = true }]),
        ]);
    }
}
