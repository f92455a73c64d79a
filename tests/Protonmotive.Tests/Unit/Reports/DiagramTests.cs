using System.Text.Json;
using Protonmotive.Atlas;
using Protonmotive.Networks;
using Protonmotive.Reports.Figures;
using Protonmotive.Reports.Figures.Diagrams;
using Protonmotive.Reports.Runs;
using Protonmotive.Solvers;
using Xunit;

namespace Protonmotive.Tests.Unit.Reports;

public class DiagramTests
{
    private static readonly Dictionary<string, SimulationResult> runs = [];

    public static TheoryData<string> Systems => [.. AtlasCatalogue.Systems.Systems.Select(s => s.Name)];

    [Theory]
    [InlineData("E_sodium", false, "E", "sodium")]
    [InlineData("ATP", false, "ATP", "")]
    [InlineData("descent_of_q_1", true, "descent of q", "1")]
    [InlineData("pump_K_in", true, "pump K in", "")]
    [InlineData("a_name_that_is_a_sentence", false, "a name that is a sentence", "")]
    [InlineData("DeltaPsi", false, "ΔΨ", "")]
    [InlineData("Delta_psi_x", false, "Δψ", "x")]
    [InlineData("_", false, "_", "")]
    public void Names_stand_as_in_equations(string name, bool isProcess, string text, string below)
    {
        var line = isProcess ? DiagramLine.Process(name) : DiagramLine.Store(name);
        Assert.Equal((text, below), (line.Text, line.Below));
    }

    [Fact]
    public void Two_capacitors_show_the_charge_that_moved_and_the_voltages_it_moved_between()
    {
        var record = Run("two-capacitors").Record.Diagram!;
        var wire = Assert.Single(record.Processes);
        // q(t) = ½ (1 − e^(−2t/RC)) C has moved after 20 s; ¼ J is lost. The run's relative tolerance is 1e-6.
        double moved = 0.5 * (1 - Math.Exp(-40));
        Assert.Equal(moved / 20, wire.Flux, 1e-6);
        Assert.Equal(0.25 / 20, wire.Dissipation!.Value, 1e-6);
        Assert.Equal(("A", "V"), (wire.FluxUnit, record.Stores[0].PotentialUnit));
        Assert.Equal([-wire.Flux, wire.Flux], wire.Parts.Select(p => p.Rate));
        Assert.Equal([("left", 1.0), ("right", 0.0)], record.Stores.Select(s => (s.Name, s.PotentialAtStart!.Value)));
        Assert.All(record.Stores, s => Assert.Equal(0.5, s.PotentialAtEnd!.Value, 1e-6));
    }

    [Fact]
    public void Mitochondria_show_what_their_ledger_holds()
    {
        var (record, ledger) = (Run("mitochondrion").Record.Diagram!, Run("mitochondrion").Ledger);
        double span = ledger.End - ledger.Start;
        Assert.Equal(ledger.Processes.Select(p => (p.Name, p.Extent / span, (double?)p.Power / span)), record.Processes.Select(p => (p.Name, p.Flux, p.Power)));
        var membrane = Assert.Single(record.Membranes);
        Assert.Equal(0.175, membrane.AtStart, 1e-12);
        Assert.All(record.Processes.Where(p => p.Name != "DH"), p => Assert.Equal("DeltaPsi", p.Membrane));
        Assert.Equal([("H_c", -8 / 3.0), ("H_x", 5 / 3.0)], record.Processes.Single(p => p.Name == "F1F0").Parts.Where(p => p.Store[0] == 'H').OrderBy(p => p.Store, StringComparer.Ordinal).Select(p => (p.Store, p.Coefficient)));
        // RT ln 10^(−7.2) at 310.15 K with R = 8.314.
        var protons = record.Stores.Single(s => s.Name == "H_c");
        Assert.True(protons.IsHeld);
        Assert.Equal((8.314e-3 * 310.15 * -7.2 * Math.Log(10), "kJ/mol"), (Math.Round(protons.PotentialAtEnd!.Value, 9), protons.PotentialUnit), (a, b) => Math.Abs(a.Item1 - b.Item1) < 1e-8 && a.Item2 == b.Item2);
        // What processes bring to the held protons the surroundings take; both are the solver's integrals, since the potential does not move.
        double brought = record.Processes.SelectMany(p => p.Parts).Where(p => p.Store == "H_c").Sum(p => p.Power!.Value) * span;
        double supplied = ledger.Supplies.Single(s => s.Name == "H_c").Energy;
        Assert.Equal(-supplied, brought, 1e-5 * Math.Abs(supplied));
        // Nothing of it is there at the start.
        Assert.Equal(double.NegativeInfinity, record.Stores.Single(s => s.Name == "ATP_c").PotentialAtStart);
        // The dehydrogenases' law reads phosphate, which they neither take nor give.
        Assert.Equal("Pi_x", Assert.Single(record.Processes.Single(p => p.Name == "DH").Parts, p => p.Coefficient == 0).Store);
    }

    [Fact]
    public void Where_units_differ_widths_are_powers()
    {
        var run = Run("motor-and-weight");
        var record = run.Record.Diagram!;
        var graph = DiagramGraph.Of(record);
        Assert.Equal((DiagramMeasure.Power, "W"), (graph.Measure, graph.Unit));
        var armature = record.Processes.Single(p => p.Name == "armature");
        // 12 V times the mean current leave the battery; a coupling without loss takes from one side what it gives to the other.
        Assert.Equal(12 * armature.Flux, -armature.Parts.Single(p => p.Store == "battery").Power!.Value, 1e-9 * 12 * armature.Flux);
        var rope = record.Processes.Single(p => p.Name == "rope").Parts;
        Assert.Equal(-rope[0].Power!.Value, rope[1].Power!.Value, 1e-9 * Math.Abs(rope[0].Power!.Value));
        Assert.Equal("N·m", rope.Single(p => p.Store == "omega").RateUnit);
        Assert.Equal(DiagramMeasure.Flux, DiagramGraph.Of(Run("brusselator").Record.Diagram!).Measure);
    }

    [Theory, MemberData(nameof(Systems))]
    public void Every_system_has_a_drawing_in_which_no_boxes_overlap_and_nothing_is_cut(string system)
    {
        if (Run(system).Record.Diagram is not { Processes.IsEmpty: false } record) return;
        NothingOverlaps(DiagramLayout.Of(record));
        NothingOverlaps(DiagramLayout.Of(record, 390)); // half a page
        var figure = new DiagramFigure(record);
        Assert.Equal(figure.ToSvg(), new DiagramFigure(record).ToSvg());
        // Made again from a run's folder it is the same.
        var again = JsonSerializer.Deserialize(JsonSerializer.Serialize(Run(system).Record, RunJson.Default.RunRecord), RunJson.Default.RunRecord)!.Diagram!;
        Assert.Equal(figure.ToPng(), new DiagramFigure(again).ToPng());
    }

    [Fact]
    public void Compartments_stand_on_their_sides_of_the_membrane()
    {
        var layout = DiagramLayout.Of(Run("heart").Record.Diagram!);
        Assert.Equal(["cytosol", "matrix"], layout.Zones.Select(z => z.Name));
        var border = Assert.Single(layout.Borders);
        float x = layout.LayerAt[border.Layer];
        foreach (var node in layout.Graph.Nodes.Where(n => n.Store is { Place.Length: > 0 })) Assert.Equal(node.Store!.Place == "matrix", node.X > x);
        Assert.Equal(["ANT", "C1", "C3", "C4", "F1F0", "PiC", "leak"], layout.Graph.Nodes.Where(n => n.Process is not null && n.X == x).Select(n => n.Name).Order(StringComparer.Ordinal));
        Assert.Equal(["cox_i", "cred_i"], layout.Graph.Nodes.Where(n => n.Inner == "intermembrane").Select(n => n.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_cascade_runs_one_way_and_its_returns_stand_between_the_same_stores()
    {
        var b = new NetworkBuilder("cascade") { TimeUnit = "s" };
        var cell = b.Compartment("cell", 1);
        foreach (string name in (string[])["A", "B", "C"]) b.Species(name, cell, 1);
        void Step(string name, string equation, double rate) => b.Process(name, ProcessKind.Reaction, equation, FluxLaw.MassAction(rate));
        Step("back_2", "C -> B", 0.1);
        Step("back_1", "B -> A", 0.1);
        Step("there_2", "B -> C", 2);
        Step("there_1", "A -> B", 3);
        var layers = DiagramLayout.Of(Of(b.Build(), 1)).Graph.Nodes.ToDictionary(n => n.Name, n => n.Layer);
        Assert.Equal([0, 1, 1, 2, 3, 3, 4], ((string[])["A", "there_1", "back_1", "B", "there_2", "back_2", "C"]).Select(n => layers[n]));
    }

    [Fact]
    public void Of_a_large_network_the_strongest_processes_are_drawn_and_the_figure_says_so()
    {
        var record = Of(Chain(200), 1e-3);
        Assert.Equal((200, 199), (record.StoresInAll, record.ProcessesInAll));
        Assert.InRange(record.Stores.Length, 2, 60);
        // The first store alone is full at the start, so the first steps turn over most.
        Assert.Contains(record.Processes, p => p.Name == "r1");
        Assert.Contains("of 199", new DiagramFigure(record).Caption, StringComparison.Ordinal);
        NothingOverlaps(DiagramLayout.Of(record));
    }

    [Fact]
    public void A_very_large_network_is_not_drawn()
    {
        var network = Chain(2001);
        var run = Simulation.Run(new Model("chain", network), new SimulationSettings { End = 1e-3, Points = 2, Method = new Tsit5() });
        Assert.Equal((2001, 0), (run.Record.Diagram!.StoresInAll, run.Record.Diagram.Processes.Length));
        Assert.DoesNotContain(Protonmotive.Reports.RunReport.Figures(run.Record, Trajectory.Of(run.Solution), run.Ledger), f => f is DiagramFigure);
    }

    [Fact]
    public void Places_are_the_nearest_that_keep_the_distances()
    {
        // Two that want the same place part evenly; a third far away stays; weights pull.
        Assert.Equal([-1, 1, 9], DiagramSpacing.Nearest([0, 0, 9], [1, 1, 1], [0, 2, 2]));
        Assert.Equal([-0.5, 1.5], DiagramSpacing.Nearest([0, 0], [3, 1], [0, 2]));
    }

    [Theory]
    [InlineData(0.00153, "mol/s", "1.53 mmol/s")]
    [InlineData(-42.752, "kJ/mol", "−42.8 kJ/mol")]
    [InlineData(5635, "pN·nm/s", "5635 pN·nm/s")]
    [InlineData(0, "A", "0 A")]
    [InlineData(26_049, "nW", "26 µW")]
    [InlineData(3.97, "µA", "3.97 µA")]
    [InlineData(0.02, "kW", "20 W")]
    [InlineData(0.25, "1", "0.25")]
    public void Numbers_are_short(double value, string unit, string text) => Assert.Equal(text, DiagramNumber.Of(value, unit));

    [Fact]
    public void A_span_is_one_number_where_nothing_changed()
    {
        Assert.Equal("175 → 186 mV", DiagramNumber.Span(0.175, 0.1857, "V"));
        Assert.Equal("−77 mV", DiagramNumber.Span(-77, -77.00001, "mV"));
        Assert.Equal("empty → 2 kJ/mol", DiagramNumber.Span(double.NegativeInfinity, 2, "kJ/mol"));
    }

    [Fact]
    public void Beside_large_potentials_small_ones_are_written_alike_and_rounding_is_nothing()
    {
        Assert.Equal("0 → −0.0004", DiagramNumber.Span(0, -4.24e-4, "", 0.397));
        Assert.Equal("0.397 → 0", DiagramNumber.Span(0.397, 1e-13, "", 0.397));
        Assert.Equal("−0.56 → 0 kJ/mol", DiagramNumber.Span(-0.56, 5e-12, "kJ/mol", 0.56));
    }

    [Fact]
    public void What_is_rounding_beside_other_flows_is_no_flow()
    {
        DiagramPart Part(string store, double coefficient, double rate) => new(store, coefficient, rate, "mol/s", null);
        var record = new DiagramRecord
        {
            Stores = [new("A", "", false, null, null, ""), new("B", "", false, null, null, "")],
            Processes =
            [
                new("step", "Reaction", "", 1, "mol/s", null, [Part("A", -1, -1), Part("B", 1, 1)]),
                new("still", "Reaction", "", 6.36e-19, "mol/s", null, [Part("A", -1, -6.36e-19), Part("B", 1, 6.36e-19)]),
            ],
            PowerUnit = "W",
        };
        var graph = DiagramGraph.Of(record);
        Assert.Equal([("step", false), ("still", true)], graph.Links.Select(l => ((l.From.Process ?? l.To.Process)!.Name, l.IsIdle)).Distinct());
        Assert.Contains(graph.Nodes.Single(n => n.Name == "still").Lines, l => l.Text == "0 mol/s");
    }

    private static void NothingOverlaps(DiagramLayout layout)
    {
        var nodes = layout.Graph.Nodes;
        const float slack = 0.01f; // rounding of single precision
        for (int i = 0; i < nodes.Length; i++)
        {
            var a = nodes[i];
            Assert.True(a.X - a.Left > -slack && a.Y - a.Above > -slack && a.X + a.Right < layout.Width + slack && a.Y + a.Below < layout.Height + slack, $"{a.Name} is cut");
            for (int j = i + 1; j < nodes.Length; j++)
            {
                var b = nodes[j];
                bool overlap = a.X + a.Right > b.X - b.Left + slack && b.X + b.Right > a.X - a.Left + slack && a.Y + a.Below > b.Y - b.Above + slack && b.Y + b.Below > a.Y - a.Above + slack;
                Assert.False(overlap, $"{a.Name} and {b.Name} overlap");
            }
        }
    }

    private static Network Chain(int count)
    {
        var b = new NetworkBuilder("chain");
        var cell = b.Compartment("cell", 1);
        for (int i = 0; i < count; i++) b.Species($"S{i}", cell, i == 0 ? 1 : 0);
        for (int i = 1; i < count; i++) b.Process($"r{i}", ProcessKind.Reaction, $"S{i - 1} -> S{i}", FluxLaw.MassAction(1));
        return b.Build();
    }

    private static DiagramRecord Of(Network network, double end) => Simulation.Run(new Model(network.Name, network), new SimulationSettings { End = end, Points = 3 }).Record.Diagram!;

    private static SimulationResult Run(string name)
    {
        lock (runs)
        {
            if (runs.TryGetValue(name, out var known)) return known;
            var system = AtlasCatalogue.Systems.Get(name);
            var scenario = system.Scenarios[0];
            return runs[name] = Simulation.Run(new Model(name, system.Build(scenario), system, scenario), new SimulationSettings());
        }
    }
}
