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
        var early = Early(network);
        var learning = layers.Where(l => l.Flow > 0).ToList();
        return new("protons-and-errors", "Proton flow and backpropagation flow", "How does a difference at one end do work at the other?",
            new PairSide(cell, "Proton flow", "Electrons fall from NADH to oxygen in three steps, and each step pumps protons out of the matrix. The protons flow back through ATP synthase, which makes ATP from ADP and phosphate.") { Wide = ["free-energy"] },
            new PairSide(network, "Backpropagation flow", $"The loss says how wrong the network's guesses are. Its gradient δ is sent back from the last layer, dense4, to the first; in each layer it becomes a force on that layer's own parameters, which Adam, the optimiser, moves a step. Drawn is their work, force times step, in the {network.Record.Work["audits"]} of {network.Record.Work["steps"]} steps that were audited; the signal δ itself is not drawn.") { Wide = ["free-energy"], Caption = $"Work of the {network.Record.Work["audits"]} audited steps of {network.Record.Work["steps"]}: what force times step of each layer becomes, in nat." },
            [
                new("difference at the source", $"NADH to oxygen: {Text(account.Input / Of("C1").Extent / 1000, "kJ")} per mol of NADH, {Text(Of("C1").Spent / Of("C1").Extent / 1000, "kJ")} of it in Complex I", $"‖δ‖ = {Text(top.Gradient)} at the output"),
                new("boundaries", "Complexes I, III, IV, then ATP synthase and the carriers ANT and PiC", $"{learning.Count} layers with parameters, {layers.Length - learning.Count} between them without: their activations"),
                new("at the first that is crossed", $"{Percent(Of("C1").Efficiency ?? double.NaN)} of what Complex I spends is pumped", $"{layers.Last(l => l.Permeability is not null).Name} multiplies ‖δ‖² by χ = {Text(layers.Last(l => l.Permeability is not null).Permeability!.Value)}"),
                new("at the last", $"{Percent(Of("F1F0").Efficiency ?? double.NaN)} of what protons spend in ATP synthase is in ATP: in this model a small difference drives it; {Percent(Of("ANT").Efficiency ?? double.NaN)} in ANT, {Percent(Of("PiC").Efficiency ?? double.NaN)} in PiC", $"‖δ‖ = {Text(bottom.Gradient)} at the output of the first layer"),
                new("supplied", $"{Energy(cell.Ledger, account.Input)} by electrons, after the dehydrogenases", $"{Text(supplied)} nat: force times step, as the batches have it"),
                new("work", $"{Energy(cell.Ledger, account.Delivered)} in ATP or stored", $"{Text(efficiency * supplied)} nat of loss removed on held-out pictures, of {Text(network.Ledger.StoredChange)} in all steps"),
                new("efficiency", Percent(account.Efficiency ?? double.NaN), $"{Percent(efficiency)}, of these steps alone: the first {early.Count} supply half of all force times step and do {Percent(early.Share)} of the work{(early.Share > 1 ? ", of which later ones undo some" : "")}"),
                new("books close to", $"{Closure(cell)}; they could have failed to", $"{Closure(network)}; by definition, since curvature is what is left"),
            ],
            "DH: the dehydrogenases, which load NADH with electrons; C1, C3, C4: Complexes I, III, IV, pumps that electrons fall through; F1F0: ATP synthase; ANT, PiC: carriers of ATP with ADP and of phosphate; ATPase: all that uses ATP, booked as work delivered. The ribbons count the dehydrogenases and ATP drawn from stores too, the table does not. ‖δ‖: length of the gradient, of the mean loss over held-out pictures by all that a layer hands on for them, at the end of training; χ: ‖δ‖² that comes out of a layer, going back, over what went in. Batch force: work of the force that a batch gives; noise: what of it comes from slopes that held-out pictures do not share, by chance or since the batch is learned by heart; curvature: how much less the loss falls than its slope at the start of the step promised.",
            new("work is a flow times a difference, summed over all that flow. In the cell protons flow and their potential falls; what is supplied is heat, work and change of what is stored, process by process. In the network the step flows and the force is the difference; their product is loss removed on held-out data, noise and curvature. So x in dx/dt = N J are the parameters, J their steps; the signal δ only tells each its force. The cell's balance is a test that could fail; curvature is the remainder (and may be negative), so the network's always closes.",
                "a chain of boundaries. If Complex I is poisoned, NADH is no longer burnt, but fuel that enters behind it still is. If all units of a layer are shut (a ReLU gives 0, with slope 0, for what is below 0), no gradient reaches the layers before it, unless a (residual) connection leads round it.",
                "protons are conserved, and their difference is used up as they flow back. An error signal is not conserved: it grows or shrinks from layer to layer, and what a layer uses of it for its own step takes nothing from the layers before. What moves a parameter is not the flow of the signal but the step that the learning rate allows."));
    }

    /// <summary>How many audited steps supply half of what all do, and their share of what all gain.</summary>
    private static (int Count, double Share) Early(AtlasRun network)
    {
        List<double> supplied = [.. network.Times("supplied").Select(p => p.Value).Where(double.IsFinite)], gained = [.. network.Times("gained").Select(p => p.Value).Where(double.IsFinite)];
        int half = supplied.FindIndex(p => p >= supplied[^1] / 2);
        return (half + 1, gained[half] / gained[^1]);
    }
}
