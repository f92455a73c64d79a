using System.Collections.Immutable;
using Protonmotive.Catalogue;
using Protonmotive.Networks;
using Protonmotive.Solvers;

namespace Protonmotive.Atlas.Mitochondrion;

/// <summary>A part of the mitochondrion at a held membrane potential; what is added decides how far ATP is made and carried.</summary>
public abstract class ClampedPotentialSystem : MitochondrionSystem
{
    private static readonly int[] millivolts = [175, 100, 125, 150, 160, 185, 200, 225, 250];

    /// <inheritdoc/>
    public override ImmutableArray<Scenario> Scenarios { get; } =
        [.. millivolts.Select(mV => new Scenario($"{mV}-mV", $"ΔΨ held at {mV} mV, to equilibrium.{(mV == millivolts[0] ? " " + Places : "")}", 500))];

    /// <summary>What it comes to at other potentials: lines over ΔΨ.</summary>
    protected abstract ImmutableArray<(string Observable, string Label)> Swept { get; }

    /// <summary>What the sweep shows, in a sentence.</summary>
    protected abstract string SweepTitle { get; }

    /// <inheritdoc/>
    public override Findings Study(Scenario scenario, Solution solution, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        var results = Results(scenario, solution);
        if (scenario.Name != Scenarios[0].Name) return new Findings(results, []);
        var potentials = Enumerable.Range(0, 61).Select(i => 100 + (2.5 * i)).ToImmutableArray();
        Solution At(double mV)
        {
            var problem = new InitialValueProblem(solution.Kernel, 0, scenario.End) { Overrides = ImmutableDictionary<string, double>.Empty.Add("DeltaPsi", mV / 1000) };
            return Ode.Solve(problem, new Rodas5P(), new Tolerance(1e-6), SolveOptions.Default, OutputTimes.EndOnly, null, cancellation);
        }
        var runs = potentials.Select(At).ToList();
        return new Findings(results, [new LinePlot("sweep", SweepTitle, new("ΔΨ", "mV"), new("concentration at equilibrium", "mM"),
            [.. Swept.Select(s => new PlotLine(s.Label, potentials, [.. runs.Select(r => 1000 * r.ObservableColumn(s.Observable)[^1])]))])]);
    }

    /// <summary>ΔΨ of a scenario, in V.</summary>
    protected static double Held(Scenario scenario) => double.Parse(scenario.Name.Split('-')[0], System.Globalization.CultureInfo.InvariantCulture) / 1000;
}

/// <summary>ATP synthase alone at a held potential ([Q], Figs. 2 and 3).</summary>
public sealed class SynthaseAlone : ClampedPotentialSystem
{
    /// <inheritdoc/>
    public override string Name => "atp-synthase";

    /// <inheritdoc/>
    public override string Title => "ATP synthase at a held membrane potential";

    /// <inheritdoc/>
    public override string Question => "How much ATP can a given membrane potential hold up against phosphate and ADP?";

    /// <inheritdoc/>
    public override ImmutableArray<Panel> Panels =>
    [
        new("matrix", "mM", [new("ATP_x", "ATP", 1000), new("ADP_x", "ADP", 1000), new("Pi_x", "Pi", 1000)]),
        new("affinity of ATP synthase", "kJ/mol", [new("affinity.F1F0", "A", 1e-3)]),
    ];

    /// <inheritdoc/>
    public override Network Build(Scenario scenario)
    {
        var b = new NetworkBuilder(Title);
        new OxidativePhosphorylation(b, Surroundings.Cell, new InitialConditions(), Held(scenario)).Synthase();
        return b.Build();
    }

    /// <inheritdoc/>
    protected override ImmutableArray<(string Observable, string Label)> Swept { get; } = [("ATP_x", "ATP"), ("Pi_x", "phosphate")];

    /// <inheritdoc/>
    protected override string SweepTitle => "Matrix ATP at equilibrium: the potential decides until phosphate is used up";

    /// <inheritdoc/>
    public override ImmutableArray<NamedResult> Results(Scenario scenario, Solution solution)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        double K = At(solution, "K_F", 0);
        // K (D − x)(P − x) = x, with what ADP and phosphate are where ATP is none: 10 and 1.5 mM.
        const double D = 10e-3, P = 1.5e-3;
        double half = (D + P + (1 / K)) / 2, expected = 1000 * (half - Math.Sqrt((half * half) - (D * P)));
        return
        [
            new NamedResult("matrix ATP", 1000 * At(solution, "ATP_x", solution.FinalTime), "mM", "at the end").Against(expected, 1e-4 * expected, "K_F (ADP_tot − ATP)(Pi_tot − ATP) = ATP"),
            new NamedResult("apparent equilibrium constant K_F of ATP synthase", K, "1/M").Against(constants[scenario.Name], 1e-4 * constants[scenario.Name], "the same equations by an independent code"),
        ];
    }

    private static readonly Dictionary<string, double> constants = new()
    {
        ["100-mV"] = 0.046927, ["125-mV"] = 0.56856, ["150-mV"] = 6.8886, ["160-mV"] = 18.684, ["175-mV"] = 83.461, ["185-mV"] = 226.37, ["200-mV"] = 1011.2, ["225-mV"] = 12252, ["250-mV"] = 1.4844e5,
    };
}

/// <summary>ATP synthase with the adenine nucleotide translocase, matrix phosphate held ([Q], Fig. 4).</summary>
public sealed class SynthaseAndTranslocase : ClampedPotentialSystem
{
    /// <inheritdoc/>
    public override string Name => "atp-synthase-ant";

    /// <inheritdoc/>
    public override string Title => "ATP synthase and nucleotide translocase at a held membrane potential";

    /// <inheritdoc/>
    public override string Question => "Why is ATP over ADP so much higher outside the mitochondrion than inside?";

    /// <inheritdoc/>
    public override ImmutableArray<Panel> Panels =>
    [
        new("matrix", "mM", [new("ATP_x", "ATP", 1000), new("ADP_x", "ADP", 1000)]),
        new("cytosol", "mM", [new("ATP_c", "ATP", 1000), new("ADP_c", "ADP", 1000)]),
    ];

    /// <inheritdoc/>
    public override Network Build(Scenario scenario)
    {
        var b = new NetworkBuilder(Title);
        var m = new OxidativePhosphorylation(b, Surroundings.Cell, new InitialConditions { HoldsMatrixPhosphate = true }, Held(scenario));
        m.Synthase();
        m.Translocase();
        return b.Build();
    }

    /// <inheritdoc/>
    protected override ImmutableArray<(string Observable, string Label)> Swept { get; } = [("ATP_c", "ATP outside"), ("ATP_x", "ATP in the matrix")];

    /// <inheritdoc/>
    protected override string SweepTitle => "ATP at equilibrium: the exchange of ATP⁴⁻ for ADP³⁻ lets the potential push ATP out";

    /// <inheritdoc/>
    public override ImmutableArray<NamedResult> Results(Scenario scenario, Solution solution)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        double End(string name) => At(solution, name, solution.FinalTime);
        double Free(string side) => End("ATP_" + side) / End("P_ATP_" + side) / (End("ADP_" + side) / End("P_ADP_" + side));
        double pushed = Math.Exp(96485 * Held(scenario) / (8.314 * 310.15));
        return
        [
            new NamedResult("ATP over ADP in the matrix", End("ATP_x") / End("ADP_x"), "1"),
            new NamedResult("ATP over ADP outside", End("ATP_c") / End("ADP_c"), "1"),
            new NamedResult("ATP⁴⁻ over ADP³⁻ outside, over the same in the matrix", Free("c") / Free("x"), "1").Against(pushed, 1e-3 * pushed, "exp(F ΔΨ/RT): one charge leaves with each ATP"),
        ];
    }
}

/// <summary>ATP synthase, translocase and phosphate carrier ([Q], Figs. 5 and 6).</summary>
public sealed class SynthaseTranslocaseAndCarrier : ClampedPotentialSystem
{
    /// <inheritdoc/>
    public override string Name => "atp-synthase-ant-pic";

    /// <inheritdoc/>
    public override string Title => "ATP synthase, nucleotide translocase and phosphate carrier at a held membrane potential";

    /// <inheritdoc/>
    public override string Question => "Which membrane potential keeps cytosolic ATP at its physiological level?";

    /// <inheritdoc/>
    public override ImmutableArray<Panel> Panels =>
    [
        new("matrix", "mM", [new("ATP_x", "ATP", 1000), new("ADP_x", "ADP", 1000), new("Pi_x", "Pi", 1000)]),
        new("cytosol", "mM", [new("ATP_c", "ATP", 1000), new("ADP_c", "ADP", 1000), new("Pi_c", "Pi", 1000)]),
    ];

    /// <inheritdoc/>
    public override Network Build(Scenario scenario)
    {
        var b = new NetworkBuilder(Title);
        var m = new OxidativePhosphorylation(b, Surroundings.Cell, new InitialConditions(), Held(scenario));
        m.Synthase();
        m.Translocase();
        m.PhosphateCarrier();
        return b.Build();
    }

    /// <inheritdoc/>
    protected override ImmutableArray<(string Observable, string Label)> Swept { get; } = [("ATP_c", "ATP in the cytosol"), ("ADP_c", "ADP in the cytosol"), ("Pi_c", "phosphate in the cytosol"), ("ATP_x", "ATP in the matrix")];

    /// <inheritdoc/>
    protected override string SweepTitle => "Equilibrium over the potential: from about 160 mV nearly all adenine in the cytosol is ATP";

    /// <inheritdoc/>
    public override ImmutableArray<NamedResult> Results(Scenario scenario, Solution solution)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        double End(string name) => At(solution, name, solution.FinalTime);
        var cytosolic = new NamedResult("ATP in the cytosol", 1000 * End("ATP_c"), "mM", "of 10 mM adenine nucleotides");
        return
        [
            known.TryGetValue(scenario.Name, out double value) ? cytosolic.Against(value, 2e-5, "the same equations by an independent code") : cytosolic,
            new NamedResult("Pi matrix over cytosol", End("Pi_x") / End("Pi_c"), "1", "the same at every ΔΨ").Against(2.20890, 1e-5, "the same equations by an independent code; Randall et al. 2021, Fig. 6: about 2.2"),
        ];
    }

    private static readonly Dictionary<string, double> known = new() { ["125-mV"] = 3.38697, ["150-mV"] = 8.28072, ["175-mV"] = 9.74957, ["200-mV"] = 9.95913 };
}
