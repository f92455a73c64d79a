using Protonmotive.Symbolics;
using static Protonmotive.Symbolics.Expression;

namespace Protonmotive.Networks;

/// <summary>J = M·A with a learned mobility.</summary>
internal sealed record LearnedLaw(Mobility Mobility) : FluxLaw
{
    public override string Proof => $"learned: J = M·A with M ≥ 0 for every weight ({Mobility}), so Φ = M·A² ≥ 0";

    public override string Remark => Proof;

    public override OneWayFluxes Fluxes(Process process, PhysicalConstants constants, IReadOnlyList<Membrane> membranes) =>
        new(Mobility.Value * Known(process, constants, membranes));

    /// <summary>The symbol of a process's affinity, once it is sure that there is one.</summary>
    internal static Expression Known(Process process, PhysicalConstants constants, IReadOnlyList<Membrane> membranes) =>
        process.Affinity(constants, membranes) ?? throw NetworkException.UnknownPotential(process.Stoichiometry.First(p => p.Store.Energy is null).Store, process);
}

/// <summary>A row of J = L Lᵀ A with a learned factor L.</summary>
internal sealed record CoupledLearnedLaw(MobilityMatrix Mobility) : FluxLaw
{
    public override string Proof => $"learned: J = L·Lᵀ·A over {string.Join(", ", Mobility.Processes)} ({Mobility.Network}), so ΣΦ = |Lᵀ·A|² ≥ 0 for every weight; one of them may be driven uphill by the others";

    public override string Remark => Proof;

    public override OneWayFluxes Fluxes(Process process, PhysicalConstants constants, IReadOnlyList<Membrane> membranes)
    {
        LearnedLaw.Known(process, constants, membranes);
        return new(Mobility.Flux(process.Name));
    }
}

/// <summary>A learned flux that nothing ties to its affinity.</summary>
internal sealed record FreeLearnedLaw(Perceptron Network, double Scale) : FluxLaw
{
    public override string Remark => $"learned, free form ({Network}): nothing holds it to the second law";

    public override OneWayFluxes Fluxes(Process process, PhysicalConstants constants, IReadOnlyList<Membrane> membranes) => new(Scale * Network.Outputs[0]);
}
