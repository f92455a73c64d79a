using System.Collections.Immutable;
using Protonmotive.Networks;
using Protonmotive.Thermodynamics;

namespace Protonmotive.Learning.Accounts;

/// <summary>Posts the account of a training to the ledger that the mitochondrion's is posted to.</summary>
/// <remarks>
/// What is stored is what has been learned: the probe's loss removed. A layer is a coupled process: it spends the batch's force (P) and
/// works on what is learned (W); the rest, noise and curvature, is dissipated. What it spends and works is net over the audited steps, as P and W are. The parts of the optimiser's rule supply P. Its extent is
/// the length of its path Σ‖Δ‖, its affinity at the end P/‖Δ‖. What steps without audit gained is known in all, by loss, but not who supplied it.
/// </remarks>
internal static class TrainingPosting
{
    /// <summary>Name of the line for steps without audit.</summary>
    private const string Between = "steps not audited";

    /// <summary>Name of the line for what the layers' curvatures, by the trapezium rule, miss of the whole.</summary>
    private const string Rest = "rest of curvature";

    public static Ledger Post(TrainingAccount account)
    {
        var steps = account.Audited;
        var processes = ImmutableArray.CreateBuilder<ProcessEntry>();
        var layers = steps.IsEmpty ? [] : steps[0].Layers.Select(l => l.Name).ToList();
        for (int i = 0; i < layers.Count; i++) processes.Add(Layer(layers[i], [.. steps.Select(s => s.Layers[i])]));
        if (layers.Count > 0) processes.Add(Process(Rest, steps.Sum(s => s.Curvature - s.CurvatureByTrapezium)) with { Remark = "what the layers' curvatures, by the trapezium rule, miss of the whole" });
        double unaudited = account.GainedInAll - account.Gained;
        if (account.Steps > steps.Length)
        {
            processes.Add(Process(Between, 0) with
            {
                Status = AffinityStatus.Unknown,
                Exchanged = -unaudited,
                Remark = $"{account.Steps - steps.Length} of {account.Steps} steps, which gained {unaudited:g4}{(account.LossUnit == "1" ? "" : " " + account.LossUnit)} together; the lines above are of the {steps.Length} audited",
            });
        }
        return new Ledger
        {
            System = account.Name,
            Subject = "held-out loss",
            StoredName = "held-out loss removed",
            DissipatedName = "noise, curvature",
            ExtentUnit = "Σ‖Δ‖",
            EnergyUnit = account.LossUnit,
            TimeUnit = "steps",
            Start = 0,
            End = account.Steps,
            Processes = processes.ToImmutable(),
            Supplies = [.. steps.SelectMany(s => s.Mechanisms).GroupBy(m => m.Name).Where(g => g.Any(m => m.Power != 0)).Select(g => new SupplyEntry(g.Key, SupplyKind.Drive, g.Sum(m => m.Power)))],
            StoredAtStart = -account.LossAtStart,
            StoredAtEnd = -account.LossAtEnd,
            Activity = steps.Sum(s => s.Activity),
            HasPotentials = true,
        };
    }

    private static ProcessEntry Layer(string name, List<LayerStep> steps)
    {
        double path = steps.Sum(s => s.StepLength), supplied = steps.Sum(s => s.Supplied), gained = steps.Sum(s => s.Gained);
        return Process(name, steps.Sum(s => s.Noise + s.Curvature)) with
        {
            Extent = path,
            Spent = Math.Max(supplied, 0) + Math.Max(-gained, 0),
            Carriers = [new CarrierEntry("batch force", supplied), new CarrierEntry("held-out loss", -gained)],
            FinalFlux = steps[^1].StepLength,
            FinalAffinity = steps[^1].StepLength == 0 ? null : steps[^1].Supplied / steps[^1].StepLength,
        };
    }

    private static ProcessEntry Process(string name, double power) => new(name, ProcessKind.Conductor, "", AffinityStatus.Known, 0, power, Math.Max(power, 0), [], 0, null, 0);
}
