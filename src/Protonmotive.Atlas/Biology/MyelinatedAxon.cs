using System.Collections.Immutable;
using Protonmotive.Catalogue;
using Protonmotive.Networks;
using Protonmotive.Solvers;
using static Protonmotive.Symbolics.Expression;

namespace Protonmotive.Atlas.Biology;

/// <summary>
/// The membrane of <see cref="PumpedAxon"/> at each node of a myelinated fibre of 20 µm: K⁺ that drifts in the axoplasm between nodes carries the spike from one to the next. Myelin
/// insulates perfectly; each node has the axoplasm of one internode.
/// </summary>
/// <remarks>McNeal (1976). The current between nodes, I = G ΔV with G = π d²/(4 ρ L), is written as a flux of K⁺ down its electrochemical potential, so it books as dissipation and moves ions.</remarks>
public sealed class MyelinatedAxon : CatalogueSystem
{
    private const int Count = 15, First = 4, Second = 10;
    private const double PulseStart = 0.5, PulseLength = 0.1, PulseCurrent = 3000, Level = -20, Avogadro = 6.02214076e23;
    private static readonly Grid fibre = Grid.Line(Count, AxonInMetabolism.InternodeLength);

    /// <inheritdoc/>
    public override string Name => "myelinated-axon";

    /// <inheritdoc/>
    public override string Title => "A myelinated axon: a spike that leaps, paid in ATP";

    /// <inheritdoc/>
    public override string Domain => "biology";

    /// <inheritdoc/>
    public override string Question => "How fast does a spike leap from node to node, and what does each centimetre cost in ATP?";

    /// <inheritdoc/>
    public override ImmutableArray<string> Sources { get; } = [.. AxonInMetabolism.Sources];

    /// <inheritdoc/>
    public override ImmutableArray<Scenario> Scenarios { get; } = [new("spike", "15 nodes, 2 mm apart, at 20 °C; a pulse of 0.1 ms at the first.", 2.5)];

    /// <inheritdoc/>
    public override ImmutableArray<Panel> Panels { get; } =
        [new("membrane potential", "mV", [new("V[0]", "0 mm"), new($"V[{First}]", "8 mm"), new("V[7]", "14 mm"), new($"V[{Second}]", "20 mm")])];

    /// <inheritdoc/>
    public override Network Build(Scenario scenario)
    {
        var (b, membrane) = AxonInMetabolism.Start(Title, 20, inSeconds: false, "cm² of membrane at each node");
        var diameter = b.Parameter("d", AxonInMetabolism.Diameter, "cm", "McNeal 1976", "diameter of the axon within its myelin");
        var node = b.Parameter("l", AxonInMetabolism.NodeLength, "cm", "McNeal 1976", "length of a node");
        var internode = b.Parameter("L", AxonInMetabolism.InternodeLength, "cm", "McNeal 1976", "distance between nodes");
        var resistivity = b.Parameter("rho", 0.11, "kΩ·cm", "McNeal 1976", "resistivity of the axoplasm: 110 Ω·cm");
        var pulse = And(LessOrEqual(PulseStart, Time), Less(Time, PulseStart + PulseLength));
        var current = Piecewise([(b.Parameter("I_pulse", PulseCurrent, "µA/cm²", "own: above threshold"), pulse)], 0);
        b.Replicate(fibre, place => membrane.Declare(
            b.Compartment("axoplasm", diameter * internode / (4 * node) * 1e6, "nL", "axoplasm of an internode, for 1 cm² of node"), [], place.Column == 0 ? current : null));
        var conductance = b.Define("G", diameter / (4 * resistivity * node * internode), "mS/cm²", "conductance from node to node, for 1 cm² of node");
        b.Exchange(fibre, "axial", "K_i", FluxLaw.Ohm(conductance / (b.Faraday * b.Faraday)), description: "current through the axoplasm, carried by K⁺");
        return b.Build();
    }

    /// <inheritdoc/>
    public override ImmutableArray<NamedResult> Results(Scenario scenario, Solution solution)
    {
        ArgumentNullException.ThrowIfNull(solution);
        double velocity = (Second - First) * AxonInMetabolism.InternodeLength / (Crossing(solution, Second) - Crossing(solution, First)) * 10; // cm/ms to m/s
        double Total(params IEnumerable<string> columns) => columns.Sum(c => solution.Column(c)[^1]);
        string[] channels = ["sodium", "delayed", "background", "potassium", "chloride"];
        // Per cm² of node, to the node's own area π d l.
        double area = Math.PI * AxonInMetabolism.Diameter * AxonInMetabolism.NodeLength;
        double sodium = (Total("extent.sodium", "extent.delayed", "extent.background") - (3 * Total("extent.pump"))) / Count * area;
        return
        [
            new NamedResult("speed of the spike", velocity, "m/s", "from 8 to 20 mm").Against(36.089, 0.05, "the same nodes by an independent code"),
            new NamedResult("time from node to node", (Crossing(solution, Second) - Crossing(solution, First)) / (Second - First) * 1000, "µs"),
            new NamedResult("axoplasm over channels, dissipation", Total("power.axial") / Total(channels.Select(c => "power." + c)), "1").Against(0.0160201, 1e-6, "the same nodes by an independent code"),
            new NamedResult("Na⁺ of a spike at a node", sodium * 1e-12 * Avogadro, "ions", "less what the pump took out meanwhile"),
            new NamedResult("ATP for a spike and centimetre", sodium / 3 / AxonInMetabolism.InternodeLength * 1e-12 * Avogadro, "1/cm", "a third of that Na⁺"),
        ];
    }

    /// <inheritdoc/>
    public override Findings Study(Scenario scenario, Solution solution, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(solution);
        var columns = fibre.Places.Select(p => solution.ObservableColumn("V" + p.Suffix)).ToArray();
        int[] rows = EvenRows.Of(solution);
        var map = new MapPlot("potential", "Membrane potential at the nodes in the course of time", new PlotAxis("node", ""), new PlotAxis("time", "ms"), new PlotAxis("V", "mV"),
            [.. fibre.Places.Select(p => (double)p.Column)], [.. rows.Select(r => solution.Times[r])], [.. rows.SelectMany(r => columns.Select(c => c[r]))]);
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
}
