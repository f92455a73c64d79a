using System.Collections.Immutable;
using System.Globalization;
using Protonmotive.Reports.Documents;
using Protonmotive.Thermodynamics;

namespace Protonmotive.Reports.Runs;

/// <summary>A ledger as parts of a document.</summary>
internal static class LedgerBlocks
{
    private static readonly CultureInfo culture = CultureInfo.InvariantCulture;

    // Where a law is not consistent, a process may give more than it takes; what is beyond 1 by less is rounding.
    private const double Uphill = 1e-9;

    /// <summary>The whole account: processes with their carriers, what closes it, and its boundaries.</summary>
    public static IEnumerable<Block> Of(Ledger ledger)
    {
        var (scale, unit) = LedgerText.EnergyScale(ledger);
        yield return new Heading(2, "Ledger", "ledger");
        yield return new Paragraph(
        [
            new($"Energies in {unit}{(ledger.Per.Length > 0 ? " per " + ledger.Per : "")}, from {ledger.Start.ToString("g6", culture)} to {ledger.End.ToString("g6", culture)}{LedgerText.Plural(ledger.TimeUnit)}. "), new("Spent", IsBold: true), new(" and "), new("work", IsBold: true),
            new(" split a process's power by carrier: what it takes from one gradient and what it builds of another; the rest is dissipated."),
        ]);
        yield return Processes(ledger, [.. ledger.Processes], [], hasCarriers: true);
        if (!ledger.HasPotentials) yield break;
        yield return Closing(ledger, unit);
        foreach (var b in ledger.Boundaries)
            yield return new Paragraph([new(b.Name, IsBold: true), new($" ({string.Join(", ", b.Processes)}): {Printed.Number(b.Input * scale)} {unit} in as {b.Carrier} = {Printed.Number(b.Dissipated * scale)} {unit} dissipated + {Printed.Number(b.Delivered * scale)} {unit} delivered or stored{(b.Efficiency is { } e ? string.Create(culture, $" ({100 * e:0.0} %)") : "")}.")]);
    }

    /// <summary>The processes that dissipate or deliver most, those of which it is not known, and those with a remark; all others as one.</summary>
    public static Table Largest(Ledger ledger, int count)
    {
        var largest = ledger.Processes.OrderByDescending(p => IsPosted(p) && p.Remark.Length == 0 ? Math.Abs(p.Power) : double.PositiveInfinity).Take(ledger.Processes.Length > count + 1 ? count : count + 1).ToHashSet();
        return Processes(ledger, [.. ledger.Processes.Where(largest.Contains)], [.. ledger.Processes.Where(p => !largest.Contains(p))], hasCarriers: false);
    }

    /// <summary>The account in a few sentences.</summary>
    public static string Summary(Ledger ledger)
    {
        if (!ledger.HasPotentials) return "The model declares no standard potentials, so there is no free-energy account; affinities are known only where a law has both directions.";
        string unit = LedgerText.EnergyScale(ledger).Unit is var of and not "1" ? " " + of : "";
        var rounding = new LedgerRounding(ledger);
        string Amount(double energy) => Energy(ledger, Math.Abs(energy)) is var text && text == "0" ? "nothing" : text + unit;
        bool isNet = ledger.Boundaries.Any(b => b.Input > 1.02 * Math.Abs(ledger.Supplied));
        string supplied = Math.Sign(rounding.Energy(ledger.Supplied)) switch { 0 => "Nothing was supplied", > 0 => $"{Amount(ledger.Supplied)} were supplied in all{(isNet ? ", less what went back to what is held outside" : "")}", _ => $"{Amount(ledger.Supplied)} went back to what is held outside, in all" };
        string stored = Math.Sign(rounding.Energy(ledger.StoredChange)) switch { 0 => "what is stored did not change", > 0 => $"what is stored rose by {Amount(ledger.StoredChange)}", _ => $"what is stored fell by {Amount(ledger.StoredChange)}" };
        var whole = $"{(ledger.Per.Length > 0 ? $"Per {ledger.Per}: {char.ToLowerInvariant(supplied[0])}{supplied[1..]}" : supplied)}; {Amount(ledger.Dissipated)} {(rounding.Energy(ledger.Dissipated) == 0 ? "was" : "were")} dissipated"
            + (ledger.Processes.Any(p => p.IsLoad) ? $", {Amount(ledger.Delivered)} delivered" : "")
            + (ledger.Unaccounted != 0 ? $", {Amount(ledger.Unaccounted)} were {(ledger.Unaccounted > 0 ? "taken" : "given")} by processes of unknown affinity" : "")
            + $", and {stored}. The books close {(ledger.ClosureResidual == 0 ? "exactly" : $"to {Residual(ledger)} of the energy turned over")}.";
        var parts = ledger.Boundaries.Where(b => b.Efficiency is not null).Select(b =>
            $" In {b.Name} ({string.Join(", ", b.Processes)}), {Amount(b.Input)} came in as {b.Carrier}: {Amount(b.Dissipated)} were dissipated and {Amount(b.Delivered)} ({Printed.Number(100 * b.Efficiency!.Value)} %) were delivered or stored.");
        return whole + string.Concat(parts);
    }

    /// <summary>An energy in the ledger's unit of print; what is nothing but rounding is 0.</summary>
    public static string Energy(Ledger ledger, double energy) => Printed.Number(new LedgerRounding(ledger).Energy(energy) * LedgerText.EnergyScale(ledger).Scale);

    /// <summary>To what part of the energy turned over the books close.</summary>
    public static string Residual(Ledger ledger) => ledger.ClosureResidual == 0 ? "exact" : ledger.ClosureResidual.ToString("0e+0", culture);

    // Columns that say nothing are left out; where a process has a unit of its own, every number carries its unit.
    private static Table Processes(Ledger ledger, ImmutableArray<ProcessEntry> processes, ImmutableArray<ProcessEntry> others, bool hasCarriers)
    {
        var (scale, unit) = LedgerText.EnergyScale(ledger);
        var rounding = new LedgerRounding(ledger);
        bool isOwn = ledger.Processes.Any(p => p.ExtentUnit.Length > 0);
        Cell Energy(double energy) => new(Printed.Number(rounding.Energy(energy) * scale));
        Cell Power(double power, bool isKnown) => isKnown ? Energy(power) : new("unknown");
        string Of(ProcessEntry p) => p.ExtentUnit.Length > 0 ? p.ExtentUnit : ledger.ExtentUnit;
        Cell Affinity(ProcessEntry p) => rounding.Affinity(p) is { } A && ledger.AffinityUnit(p) is var (factor, of)
            ? new(Printed.Number(A * factor), isOwn ? of : "")
            : new(p.Status switch { AffinityStatus.Unbounded => "unbounded", AffinityStatus.Unknown => "unknown", AffinityStatus.Joined => "joined", _ => "" });
        LedgerColumn Split(string title, Func<ProcessEntry, double?> energy, Func<CarrierEntry, Cell>? carrier = null) =>
            new(new(title, IsNumber: true, Unit: unit), p => energy(p) is { } e ? Energy(e) : new(""), carrier, () => Energy(others.Sum(p => energy(p) ?? 0)));
        Func<ProcessEntry, double?> Net(string carrier, int sign) => p => p.Carriers.IsEmpty ? null : sign * p.Carriers.Where(c => c.Carrier == carrier).Sum(c => c.Energy);
        LedgerColumn[] columns =
        [
            new(new("process", 1.8), p => new(p.Name, IsStrong: true) { Note = hasCarriers ? p.Equation : "" }, c => new("") { Note = $"{(c.Energy >= 0 ? "spends" : "works on")} {c.Carrier}" }, () => new($"{others.Length} more", IsStrong: true)),
            new(new("extent", IsNumber: true, Unit: isOwn ? "" : ledger.ExtentUnit), p => new(Printed.Number(rounding.Extent(p)), isOwn ? Of(p) : "")),
            new(new("affinity at the end", IsNumber: true, Unit: isOwn ? "" : ledger.AffinityUnit().Unit), Affinity),
            .. !hasCarriers && Shared(ledger) is var (from, to) ? [Split($"from {from}", Net(from, 1)), Split($"to {to}", Net(to, -1))] : (LedgerColumn[])
            [
                Split("spent", p => p.Carriers.IsEmpty ? null : p.Spent, c => c.Energy > 0 ? Energy(c.Energy) : new("")),
                Split("work", p => p.IsLoad && rounding.Energy(p.Work ?? 0) == 0 ? null : p.Work, c => c.Energy < 0 ? Energy(-c.Energy) : new("")),
            ],
            new(new(processes.Any(p => p.IsLoad) ? "dissipated or delivered" : "dissipated", IsNumber: true, Unit: unit), p => Power(p.Power, IsPosted(p)) with { Note = p.IsLoad ? "delivered" : "" }, Rest: () => Power(others.Sum(p => p.Power), others.All(IsPosted))),
            new(new("efficiency", IsNumber: true), p => new(p.IsLoad || p.Efficiency is not { } e || e < 0 || (rounding.Energy(p.Work ?? 0) == 0 && GainsNothing(p)) ? "" : e > 1 + Uphill ? "uphill" : string.Create(culture, $"{100 * e:0.0} %"))),
        ];
        var used = columns.Where(c => processes.Any(p => c.Of(p).Text.Length > 0)).ToList();
        IEnumerable<ImmutableArray<Cell>> Rows(ProcessEntry p)
        {
            yield return [.. used.Select(c => c.Of(p))];
            if (hasCarriers && p.Carriers.Length > 1)
                foreach (var carrier in p.Carriers) yield return [.. used.Select(c => c.OfCarrier?.Invoke(carrier) ?? new(""))];
        }
        return new([.. used.Select(c => c.Column)], [.. processes.SelectMany(Rows), .. others.IsEmpty ? Array.Empty<ImmutableArray<Cell>>() : [[.. used.Select(c => c.Rest?.Invoke() ?? new(""))]]]);
    }

    // A layer after which the loss is higher spends on both sides, and has no efficiency.
    private static bool GainsNothing(ProcessEntry p) => p.Carriers.Length > 1 && p.Carriers.All(c => c.Energy > 0);

    /// <summary>The two carriers that all processes stand between, the giving one first, where none ran both ways.</summary>
    private static (string From, string To)? Shared(Ledger ledger)
    {
        var split = ledger.Processes.Where(p => !p.Carriers.IsEmpty).ToList();
        if (split.Count < 2 || split.Exists(p => p.Carriers.Length != 2)) return null;
        (string from, string to) = (split[0].Carriers[0].Carrier, split[0].Carriers[1].Carrier);
        bool isShared = split.TrueForAll(p => p.Carriers[0].Carrier == from && p.Carriers[1].Carrier == to && Math.Abs(p.Spent - p.Carriers.Sum(c => Math.Max(0, c.Energy))) <= 1e-6 * p.Spent);
        return isShared ? (from, to) : null;
    }

    private static bool IsPosted(ProcessEntry p) => p.Posts || p.Status == AffinityStatus.FromFluxes;

    private static Table Closing(Ledger ledger, string unit)
    {
        var rows = new List<ImmutableArray<Cell>>();
        void Line(string name, double energy, string note = "", bool isSum = false) => rows.Add([new(name, IsStrong: isSum) { Note = note }, new(Energy(ledger, energy), IsStrong: isSum)]);
        foreach (var s in ledger.Supplies) Line((s.Kind switch { SupplyKind.Reservoir => "supplied by ", SupplyKind.Drive => "driven: ", _ => "" }) + s.Name, s.Energy, s.Note);
        Line("supplied in all", ledger.Supplied, isSum: true);
        Line("dissipated", -ledger.Dissipated);
        if (ledger.Processes.Any(p => p.IsLoad)) Line("delivered to loads", -ledger.Delivered);
        if (ledger.Unaccounted != 0) Line(ledger.Unaccounted > 0 ? "taken by processes of unknown affinity" : "given by processes of unknown affinity", -ledger.Unaccounted);
        Line(ledger.StoredName, ledger.StoredChange, ledger.ClosureResidual == 0 ? "the books close exactly" : $"the books close to {Residual(ledger)} of the energy turned over", isSum: true);
        return new([new("what closes it", 3), new("energy", IsNumber: true, Unit: unit)], [.. rows]);
    }
}

/// <summary>A column of the table of processes: what it says of a process, of one of its carriers, and of all that have no row.</summary>
internal sealed record LedgerColumn(TableColumn Column, Func<ProcessEntry, Cell> Of, Func<CarrierEntry, Cell>? OfCarrier = null, Func<Cell>? Rest = null);
