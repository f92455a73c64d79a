using System.Globalization;
using System.Text;

namespace Protonmotive.Thermodynamics;

/// <summary>Prints an audit for a terminal.</summary>
public static class AuditText
{
    /// <summary>The audit as text.</summary>
    public static string Print(AuditReport report)
    {
        var culture = CultureInfo.InvariantCulture;
        var text = new StringBuilder();
        text.AppendLine(culture, $"audit of {report.System} ({report.Samples} sampled states)").AppendLine();
        foreach (var p in report.Processes)
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
            if (p.Verdict != Verdict.Violated) continue;
            text.AppendLine(culture, $"{"",-20} {"",-13} {p.Equation}");
            text.AppendLine(culture, $"{"",-20} {"",-13} worst: affinity {p.WorstAffinity:g4}, flux {p.WorstFlux:g4} at {string.Join(", ", p.WorstState.Select(s => $"{s.Key} = {s.Value.ToString("g4", culture)}"))}");
        }
        if (report.Wegscheider is { } w)
        {
            text.AppendLine();
            text.AppendLine(culture, $"cycles: {w.Steps} reversible mass-action steps, {w.IndependentCycles} independent cycles");
            if (w.Consistent) text.AppendLine("        all rate constants fit together (Wegscheider)");
            else
            {
                var energy = w.CycleEnergy is { } e ? $" = {e.ToString("0.###", culture)} kJ/mol" : "";
                text.AppendLine(culture, $"        VIOLATED: once around {string.Join(" ", w.Cycle.Select((c, i) => (c.Coefficient < 0 ? "− " : i == 0 ? "" : "+ ") + (Math.Abs(c.Coefficient) == 1 ? "" : Math.Abs(c.Coefficient).ToString("g4", culture) + " ") + c.Step))} yields {w.CycleAffinity.ToString("0.###", culture)} RT{energy} from nothing");
                foreach (var (step, residual) in w.Residuals.OrderByDescending(r => Math.Abs(r.Residual)).Take(5).Where(r => Math.Abs(r.Residual) > 1e-9))
                    text.AppendLine(culture, $"        {step}: ln K is {residual:+0.###;-0.###} off the nearest consistent set");
            }
        }
        text.AppendLine();
        if (report.Balance.IsEmpty) text.AppendLine("charge and atoms: conserved where declared");
        foreach (var fault in report.Balance) text.AppendLine(culture, $"NOT CONSERVED: '{fault.Process}' makes {fault.Imbalance.ToString("+0.###;-0.###", culture)} {fault.What} a turn");
        if (!report.ConservedTotals.IsEmpty) text.AppendLine("conserved totals: " + string.Join("; ", report.ConservedTotals));
        text.AppendLine().AppendLine(report.Passed ? "passed" : "FAILED");
        return text.ToString();
    }
}
