using System.Collections.Immutable;
using Protonmotive.Catalogue;
using Protonmotive.Networks;
using Protonmotive.Solvers;
using Protonmotive.Symbolics;

namespace Protonmotive.Atlas.Cognition;

/// <summary>
/// A chain of units, each of which foretells the next: F = ½ Σ πₗ eₗ² with errors eₗ = xₗ − wₗ tanh(xₗ₋₁), input and target held. Activities run down
/// ∂F/∂x (perception), weights more slowly down ∂F/∂w (learning): both are processes whose affinity is the gradient of one free energy.
/// </summary>
/// <remarks>
/// With a weak target (small precision of the last error) activities stay near the forward pass, and the weights' forces at rest are that precision times
/// backpropagation's gradient (Whittington and Bogacz 2017).
/// </remarks>
public sealed class PredictiveCoding : CatalogueSystem
{
    private const int Layers = 3;
    private const double Input = 0.8, Target = 1.2, Weak = 1e-3;
    private static readonly double[] weights = [0.9, -1.1, 0.7];

    /// <inheritdoc/>
    public override string Name => "predictive-coding";

    /// <inheritdoc/>
    public override string Title => "A hierarchy that foretells its target";

    /// <inheritdoc/>
    public override string Domain => "cognition";

    /// <inheritdoc/>
    public override string Question => "Can a network learn where errors pass between neighbours alone?";

    /// <inheritdoc/>
    public override ImmutableArray<string> Sources { get; } =
    [
        "Whittington JCR, Bogacz R (2017). An approximation of the error backpropagation algorithm in a predictive coding network with local Hebbian synaptic plasticity. Neural Comput 29:1229–1262.",
        "Friston K (2005). A theory of cortical responses. Phil Trans R Soc B 360:815–836.",
    ];

    /// <inheritdoc/>
    public override ImmutableArray<Scenario> Scenarios { get; } =
    [
        new("perception", "Weights as they are, a weak target (precision 0.001, that of the last error): activities come to rest. Time, energies and rates have no unit here.", 40),
        new("learning", "A firm target; weights give way until nothing is left to explain.", 800),
    ];

    /// <inheritdoc/>
    public override ImmutableArray<Scenario> Shown => Scenarios;

    /// <inheritdoc/>
    public override ImmutableArray<Panel> Panels { get; } =
    [
        new("activity", "1", [.. Enumerable.Range(1, Layers - 1).Select(l => new Curve($"x_{l}", $"layer {l}"))]),
        new("weight", "1", [.. Enumerable.Range(1, Layers).Select(l => new Curve($"w_{l}", $"into layer {l}"))]),
        new("free energy", "1", [new("F", "F")]),
    ];

    /// <inheritdoc/>
    public override Network Build(Scenario scenario)
    {
        bool learns = scenario.Name == "learning";
        var b = new NetworkBuilder(Title) { TimeUnit = "1", EnergyUnit = "1", AmountUnit = "1" };
        var x = new Expression[Layers + 1];
        (x[0], x[Layers]) = (b.Parameter("input", Input), b.Parameter("target", Target));
        var stores = new List<Store>();
        EnergyStore Unit(string name, double start) => b.Store(name, start, _ => 0, face: content => content);
        for (int l = 1; l < Layers; l++)
        {
            var unit = Unit($"x_{l}", 0);
            x[l] = unit.Content;
            stores.Add(unit);
        }
        var free = new List<Expression>();
        for (int l = 1; l <= Layers; l++)
        {
            var weight = Unit($"w_{l}", weights[l - 1]);
            stores.Add(weight);
            free.Add(b.Parameter($"precision_{l}", l == Layers && !learns ? Weak : 1) / 2 * Expression.Power(x[l] - (weight.Content * Expression.Tanh(x[l - 1])), 2));
        }
        b.Define("F", Expression.Sum(free), "1");
        b.SharedEnergy("free energy", Expression.Sum(free), [.. stores]);
        var (perceives, learnsAt) = (b.Parameter("rate_activity", 1), b.Parameter("rate_weight", learns ? 0.05 : 0));
        foreach (var store in stores) b.Process("relaxation_of_" + store.Name, ProcessKind.Conductor, $"{store.Name} ->", FluxLaw.Ohm(store.Name[0] == 'x' ? perceives : learnsAt), unit: "1");
        return b.Build();
    }

    /// <inheritdoc/>
    public override ImmutableArray<NamedResult> Results(Scenario scenario, Solution solution)
    {
        double end = solution.FinalTime, left = At(solution, "F", end);
        if (scenario.Name == "learning") return [new NamedResult("free energy left", left, "1").Against(0, 1e-6, "one target can be explained wholly")];
        double[] gradient = Backpropagated();
        return
        [
            new NamedResult("free energy at rest", left, "1"),
            .. Enumerable.Range(1, Layers).Select(l => new NamedResult($"force on weight {l}, over the precision of the last error", -At(solution, $"affinity.relaxation_of_w_{l}", end) / Weak, "1")
                .Against(-gradient[l - 1], 5e-3 * Math.Abs(gradient[l - 1]), "minus the gradient by backpropagation, in the limit of a weak target")),
        ];
    }

    // ∂/∂w of ½(target − output)² by the chain rule, on the forward pass.
    private static double[] Backpropagated()
    {
        double[] a = new double[Layers + 1], gradient = new double[Layers];
        a[0] = Input;
        for (int l = 1; l <= Layers; l++) a[l] = weights[l - 1] * Math.Tanh(a[l - 1]);
        double sent = a[Layers] - Target;
        for (int l = Layers; l >= 1; l--)
        {
            gradient[l - 1] = sent * Math.Tanh(a[l - 1]);
            sent *= weights[l - 1] * (1 - Math.Pow(Math.Tanh(a[l - 1]), 2));
        }
        return gradient;
    }
}
