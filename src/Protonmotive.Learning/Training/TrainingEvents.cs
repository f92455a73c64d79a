using Protonmotive.Learning.Accounts;

namespace Protonmotive.Learning.Training;

/// <summary>The scalars of a training, grouped by what they are: loss, ledger, layers, evaluation.</summary>
internal static class TrainingEvents
{
    /// <summary>Writes them into a folder.</summary>
    public static void Write(string folder, TrainingAccount account, TrainingResult result)
    {
        var now = DateTimeOffset.UtcNow;
        using var file = new EventFile(File.Create(Path.Combine(folder, EventFile.NameAt(now))), now);
        foreach (var step in account.Audited) file.Write(step.Step, Of(step));
        foreach (var evaluation in result.Evaluations) file.Write(evaluation.Step, evaluation.Measures.Select(m => ("evaluation/" + m.Name, m.Value)).Append(("evaluation/batch loss", evaluation.BatchLoss)).Where(v => double.IsFinite(v.Item2)));
        file.Write(account.Steps, Of(result));
    }

    private static IEnumerable<(string, double)> Of(StepAccount step)
    {
        yield return ("loss/probe", step.LossBefore);
        if (step.BatchLossBefore is { } batch) yield return ("loss/batch", batch);
        yield return ("ledger/supplied", step.Supplied);
        yield return ("ledger/noise", step.Noise);
        yield return ("ledger/curvature", step.Curvature);
        yield return ("ledger/gained", step.Gained);
        if (step.Memorised is { } memorised) yield return ("ledger/memorised", memorised);
        foreach (var m in step.Mechanisms) yield return ("optimiser/" + m.Name, m.Power);
        foreach (var l in step.Layers)
        {
            yield return ($"gradient norm/{l.Name}", l.GradientNorm);
            yield return ($"update ratio/{l.Name}", l.UpdateRatio);
            yield return ($"layer gained/{l.Name}", l.Gained);
        }
        foreach (var s in step.Signals)
        {
            yield return ($"adjoint norm/{s.Name}", s.Backward);
            yield return ($"activation norm/{s.Name}", s.Forward);
        }
    }

    private static IEnumerable<(string, double)> Of(TrainingResult result)
    {
        if (double.IsFinite(result.Bill.Energy.Joules)) yield return ($"energy/joules {result.Bill.Energy.Source.ToString().ToLowerInvariant()}", result.Bill.Energy.Joules);
        if (result.Bill.LabelBitsPerJoule is { } label) yield return ("energy/label bits per joule", label);
        if (result.Bill.CodeBitsPerJoule is { } code) yield return ("energy/code saved per joule", code);
    }
}
