using Protonmotive.Thermodynamics;
using static Protonmotive.Reports.Atlas.Pairs.AtlasPairs;

namespace Protonmotive.Reports.Atlas.Pairs;

/// <summary>Protons that flow back through a membrane, and errors that are sent back through layers.</summary>
internal static class ProtonsAndErrors
{
    public static Pair? Make(PairRuns runs)
    {
        if (runs.Find("atp-demand", "steady") is not { } cell || runs.Trained("mlp") is not { } network) return null;
        var (layers, account) = (network.Record.Layers, cell.Ledger.Boundaries[0]);
        ProcessEntry Of(string name) => cell.Ledger.Processes.First(p => p.Name == name);
        var (top, bottom) = (layers[^1], layers[0]);
        double supplied = layers.Sum(l => l.Supplied), efficiency = network.Result("efficiency W/P") / 100;
        var learning = layers.Where(l => l.Flow > 0).ToList();
        return new("protons-and-errors", "Proton flow and backpropagation flow", "How does a difference at one end do work at the other?",
            new PairSide(cell, "Proton flow", "Electrons fall from NADH to oxygen in three steps, and each step pumps protons out of the matrix. They flow back through ATP synthase, which makes ATP from ADP and phosphate.") { Wide = ["free-energy"] },
            new PairSide(network, "Backpropagation flow", $"The loss is a difference between what the network says and what is right. Its gradient is sent back through the layers, and each layer's parameters move down it. Drawn are the {network.Record.Work["audits"]} steps of {network.Record.Work["steps"]} that were measured.") { Wide = ["free-energy"] },
            [
                new("difference at the source", $"electrons: {Text(Of("C1").Spent / Of("C1").Extent / 1000, "kJ/mol")} spent in Complex I", $"‖δ‖ = {Text(top.Gradient)} at the output"),
                new("boundaries", "Complex I, III, IV, then ATP synthase", $"{learning.Count} layers with parameters, {layers.Length - learning.Count} between them without"),
                new("at the first that is crossed", $"{Percent(Of("C1").Efficiency ?? double.NaN)} of what Complex I spends is pumped", $"‖δ‖² grows by χ = {Text(layers.Last(l => l.Permeability is not null).Permeability!.Value)} in {layers.Last(l => l.Permeability is not null).Name}"),
                new("at the last", $"ATP synthase, here near equilibrium: {Percent(Of("F1F0").Efficiency ?? double.NaN)} of what protons spend is in ATP", $"‖δ‖ = {Text(bottom.Gradient)} at the first layer"),
                new("supplied", $"{Energy(cell.Ledger, account.Input)}, without the dehydrogenases", $"{Text(supplied)} nat by the batches' force, audited steps"),
                new("work", $"{Energy(cell.Ledger, account.Delivered)} delivered or stored", $"{Text(efficiency * supplied)} nat of loss removed on data held out"),
                new("efficiency", Percent(account.Efficiency ?? double.NaN), Percent(efficiency)),
                new("books close to", Closure(cell), Closure(network)),
            ],
            "NADH: the carrier that brings electrons; DH: the dehydrogenases that load it; Complex I, III, IV (C1, C3, C4): pumps that electrons fall through; ATP synthase (F1F0): where protons flow back; ANT, PiC: carriers of ATP with ADP and of phosphate. Loss: how wrong the network is, in nats (one nat is 1.44 bits); ‖δ‖: length of its gradient at a layer's output; χ: ‖δ‖² that comes out of a layer, going back, over what went in. Batches' force: gradient of the loss on a batch of examples, times the step; noise: what of it is the batch's own chance; curvature: what the loss takes by turning up along a step.",
            new("a power is a flow times a difference. In the cell, what is supplied is heat, work and change of what is stored, process by process. In the network, force times step, summed over parameters, is loss removed on held-out data, noise and curvature; curvature is the remainder, and may be negative.",
                "a chain of boundaries. Where one closes, what is fed through it alone stops: a poison of Complex I, but not where fuel comes in behind it; a layer whose units are all shut, but not where a connection leads round it.",
                "protons are conserved, and their difference is used up as they flow back. An error signal is not conserved: it grows or shrinks from layer to layer, and what a layer uses of it for its own step takes nothing from the layers before. What moves a parameter is not the flow of the signal but the step that the learning rate allows."));
    }
}
