using static Protonmotive.Reports.Atlas.Pairs.AtlasPairs;

namespace Protonmotive.Reports.Atlas.Pairs;

/// <summary>A membrane whose channels open and shut, and the layers of a trained network.</summary>
internal static class MembraneAndLayer
{
    public static Pair? Make(PairRuns runs)
    {
        if (runs.Find("squid-axon", "warm") is not { } axon || runs.Trained("convnet") is not { } network) return null;
        var layers = network.Record.Layers;
        var measured = layers.Where(l => l.Permeability is not null).ToList();
        var (tight, open) = (measured.MinBy(l => l.Permeability)!, measured.MaxBy(l => l.Permeability)!);
        double peak = axon.Times("V").MaxBy(v => v.Value).Time;
        double Sodium(double t) => 120 * Math.Pow(axon.At("m", t), 3) * axon.At("h", t);
        double Potassium(double t) => 36 * Math.Pow(axon.At("n", t), 4);
        return new("membrane-and-layer", "Membrane and layer", "What makes a boundary let something pass?",
            new PairSide(axon, "Membrane", "A membrane keeps ions apart. Channels open and shut with the potential, so its permeability to each ion changes a hundredfold within a millisecond: that is a spike.", "diagram", "time-course"),
            new PairSide(network, "Layer", "A layer stands between two states of the network. Going back, it lets some of the gradient pass: its permeability χ is how much of ‖δ‖² comes out where ‖δ‖² went in.") { Wide = "layers" },
            [
                new("difference across it", $"{Text(axon.At("V", 9), "mV")} at rest, {Text(axon.At("V", peak), "mV")} at the peak", $"‖δ‖ from {Text(layers[^1].Gradient)} behind the last layer to {Text(layers[0].Gradient)} at the first"),
                new("permeability, least", $"sodium at rest: {Text(Sodium(9), "mS/cm²")}", $"χ = {Text(tight.Permeability!.Value)} ({tight.Name})"),
                new("permeability, most", $"sodium at the peak: {Text(Sodium(peak), "mS/cm²")}; potassium then {Text(Potassium(peak), "mS/cm²")}", $"χ = {Text(open.Permeability!.Value)} ({open.Name})"),
                new("what changes it", "gates m, h, n, driven by the potential", "weights and the slope of the activation, moved by learning"),
                new("flow", $"{Text(axon.Result("sodium above rest"), "nC/cm²")} of sodium in a spike", $"Σ‖Δθ‖ = {Text(layers.Sum(l => l.Flow))}"),
                new("dissipated", Dissipated(axon), $"{Text(layers.Sum(l => l.Dissipated))} of loss"),
                new("books close to", Closure(axon), Closure(network)),
            ],
            "m, h, n: shares of gates that are open; g: conductance; E: potential at which a current reverses; spike: the pulse by which nerves signal. Layer: a step of a network; ‖δ‖: length of the loss's gradient there; χ: share of ‖δ‖² that passes; θ: parameters.",
            new("flow through a membrane is J = g·(V − E), and the power that is lost there is g·(V − E)²; through a layer the gradient is multiplied by the transpose of its Jacobian, and the power at a layer is force times step. Both sum to the whole over any cut.",
                "a boundary with a permeability of its own that depends on state, and a difference on both sides.",
                "a membrane lets matter pass, and both sides change by it; a layer hands on a copy, forward an activity and backward a gradient. A membrane's potential is one number for all its channels; a layer passes a vector, of which χ tells only the length. No pump restores the gradient of a network: each batch brings a new one."));
    }
}
