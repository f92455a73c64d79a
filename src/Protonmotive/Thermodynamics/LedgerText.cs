using System.Globalization;
using System.Text;

namespace Protonmotive.Thermodynamics;

/// <summary>Prints a ledger as a statement for a terminal, at most 100 columns wide.</summary>
public static class LedgerText
{
    /// <summary>Above this number of processes only those that dissipate most are listed.</summary>
    private const int MostListed = 200;

    /// <summary>Length of a unit up to which it is a symbol, as min.</summary>
    private const int LongestSymbol = 3;

    private static readonly CultureInfo culture = CultureInfo.InvariantCulture;

    /// <summary>The statement.</summary>
    public static string Print(Ledger ledger)
    {
        var text = new StringBuilder();
        var (scale, unit) = EnergyScale(ledger);
        var rounding = new LedgerRounding(ledger);
        void Total(string label, double energy) => text.AppendLine(Line(label, rounding.Energy(energy) * scale, unit));
        text.AppendLine(culture, $"{ledger.System}: {ledger.Subject} from {ledger.Start:g6} to {ledger.End:g6}{Plural(ledger.TimeUnit)}{(ledger.Per.Length > 0 ? ", per " + ledger.Per : "")}");
        text.AppendLine();
        if (!ledger.HasPotentials)
            text.AppendLine("No standard potentials are declared: affinities are known only where a law has both directions.").AppendLine();

        bool split = ledger.Processes.Any(p => !p.Carriers.IsEmpty);
        text.AppendLine(Row("process", "extent", "A at end", split ? "spent" : "", split ? "work" : "", "dissipated", split ? "efficiency" : ""));
        text.AppendLine(Row("", OwnUnits(ledger) ? "" : ledger.ExtentUnit, OwnUnits(ledger) ? "" : ledger.AffinityUnit().Unit, split ? unit : "", split ? unit : "", unit, split ? "%" : ""));
        var shown = ledger.Processes.Length <= MostListed ? ledger.Processes : [.. ledger.Processes.OrderByDescending(p => Math.Abs(p.Power)).ThenByDescending(p => Math.Abs(p.Extent)).Take(MostListed)];
        foreach (var p in shown) AppendProcess(text, ledger, rounding, p, scale);
        if (shown.Length < ledger.Processes.Length) text.AppendLine(culture, $"… and {ledger.Processes.Length - shown.Length} more that dissipate less");
        text.AppendLine();
        foreach (var p in ledger.Processes.Where(p => p.Remark.Length > 0)) text.AppendLine(culture, $"{p.Name}: {p.Remark}");
        if (shown.Any(p => p.Places > 1)) text.AppendLine(culture, $"summed over places: {string.Join(", ", shown.Where(p => p.Places > 1).GroupBy(p => p.Places).Select(g => $"{string.Join(", ", g.Select(p => p.Name))} ({g.Key})"))}").AppendLine();
        AppendFluxes(text, ledger, scale, unit);

        if (ledger.HasPotentials)
        {
            foreach (var s in ledger.Supplies)
            {
                var label = s.Kind switch { SupplyKind.Reservoir => "supplied by " + s.Name, SupplyKind.Drive => "driven: " + s.Name, _ => s.Name };
                Total(label + (s.Kind == SupplyKind.Jump && s.Note.Length > 0 ? $" ({s.Note})" : s.Note.StartsWith("effective", StringComparison.Ordinal) ? " (effective)" : ""), s.Energy);
            }
            Total("supplied in all", ledger.Supplied);
            Total("dissipated", -ledger.Dissipated);
            if (ledger.Processes.Any(p => p.IsLoad)) Total("delivered to loads", -ledger.Delivered);
            if (ledger.Unaccounted != 0) Total($"{(ledger.Unaccounted > 0 ? "taken" : "given")} by processes of unknown affinity", -ledger.Unaccounted);
            Total(ledger.StoredName, ledger.StoredChange);
            text.AppendLine(culture, $"the books close to {ledger.ClosureResidual:0.0e-0} of the energy turned over");
        }
        foreach (var b in ledger.Boundaries)
        {
            text.AppendLine();
            text.AppendLine(culture, $"{b.Name} ({string.Join(", ", b.Processes)}):");
            text.AppendLine(culture, $"  {Number(b.Input * scale)} {unit} in as {b.Carrier} = {Number(b.Dissipated * scale)} {unit} dissipated + {Number(b.Delivered * scale)} {unit} delivered or stored{(b.Efficiency is { } e ? $" ({100 * e:0.0} %)" : "")}");
        }
        return text.ToString();
    }

    /// <summary>What is known where only fluxes tell the affinity, and what is not.</summary>
    private static void AppendFluxes(StringBuilder text, Ledger ledger, double scale, string unit)
    {
        int Count(AffinityStatus status) => ledger.Processes.Count(p => p.Status == status);
        int known = Count(AffinityStatus.FromFluxes), joined = Count(AffinityStatus.Joined), unbounded = Count(AffinityStatus.Unbounded), unknown = Count(AffinityStatus.Unknown);
        if (known > 0) text.AppendLine(Line($"dissipated by {known} {(known == 1 ? "process" : "processes")} with A = RT ln(J⁺/J⁻)", ledger.DissipatedByFluxes * scale, unit));
        if (joined > 0) text.AppendLine(culture, $"{joined} {(joined == 1 ? "process is" : "processes are")} joined with the reverse, where the affinity of both stands");
        if (unbounded > 0) text.AppendLine(culture, $"not accounted: {unbounded} one-way {(unbounded == 1 ? "process, whose affinity is" : "processes, whose affinities are")} unbounded");
        if (unknown > 0) text.AppendLine(culture, $"not accounted: {unknown} {(unknown == 1 ? "process" : "processes")} of unknown affinity");
    }

    /// <summary>A unit behind a number of it, after a space: a word is in the plural, as in 80 generations; none has nothing.</summary>
    /// <param name="unit">The unit; "1" or "" for none.</param>
    public static string Plural(string unit)
    {
        ArgumentNullException.ThrowIfNull(unit);
        return unit is "1" or "" ? "" : unit.Length > LongestSymbol && unit.All(char.IsAsciiLetterLower) && unit[^1] != 's' ? $" {unit}s" : " " + unit;
    }

    /// <summary>Factor and name of the unit the statement is printed in: kJ for J above 10⁴.</summary>
    public static (double Scale, string Unit) EnergyScale(Ledger ledger) =>
        (ledger.EnergyUnit, Math.Max(ledger.Activity, Math.Abs(ledger.StoredChange))) switch
        {
            ("J", >= 1e10) => (1e-9, "GJ"),
            ("J", >= 1e8) => (1e-6, "MJ"),
            ("J", >= 1e4) => (1e-3, "kJ"),
            ("pJ", >= 1e10) => (1e-9, "mJ"),
            ("pJ", >= 1e7) => (1e-6, "µJ"),
            ("pJ", >= 1e4) => (1e-3, "nJ"),
            _ => (1, ledger.EnergyUnit),
        };

    private static void AppendProcess(StringBuilder text, Ledger ledger, LedgerRounding rounding, ProcessEntry p, double scale)
    {
        var (factor, of) = ledger.AffinityUnit(p);
        bool isOwn = OwnUnits(ledger);
        string Energy(double energy) => Number(rounding.Energy(energy) * scale);
        var affinity = rounding.Affinity(p) is { } A ? Number(A * factor) + (isOwn && of != "1" ? " " + of : "") : p.Status switch
        {
            AffinityStatus.Unbounded => "unbounded",
            AffinityStatus.Joined => "joined",
            AffinityStatus.Unknown => "unknown",
            _ => "–",
        };
        bool hasPower = p.Status is AffinityStatus.Known or AffinityStatus.FromFluxes;
        text.AppendLine(Row(p.Name, Number(rounding.Extent(p)) + (isOwn ? " " + p.ExtentUnit : ""), affinity,
            p.Carriers.IsEmpty ? "" : Energy(p.Spent),
            p.Work is { } w ? Energy(w) : "",
            p.Status == AffinityStatus.Joined ? "" : !hasPower ? "unknown" : p.IsLoad ? "→ " + Energy(p.Power) : Energy(p.Power),
            p.Efficiency is { } e && e >= 0 ? (100 * e).ToString("0.0", culture) : ""));
        if (p.Carriers.Length < 2) return;
        foreach (var c in p.Carriers)
            text.AppendLine(culture, $"{"  " + (c.Energy >= 0 ? "spends " : "works on ") + c.Carrier,-45}{Number(Math.Max(c.Energy, 0) * scale, blankZero: true),12}{Number(Math.Max(-c.Energy, 0) * scale, blankZero: true),12}");
    }

    // Where processes move different things, each number carries its unit.
    private static bool OwnUnits(Ledger ledger) => ledger.Processes.Any(p => p.ExtentUnit.Length > 0);

    private static string Row(string name, string extent, string affinity, string spent, string work, string dissipated, string efficiency) =>
        $"{name,-21}{Cell(extent)}{Cell(affinity)}{spent,12}{work,12}{dissipated,13}{efficiency,12}".TrimEnd();

    // At least a space before a number with a long unit.
    private static string Cell(string text) => text.Length < 12 ? $"{text,12}" : " " + text;

    private static string Line(string label, double value, string unit) => $"{label,-57}{Number(value),12}{(unit == "1" ? "" : " " + unit)}";

    private static string Number(double value, bool blankZero = false)
    {
        if (value == 0) return blankZero ? "" : "0";
        double size = Math.Abs(value);
        return size switch
        {
            >= 1e6 or < 1e-4 => value.ToString("0.000e+0", culture),
            >= 1000 => value.ToString("0.0", culture),
            >= 100 => value.ToString("0.00", culture),
            >= 1 => value.ToString("0.000", culture),
            _ => value.ToString("0.00000", culture),
        };
    }
}
