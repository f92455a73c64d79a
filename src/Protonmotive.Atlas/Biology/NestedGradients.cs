using System.Collections.Immutable;
using Protonmotive.Atlas.Mitochondrion;
using Protonmotive.Catalogue;
using Protonmotive.Networks;
using Protonmotive.Solvers;
using Protonmotive.Symbolics;
using Protonmotive.Thermodynamics;
using static Protonmotive.Symbolics.Expression;

namespace Protonmotive.Atlas.Biology;

/// <summary>
/// An axon with its mitochondria as one network: food to NADH, NADH to a proton-motive force, that to ATP, ATP to gradients of Na⁺ and K⁺, and these to spikes. The parts are those of
/// <see cref="AtpDemand"/> and <see cref="PumpedAxon"/>; all is counted per litre of mitochondria, in mol, V, J and s.
/// </summary>
/// <remarks>
/// Rest is a steady state of all of it: the mitochondria alone are brought to rest at the ATP that the pump takes at rest, and the number of pumps follows from what they then give it.
/// </remarks>
public sealed class NestedGradients : CatalogueSystem
{
    private const double Celsius = 37, MitochondrialShare = 0.06, Diameter = 5e-4, Cut = 60;
    private const double TrainStart = 10, TrainInterval = 0.05, PulseLength = 0.12e-3, PulseCurrent = 1000;
    private const int SpikesOfTrain = 40;
    private const string Own = "own: an axon that lives on a quarter of what its mitochondria can do";
    private static readonly string[] chain = ["DH", "C1", "C3", "C4"], phosphorylation = ["F1F0", "ANT", "PiC", "leak"], channels = ["sodium", "delayed", "background", "potassium", "chloride"];
    private static readonly Surroundings axon = new(MitochondrialShare, 1 - MitochondrialShare, 0.8425, Own);

    /// <inheritdoc/>
    public override string Name => "nested-gradients";

    /// <inheritdoc/>
    public override string Title => "From food to a spike: gradients within gradients";

    /// <inheritdoc/>
    public override string Domain => "biology";

    /// <inheritdoc/>
    public override string Question => "How much of the free energy of food arrives in a spike, and in what order do the gradients fall without food or oxygen?";

    /// <inheritdoc/>
    public override ImmutableArray<string> Sources { get; } = [.. MitochondrionSystem.QamasSources, .. AxonInMetabolism.Sources];

    /// <inheritdoc/>
    public override ImmutableArray<Scenario> Scenarios { get; } =
    [
        new("rest", "No spikes: what the gradients cost to keep.", 100),
        new("train", "40 spikes, 20 a second, and ten minutes to pay for them.", 600) { Phases = [new("spikes", TrainStart, TrainStart + (SpikesOfTrain * TrainInterval))] },
        new("no-oxygen", "Oxygen falls to 10⁻⁶ mmHg after a minute. Sodium gradient: what Na⁺ releases as it enters; potassium gradient: the potential at which K⁺ would be at equilibrium.", 600) { Phases = [new("rest", 0, Cut), new("no oxygen", Cut, 600)] },
        new("no-food", "The dehydrogenases, which take electrons from food, stop after a minute.", 600) { Phases = [new("rest", 0, Cut), new("no food", Cut, 600)] },
    ];

    /// <inheritdoc/>
    public override ImmutableArray<Scenario> Shown => Scenarios;

    /// <inheritdoc/>
    public override ImmutableArray<Panel> Panels { get; } =
    [
        new("NADH", "% reduced", [new("NADH_fraction", "NADH", 100)]),
        new("oxygen", "mmol O₂/s/L", [new("oxygen", "uptake", 1000)]),
        new("proton-motive force", "mV", [new("Dp", "Δp", 1000)]),
        new("ATP", "kJ/mol", [new("DeltaG_ATP_c", "ΔG in the cytosol", -1e-3)]),
        new("ions within", "mM", [new("K_i", "K⁺", 1000), new("Na_i", "Na⁺", 1000)]),
        new("membrane potential", "mV", [new("V", "V", 1000), new("E_Na", "Na⁺ at equilibrium", 1000), new("E_K", "K⁺ at equilibrium", 1000)]),
    ];

    /// <inheritdoc/>
    public override Network Build(Scenario scenario)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        var (initial, atRest) = Settled();
        var b = new NetworkBuilder(Title);
        var m = new OxidativePhosphorylation(b, axon, initial);
        var complexes = new RespiratoryChain(b, m);
        b.Boundary("oxidative phosphorylation", "electrons", complexes.ComplexI, complexes.ComplexIII, complexes.ComplexIV, m.Synthase(), m.Translocase(), m.PhosphateCarrier(), m.Leak());

        var diameter = b.Parameter("d", Diameter, "cm", Own, "diameter of the axon");
        var area = b.Define("area", 4000 / (diameter * Symbol("V_m")), "cm²", "membrane of the axon for a litre of mitochondria");
        var celsius = b.Parameter("celsius", Celsius, "°C", "Randall 2021", "temperature of the gates");
        var scale = AxonScale.OfArea(b, area);
        Expression Bound(Species pool, string magnesium, Expression binding) => scale.Millimolar * pool * Symbol("Mg_c") / (Symbol(magnesium) * binding);
        var fuel = new AxonFuel("ATP_c", "ADP_c + Pi_c + H_c", Bound(m.ATPc, "K_Mg_ATP", m.Ions.ATPc), Bound(m.ADPc, "K_Mg_ADP", m.Ions.ADPc), scale.Millimolar * m.Pic.Free, scale.Millimolar * m.Hc.Symbol,
            1e6 * Exp(-(Symbol("DeltaG0_ATP") / b.RT)) * Symbol("K_Mg_ATP") / Symbol("K_Mg_ADP"));
        var membrane = new AxonMembrane(b, scale, celsius, fuel, atRest);
        var amplitude = b.Parameter("I_pulse", PulseCurrent, "µA/cm²", "own: above threshold");
        var pulses = scenario.Name == "train"
            ? Enumerable.Range(0, SpikesOfTrain).Select(i => TrainStart + (i * TrainInterval)).Select(t => (amplitude.Symbol, And(LessOrEqual(t, Time), Less(Time, t + PulseLength)))).ToArray()
            : [];
        var patch = membrane.Declare(m.C, [m.I, m.X], pulses.Length == 0 ? null : Piecewise(pulses, 0));

        if (scenario.Name == "no-oxygen") b.When("oxygen gone", LessOrEqual(Cut, Time), [new("P_O2", 1e-6)], trueBeforeStart: false);
        if (scenario.Name == "no-food") b.When("food gone", LessOrEqual(Cut, Time), [new("X_DH", 0)], trueBeforeStart: false);

        var F = b.Faraday;
        b.Define("E_Na", b.RT / F * Log(Symbol("Na_o") / patch.Na), "V", "potential at which Na⁺ is at equilibrium");
        b.Define("E_K", b.RT / F * Log(Symbol("K_o") / patch.K), "V", "potential at which K⁺ is at equilibrium");
        b.Define("ion_work", (3 * F * (Symbol("E_Na") - patch.V)) + (2 * F * (patch.V - Symbol("E_K"))), "J/mol", "work on the ions of one turn of the pump");
        b.Define("Dp", Symbol("pmf") / F, "V", "proton-motive force");
        b.Define("oxygen", complexes.ComplexIV / 2, "mol/s", "O₂ taken up");
        return b.Build();
    }

    /// <inheritdoc/>
    public override ImmutableArray<NamedResult> Results(Scenario scenario, Solution solution)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        ArgumentNullException.ThrowIfNull(solution);
        return scenario.Name is "no-oxygen" or "no-food" ? Falls(scenario.Name == "no-food" ? withoutFood : withoutOxygen, solution) : Steps(scenario.Name == "train", solution);
    }

    /// <inheritdoc/>
    public override Findings Study(Scenario scenario, Solution solution, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        var results = Results(scenario, solution);
        if (scenario.Name is not ("no-oxygen" or "no-food")) return new Findings(results, []);
        var rows = Enumerable.Range(0, solution.RowCount).Where(i => solution.Times[i] > Cut).ToArray();
        ImmutableArray<double> t = [.. rows.Select(i => solution.Times[i] - Cut)];
        PlotLine Line(string label, Func<string, double[]> read, Func<Func<string, double[]>, int, double> force) =>
            new(label, t, [.. rows.Select(i => force(read, i) / force(read, 0))]);
        var plot = new LinePlot("fall", "What is left of each gradient after food or oxygen ends", new PlotAxis("time after the end", "s", IsLogarithmic: true), new PlotAxis("share of that at rest"),
            [.. forces.Select((f, k) => Line(f.Name, solution.ObservableColumn, f.Force))]);
        return new Findings(results, [plot]);
    }

    // Free energy of each gradient for what crosses it: of Na⁺ that falls in, and of K⁺ for its concentrations alone.
    private static readonly (string Name, Func<Func<string, double[]>, int, double> Force)[] forces =
    [
        ("proton-motive force", (read, i) => read("Dp")[i]),
        ("free energy of ATP", (read, i) => -read("DeltaG_ATP_c")[i]),
        ("sodium gradient", (read, i) => read("E_Na")[i] - read("V")[i]),
        ("membrane potential", (read, i) => -read("V")[i]),
        ("potassium gradient", (read, i) => -read("E_K")[i]),
    ];

    private static ImmutableArray<NamedResult> Steps(bool isTrain, Solution solution)
    {
        double End(string column) => solution.Column(column)[^1];
        double Sum(string kind, IEnumerable<string> processes) => processes.Sum(p => End($"{kind}.{p}"));
        double food = End("supply.substrate") + End("supply.O2");
        // What goes on at rest, at the first row: dissipated by channels, and ATP and oxygen taken.
        double First(string observable) => solution.ObservableColumn(observable)[0];
        double resting = channels.Sum(c => First("affinity." + c) * First(c)) * solution.FinalTime;
        double channelled = Sum("power", channels);
        double toGradient = 1 - (Sum("power", chain) / food);
        double toATP = 1 - (Sum("power", phosphorylation) / (food * toGradient));
        double toIons = 1 - (End("power.pump") / (food * toGradient * toATP));
        double sodium = Sum("extent", channels[..3]);
        const string independent = "both papers' equations by an independent code";
        NamedResult AtRest(NamedResult result, double value, double tolerance) => isTrain ? result : result.Against(value, tolerance, independent);
        var common = ImmutableArray.Create(
            new NamedResult("NADH for each O", End("extent.DH") / End("extent.C4"), "1").Against(1, 1e-4, "two electrons each"),
            new NamedResult("protons back for each ATP", ((10 * End("extent.C4")) - End("extent.leak")) / End("extent.pump"), "1", "pumped by the chain, less the leak").Against(11.0 / 3, 2e-3, "8/3 through the synthase and 1 with ADP and phosphate"),
            AtRest(new NamedResult("ATP for each O", End("extent.pump") / End("extent.C4"), "1"), 1.83605, 1e-5),
            new NamedResult("Na⁺ that entered for each ATP", sodium / End("extent.pump"), "1").Against(3, 2e-3, "3 Na⁺ a turn"),
            AtRest(new NamedResult("food to proton-motive force", 100 * toGradient, "%"), 86.7145, 1e-3),
            AtRest(new NamedResult("proton-motive force to ATP", 100 * toATP, "%"), 66.746, 1e-3),
            AtRest(new NamedResult("ATP to gradients of ions", 100 * toIons, "%"), 64.1529, 1e-3));
        double brought = isTrain ? End("supply.pipette") : 0;
        var ends = new NamedResult("food to gradients of ions", 100 * (channelled - brought) / food, "%", "free energy that ions release through channels, over that of food and oxygen")
            .Against(100 * toGradient * toATP * toIons, 0.05, "product of the three steps above");
        if (!isTrain) return [.. common, ends];
        double spikes = channelled - resting;
        return
        [
            .. common, ends,
            new NamedResult("what spikes release, of all that channels release", 100 * spikes / channelled, "%", "the rest goes on at rest"),
            new NamedResult("what spikes release, of the food burnt for them", 100 * spikes / (food * (1 - (First("DH") * solution.FinalTime / End("extent.DH")))), "%", "food burnt for them: what is burnt in the run beyond what rest would burn"),
            new NamedResult("O₂ for each ATP, of what spikes add to both", (End("extent.C4") - (First("C4") * solution.FinalTime)) / 2 / (End("extent.pump") - (First("pump") * solution.FinalTime)), "1", "11/60 where the proton leak stays as at rest; it falls a little"),
            new NamedResult("highest uptake of oxygen, over that at rest", solution.ObservableColumn("oxygen").Max() / First("oxygen"), "1"),
        ];
    }

    // When half is left, in s after the cut and in the order of the forces, by tests/oracle/nested_gradients.py.
    private static readonly double[] withoutOxygen = [86.49, 104.6, 227, 230.6, 230.3], withoutFood = [88.6, 106.7, 229.1, 232.7, 232.4];

    private static ImmutableArray<NamedResult> Falls(double[] known, Solution solution)
    {
        var read = solution.ObservableColumn;
        return
        [
            .. forces.Select((f, k) =>
            {
                double[] value = [.. Enumerable.Range(0, solution.RowCount).Select(i => f.Force(read, i))];
                int i = Enumerable.Range(1, solution.RowCount - 1).FirstOrDefault(row => value[row] < value[0] / 2);
                double time = i == 0 ? double.NaN : solution.Times[i - 1] + ((solution.Times[i] - solution.Times[i - 1]) * ((value[0] / 2) - value[i - 1]) / (value[i] - value[i - 1])) - Cut;
                return new NamedResult("time until half is left: " + f.Name, time, "s", "from when food or oxygen ends").Against(known[k], 2, "both papers' equations by an independent code; within 2 s, as the course is kept at points some seconds apart");
            }),
        ];
    }

    /// <summary>The mitochondria at rest with the ATP that the pump takes at rest: a start for all of them, and values of what the pump sees.</summary>
    private static (InitialConditions Initial, IReadOnlyDictionary<string, double> Values) Settled()
    {
        var b = new NetworkBuilder("mitochondria of an axon at rest");
        var m = new OxidativePhosphorylation(b, axon, new InitialConditions { ATPc = 4e-3, ADPc = 0.05e-3, Pic = 2e-3 });
        _ = new RespiratoryChain(b, m);
        m.Synthase();
        m.Translocase();
        m.PhosphateCarrier();
        m.Leak();
        double R = m.RT.Evaluate(name => name == "R" ? 8.314 : 310.15), F = 96485;
        // pmol/cm²/s of 4000/d cm² for a litre of axon.
        m.Demand(AxonMembrane.TurnoverAtRest(F * AxonMembrane.Rest / 1000 / R) * 1e-12 * 4000 / Diameter);
        var kernel = Account.Of(b.Build()).Compile();
        var run = Ode.Solve(new InitialValueProblem(kernel, 0, 1e5), new Rodas5P(), new Tolerance(1e-10), OutputTimes.EndOnly);
        var values = kernel.System.Parameters.Zip(kernel.Parameters(run.Problem.Overrides)).ToDictionary(p => p.First.Name, p => p.Second);
        foreach (var observable in kernel.System.Observables) values[observable.Name] = run.ObservableColumn(observable.Name)[^1];
        values["celsius"] = Celsius;
        return (new InitialConditions
        {
            Potential = values["DeltaPsi"], ATPx = values["ATP_x"], ADPx = values["ADP_x"], Pix = values["Pi_x"], ATPc = values["ATP_c"], ADPc = values["ADP_c"], Pic = values["Pi_c"],
            ReducedNAD = values["NADH_fraction"], ReducedQ = values["QH2_fraction"], ReducedC = values["cred_fraction"],
        }, values);
    }
}
