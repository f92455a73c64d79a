using System.Globalization;
using System.Text;

namespace Protonmotive.Thermodynamics;

/// <summary>Audits of several models as one table in Markdown.</summary>
public static class AuditTable
{
    private const int MostReasons = 4;

    private const int LongestReason = 70;

    private static readonly CultureInfo culture = CultureInfo.InvariantCulture;

    /// <summary>The table: a line a model.</summary>
    /// <param name="models">File (or system) and its audit, or why it could not be read.</param>
    public static string Print(IEnumerable<(string File, AuditReport? Report, string Fault)> models)
    {
        var text = new StringBuilder();
        text.AppendLine("| file | model | reactions | reversible | one way | unknown, and why | independent cycles | violated cycles: free energy from nothing | not balanced |");
        text.AppendLine("|---|---|---:|---:|---:|---|---:|---|---|");
        foreach (var (file, report, fault) in models)
        {
            if (report is null) text.AppendLine(culture, $"| `{file}` | not read: {Cell(fault)} | | | | | | | |");
            else text.AppendLine(culture, $"| `{file}` | {Cell(report.System)} | {Reactions(report)} | {Reversible(report)} | {OneWay(report)} | {Unknown(report)} | {report.Wegscheider?.IndependentCycles.ToString(culture) ?? "–"} | {Cycles(report.Wegscheider)} | {Unbalanced(report)} |");
        }
        return text.ToString();
    }

    private static string Reactions(AuditReport report) => report.Processes.IsEmpty ? "none: rules only" : report.Processes.Length.ToString(culture);

    private static string Reversible(AuditReport report)
    {
        int own = Count(report, StepStanding.OwnEquation), joined = Count(report, StepStanding.JoinedReverse), all = own + Count(report, StepStanding.Reversible);
        int known = report.Processes.Count(p => p.Standing is null && p.Verdict is Verdict.Proved or Verdict.NotViolated or Verdict.Violated && p.Standing is null);
        var words = new List<string>();
        if (joined > 0) words.Add(all == joined ? "each a pair of two" : $"{joined} of them pairs of two");
        if (own > 0) words.Add($"{own} by another equation than written");
        var text = words.Count > 0 ? $"{all} ({string.Join("; ", words)})" : all.ToString(culture);
        return known > 0 ? $"{text}, {known} with potentials" : text;
    }

    private static string OneWay(AuditReport report)
    {
        var oneWay = report.Processes.Where(p => p.Verdict == Verdict.Unbounded).ToList();
        int declared = oneWay.Count(p => p.Equation.Contains('⇌', StringComparison.Ordinal));
        return declared > 0 ? $"{oneWay.Count} ({declared} declared reversible)" : oneWay.Count.ToString(culture);
    }

    private static string Unknown(AuditReport report)
    {
        var unknown = report.Processes.Where(p => p.Verdict == Verdict.Unknown).ToList();
        if (unknown.Count == 0) return "0";
        var reasons = unknown.GroupBy(p => p.Reason).Take(MostReasons).Select(g => $"{string.Join(", ", g.Take(3).Select(p => p.Name))}{(g.Count() > 3 ? ", …" : "")}: {Short(g.Key)}");
        return Cell($"{unknown.Count} ({string.Join("; ", reasons)})");
    }

    private static string Cycles(WegscheiderReport? w)
    {
        if (w is null || w.IndependentCycles == 0) return "–";
        if (w.Consistent) return "0";
        var at = w.AssumedTemperature is { } T ? $" at {T.ToString("0.##", culture)} K" : "";
        var violations = w.Violations.Select(v => $"{v.Energy.ToString(v.Energy >= 0.1 ? "0.###" : "g2", culture)} kJ/mol ({AuditText.Cycle(v)})");
        return Cell($"{w.ViolatedCycles}{at}: {string.Join("; ", violations)}");
    }

    private static string Unbalanced(AuditReport report) => report.Balance.IsEmpty
        ? report.BalanceChecked == 0 ? "not declared" : $"0 of {report.BalanceChecked}"
        : Cell(string.Join("; ", report.Balance.GroupBy(b => b.Process).Take(6).Select(g => $"{g.Key}: {string.Join(", ", g.Select(f => $"{f.Imbalance.ToString("+0.###;-0.###", culture)} {f.What}"))}")));

    private static int Count(AuditReport report, StepStanding standing) => report.Processes.Count(p => p.Standing == standing);

    private static string Short(string reason) => reason.Length <= LongestReason ? reason : reason[..LongestReason] + "…";

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).Replace("*", "\\*", StringComparison.Ordinal).Replace('\n', ' ');
}
