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
        double rest = axon.Record.Start, peak = axon.Times("V").MaxBy(v => v.Value).Time;
        double Sodium(double t) => 120 * Math.Pow(axon.At("m", t), 3) * axon.At("h", t);
        double potassium = 36 * Math.Pow(axon.Times("n").Max(v => v.Value), 4);
        return new("membrane-and-layer", "Membrane and layer", "What makes a boundary let something pass?",
            new PairSide(axon, "Membrane", "A membrane keeps ions apart. Channels open and shut with the potential, so its conductance for sodium rises more than a thousandfold within a millisecond, and that for potassium some thirtyfold just after: that is a spike.") { Wide = ["diagram", "time-course"] },
            new PairSide(network, "Layer", "A layer stands between two states of the network. Going back, the gradient passes it weakened or strengthened: its permeability χ is the ‖δ‖² that comes out over the ‖δ‖² that went in.") { Wide = ["layers"] },
            [
                new("difference across it", $"{Text(axon.At("V", rest), "mV")} at rest, {Text(axon.At("V", rest) + axon.Result("height of the spike"), "mV")} at the peak", $"‖δ‖ from {Text(layers[^1].Gradient)} behind the last layer to {Text(layers[0].Gradient)} at the first"),
                new("permeability, low", $"sodium at rest: {Text(Sodium(rest), "mS/cm²")}", $"χ = {Text(tight.Permeability!.Value)} ({tight.Name}), the least"),
                new("permeability, high", $"sodium at the peak: {Text(Sodium(peak), "mS/cm²")}; potassium at its own: {Text(potassium, "mS/cm²")}", $"χ = {Text(open.Permeability!.Value)} ({open.Name}), the most"),
                new("what changes it", "gates m, h, n, driven by the potential", "weights, moved by learning; slopes of activations, which follow each input"),
                new("flow", $"{Text(axon.Result("sodium above rest"), "nC/cm²")} of sodium in a spike, above rest", $"Σ‖Δθ‖ = {Text(layers.Sum(l => l.Flow))}"),
                new("dissipated", Dissipated(axon), $"{Dissipated(network)}, audited steps"),
                new("books close to", Closure(axon), Closure(network)),
            ],
            "m, h, n: shares of gates that are open; g: conductance; E: potential at which a current reverses; spike: the pulse by which nerves signal, here at 18.5 °C. Layer: a step of a network (conv2d and linear: weighted sums; norm: their normalisation; relu: an activation; pool: fewer numbers; dropout: off here); ‖δ‖: length of the loss's gradient at its output; θ: parameters, Δθ a step of them.",
            new("in Hodgkin and Huxley's model a current is J = g·(V − E) and the power lost g·(V − E)²; through a layer the gradient is multiplied by the transpose of its Jacobian (with batch normalisation, that of the whole batch). Currents sum to nothing at the membrane, its capacitance with them; powers sum over channels, and force times step sums over parameters.",
                "a boundary whose permeability depends on the state, and a difference between its sides.",
                "a membrane lets matter pass, and both sides change by it; a layer hands on a copy, forward an activity and backward a gradient. A membrane's potential is one number for all its channels; a layer passes a vector, of which χ tells only the length. No pump restores the gradient of a network: each batch brings a new one."));
    }
}
