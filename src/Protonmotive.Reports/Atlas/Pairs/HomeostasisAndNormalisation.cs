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
            new PairSide(heart, "Homeostasis", "A heart that goes from rest to exercise spends three times the ATP. Its products, ADP and phosphate, rise and pull respiration up until supply meets demand again, while ATP itself hardly moves.", "time-course") { Wide = ["free-energy"] },
            new PairSide(gain, "Normalisation", "A normalising layer divides its inputs by their size, so that what follows sees the same range. Here the division is done by a gain that is turned down as long as the outputs are too large.", "time-course", "diagram"),
            [
                new("disturbance", "ATP spent: × 3", "inputs: × 2"),
                new("held", "ATP; free energy of its hydrolysis", "mean square of the outputs"),
                new("change of what is held", $"ATP {Signed(Change("ATP_c"))}; size of ΔG {Signed(Change("DeltaG_ATP_c"))}", Signed((after / before) - 1)),
                new("what gives way", $"O₂ uptake {Signed(Change("C4"))} (at rest part of it makes up for the leak); phosphate {Signed(Change("Pi_c"))}", $"gain {Signed((gain.At("gain", gain.Record.End) / gain.At("gain", 19)) - 1)}"),
                new("right after the disturbance", $"ATP at its lowest: {Signed(lowest)}; creatine phosphate makes up for it", $"mean square × {Text(jump / before)}"),
                new("the error that is fed back", "proportional: more phosphate, more flux", "integral: 1 − mean square, summed up"),
                new("dissipated", Dissipated(heart), Dissipated(gain)),
                new("books close to", Closure(heart), Closure(gain)),
            ],
            "DH: the dehydrogenases that bring electrons; C1, C3, C4: complexes of the respiratory chain; F1F0: ATP synthase; ANT, PiC: carriers of ATP with ADP and of phosphate; ATPase: all that spends ATP; CK: creatine kinase, and Cr, CrP what it works on; Pi: phosphate, lower here than published (0.75 to 2.3 mM), with a larger relative rise; ΔΨ: membrane potential; ΔG: free energy of ATP's hydrolysis. Layer: a step of a network; gain: the factor by which inputs are multiplied; ⟨x²⟩: mean square.",
            new("the layer at rest gives x/√⟨x²⟩, what root-mean-square normalisation (RMSNorm) computes at once, without its small ε and its learned scale; multiply x ≠ 0 by any positive number and the result is unchanged.",
                "negative feedback: by the products of ATP's use in the cell, by the mean square of the outputs in the layer.",
                "in this model the heart's regulation is proportional (calcium, which acts in real hearts, is left out), so phosphate must stay changed to hold the new flux; the gain holds perfectly because it sums up its error, as bacteria adapt to a scent. The heart comes to a steady flow, never to rest, and pays for it all the time; the gain dissipates only while it moves, and a real layer has no loop: it divides in one pass."));
    }

    private static string Signed(double share) => (share >= 0 ? "+" : "−") + Percent(Math.Abs(share));
}
