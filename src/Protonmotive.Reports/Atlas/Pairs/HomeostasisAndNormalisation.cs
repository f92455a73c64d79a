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
            new PairSide(work, "Homeostasis", "A heart in exercise spends three times the ATP. Its products, ADP and phosphate, rise a little, and pull respiration up until supply meets demand again.", "time-course") { Wide = "free-energy" },
            new PairSide(gain, "Normalisation", "A normalising layer divides its inputs by their size, so that what follows sees the same range. Here the division is done by a gain that is turned down as long as the outputs are too large.", "time-course", "diagram"),
            [
                new("disturbance", "ATP spent: × 3", "inputs: × 2"),
                new("held", "ATP; free energy of its hydrolysis", "mean square of the outputs"),
                new("change of what is held", $"ATP {Signed(atp)}; ΔG {Signed(Change("ΔG of ATP hydrolysis"))}", Signed((after / before) - 1)),
                new("what gives way", $"O₂ uptake {Signed(Change("O₂ uptake"))}; phosphate {Signed(Change("Pi outside"))}", $"gain {Signed((gain.At("gain", gain.Record.End) / gain.At("gain", 19)) - 1)}"),
                new("right after the disturbance", "ATP falls until products have risen", $"mean square × {Text(jump / before)}"),
                new("the error that is fed back", "proportional: more phosphate, more flux", "integral: 1 − mean square, summed up"),
                new("dissipated", Dissipated(work), Dissipated(gain)),
                new("books close to", Closure(work), Closure(gain)),
            ],
            new("both come to rest where a potential difference vanishes or is matched, and what comes in is what goes out. A layer's result at rest, x/√⟨x²⟩, is the same to all digits as normalisation computed at once, and its answer to a change of scale is exactly zero: Euler's theorem for functions of degree 0.",
                "negative feedback through the thing that is held: its own products in the cell, its own mean square in the layer.",
                "the heart's regulation is proportional, so something must stay changed (phosphate) to hold the new flux; a normalising layer holds perfectly, and only because it forgets the size of its input. A cell pays for holding: the heart dissipates all the time. The layer's gain dissipates only while it moves."));
    }

    private static string Signed(double share) => (share >= 0 ? "+" : "−") + Percent(Math.Abs(share));
}
