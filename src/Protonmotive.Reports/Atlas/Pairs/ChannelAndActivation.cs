using static Protonmotive.Reports.Atlas.Pairs.AtlasPairs;

namespace Protonmotive.Reports.Atlas.Pairs;

/// <summary>A gate that a potential opens, and a unit that an input activates.</summary>
internal static class ChannelAndActivation
{
    public static Pair? Make(PairRuns runs)
    {
        if (runs.Find("gated-channel", "ramp") is not { } channel || runs.Find("logistic-unit", "ramp") is not { } unit) return null;
        return new("channel-and-activation", "Ion channel and activation", "What opens when the input rises?",
            new PairSide(channel, "Ion channel", "A protein in the membrane is open or closed. Opening moves a few charges of it across the membrane, so the potential tilts the balance between both shapes. (Drawn are flows of charge: energy goes back to the clamp, against its arrow.)", "diagram", "opening"),
            new PairSide(unit, "Activation", "A unit of a network turns the weighted sum of its inputs into an activity, of this kind between 0 and 1, and hands it on. In a network it is computed at once; here it gets there by running down an energy (process: answer), while the input rises slowly.", "diagram", "opening"),
            [
                new("input", $"membrane potential, as u = zF(V − V_half)/RT, with z = {channel.Parameter("z"):0} charges and V_half = {1000 * channel.Parameter("V_half"):0} mV at {channel.Parameter("T") - 273.15:0.0} °C", "weighted sum u"),
                new("output", "share of channels that are open", "activity"),
                new("rise for an e-fold change of open : closed", Text(channel.Result("rise for an e-fold change of the odds"), "mV"), Text(unit.Result("rise for an e-fold change of the odds"))),
                new("largest distance from 1/(1 + e⁻ᵘ)", Text(channel.Result("largest distance from the logistic function")), Text(unit.Result("largest distance from the logistic function"))),
                new("what passes", "current g·y·(V − E), E its reversal potential; were E = V_half, it would be u·σ(u) times gRT/zF", "y itself; or u·y, in networks with the activation SiLU"),
                new("dissipated on the way", $"{Dissipated(channel)}, or {Text(channel.Ledger.Dissipated / (8.314462618 * channel.Parameter("T")))} RT", $"{Dissipated(unit)}; the input rises at another pace"),
                new("books close to", Closure(channel), Closure(unit)),
            ],
            "u: input; σ(u) = 1/(1 + e⁻ᵘ). z: charges of the gate; V_half: potential at which half are open; F and R: Faraday's and the gas constant, T the temperature; clamp: an amplifier that holds the potential. Unit: one number of a network; weighted sum: numbers from before, each times a parameter; SiLU, ReLU, tanh, GELU: curves from input to output. The small distances from the curve come from inputs that rise at a finite speed. The gate's charges leave the clamp near V_half, below the potential outside, which counts as 0; so energy goes back to the clamp, against the arrow, which is that of charge. The channel's field is booked with the clamp, the unit's input within its own energy.",
            new("both rest at the least value of one function, y ln y + (1 − y) ln(1 − y) − u y: minus the mixing entropy, minus the work of the input. The channel has it in RT per mole, the network without units. So the logistic function is Boltzmann's law for two states.",
                "u·σ(u), the activation SiLU, has the shape of the current through a channel whose current reverses at V_half; that is chosen for the likeness, real ones reverse far from it. Many channels have more than two states (in Hodgkin and Huxley's model that of sodium has three gates that open and one that closes), as many networks have other curves (ReLU, tanh, GELU).",
                "a channel opens in milliseconds by thermal chance, one by one, and its noise is part of it; a unit of a network computes its activity at once. A channel spends nothing on being open: what falls through it is paid by pumps. A unit's output costs what the computer draws."));
    }
}
