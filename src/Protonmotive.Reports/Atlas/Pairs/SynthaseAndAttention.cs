using static Protonmotive.Reports.Atlas.Pairs.AtlasPairs;

namespace Protonmotive.Reports.Atlas.Pairs;

/// <summary>A rotor that rests three times a turn, and a query that comes to rest at what it reads.</summary>
internal static class SynthaseAndAttention
{
    public static Pair? Make(PairRuns runs)
    {
        if (runs.Find("rotary-synthase", "c10") is not { } rotor || runs.Find("attention-head", "attention") is not { } head) return null;
        double torque = rotor.Result("torque");
        return new("synthase-and-attention", "ATP synthase and attention head", "How does a landscape guide what moves on it?",
            new PairSide(rotor, "ATP synthase", "Protons that fall through the membrane turn a rotor. Three catalytic sites slow and speed it three times a turn, and with each third of a turn one ATP leaves. This rotor takes 10 protons a turn, as those of yeast and E. coli do; in mammals it takes 8.", "diagram", "time-course"),
            new PairSide(head, "Attention head", "A query is compared with keys. What it reads is the mean of the values, weighted by how well each key fits. Where values are the keys themselves, one step of size 1 down a landscape shaped by the keys does the same.", "diagram", "time-course"),
            [
                new("what moves", "angle of the rotor", "query, 2 numbers"),
                new("wells", "3 a turn, by the three sites; here the drive is more than they hold, so it never stops", "up to one for each of 4 keys"),
                new("what drives", $"10 protons a turn against 3 ATP: {Text(torque, "pN·nm")} in all", "the slope of the energy: no second gradient"),
                new("law of motion", "speed = mobility × torque", "rate = mobility × −∂E/∂q"),
                new("one step", "120°: 10/3 protons, 1 ATP", "of size 1: q + rate = what attention reads, to rounding"),
                new("temperature", "298 K sets the potentials only: this run has no thermal noise", "1/β = √2: one over the factor in softmax(q·k/√d)"),
                new("speed", Text(rotor.Result("turns per second"), "turns/s"), "a network takes one step and stops there"),
                new("dissipated", Dissipated(rotor), Dissipated(head)),
                new("books close to", Closure(rotor), Closure(head)),
            ],
            "Query, key, value: lists of numbers made of the words of a text; the query asks, it is compared with keys, and values are what is read. Softmax: shares in proportion to the exponential. Catalytic site: where ATP is made.",
            new("as modelled here both are a flow J = M·A, mobility times the slope of an energy, run by the same lines of the engine. The weights softmax(β k·q) are Boltzmann's occupation of sites with energies −k·q at the temperature 1/β; ATP and ADP that compete for one site at equilibrium fill it in the same way, with \"empty\" as one more key.",
                "both move down a slope shaped by sites or keys; the query comes to rest in a well, the rotor at this load runs over them.",
                "the synthase is coupled: it spends one gradient to build another, a fixed number of protons for three ATP, and turns back when ATP pushes harder. A head fills no store at the cost of another; what it dissipates here is the fall of its own energy, not joules. A head of a network has values apart from its keys, so what it reads is in general no step down this landscape. And it reads all keys at once, where the rotor brings one site after another to let its ATP go."));
    }
}
