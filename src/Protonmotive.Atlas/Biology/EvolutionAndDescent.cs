using System.Collections.Immutable;
using Protonmotive.Catalogue;
using Protonmotive.Networks;
using Protonmotive.Solvers;
using Protonmotive.Symbolics;

namespace Protonmotive.Atlas.Biology;

/// <summary>
/// A population of types under selection and mutation beside gradient ascent on the same landscape. The share p of a type of fitness f is a store of potential −f; selection
/// compares it with the mean, dp/dt = p (f − f̄): linear in its affinity with the mobility p. What selection dissipates, Σ p (f − f̄)², is the variance of fitness and the rise of f̄: Fisher's theorem
/// is the ledger.
/// </summary>
/// <remarks>
/// Gradient ascent is a single point with dz/dt = V ∂f/∂z, V the variance of the population at that time (Lande 1976). On a quadratic landscape with normally distributed types the likeness is exact:
/// z̄ = θ + (z̄₀ − θ)/(1 + sV₀t) without mutation, θ + (z̄₀ − θ)e^(−sVt) where mutation 2D holds V = √(2D/s). It ends where the population is wider than what the slope at its mean
/// tells: of two peaks gradient ascent keeps the nearer, the population ends on the higher. In discrete generations of individuals with w = e^f children, Price's equation Δz̄ = cov(w, z)/w̄ + E(wΔz)/w̄ is an identity.
/// Landscapes and rates are ours.
/// </remarks>
public sealed class EvolutionAndDescent : CatalogueSystem
{
    private const int Types = 17, Individuals = 4000;
    private const double Spacing = 0.4, First = -3.2, Start = -1, Optimum = 1, Strength = 0.1, Variance = 0.25;
    private const double Mutation = Strength * Variance * Variance / 2; // D that holds the variance
    private const ulong Seed = 3;

    /// <inheritdoc/>
    public override string Name => "evolution-and-descent";

    /// <inheritdoc/>
    public override string Title => "Evolution and descent on one landscape";

    /// <inheritdoc/>
    public override string Domain => "biology";

    /// <inheritdoc/>
    public override string Question => "When does a population under selection move like gradient descent, and when does it not?";

    /// <inheritdoc/>
    public override ImmutableArray<string> Sources { get; } =
    [
        "Price GR (1970). Selection and covariance. Nature 227:520–521.",
        "Fisher RA (1930). The genetical theory of natural selection, Clarendon Press, ch. 2; Ewens WJ (1989). An interpretation and proof of the fundamental theorem of natural selection. Theor Popul Biol 36:167–180.",
        "Lande R (1976). Natural selection and random genetic drift in phenotypic evolution. Evolution 30:314–334.",
        "Shahshahani S (1979). A new mathematical framework for the study of linkage and selection. Mem Am Math Soc 211.",
    ];

    /// <inheritdoc/>
    public override ImmutableArray<Scenario> Scenarios { get; } =
    [
        new("hill", Hill + " No mutation.", 80),
        new("mutation", Hill + " " + Spread, 80),
        new("two-peaks", "A low peak of fitness under the population, a higher one beyond a valley; mutation, which costs fitness here too. The fitness is f = 0.1 exp(−(z + 1)²/0.72) + 0.3 exp(−(z − 1.4)²/0.72); potentials are minus f and minus its slope, in place of those of the one hill.", 400),
    ];

    private const string Hill = "One hill: a type of trait z has the fitness −s(z − θ)²/2, with the optimum θ = 1 and s = 0.1 1/generation. Traits are normally distributed, at the start about the mean z̄₀ = −1 with the variance V = 0.25.";
    private const string Spread = "Mutation carries types away from the fitter ones as well as towards them and so makes up for the variance that selection takes; where it lowers mean fitness, what it dissipates is negative: selection pays for it.";

    /// <inheritdoc/>
    public override ImmutableArray<Scenario> Shown => [Scenarios[1], Scenarios[2]];

    /// <inheritdoc/>
    public override ImmutableArray<Panel> Panels { get; } =
    [
        new("mean trait", "1", [new("mean_trait", "population"), new("ascent", "gradient ascent")]),
        new("variance of the trait", "1", [new("variance", "population")]),
        new("mean fitness", "1/generation", [new("mean_fitness", "population"), new("ascent_fitness", "gradient ascent")]),
    ];

    /// <inheritdoc/>
    public override Network Build(Scenario scenario)
    {
        var b = new NetworkBuilder(Title) { TimeUnit = "generation", EnergyUnit = "1/generation", AmountUnit = "share" };
        var fitness = Landscape(scenario.Name);
        double[] traits = [.. Enumerable.Range(0, Types).Select(Trait)], shares = [.. traits.Select(z => Math.Exp(-(z - Start) * (z - Start) / (2 * Variance)))];
        double all = shares.Sum();
        Expression[] heights = [.. traits.Select(z => (Expression)fitness(z).Evaluate(_ => double.NaN))];
        var types = traits.Select((_, i) => b.Store($"type_{i + 1}", shares[i] / all, p => -heights[i] * p, "share", "share", face: p => p)).ToList();
        Expression Mean(Func<int, Expression> of) => Expression.Sum(types.Select((t, i) => of(i) * t.Symbol));
        var meanFitness = b.Define("mean_fitness", Mean(i => heights[i]), "1/generation");
        var meanTrait = b.Define("mean_trait", Mean(i => traits[i]), "1");
        var variance = b.Define("variance", Mean(i => Expression.Power(traits[i] - meanTrait, 2)), "1");
        var mean = b.PotentialReservoir("population", -meanFitness, "1/generation", "the mean, with which selection compares each type");
        foreach (var type in types) b.Process("select_" + type.Name, ProcessKind.Reaction, [new(mean, 1)], [new(type, 1)], FluxLaw.Ohm(type.Symbol), unit: "share/generation");
        if (scenario.Name != "hill")
        {
            var rate = b.Parameter("D", scenario.Name == "mutation" ? Mutation : 0.004, "1/generation", "ours", "half of the variance that mutation adds in a generation") / Expression.Power(b.Parameter("spacing", Spacing, "1", "ours", "of the types in trait"), 2);
            for (int i = 1; i < Types; i++) b.Process($"mutate_{i}", ProcessKind.Leak, $"type_{i} <-> type_{i + 1}", FluxLaw.Fick(rate), unit: "share/generation");
        }
        var ascent = b.Store("ascent", Start, z => -fitness(z), "1", "1", face: z => z, description: "gradient ascent from the population's mean");
        b.Process("ascend", ProcessKind.Leak, "ascent ->", FluxLaw.Ohm(variance), unit: "1/generation");
        b.Define("ascent_fitness", fitness(ascent.Symbol), "1/generation");
        var gained = b.Variable("fisher", 0, "1/generation", "integral of the variance of fitness");
        b.Rate(gained.Name, Mean(i => Expression.Power(heights[i] - meanFitness, 2)));
        return b.Build();
    }

    /// <inheritdoc/>
    public override Findings Study(Scenario scenario, Solution solution, CancellationToken cancellation = default)
    {
        double end = solution.FinalTime, final = At(solution, "mean_trait", end), climbed = At(solution, "ascent", end);
        var generations = Generations(scenario, cancellation);
        var results = ImmutableArray.CreateBuilder<NamedResult>();
        if (scenario.Name == "hill")
        {
            double expected = Optimum + ((Start - Optimum) / (1 + (Strength * Variance * end)));
            const string law = "θ + (z̄₀ − θ)/(1 + sV₀t): Lande 1976, normally distributed traits";
            results.Add(new NamedResult("mean trait at the end", final, "1").Against(expected, 1e-3, law));
            results.Add(new NamedResult("gradient ascent at the end", climbed, "1").Against(expected, 1e-3, law));
            results.Add(new NamedResult("∫ variance of fitness over the rise of its mean", solution.Column("fisher")[^1] / (At(solution, "mean_fitness", end) - At(solution, "mean_fitness", 0)), "1").Against(1, 1e-5, "Fisher's fundamental theorem"));
        }
        else if (scenario.Name == "mutation")
        {
            double expected = Optimum + ((Start - Optimum) * Math.Exp(-Strength * Variance * end));
            const string law = "θ + (z̄₀ − θ)e^(−sVt): Lande 1976; types on a lattice differ from it by about the square of their spacing over V";
            results.Add(new NamedResult("mean trait at the end", final, "1").Against(expected, 0.05, law));
            results.Add(new NamedResult("gradient ascent at the end", climbed, "1").Against(expected, 0.05, law));
            // Drift adds at most 1/(2sN) to the variance of the mean (Lande 1976, eq. 12).
            results.Add(new NamedResult("mean trait of the individuals at the end", generations.Mean[^1], "1", $"{Individuals} individuals").Against(expected, 0.05 + (4.5 * Math.Sqrt(1 / (2 * Strength * Individuals))), law + "; drift"));
        }
        else
        {
            results.Add(new NamedResult("mean trait at the end", final, "1", "on the higher peak"));
            results.Add(new NamedResult("gradient ascent at the end", climbed, "1", "on the peak where it began").Against(Start, 0.05, "∂f/∂z = 0 near −1"));
            results.Add(new NamedResult("mean fitness of the population, less that of gradient ascent", At(solution, "mean_fitness", end) - At(solution, "ascent_fitness", end), "1/generation"));
        }
        results.Add(new NamedResult("Price's equation: largest residual of a generation", generations.Residual, "1", $"{Individuals} individuals, {generations.Mean.Length - 1} generations").Against(0, 1e-12, "an identity: Δz̄ = cov(w, z)/w̄ + E(wΔz)/w̄, w the offspring of each"));
        ImmutableArray<double> times = [.. solution.Times];
        return new Findings(results.ToImmutable(),
        [
            new LinePlot("trait", "Mean trait under selection, and gradient ascent", new("time", "generations"), new("trait"),
            [
                new PlotLine("population of types", times, [.. solution.ObservableColumn("mean_trait")]),
                new PlotLine($"{Individuals} individuals", [.. generations.Mean.Select((_, i) => (double)i)], generations.Mean),
                new PlotLine("gradient ascent", times, [.. solution.ObservableColumn("ascent")]) { IsDashed = true },
            ]),
            OverTheLandscape(scenario, solution),
        ]);
    }

    private static LinePlot OverTheLandscape(Scenario scenario, Solution solution)
    {
        ImmutableArray<double> traits = [.. Enumerable.Range(0, Types).Select(Trait)];
        PlotLine At(string label, int row) => new(label, traits, [.. Enumerable.Range(1, Types).Select(i => solution.ObservableColumn($"type_{i}")[row])]);
        var fitness = Landscape(scenario.Name);
        double[] heights = [.. traits.Select(z => fitness(z).Evaluate(_ => double.NaN))];
        double low = heights.Min(), high = heights.Max();
        int middle = solution.Times.Index().MinBy(t => Math.Abs(t.Item - (solution.FinalTime / 10))).Index;
        return new LinePlot("types", "Shares of the types, and their fitness (its range drawn from 0 to ½)", new("trait"), new("share"),
            [At("at the start", 0), At($"after {solution.Times[middle]:0} generations", middle), At("at the end", solution.RowCount - 1), new PlotLine("fitness", traits, [.. heights.Select(h => (h - low) / (high - low) / 2)]) { IsDashed = true }]);
    }

    /// <summary>Individuals with children in proportion to e^f; Price's equation is checked with the children each really has.</summary>
    private static (ImmutableArray<double> Mean, double Residual) Generations(Scenario scenario, CancellationToken cancellation)
    {
        var random = new RandomStream(Seed, 0);
        var fitness = Landscape(scenario.Name);
        double step = Math.Sqrt(2 * (scenario.Name switch { "hill" => 0, "mutation" => Mutation, _ => 0.004 })), worst = 0;
        double[] parents = [.. Enumerable.Range(0, Individuals).Select(_ => Start + (Math.Sqrt(Variance) * random.Normal()))], children = new double[Individuals], chance = new double[Individuals];
        var means = ImmutableArray.CreateBuilder<double>();
        means.Add(parents.Average());
        double[] table = [.. Enumerable.Range(0, 4001).Select(i => Math.Exp(fitness(-10 + (i * 0.005)).Evaluate(_ => double.NaN)))]; // e^f from −10 to 10
        for (int generation = 0; generation < (int)scenario.End; generation++)
        {
            cancellation.ThrowIfCancellationRequested();
            double total = 0;
            for (int i = 0; i < Individuals; i++)
            {
                double at = Math.Clamp((parents[i] + 10) / 0.005, 0, 3999.999);
                total += table[(int)at] + ((at - Math.Floor(at)) * (table[(int)at + 1] - table[(int)at]));
                chance[i] = total;
            }
            var (litter, change) = (new double[Individuals], new double[Individuals]);
            for (int i = 0; i < Individuals; i++)
            {
                int parent = Array.BinarySearch(chance, random.Uniform() * total);
                parent = Math.Min(Individuals - 1, parent < 0 ? ~parent : parent);
                children[i] = parents[parent] + (step * random.Normal());
                litter[parent]++;
                change[parent] += children[i] - parents[parent]; // w Δz of this parent
            }
            double before = parents.Average(), w = litter.Average(), covariance = 0;
            for (int i = 0; i < Individuals; i++) covariance += (litter[i] - w) * (parents[i] - before) / Individuals;
            worst = Math.Max(worst, Math.Abs(children.Average() - before - ((covariance + change.Average()) / w)));
            (parents, children) = (children, parents);
            means.Add(parents.Average());
        }
        return (means.ToImmutable(), worst);
    }

    private static double Trait(int i) => First + (i * Spacing);

    private static Func<Expression, Expression> Landscape(string scenario) => scenario == "two-peaks"
        ? z => (0.1 * Expression.Exp(-Expression.Power(z + 1, 2) / 0.72)) + (0.3 * Expression.Exp(-Expression.Power(z - 1.4, 2) / 0.72))
        : z => -Strength * Expression.Power(z - Optimum, 2) / 2;
}
