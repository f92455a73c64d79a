using static Protonmotive.Reports.Atlas.Pairs.AtlasPairs;

namespace Protonmotive.Reports.Atlas.Pairs;

/// <summary>A rotor that rests three times a turn, and a query that comes to rest at what it reads.</summary>
internal static class SynthaseAndAttention
{
    public static Pair? Make(PairRuns runs)
    {
        if (runs.Find("rotary-synthase", "c10") is not { } rotor || runs.Find("attention-head", "attention") is not { } head) return null;
        double proton = rotor.Parameter("e") * rotor.Parameter("pmf"), turns = rotor.Ledger.Processes[0].Extent / (2 * Math.PI);
        double torque = rotor.Result("torque");
        return new("synthase-and-attention", "ATP synthase and attention head", "How does a landscape guide what moves on it?",
            new PairSide(rotor, "ATP synthase", "Protons that fall through the membrane turn a rotor. Three catalytic sites ripple its speed three times a turn, and with each third of a turn one ATP leaves. This rotor takes 10 protons a turn, as those of yeast and E. coli do; in mammals it takes 8.", "diagram", "time-course"),
            new PairSide(head, "Attention head", "For each word of a text a head asks which other words matter: its query is compared with their keys, and what it reads is the mean of their values, weighted by how well each key fits. Where values are the keys themselves, that is one step of size 1 down a landscape E. The curves follow the slope on to rest, where a head does not go.", "diagram", "time-course"),
            [
                new("what moves", "angle of the rotor", "query, 2 numbers"),
                new("landscape", "−U cos 3θ of three sites, less torque times angle: no well is left, the rotor never stops", "E = ½|q|² − (1/β) ln Σ exp(β k·q): up to one well for each of 4 keys"),
                new("what drives", $"a turn 10 protons, {proton:0.0} pN·nm each, against 3 ATP, {rotor.Parameter("dG_ATP"):0.0}: {2 * Math.PI * torque:0.0} are left, a torque of {Text(torque, "pN·nm")}", "the slope of the energy: no second gradient"),
                new("what it makes", $"protons gave {turns * rotor.Parameter("c") * proton:0} pN·nm, ATP took {turns * 3 * rotor.Parameter("dG_ATP"):0} ({Percent(3 * rotor.Parameter("dG_ATP") / (rotor.Parameter("c") * proton))}); in the books ATP is a held store, and what it took is less supplied", "a mixture of what it reads; no store is filled"),
                new("law of motion", "speed = mobility × torque", "rate = mobility × −∂E/∂q"),
                new("one step", "120°: 10/3 protons, 1 ATP", $"of size 1: from (1, 1.3) to ({head.Result("what one step of size 1 from the start reads, component 1"):0.00}, {head.Result("what one step of size 1 from the start reads, component 2"):0.00}), what attention reads"),
                new("temperature", $"298 K sets the potentials only: this run has no thermal noise", "1/β = √d = √2, as in softmax(q·k/√d); d: how many numbers a query has"),
                new("speed", Text(rotor.Result("turns per second"), "turns/s"), "a network takes one step and stops there"),
                new("dissipated", $"{Dissipated(rotor)} in {Text(rotor.Record.End, "s")}", $"{Dissipated(head)}, on the way to rest"),
                new("books close to", Closure(rotor), Closure(head)),
            ],
            "Query, key, value: lists of numbers, each made of a word by learned weights; q the query, k a key, k·q how well they fit, |q|² the square of the length. Softmax: shares in proportion to the exponential. Catalytic site: where ATP is made. pN·nm: as an energy 10⁻²¹ J or 0.602 kJ/mol, as a torque that energy per radian. θ: angle of the rotor; U: half the height of the landscape; kT: energy of thermal motion, 4.1 pN·nm; M: mobility; A: the force or torque. Keys: (3, 0.5), (0.2, 2.6), (−2.4, 1), (−0.6, −2.8).",
            new("the weights softmax(β k·q) are Boltzmann's occupation of sites with energies −k·q at the temperature 1/β; ATP and ADP that compete for one site at equilibrium fill it in the same way, with \"empty\" as one more key (this rotor's sites are a fixed landscape, without it). And as modelled here both move as anything does that runs down a slope against drag: J = M·A.",
                "both move down a slope shaped by sites or keys; the query comes to rest in a well; under this torque the rotor finds none.",
                "the synthase is coupled: it spends one gradient to build another, a fixed number of protons for three ATP, and turns back when ATP pushes harder. A head fills no store at the cost of another; what it dissipates here is the fall of its own energy, not joules. A head of a network has values apart from its keys, so what it reads is in general no step down this landscape; its keys are new for each input, and what it reads is added to what it was given. And it reads all keys at once, where the rotor brings one site after another to let its ATP go. The sites' landscape is chosen flat here, a quarter of kT from top to bottom; real sites hold the rotor much harder, and heat shakes it over their barriers."));
    }
}
