using Protonmotive.Thermodynamics;

namespace Protonmotive.Tests.Reference.Thermodynamics;

internal static class LedgerSums
{
    /// <summary>Dissipation of processes whose affinity is RT ln(J⁺/J⁻) of their own law; in RT where there is no temperature.</summary>
    public static double Dissipated_from_fluxes(this Ledger ledger) => ledger.Processes.Where(p => p.Status == AffinityStatus.FromFluxes).Sum(p => p.Power);
}
