using System.Collections.Frozen;

namespace Protonmotive.Thermodynamics;

/// <summary>Numbers of a ledger as they are printed: what is nothing but rounding beside others of its kind is 0.</summary>
/// <param name="ledger">The ledger.</param>
public sealed class LedgerRounding(Ledger ledger)
{
    /// <summary>Share of the largest below which a number is rounding.</summary>
    private const double Share = 1e-12;

    private readonly FrozenDictionary<string, (double Extent, double Affinity)> largest = ledger.Processes.GroupBy(p => p.ExtentUnit)
        .ToFrozenDictionary(g => g.Key, g => (g.Max(p => Math.Abs(p.Extent)), g.Max(p => p.FinalAffinity is { } A && double.IsFinite(A) ? Math.Abs(A) : 0)), StringComparer.Ordinal);

    /// <summary>An energy, beside what was turned over.</summary>
    public double Energy(double energy) => Of(energy, ledger.Activity);

    /// <summary>The extent of a process, beside the largest in its unit.</summary>
    public double Extent(ProcessEntry process) => Of(process.Extent, largest[process.ExtentUnit].Extent);

    /// <summary>A process's affinity at the end, beside the largest in its unit, and beside what the largest extent in that unit would need to turn over all energy; null where it is not known.</summary>
    public double? Affinity(ProcessEntry process)
    {
        if (process.FinalAffinity is not { } A || !double.IsFinite(A)) return null;
        var (extent, affinity) = largest[process.ExtentUnit];
        return Of(A, extent > 0 ? Math.Max(affinity, ledger.Activity / extent) : affinity);
    }

    private static double Of(double value, double beside) => Math.Abs(value) < Share * beside ? 0 : value;
}
