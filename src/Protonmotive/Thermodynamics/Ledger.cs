using System.Collections.Immutable;

namespace Protonmotive.Thermodynamics;

/// <summary>The account of one run: what came in, what was dissipated, what was delivered, and what is left in the stores.</summary>
/// <remarks>
/// ΔG = Σ supplied − Σ dissipated − Σ delivered − Σ unaccounted holds exactly along a true solution (Oster, Perelson and
/// Katchalsky 1973, Q. Rev. Biophys. 6, 1); <see cref="ClosureResidual"/> is how far the computed one is from it. Energies are
/// integrals in <see cref="EnergyUnit"/>, taken by the solver under its own error control.
/// </remarks>
public sealed record Ledger
{
    /// <summary>Name of the system.</summary>
    public required string System { get; init; }

    // Runs written before these four had names carry none.

    /// <summary>What the account is of.</summary>
    public string Subject { get => field ?? "free energy"; init; } = "free energy";

    /// <summary>What the stores hold, as the statement calls it.</summary>
    public string StoredName { get => field ?? "free energy stored: change"; init; } = "free energy stored: change";

    /// <summary>What is dissipated, as figures call it.</summary>
    public string DissipatedName { get => field ?? "heat"; init; } = "heat";

    /// <summary>Unit of the extents; affinities are energies over it.</summary>
    public string ExtentUnit { get => field ?? "mol"; init; } = "mol";

    /// <summary>What quantities are counted per; empty where they are absolute.</summary>
    public string Per { get; init; } = "";

    /// <summary>Unit of every energy here; "" where the model declares none.</summary>
    public required string EnergyUnit { get; init; }

    /// <summary>Unit of time.</summary>
    public required string TimeUnit { get; init; }

    /// <summary>Start of the account.</summary>
    public required double Start { get; init; }

    /// <summary>End of the account.</summary>
    public required double End { get; init; }

    /// <summary>An entry for each process.</summary>
    public required ImmutableArray<ProcessEntry> Processes { get; init; }

    /// <summary>What reservoirs, drives and jumps supplied; negative where they took.</summary>
    public required ImmutableArray<SupplyEntry> Supplies { get; init; }

    /// <summary>Accounts of declared parts.</summary>
    public ImmutableArray<BoundaryEntry> Boundaries { get; init; } = [];

    /// <summary>Free energy of the stores at the start.</summary>
    public required double StoredAtStart { get; init; }

    /// <summary>Free energy of the stores at the end.</summary>
    public required double StoredAtEnd { get; init; }

    /// <summary>∫Σ|power| dt: the traffic that the residual is measured against.</summary>
    public required double Activity { get; init; }

    /// <summary>Whether any potential is declared, so that there is a free-energy account at all.</summary>
    public required bool HasPotentials { get; init; }

    /// <summary>Unit of a process's affinity as it is printed, and the factor to it: kJ/mol for J and mol, V for J and C.</summary>
    public (double Factor, string Unit) AffinityUnit(ProcessEntry? process = null) => PotentialUnit(EnergyUnit, process is { ExtentUnit.Length: > 0 } p ? p.ExtentUnit : ExtentUnit);

    /// <summary>Unit of an energy over an extent as it is printed, and the factor to it.</summary>
    /// <param name="energy">Unit of the energy.</param>
    /// <param name="extent">Unit of the extent, or of a store's content.</param>
    public static (double Factor, string Unit) PotentialUnit(string energy, string extent) =>
        (energy, extent) switch
        {
            ("RT", _) => (1, "RT"),
            ("J", "mol") => (1e-3, "kJ/mol"),
            ("pJ", "pmol") => (1e-3, "kJ/mol"),
            ("J", "C") => (1, "V"),
            _ when energy == extent => (1, "1"),
            (_, "1") => (1, energy),
            ("pJ", "nC") => (1, "mV"),
            _ when extent.AsSpan().ContainsAny('·', '/') => (1, $"{energy}/({extent})"),
            _ => (1, $"{energy}/{extent}"),
        };

    /// <summary>Change of the free energy stored.</summary>
    public double StoredChange => StoredAtEnd - StoredAtStart;

    /// <summary>Total supplied.</summary>
    public double Supplied => Supplies.Sum(s => s.Energy);

    /// <summary>Total dissipated by processes of known affinity that are no loads.</summary>
    public double Dissipated => Processes.Where(p => p.Posts && !p.IsLoad).Sum(p => p.Power);

    /// <summary>Total dissipated by processes whose affinity is known from their own fluxes alone; it enters no closing identity.</summary>
    public double DissipatedByFluxes => Processes.Where(p => p.Status == AffinityStatus.FromFluxes).Sum(p => p.Power);

    /// <summary>Total delivered to loads.</summary>
    public double Delivered => Processes.Where(p => p.Posts && p.IsLoad).Sum(p => p.Power);

    /// <summary>What processes of unknown affinity took from stores of known potential.</summary>
    public double Unaccounted => Processes.Where(p => !p.Posts).Sum(p => p.Exchanged);

    /// <summary>|ΔG − (supplied − dissipated − delivered − unaccounted)| over the activity and |ΔG|; 0 where nothing moved.</summary>
    public double ClosureResidual
    {
        get
        {
            double scale = Activity + Math.Abs(StoredChange);
            return scale == 0 ? 0 : Math.Abs(StoredChange - (Supplied - Dissipated - Delivered - Unaccounted)) / scale;
        }
    }

    /// <summary>The statement, as <see cref="LedgerText"/> prints it.</summary>
    public override string ToString() => LedgerText.Print(this);
}
