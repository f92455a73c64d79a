using static Protonmotive.Reports.Atlas.Pairs.AtlasPairs;

namespace Protonmotive.Reports.Atlas.Pairs;

/// <summary>A population under mutation and selection, and a point that follows the gradient of the same landscape.</summary>
internal static class EvolutionAndDescent
{
    public static Pair? Make(PairRuns runs)
    {
        if (runs.Find("evolution-and-descent", "mutation") is not { } hill || runs.Find("evolution-and-descent", "two-peaks") is not { } peaks) return null;
        const string mean = "mean trait at the end", ascent = "gradient ascent at the end";
        string identity = hill.Record.Results.First(r => r.Name.StartsWith("Price", StringComparison.Ordinal)).Name;
        List<double> variances = [.. hill.Times("variance").Select(v => v.Value)];
        return new("evolution-and-descent-pair", "Evolution and descent", "When does selection follow the gradient?",
            new PairSide(peaks, "Evolution", "Each type grows at the rate of its fitness, and mutation spreads the types. No one computes a slope: the mean moves because fitter types leave more offspring. It starts on the lower peak of two, and some types lie beyond the valley.", "types"),
            new PairSide(peaks, "Descent", "A point climbs the landscape along its slope (descent on minus the fitness), as parameters do under gradient descent, with the variance of the population as its step. It starts on the same peak, where the slope is nothing: without noise it stays.", "trait"),
            [
                new("what moves", "the mean of a distribution", "one point"),
                new("law of motion", "dz̄/dt = cov(fitness, z) + mutation", "dz/dt = V ∂f/∂z"),
                new("step size", $"variance of the trait, on the one peak between {Text(variances.Min())} and {Text(variances.Max())} on the way", "that variance at each time, as learning rate"),
                new("one peak, at 1: where it is after 80 generations, from −1", Text(hill.Result(mean)), Text(hill.Result(ascent))),
                new("the same by Lande's law, V = 0.25 throughout", Text(hill.Known(mean)), Text(hill.Known(ascent))),
                new("two peaks: where it ends", $"{Text(peaks.Result(mean))}, on the higher one", $"{Text(peaks.Result(ascent))}, where it began"),
                new("Price's equation, an identity: largest residual", Text(hill.Result(identity)), "no counterpart: one point has no covariance"),
                new("books close to", $"{Closure(hill)} on one peak, {Closure(peaks)} on two", "the same runs hold both"),
            ],
            "Population of types: infinitely many individuals, sorted by trait, so without chance; 4000 individuals: one generation after another, with chance. Trait z: what differs among individuals; fitness: growth for each generation; minus its mean is the energy here, and its fall counts as dissipated; z̄: mean; cov: covariance; Price's equation: Δz̄ = cov(w, z)/w̄ + E(wΔz)/w̄, of a generation with w offspring each that differ by Δz from their parent. η: learning rate, length of a step per slope; ∇L: slope of the loss L, which is fitness with its sign turned; preconditioner: a step size for each direction. One peak: a run of the chapter; two peaks: the one drawn.",
            new("with normally distributed types, a quadratic landscape and unbiased mutation the mean climbs the gradient times the variance, dz̄/dt = V ∂f/∂z (Lande 1976): one equation. The three numbers of the table differ by about 0.01, since types stand on a lattice and their variance is not quite constant. Selection alone raises mean fitness at the rate of the variance of fitness (Fisher; mutation takes some of it back), as a flow lowers a loss by η‖∇L‖²: force times mobility times force.",
                "a landscape, a force that is its slope, and how far a force moves in each direction: by the covariance of types for selection, by learning rate or preconditioner for descent.",
                "a population feels the landscape over its whole width. Here its types reach past the valley from the start, so it crosses what stops a gradient; a narrow or small one would have to wait for rare mutants. But for mutation offspring are of their parent's type, so all variance is inherited; of animals and plants only part is. A population keeps its knowledge in many bodies and dies if they do. A gradient gives one answer for millions of parameters for one pass each way, where selection needs offspring for each direction it tries."));
    }
}
