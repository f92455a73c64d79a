using System.Collections.Immutable;
using Protonmotive.Catalogue;
using Protonmotive.Networks;
using Protonmotive.Solvers;
using Protonmotive.Symbolics;

namespace Protonmotive.Atlas.Machines;

/// <summary>
/// A head of attention as a flow: a query q in a landscape E(q) = ½|q|² − (1/β) ln Σ exp(β kᵢ·q), whose slope is q less what the head reads,
/// Σ softmax(β kᵢ·q) kᵢ. One step of length 1 down the slope is attention; the flow goes on until the query is what it reads.
/// </summary>
/// <remarks>Keys serve as values, as in self-attention with shared weights; β is one over the square root of the width (Vaswani et al. 2017).</remarks>
public sealed class AttentionHead : CatalogueSystem
{
    private const int Width = 2;
    private static readonly double[][] keys = [[3, 0.5], [0.2, 2.6], [-2.4, 1.0], [-0.6, -2.8]];
    private static readonly double[] query = [1.0, 1.3];

    /// <inheritdoc/>
    public override string Name => "attention-head";

    /// <inheritdoc/>
    public override string Title => "An attention head as descent";

    /// <inheritdoc/>
    public override string Domain => "learning";

    /// <inheritdoc/>
    public override string Question => "What does an attention head run down when it reads?";

    /// <inheritdoc/>
    public override ImmutableArray<string> Sources { get; } =
    [
        "Ramsauer H et al. (2021). Hopfield networks is all you need. ICLR; arXiv 2008.02217: one update of the energy's rule is attention.",
        "Vaswani A et al. (2017). Attention is all you need. NIPS 30:5998–6008.",
    ];

    /// <inheritdoc/>
    public override ImmutableArray<Scenario> Scenarios { get; } =
    [
        new("attention", "β = 1/√2, as in a head two numbers wide. Time, energies and rates have no unit here.", 30),
        new("hot", "A tenth of that: every key is read about as much, and the query comes to rest between them.", 30),
        new("cold", "Four times: the nearest key is read alone.", 30),
    ];

    /// <inheritdoc/>
    public override ImmutableArray<Panel> Panels { get; } =
    [
        new("weight of attention", "1", [.. keys.Select((_, i) => new Curve($"weight_{i + 1}", $"key {i + 1}"))]),
        new("query", "1", [.. query.Select((_, d) => new Curve($"q_{d + 1}", $"q{d + 1}"))]),
        new("energy", "1", [new("E", "E")]),
    ];

    /// <inheritdoc/>
    public override Network Build(Scenario scenario)
    {
        var b = new NetworkBuilder(Title) { TimeUnit = "1", EnergyUnit = "1", AmountUnit = "1" };
        var sharpness = b.Parameter("beta", Sharpness(scenario), "1", Sources[1], "one over the temperature");
        var q = Enumerable.Range(1, Width).Select(d => b.Store($"q_{d}", query[d - 1], _ => 0, face: content => content)).ToArray();
        var scores = keys.Select((key, i) => sharpness * Expression.Sum(key.Select((k, d) => b.Parameter($"k_{i + 1}{d + 1}", k) * q[d].Content))).ToArray();
        var sum = Expression.Sum(scores.Select(s => Expression.Exp(s)));
        for (int i = 0; i < keys.Length; i++) b.Define($"weight_{i + 1}", Expression.Exp(scores[i]) / sum, "1", $"of key {i + 1}");
        var energy = (Expression.Sum(q.Select(c => c.Content * c.Content)) / 2) - (Expression.Log(sum) / sharpness);
        b.Define("E", energy, "1");
        b.SharedEnergy("energy", energy, [.. q]);
        var mobility = b.Parameter("mobility", 1, "1");
        foreach (var store in q) b.Process("descent_of_" + store.Name, ProcessKind.Conductor, $"{store.Name} ->", FluxLaw.Ohm(mobility), unit: "1");
        return b.Build();
    }

    /// <inheritdoc/>
    public override Findings Study(Scenario scenario, Solution solution, CancellationToken cancellation = default)
    {
        double end = solution.FinalTime, beta = Sharpness(scenario);
        double[] read = Read(query, beta);
        var rest = Enumerable.Range(1, Width).Select(d => At(solution, $"q_{d}", end)).ToArray();
        double[] again = Read(rest, beta);
        var results = new List<NamedResult>();
        for (int d = 0; d < Width; d++)
            results.Add(new NamedResult($"what one step of size 1 from the start reads, component {d + 1}", query[d] - At(solution, $"descent_of_q_{d + 1}", 0), "1").Against(read[d], 1e-9, "softmax(β K q)ᵀ K: what the head reads"));
        results.Add(new NamedResult("query at rest less what it reads", Math.Sqrt(rest.Select((r, d) => Math.Pow(r - again[d], 2)).Sum()), "1").Against(0, 1e-4, "at rest the slope is 0"));
        results.Add(new NamedResult("energy lost", At(solution, "E", 0) - At(solution, "E", end), "1"));
        return new([.. results], [Landscape(beta)]);
    }

    private static MapPlot Landscape(double beta)
    {
        double[] axis = [.. Enumerable.Range(0, 61).Select(i => -4 + (i * 8.0 / 60))];
        double Energy(double x, double y) => (((x * x) + (y * y)) / 2) - (Math.Log(keys.Sum(k => Math.Exp(beta * ((k[0] * x) + (k[1] * y))))) / beta);
        return new("landscape", "The landscape that the query runs down: wells where queries come to rest", new("q1"), new("q2"), new("energy"), [.. axis], [.. axis], [.. axis.SelectMany(y => axis.Select(x => Energy(x, y)))]);
    }

    // What a head with these keys as values reads for a query, by the definition of attention.
    private static double[] Read(double[] q, double beta)
    {
        double[] weights = [.. keys.Select(k => Math.Exp(beta * k.Zip(q, (a, b) => a * b).Sum()))];
        return [.. Enumerable.Range(0, Width).Select(d => keys.Select((k, i) => weights[i] * k[d]).Sum() / weights.Sum())];
    }

    private static double Sharpness(Scenario scenario) => scenario.Name switch { "hot" => 0.1, "cold" => 4, _ => 1.0 } / Math.Sqrt(Width);
}
