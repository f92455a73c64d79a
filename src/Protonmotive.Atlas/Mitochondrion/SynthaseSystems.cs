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
        [.. millivolts.Select(mV => new Scenario($"{mV}-mV", $"ΔΨ held at {mV} mV, to equilibrium.", 500))];

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
    public override string Question => "How much ATP can a given proton-motive force hold up?";

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
    public override ImmutableArray<NamedResult> Results(Scenario scenario, Solution solution) =>
        [new("matrix ATP", 1000 * At(solution, "ATP_x", solution.FinalTime), "mM", "at the end"), new("K_F", At(solution, "K_F", 0), "1/M", "apparent equilibrium constant")];
}

/// <summary>ATP synthase with the adenine nucleotide translocase, matrix phosphate held ([Q], Fig. 4).</summary>
public sealed class SynthaseAndTranslocase : ClampedPotentialSystem
{
    /// <inheritdoc/>
    public override string Name => "atp-synthase-ant";

    /// <inheritdoc/>
    public override string Title => "ATP synthase and nucleotide translocase at a held membrane potential";

    /// <inheritdoc/>
    public override string Question => "Why is ATP so much more abundant outside the mitochondrion than inside?";

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
    public override ImmutableArray<NamedResult> Results(Scenario scenario, Solution solution) =>
    [
        new("Pi matrix over cytosol", At(solution, "Pi_x", solution.FinalTime) / At(solution, "Pi_c", solution.FinalTime), "1", "2.20890 at every ΔΨ ([Q], Fig. 6: about 2.2)"),
    ];
}
