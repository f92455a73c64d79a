using Protonmotive.Networks;
using Protonmotive.Symbolics;

namespace Protonmotive.Sensitivities;

/// <summary>A law times a factor: what more or less of an enzyme does.</summary>
internal sealed record ScaledLaw(FluxLaw Law, Expression Factor) : FluxLaw
{
    public override OneWayFluxes Fluxes(Process process, PhysicalConstants constants, IReadOnlyList<Membrane> membranes)
    {
        var fluxes = Law.Fluxes(process, constants, membranes);
        return new(Factor * fluxes.Net, fluxes.Forward is null ? null : Factor * fluxes.Forward, fluxes.Backward is null ? null : Factor * fluxes.Backward);
    }
}
