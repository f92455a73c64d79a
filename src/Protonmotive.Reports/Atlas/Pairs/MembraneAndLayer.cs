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
        double rest = axon.Record.Start, peak = axon.Times("V").MaxBy(v => v.Value).Time, height = axon.Result("height of the spike");
        double sodium = axon.Parameter("E_sodium_mV");
        double Sodium(double t) => 120 * Math.Pow(axon.At("m", t), 3) * axon.At("h", t);
        double potassium = 36 * Math.Pow(axon.Times("n").Max(v => v.Value), 4);
        return new("membrane-and-layer", "Membrane and layer", "What makes a boundary let something pass?",
            new PairSide(axon, "Membrane", "A membrane keeps ions apart, and pumps keep sodium scarce within and potassium plentiful: sodium would flow in up to +50 mV, potassium out down to −77 mV, their E. Channels open and shut with the potential, so its conductance for sodium rises more than a thousandfold within a millisecond, and that for potassium some thirtyfold just after: that is a spike.") { Wide = ["diagram", "time-course"] },
            new PairSide(network, "Layer", "A layer turns the numbers it is given into others. Going back, it multiplies the gradient δ of the loss: its permeability χ is the ‖δ‖² that comes out over the ‖δ‖² that went in, below 1 where it weakens the signal, above 1 where it strengthens it. In the figure the signal goes upwards: χ leads from a row's own bar to the bar above.") { Wide = ["layers"] },
            [
                new("what drives", $"V − E, of sodium {Text(axon.At("V", rest) - sodium, "mV")} at rest, {Text(axon.At("V", rest) + height - sodium, "mV")} at the peak", "nothing: the gradient that enters is multiplied"),
                new("conductance g; factor χ", $"sodium: {Text(Sodium(rest), "mS/cm²")} at rest, {Text(Sodium(peak))} at the peak; potassium: up to {Text(potassium)}", $"from {Text(tight.Permeability!.Value)} ({tight.Name}) to {Text(open.Permeability!.Value)} ({open.Name})"),
                new("what changes it", "gates, driven by the potential that they change", "weights, which learn; slopes, which follow the input"),
                new("what passes", $"{Text(axon.Result("sodium above rest"), "nC/cm²")} of sodium in a spike, above rest", $"‖δ‖: {Text(layers[^1].Gradient)} behind the last layer, {Text(layers[0].Gradient)} behind the first"),
                new("what it moves", $"the potential, by {Text(height, "mV")}", $"parameters, by steps whose lengths add up to {Text(layers.Sum(l => l.Flow))} in the audited ones"),
                new("dissipated", $"{Dissipated(axon)} in {Text(axon.Record.End - axon.Record.Start, "ms")}, spike and rest", $"{Dissipated(network)} in {network.Record.Work["audits"]} audited steps"),
                new("books close to", Closure(axon), $"{Closure(network)}; by definition"),
            ],
            "m, h, n: shares of gates that are open, m³h of a sodium channel (h shuts it again) and n⁴ of a potassium channel; g: conductance, current over voltage (S); spike: the pulse of nerves, here at 18.5 °C, set off by an amplifier. Conv2d, linear: weighted sums; norm: common size; relu: an activation; pool: largest of neighbours; dropout: off here. Green: what a layer's force times step gained on held-out pictures, to the left where below 0.",
            new("no equation joins both sides. A current is conductance times difference, J = g·(V − E), with g·(V − E)² lost; each number of the gradient that leaves a layer is a sum of those that enter, weighted by the layer's slopes.",
                "at each moment both are linear, with factors that depend on the state: gates follow the potential, slopes follow the input. A ReLU hands on what is above 0 and gives 0 for the rest, with slope 0: such a unit is shut, as a gate is. Both accounts are sums, of powers over channels and of force times step over parameters.",
                $"a membrane lets matter pass, driven by the difference of its sides, and both sides change by it; a layer hands on a copy, multiplied, so χ may be {open.Permeability!.Value:0} and nothing pays for it: it is a gain, and depends on the scale in which a layer is written. In a membrane the current changes the potential that opens the gates, and that loop makes the spike; within one pass a layer has no such loop. A membrane's potential is one number; a layer passes many, of which χ tells only the length."));
    }
}
