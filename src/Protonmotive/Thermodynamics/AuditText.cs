using System.Globalization;
using System.Text;

namespace Protonmotive.Thermodynamics;

/// <summary>Prints an audit for a terminal.</summary>
public static class AuditText
{
    /// <summary>Above this number of processes only their numbers by verdict are printed, and the violations.</summary>
    private const int MostListed = 100;

    private const int MostTotals = 12;

    private const int LongestTotal = 100;

    private const int LongestCycle = 12;

    private const int LongestRelation = 160;

    private static readonly CultureInfo culture = CultureInfo.InvariantCulture;

    /// <summary>The audit as text.</summary>
    /// <param name="report">The audit.</param>
    /// <param name="all">Whether to list every process and every conserved total, however many there are.</param>
    public static string Print(AuditReport report, bool all = false)
    {
        var text = new StringBuilder();
        text.AppendLine(culture, $"audit of {report.System} ({report.Samples} sampled states)").AppendLine();
        if (all || report.Processes.Length <= MostListed) foreach (var p in report.Processes) Append(text, p);
        else AppendSummary(text, report);
        if (report.Wegscheider is { } w) AppendCycles(text, w);
        text.AppendLine();
        if (report.Balance.IsEmpty) text.AppendLine(report.BalanceChecked == 0 ? "charge and atoms: not declared" : $"charge and atoms: conserved in the {report.BalanceChecked} processes where declared");
        foreach (var fault in report.Balance) text.AppendLine(culture, $"NOT CONSERVED: '{fault.Process}' makes {fault.Imbalance.ToString("+0.###;-0.###", culture)} {fault.What} a turn");
        AppendTotals(text, report, all);
        text.AppendLine().AppendLine(report.Passed ? "passed" : "FAILED");
        return text.ToString();
    }

    /// <summary>A cycle as a sum of its steps: "r1 + 2 r2 − r3".</summary>
    public static string Cycle(CycleViolation violation)
    {
        var steps = violation.Steps.Take(violation.Steps.Length > LongestCycle ? LongestCycle - 2 : LongestCycle).Select((c, i) =>
            (c.Coefficient < 0 ? "− " : i == 0 ? "" : "+ ") + (Math.Abs(c.Coefficient) == 1 ? "" : Math.Abs(c.Coefficient).ToString("g4", culture) + " ") + c.Step);
        return string.Join(" ", steps) + (violation.Steps.Length > LongestCycle ? $" + … ({violation.Steps.Length} steps)" : "");
    }

    private static void Append(StringBuilder text, ProcessAudit p)
    {
        var word = p.Verdict switch
        {
            Verdict.Proved => "proved",
            Verdict.NotViolated => "not violated",
            Verdict.Violated => "VIOLATED",
            Verdict.Load => "load",
            Verdict.Unbounded => "unbounded",
            _ => "unknown",
        };
        text.AppendLine(culture, $"{p.Name,-20} {word,-13} {p.Reason}");
        if (p.Verdict != Verdict.Violated) return;
        text.AppendLine(culture, $"{"",-20} {"",-13} {p.Equation}");
        text.AppendLine(culture, $"{"",-20} {"",-13} worst: affinity {p.WorstAffinity:g4}, flux {p.WorstFlux:g4} at {string.Join(", ", p.WorstState.Select(s => $"{s.Key} = {s.Value.ToString("g4", culture)}"))}");
    }

    private static void AppendSummary(StringBuilder text, AuditReport report)
    {
        int joined = report.Processes.Count(p => p.Standing == StepStanding.JoinedReverse);
        text.AppendLine(culture, $"{report.Processes.Length} processes (list them with --all):");
        void Count(string what, Func<ProcessAudit, bool> are)
        {
            int count = report.Processes.Count(are);
            if (count > 0) text.AppendLine(culture, $"{count,6} {what}");
        }
        Count("reversible: A = RT ln(J⁺/J⁻)" + (joined > 0 ? $", {joined} of them joined with a reaction that is their reverse" : ""), p => p.Standing is StepStanding.Reversible or StepStanding.OwnEquation);
        Count("reverse reactions of those", p => p.Standing == StepStanding.JoinedReverse);
        Count("one-way: affinity unbounded", p => p.Verdict == Verdict.Unbounded);
        Count("run down their declared affinity", p => p.Standing is null && p.Verdict is Verdict.Proved or Verdict.NotViolated && p.Standing is null);
        Count("unknown", p => p.Verdict == Verdict.Unknown);
        foreach (var p in report.Processes.Where(p => p.Verdict == Verdict.Violated)) Append(text, p);
    }

    private static void AppendCycles(StringBuilder text, WegscheiderReport w)
    {
        text.AppendLine();
        text.AppendLine(culture, $"cycles: {w.Steps} reversible steps, {w.IndependentCycles} independent cycles");
        if (w.Consistent)
        {
            text.AppendLine(w.IndependentCycles > 0 ? "        all equilibrium constants fit together (Wegscheider)" : "        no cycle, so any equilibrium constants fit together");
            return;
        }
        text.AppendLine(culture, $"        VIOLATED: {w.ViolatedCycles} of them would yield free energy from nothing at each turn");
        var at = w.AssumedTemperature is { } T ? $" at {T.ToString("0.##", culture)} K" : "";
        foreach (var v in w.Violations)
        {
            text.AppendLine(culture, $"        {Cycle(v)} yields {Small(v.Affinity)} RT = {Small(v.Energy)} kJ/mol{at}");
            if (v.Relation.Length > 0) text.AppendLine(culture, $"            off by a factor {Math.Exp(v.Affinity).ToString("g5", culture)}: {(v.Relation.Length <= LongestRelation ? v.Relation : v.Relation[..LongestRelation] + "…")}");
        }
        foreach (var (step, residual) in w.Residuals.OrderByDescending(r => Math.Abs(r.Residual)).Take(5).Where(r => Math.Abs(r.Residual) > 1e-9))
            text.AppendLine(culture, $"        {step}: ln K is {residual.ToString("+0.###;-0.###", culture)} off the nearest consistent set");
    }

    private static string Small(double value) => Math.Abs(value) >= 0.1 ? value.ToString("0.###", culture) : value.ToString("g2", culture);

    private static void AppendTotals(StringBuilder text, AuditReport report, bool all)
    {
        if (report.ConservedTotals.IsEmpty) return;
        var shown = report.ConservedTotals.Take(all ? int.MaxValue : MostTotals).Select(t => all || t.Length <= LongestTotal ? t : t[..LongestTotal] + "…").ToList();
        int left = report.ConservedTotals.Length - shown.Count;
        text.AppendLine("conserved totals: " + string.Join("; ", shown) + (left > 0 ? $"; and {left} more" : ""));
    }
}
