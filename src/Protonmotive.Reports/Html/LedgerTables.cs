using System.Globalization;
using System.Text;
using Protonmotive.Thermodynamics;
using static Protonmotive.Reports.Html.HtmlReport;

namespace Protonmotive.Reports.Html;

/// <summary>The ledger as tables of a page.</summary>
internal static class LedgerTables
{
    private static readonly CultureInfo culture = CultureInfo.InvariantCulture;

    public static void Append(StringBuilder page, Ledger ledger)
    {
        var (scale, unit) = LedgerText.EnergyScale(ledger);
        bool isOwn = ledger.Processes.Any(p => p.ExtentUnit.Length > 0); // each number carries its unit
        page.Append(culture, $"<h2>Ledger</h2><p>Energies in {Text(unit)}{(ledger.Per.Length > 0 ? " per " + Text(ledger.Per) : "")}, from {ledger.Start:g6} to {ledger.End:g6} {Text(ledger.TimeUnit)}. <i>Spent</i> and <i>work</i> split a process's power by carrier: what it takes from one gradient and what it builds of another; the rest is dissipated.</p>");
        page.Append(culture, $"<div class=\"wide\"><table><thead><tr><th>process</th><th class=\"n\">extent<br><small>{(isOwn ? "" : Text(ledger.ExtentUnit))}</small></th><th class=\"n\">A at the end<br><small>{(isOwn ? "" : Text(ledger.AffinityUnit().Unit))}</small></th><th class=\"n\">spent</th><th class=\"n\">work</th><th class=\"n\">dissipated</th><th class=\"n\">efficiency</th></tr></thead><tbody>");
        foreach (var p in ledger.Processes) Process(page, ledger, p, scale);
        page.Append("</tbody></table></div>\n");
        if (!ledger.HasPotentials) return;

        page.Append("<table class=\"closing\"><tbody>");
        void Line(string name, double energy, string note = "", string kind = "") =>
            page.Append(culture, $"<tr class=\"{kind}\"><th scope=\"row\">{Text(name)}{(note.Length > 0 ? $"<span class=\"note\">{Text(note)}</span>" : "")}</th><td class=\"n\">{Number(energy * scale)}</td></tr>");
        foreach (var s in ledger.Supplies) Line((s.Kind switch { SupplyKind.Reservoir => "supplied by ", SupplyKind.Drive => "driven: ", _ => "" }) + s.Name, s.Energy, s.Note);
        Line("supplied in all", ledger.Supplied, kind: "sum");
        Line("dissipated", -ledger.Dissipated);
        if (ledger.Processes.Any(p => p.IsLoad)) Line("delivered to loads", -ledger.Delivered);
        if (ledger.Unaccounted != 0) Line(ledger.Unaccounted > 0 ? "taken by processes of unknown affinity" : "given by processes of unknown affinity", -ledger.Unaccounted);
        Line(ledger.StoredName, ledger.StoredChange, $"the books close to {ledger.ClosureResidual.ToString("0.0e+0", culture)} of the energy turned over", "sum");
        page.Append("</tbody></table>\n");
        foreach (var b in ledger.Boundaries)
            page.Append(culture, $"<p class=\"boundary\"><b>{Text(b.Name)}</b> ({Text(string.Join(", ", b.Processes))}): {Number(b.Input * scale)} {Text(unit)} in as {Text(b.Carrier)} = {Number(b.Dissipated * scale)} {Text(unit)} dissipated + {Number(b.Delivered * scale)} {Text(unit)} delivered or stored{(b.Efficiency is { } e ? $" ({100 * e:0.0} %)" : "")}.</p>\n");
    }

    private static void Process(StringBuilder page, Ledger ledger, ProcessEntry p, double scale)
    {
        var (factor, of) = ledger.AffinityUnit(p);
        string Unit(string unit) => p.ExtentUnit.Length > 0 && unit != "1" ? $" <small>{Text(unit)}</small>" : "";
        var affinity = p.FinalAffinity is { } A && double.IsFinite(A) ? Number(A * factor) + Unit(of) : p.Status switch { AffinityStatus.Unbounded => "unbounded", AffinityStatus.Unknown => "unknown", AffinityStatus.Joined => "joined", _ => "–" };
        bool hasPower = p.Status is AffinityStatus.Known or AffinityStatus.FromFluxes;
        page.Append(culture, $"<tr><th scope=\"row\">{Text(p.Name)}<span class=\"note\">{Text(p.Equation)}</span></th><td class=\"n\">{Number(p.Extent)}{Unit(p.ExtentUnit)}</td><td class=\"n\">{affinity}</td><td class=\"n\">{(p.Carriers.IsEmpty ? "" : Number(p.Spent * scale))}</td><td class=\"n\">{(p.Work is { } w ? Number(w * scale) : "")}</td><td class=\"n\">{(hasPower ? Number(p.Power * scale) + (p.IsLoad ? " <small>delivered</small>" : "") : "unknown")}</td><td class=\"n\">{(p.Efficiency is { } e && e >= 0 ? $"{100 * e:0.0} %" : "")}</td></tr>");
        if (p.Carriers.Length < 2) return;
        foreach (var c in p.Carriers)
            page.Append(culture, $"<tr class=\"carrier\"><td>{(c.Energy >= 0 ? "spends" : "works on")} {Text(c.Carrier)}</td><td></td><td></td><td class=\"n\">{(c.Energy > 0 ? Number(c.Energy * scale) : "")}</td><td class=\"n\">{(c.Energy < 0 ? Number(-c.Energy * scale) : "")}</td><td></td><td></td></tr>");
    }
}
