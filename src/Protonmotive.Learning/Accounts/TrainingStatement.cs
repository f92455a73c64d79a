using System.Globalization;
using System.Text;
using Protonmotive.Learning.Joules;

namespace Protonmotive.Learning.Accounts;

/// <summary>Prints the account of a training: the ledger's statement, then what is an identity, and what a measurement.</summary>
public static class TrainingStatement
{
    private static readonly CultureInfo culture = CultureInfo.InvariantCulture;

    /// <summary>The statement.</summary>
    public static string Print(TrainingAccount account)
    {
        var text = new StringBuilder(account.ToLedger().ToString());
        if (account.Audited.IsEmpty) return text.ToString();
        text.AppendLine();
        text.AppendLine(culture, $"over the {account.Audited.Length} audited of {account.Steps} steps{(account.LossUnit == "1" ? "" : ", in " + account.LossUnit)}:");
        Line(text, "supplied P", account.Supplied, "work of the batches' force along the steps");
        Line(text, "noise N", account.Noise, "what of it the probe does not see");
        Line(text, "curvature K", account.Curvature, account.Audited.All(a => a.CurvatureSource == CurvatureSource.Quadrature) ? "integrated on its own" : "the remainder: the identity closes by itself");
        Line(text, "gained W = P − N − K", account.Gained, account.Efficiency is { } share ? string.Create(culture, $"{100 * share:0.0} % of what was supplied") : account.Gained < 0 ? "the held-out loss rose" : "though the batches supplied nothing");
        if (account.Memorised is { } memorised) Line(text, "memorised", memorised, "gained on the batch and nowhere else");
        text.AppendLine();
        text.AppendLine("identities:");
        if (account.Audited.All(a => a.CurvatureSource == CurvatureSource.Quadrature))
            text.AppendLine(culture, $"  W = P − N − K closes to {account.LargestResidual:0.0e-0} of |P| + |N| + |K| on the worst step");
        double rest = account.Audited.Sum(a => a.Mechanisms.Where(m => m.Name == Mechanisms.Rest).Sum(m => Math.Abs(m.Power)));
        text.AppendLine(culture, $"  the optimiser's rule explains its steps but for {rest / account.Audited.Sum(a => a.Activity):0.0e-0}");
        if (account.Audited.Where(a => a.Kinetic is not null).Select(a => a.Kinetic!).ToList() is { Count: > 0 } kinetic)
            text.AppendLine(culture, $"  heavy ball: work {kinetic.Sum(k => k.Work):g4} = {kinetic.Sum(k => k.After - k.Before):g4} into the kinetic store + {kinetic.Sum(k => k.Friction):g4} friction + {kinetic.Sum(k => k.StepLoss):g4} lost in jumps, to {kinetic.Max(k => k.ClosureResidual):0.0e-0}");
        text.AppendLine("measured:");
        text.AppendLine(culture, $"  audits took {account.AuditSeconds:g3} s, {Beside(account)}{(account.Every is { } k ? $", one step in {k}" : "")}{(double.IsNaN(account.TypicalAuditSeconds) ? "" : $" (chosen: an audit takes {1000 * account.TypicalAuditSeconds:g3} ms, a step {1000 * account.TypicalStepSeconds:g3} ms)")}");
        if (account.Bill is { } bill) text.Append(EnergyStatement.Print(bill));
        return text.ToString();
    }

    /// <summary>What audits took, against the steps.</summary>
    internal static string Beside(TrainingAccount account)
    {
        bool isChosen = account.Every is null || !double.IsNaN(account.TypicalAuditSeconds);
        return string.Create(culture, $"{100 * account.Overhead:0.0} % of the {account.TrainingSeconds:g3} s that the steps took{(isChosen && account.Overhead > 0.5 ? "; a few seconds are allowed whatever the steps take" : "")}");
    }

    private static void Line(StringBuilder text, string label, double value, string note) => text.AppendLine(culture, $"  {label,-24}{value,12:g5}  {note}");
}
