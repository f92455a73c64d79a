using System.Collections.Immutable;
using Protonmotive.Catalogue;
using Protonmotive.Networks;
using Protonmotive.Solvers;
using Protonmotive.Symbolics;

namespace Protonmotive.Atlas.Machines;

/// <summary>
/// Root-mean-square normalisation as a regulator: a gain eᵃ on all inputs runs down E(a) = ½⟨x²⟩e²ᵃ − a, so that da/dt = 1 − ⟨y²⟩ with y = eᵃx. At rest
/// ⟨y²⟩ = 1 whatever the inputs' size: what a normalising layer computes at once.
/// </summary>
public sealed class GainControl : CatalogueSystem
{
    private const double Step = 20, Factor = 2;
    private static readonly double[] inputs = [0.4, -1.1, 0.7, 1.6];

    /// <inheritdoc/>
    public override string Name => "gain-control";

    /// <inheritdoc/>
    public override string Title => "Normalisation as a regulator";

    /// <inheritdoc/>
    public override string Domain => "learning";

    /// <inheritdoc/>
    public override string Question => "What does a normalising layer hold, and against what?";

    /// <inheritdoc/>
    public override ImmutableArray<string> Sources { get; } =
    [
        "Zhang B, Sennrich R (2019). Root mean square layer normalization. NeurIPS 32.",
        "Yi TM, Huang Y, Simon MI, Doyle J (2000). Robust perfect adaptation in bacterial chemotaxis through integral feedback control. PNAS 97:4649–4653.",
    ];

    /// <inheritdoc/>
    public override ImmutableArray<Scenario> Scenarios { get; } = [new("doubled", "At time 20 every input doubles. Time, energies and rates have no unit here.", 60)];

    /// <inheritdoc/>
    public override ImmutableArray<Panel> Panels { get; } =
    [
        new("output", "1", [.. inputs.Select((_, i) => new Curve($"y_{i + 1}", $"y{i + 1}"))]),
        new("mean square", "1", [new("power", "of the outputs")]),
        new("gain", "1", [new("gain", "gain")]),
    ];

    /// <inheritdoc/>
    public override Network Build(Scenario scenario)
    {
        var b = new NetworkBuilder(Title) { TimeUnit = "1", EnergyUnit = "1", AmountUnit = "1" };
        var size = b.Variable("size", 1, "1", "of the inputs");
        var x = inputs.Select((v, i) => b.Parameter($"x_{i + 1}", v) * size).ToArray();
        var square = Expression.Sum(x.Select(v => v * v)) / inputs.Length;
        var gain = b.Store("gain_log", 0, a => (square * Expression.Exp(2 * a) / 2) - a, "1", "1");
        b.Define("gain", Expression.Exp(gain.Content), "1");
        b.Define("power", square * Expression.Exp(2 * gain.Content), "1", "mean square of the outputs");
        for (int i = 0; i < x.Length; i++) b.Define($"y_{i + 1}", Expression.Exp(gain.Content) * x[i], "1");
        b.Process("regulation", ProcessKind.Conductor, "gain_log ->", FluxLaw.Ohm(b.Parameter("rate", 0.5, "1")), unit: "1");
        b.At(Step, "inputs doubled", (size, Factor * size.Symbol));
        return b.Build();
    }

    /// <inheritdoc/>
    public override ImmutableArray<NamedResult> Results(Scenario scenario, Solution solution)
    {
        double end = solution.FinalTime, scale = Math.Sqrt(inputs.Sum(v => v * v) / inputs.Length);
        return
        [
            .. inputs.Select((v, i) => new NamedResult($"output {i + 1} at the end", At(solution, $"y_{i + 1}", end), "1").Against(v / scale, 1e-5, "x/√⟨x²⟩: root-mean-square normalisation of the first inputs")),
            new NamedResult("mean square of the outputs just after the step", At(solution, "power", Step, before: false), "1").Against(Factor * Factor, 1e-3, "the gain has not moved yet"),
        ];
    }
}
