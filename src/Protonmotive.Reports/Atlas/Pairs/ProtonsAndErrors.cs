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
        double supplied = layers.Sum(l => l.Supplied), gained = layers.Sum(l => l.Gained);
        return new("protons-and-errors", "Proton flow and backpropagation flow", "How does a difference at one end do work at the other?",
            new PairSide(cell, "Proton flow", "Electrons fall from NADH to oxygen in three steps, and each step pumps protons out of the matrix. They flow back through ATP synthase, which makes ATP of it.") { Wide = "free-energy" },
            new PairSide(network, "Backpropagation flow", "The loss is a difference between what the network says and what is right. Its gradient is sent back through the layers, and each layer's parameters move down it.") { Wide = "free-energy" },
            [
                new("difference at the source", $"electrons: {Text(Of("C1").Spent / Of("C1").Extent / 1000, "kJ/mol")} spent in Complex I", $"‖δ‖ = {Text(top.Gradient)} at the output"),
                new("boundaries", "Complex I, III, IV, then ATP synthase", $"{layers.Length} layers"),
                new("passed on at the first", $"{Percent(Of("C1").Efficiency ?? double.NaN)} of what Complex I spends is pumped", $"χ = {Text(layers.Last(l => l.Permeability is not null).Permeability!.Value)} of ‖δ‖² passes"),
                new("left at the last", $"{Percent(Of("F1F0").Efficiency ?? double.NaN)} of what protons spend there is in ATP", $"‖δ‖ = {Text(bottom.Gradient)} at the first layer"),
                new("supplied in all", Energy(cell.Ledger, account.Input), $"{Text(supplied)} of loss by the batches' force"),
                new("work in all", $"{Energy(cell.Ledger, account.Delivered)} delivered or stored", $"{Text(gained)} of loss removed on data held out"),
                new("efficiency", Percent(account.Efficiency ?? double.NaN), Percent(gained / supplied)),
                new("books close to", Closure(cell), Closure(network)),
            ],
            "Complex I, III, IV: pumps that electrons fall through; NADH: where they come from; ATP synthase: where protons flow back. Loss: how wrong the network is, in nats (1.44 bits); ‖δ‖: length of its gradient at a place in the network; χ: share of ‖δ‖² that a layer lets pass.",
            new("at each boundary power is flow times difference, the sum over boundaries is what came in at the source, and what is not work is dissipated: noise and bend of the loss in the network, heat in the cell. One ledger type holds both.",
                "a chain of boundaries with a permeability each; where one closes, nothing behind it works (rotenone at Complex I, a dead layer).",
                "protons are conserved and used up: what flows back is gone. An error signal is not conserved: it can grow or shrink from layer to layer, costs nothing to copy, and every layer sees all of it. What moves a parameter is not the flow of the signal but the step that the learning rate allows."));
    }
}
