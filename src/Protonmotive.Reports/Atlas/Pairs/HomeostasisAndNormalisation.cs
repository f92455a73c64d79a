using static Protonmotive.Reports.Atlas.Pairs.AtlasPairs;

namespace Protonmotive.Reports.Atlas.Pairs;

/// <summary>A heart whose work triples, and a layer whose inputs double.</summary>
internal static class HomeostasisAndNormalisation
{
    public static Pair? Make(PairRuns runs)
    {
        if (runs.Find("heart", "exercise") is not { } heart || runs.Find("gain-control", "doubled") is not { } gain) return null;
        double step = heart.Record.Phases[1].Start, rest = heart.Times("ATP_c").Last(r => r.Time < step).Time;
        double Change(string column) => (heart.At(column, heart.Record.End) / heart.At(column, rest)) - 1;
        double before = gain.At("power", 19), after = gain.At("power", gain.Record.End), jump = gain.Result("mean square of the outputs just after the step");
        double lowest = (heart.Times("ATP_c").Where(v => v.Time > step).Min(v => v.Value) / heart.At("ATP_c", rest)) - 1;
        return new("homeostasis-and-normalisation", "Homeostasis and normalisation", "What stays the same when the load changes?",
            new PairSide(heart, "Homeostasis", $"A heart that goes from rest to exercise spends three times the ATP. Phosphate, its product, rises from {1000 * heart.At("Pi_c", rest):0.00} to {1000 * heart.At("Pi_c", heart.Record.End):0.00} mM (ADP by {Percent(Change("ADP_c"))} only, as creatine kinase at equilibrium ties it to creatine phosphate, which moves little), the membrane potential falls by {1000 * (heart.At("DeltaPsi", rest) - heart.At("DeltaPsi", heart.Record.End)):0} mV, and respiration rises until supply meets demand, while ATP hardly moves. Both runs first settle from their start values.", "time-course") { Wide = ["free-energy"] },
            new PairSide(gain, "Normalisation", "A normalising layer (RMSNorm; others subtract the mean too) divides its inputs by their size, so that what follows sees the same range. Here the division is done by a gain that is turned down as long as the outputs are too large.", "time-course", "diagram"),
            [
                new("disturbance", "ATP spent: × 3", "inputs: × 2"),
                new("held", "ΔG of ATP, and ATP", "mean square of the outputs"),
                new("change of what is held", $"size of ΔG {Signed(Change("DeltaG_ATP_c"))}; ATP {Signed(Change("ATP_c"))}, which hardly can change: nearly all of the pool is ATP", Signed((after / before) - 1)),
                new("what gives way", $"O₂ uptake {Signed(Change("C4"))} (at rest part of it makes up for the leak); phosphate {Signed(Change("Pi_c"))}", $"gain {Signed((gain.At("gain", gain.Record.End) / gain.At("gain", 19)) - 1)}"),
                new("right after the disturbance", $"ATP at its lowest: {Signed(lowest)}; creatine phosphate makes up for it", $"mean square × {Text(jump / before)}"),
                new("the error that is fed back", "proportional: more phosphate, more flux", "integral: 1 − mean square, summed up"),
                new("dissipated", $"{Dissipated(heart)} in {Text(heart.Record.End, "s")}", $"{Dissipated(gain)}, without unit, of ½⟨y²⟩ − ln gain: doubling x lifts it by 1.5"),
                new("books close to", Closure(heart), Closure(gain)),
            ],
            "DH: the dehydrogenases that bring electrons; C1, C3, C4: complexes of the respiratory chain; F1F0: ATP synthase; ANT, PiC: carriers of ATP with ADP and of phosphate; ATPase: all that spends ATP; CrP: creatine phosphate, a reserve from which creatine kinase (CK) makes ATP of ADP at once, leaving Cr; Pi: phosphate, lower here than published (0.75 to 2.3 mM), with a larger relative rise. As published, a third of the creatine is phosphorylated (in hearts two thirds), so ADP is high. ΔΨ: membrane potential; ΔG: what splitting ATP can pay, some 63 kJ/mol, less as its products pile up. Gain: the factor by which inputs are multiplied (its logarithm is the store); ⟨x²⟩: mean square, y: output. Proportional: corrects only while the error lasts; integral: until it is nothing.",
            new("no equation joins both sides. By itself the layer's is exact: at rest it gives x/√⟨x²⟩, what root-mean-square normalisation (RMSNorm) computes at once, without the small number that keeps it from dividing by 0 and without the learned factors after it; multiply x ≠ 0 by any positive number and the result is unchanged.",
                "negative feedback: by the products of ATP's use in the cell, by the mean square of the outputs in the layer. The layer senses what it holds; the heart senses phosphate, and holds ATP by it.",
                "in this model the heart's regulation is proportional (calcium, which acts in real hearts, is left out), so phosphate must stay changed to hold the new flux; the gain holds perfectly because it sums up its error, as bacteria adapt to a scent. The heart comes to a steady flow, never to equilibrium, and pays for it all the time; the gain dissipates only while it moves, and a real layer has no loop: it divides in one pass."));
    }

    private static string Signed(double share) => (share >= 0 ? "+" : "−") + Percent(Math.Abs(share));
}
