using static Protonmotive.Reports.Atlas.Pairs.AtlasPairs;

namespace Protonmotive.Reports.Atlas.Pairs;

/// <summary>A heart whose work triples, and a layer whose inputs double.</summary>
internal static class HomeostasisAndNormalisation
{
    public static Pair? Make(PairRuns runs)
    {
        if (runs.Find("heart", "healthy-0.4") is not { } rest || runs.Find("heart", "healthy-1.2") is not { } work || runs.Find("gain-control", "doubled") is not { } gain) return null;
        double Change(string result) => (work.Result(result) / rest.Result(result)) - 1;
        double before = gain.At("power", 19), after = gain.At("power", gain.Record.End), jump = gain.Result("mean square of the outputs just after the step");
        double atp = (work.At("ATP_c", work.Record.End) / rest.At("ATP_c", rest.Record.End)) - 1;
        return new("homeostasis-and-normalisation", "Homeostasis and normalisation", "What stays the same when the load changes?",
            new PairSide(work, "Homeostasis", "A heart in exercise spends three times the ATP. Its products, ADP and phosphate, rise and pull respiration up until supply meets demand again, while ATP itself hardly moves. Drawn is the run at three times the resting use, settling from the values it begins with; rest is compared in the table.", "time-course") { Wide = "free-energy" },
            new PairSide(gain, "Normalisation", "A normalising layer divides its inputs by their size, so that what follows sees the same range. Here the division is done by a gain that is turned down as long as the outputs are too large.", "time-course", "diagram"),
            [
                new("disturbance", "ATP spent: × 3", "inputs: × 2"),
                new("held", "ATP; free energy of its hydrolysis", "mean square of the outputs"),
                new("change of what is held", $"ATP {Signed(atp)}; ΔG {Signed(Change("ΔG of ATP hydrolysis"))}", Signed((after / before) - 1)),
                new("what gives way", $"O₂ uptake {Signed(Change("O₂ uptake"))} (at rest part of it makes up for the leak); phosphate {Signed(Change("Pi outside"))}", $"gain {Signed((gain.At("gain", gain.Record.End) / gain.At("gain", 19)) - 1)}"),
                new("right after the disturbance", "ATP falls until products have risen", $"mean square × {Text(jump / before)}"),
                new("the error that is fed back", "proportional: more phosphate, more flux", "integral: 1 − mean square, summed up"),
                new("dissipated", Dissipated(work), Dissipated(gain)),
                new("books close to", Closure(work), Closure(gain)),
            ],
            "C1, C3, C4: complexes of the respiratory chain; F1F0: ATP synthase; ANT, PiC: carriers of ATP with ADP and of phosphate; CK: creatine kinase, and Cr, CrP what it works on; Pi: phosphate; ΔΨ: membrane potential; ΔG: free energy of ATP's hydrolysis. Layer: a step of a network; gain: the factor by which inputs are multiplied; ⟨x²⟩: mean square.",
            new("the layer at rest gives x/√⟨x²⟩, what root-mean-square normalisation (RMSNorm) computes at once, without its small ε; multiply x by any positive number and the result is unchanged. Both models keep closed books.",
                "negative feedback: by the products of ATP's use in the cell, by the mean square of the outputs in the layer.",
                "in this model the heart's regulation is proportional (calcium, which acts in real hearts, is left out), so phosphate must stay changed to hold the new flux; the gain holds perfectly because it sums up its error, as bacteria do that follow a scent. The heart comes to a steady flow, never to rest, and pays for it all the time; the gain dissipates only while it moves, and a real layer has no loop: it divides in one pass."));
    }

    private static string Signed(double share) => (share >= 0 ? "+" : "−") + Percent(Math.Abs(share));
}
