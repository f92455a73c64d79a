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
            new PairSide(network, "Layer", "A layer turns the numbers it is given into others. Going back, it multiplies the gradient δ of the loss: its permeability χ is the ‖δ‖² that comes out over the ‖δ‖² that went in, below 1 where it weakens the signal, above 1 where it strengthens it. In the figure the signal goes upwards: χ leads from a row's own bar to the bar above.") { Wide = ["layers"] },
            [
                new("what stands across it", $"{Text(axon.At("V", rest), "mV")} at rest, {Text(axon.At("V", rest) + axon.Result("height of the spike"), "mV")} at the peak", $"no driving difference; ‖δ‖ is {Text(layers[^1].Gradient)} behind the last layer and {Text(layers[0].Gradient)} behind the first"),
                new("permeability, low", $"sodium at rest: {Text(Sodium(rest), "mS/cm²")}", $"χ = {Text(tight.Permeability!.Value)} ({tight.Name}), the least"),
                new("permeability, high", $"sodium at the peak: {Text(Sodium(peak), "mS/cm²")}; potassium at its own: {Text(potassium, "mS/cm²")}", $"χ = {Text(open.Permeability!.Value)} ({open.Name}), the most"),
                new("what changes it", "gates m, h, n, driven by the potential that they change", "weights, moved by learning; slopes of activations, which follow each input"),
                new("flow", $"{Text(axon.Result("sodium above rest"), "nC/cm²")} of sodium in a spike, above rest", $"parameters move: lengths of their steps, over layers and audited steps, Σ‖Δθ‖ = {Text(layers.Sum(l => l.Flow))}"),
                new("dissipated", $"{Dissipated(axon)} in {Text(axon.Record.End - axon.Record.Start, "ms")}, of a spike and of rest", $"{Dissipated(network)} in {network.Record.Work["audits"]} audited steps"),
                new("books close to", Closure(axon), $"{Closure(network)}; by definition"),
            ],
            "m, h, n: shares of gates that are open; g: conductance; E: potential at which a current reverses; spike: the pulse by which nerves signal, here at 18.5 °C. Conv2d, linear: layers of weighted sums; norm: brings them to a common size; relu: an activation; pool: keeps the largest of neighbours; dropout: off here. Work of a layer: force times step of its parameters; green, to the left where below 0, is what it gained on held-out pictures.",
            new("at each moment both are linear: a current is conductance times difference, J = g·(V − E), with g·(V − E)² lost; the gradient that leaves a layer is the matrix of its slopes, transposed, times the one that enters (with batch normalisation, that of the whole batch). Both accounts are sums: of powers over channels, of force times step over parameters.",
                "a factor that depends on the state: gates follow the potential, slopes of activations follow the input.",
                $"a membrane lets matter pass, driven by the difference of its sides, and both sides change by it; a layer hands on a copy, multiplied, so χ may be {open.Permeability!.Value:0} and nothing pays for it. In a membrane the current changes the potential that opens the gates, and that loop makes the spike; within one pass a layer has no such loop. A membrane's potential is one number; a layer passes many, of which χ tells only the length. No pump restores the gradient of a network: each batch brings a new one."));
    }
}
