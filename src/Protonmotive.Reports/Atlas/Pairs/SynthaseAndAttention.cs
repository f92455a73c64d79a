using static Protonmotive.Reports.Atlas.Pairs.AtlasPairs;

namespace Protonmotive.Reports.Atlas.Pairs;

/// <summary>A rotor that rests three times a turn, and a query that comes to rest at what it reads.</summary>
internal static class SynthaseAndAttention
{
    public static Pair? Make(PairRuns runs)
    {
        if (runs.Find("rotary-synthase", "c10") is not { } rotor || runs.Find("attention-head", "attention") is not { } head) return null;
        double torque = rotor.Result("torque");
        return new("synthase-and-attention", "ATP synthase and attention head", "How does a landscape turn a difference into a choice?",
            new PairSide(rotor, "ATP synthase", "Protons that fall through the membrane turn a rotor. Three catalytic sites hold it three times a turn; at each stop the sites change what they bind, and one ATP leaves.", "diagram", "time-course"),
            new PairSide(head, "Attention head", "A query is compared with keys. What it reads is the mean of the values, weighted by how well each key fits. One step down a landscape whose wells lie at the keys does the same.", "diagram", "time-course"),
            [
                new("what moves", "angle of the rotor", "query, 2 numbers"),
                new("wells", "3 a turn, by the three sites", "up to one for each of 4 keys"),
                new("what drives", $"protons against ATP: {Text(torque, "pN·nm")}", "the slope of the energy: no second gradient"),
                new("law of motion", "speed = mobility × torque", "rate = mobility × −∂E/∂q"),
                new("first step", "a turn of 120°", $"q + rate = what attention reads, to {Text(Math.Abs(head.Result("query and its first rate, component 1") - head.Known("query and its first rate, component 1")))}"),
                new("temperature", "298 K", "1/β = √2: one over the factor in softmax(q·k/√d)"),
                new("speed", Text(rotor.Result("turns per second"), "turns/s"), "rests after one reading in a network"),
                new("dissipated", Dissipated(rotor), Dissipated(head)),
                new("books close to", Closure(rotor), Closure(head)),
            ],
            new("both are J = M·A with the affinity as slope of an energy, run by the same lines of the engine. The weights softmax(β k·q) are Boltzmann's occupation of sites with energies −k·q at the temperature 1/β; binding of ATP, ADP and Mg²⁺ to one site has that form too.",
                "both choose among a few wells by fit: sites by shape and charge, keys by direction.",
                "the synthase is coupled: it spends one gradient to build another, a fixed number of protons for three ATP, and turns back when ATP pushes harder. A head spends nothing and builds nothing that is conserved; it copies a mean. And it reads all keys at once, where the rotor visits its sites in turn."));
    }
}
