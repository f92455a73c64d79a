using Protonmotive.Symbolics;
using static Protonmotive.Symbolics.Expression;

namespace Protonmotive.Networks;

/// <summary>How the flux of a process follows from the state. A law sees its process and the network's constants.</summary>
public abstract record FluxLaw
{
    /// <summary>The flux, in content per time.</summary>
    /// <param name="process">The process the law belongs to.</param>
    /// <param name="constants">Gas constant, temperature and Faraday constant.</param>
    /// <param name="membranes">The network's membranes.</param>
    public abstract OneWayFluxes Fluxes(Process process, PhysicalConstants constants, IReadOnlyList<Membrane> membranes);

    /// <summary>Why the flux always runs down its affinity, where the form of the law proves it; null where it does not.</summary>
    public virtual string? Proof => null;

    /// <summary>What readers of an audit or a ledger must be told of the law, e.g. that it is learned; "" for nothing.</summary>
    public virtual string Remark => "";

    /// <summary>Any formula for the net flux.</summary>
    public static FluxLaw Formula(Expression flux) => new FormulaLaw(flux);

    /// <summary>Any formula as forward minus backward flux.</summary>
    public static FluxLaw Formula(Expression forward, Expression backward) => new OneWayLaw(forward, backward);

    /// <summary>Mass action: V·(k⁺ Π c^ν − k⁻ Π c^ν); leave <paramref name="backward"/> out for an irreversible step.</summary>
    public static FluxLaw MassAction(Expression forward, Expression? backward = null) => new MassActionLaw(forward, backward);

    /// <summary>Marcelin-de Donder: X·(exp(A⁺/RT) − exp(A⁻/RT)) with the affinities of both sides.</summary>
    public static FluxLaw MarcelinDeDonder(Expression conductance) => new MarcelinDeDonderLaw(conductance);

    /// <summary>Ohm: conductance times affinity.</summary>
    public static FluxLaw Ohm(Expression conductance) => new LinearLaw(conductance, LinearLaw.Difference.Affinity);

    /// <summary>Fick: permeability (area included) times concentration difference.</summary>
    public static FluxLaw Fick(Expression permeability) => new LinearLaw(permeability, LinearLaw.Difference.Face);

    /// <summary>Fourier: conductance times temperature difference.</summary>
    public static FluxLaw Fourier(Expression conductance) => new LinearLaw(conductance, LinearLaw.Difference.Face);

    /// <summary>Goldman-Hodgkin-Katz: an ion through a membrane in a constant field; permeability includes the area.</summary>
    public static FluxLaw GoldmanHodgkinKatz(Expression permeability) => new GoldmanLaw(permeability);

    /// <summary>Learned: J = M·A with a mobility M ≥ 0 from a neural network. Φ = M·A² ≥ 0 for every weight.</summary>
    public static FluxLaw Learned(Mobility mobility) => new LearnedLaw(mobility);

    /// <summary>Learned, for a process among several that drive each other: its row of J = L Lᵀ A. ΣΦ = |Lᵀ A|² ≥ 0 for every weight.</summary>
    /// <remarks>Every process that the mobility names must have this law, or the sum is not one of squares.</remarks>
    public static FluxLaw Learned(MobilityMatrix mobility) => new CoupledLearnedLaw(mobility);

    /// <summary>Learned in free form: J = scale times the output of a neural network. Nothing holds it to the second law.</summary>
    /// <exception cref="NetworkException">The network has several outputs, or the scale is not positive.</exception>
    public static FluxLaw LearnedFree(Perceptron network, double scale)
    {
        ArgumentNullException.ThrowIfNull(network);
        if (network.Outputs.Length != 1 || !(scale > 0) || !double.IsFinite(scale)) throw new NetworkException(
            $"A learned flux takes one output and a positive scale, but has {network.Outputs.Length} outputs and the scale {scale:g6}.", $"perceptron {network.Name}", "Give it one output and the size of the flux.");
        return new FreeLearnedLaw(network, scale);
    }
}

/// <summary>A net flux, with its one-way parts where A = RT ln(J⁺/J⁻) is what they mean.</summary>
/// <param name="Net">The flux.</param>
/// <param name="Forward">J⁺; null where the law has no such split.</param>
/// <param name="Backward">J⁻; 0 for an irreversible step, null where the law has no such split.</param>
public readonly record struct OneWayFluxes(Expression Net, Expression? Forward = null, Expression? Backward = null);

/// <summary>The constants that laws and potentials use; parameters of the model, never global.</summary>
/// <param name="GasConstant">R.</param>
/// <param name="Temperature">T; null where the model declares none.</param>
/// <param name="Faraday">F.</param>
public sealed record PhysicalConstants(Expression GasConstant, Expression? Temperature, Expression Faraday)
{
    /// <summary>CODATA 2018 (exact), J/mol/K.</summary>
    public const double CodataGasConstant = 8.31446261815324;

    /// <summary>CODATA 2018 (exact), C/mol.</summary>
    public const double CodataFaraday = 96485.33212331;

    /// <summary>R·T.</summary>
    /// <exception cref="NetworkException">The model declares no temperature.</exception>
    public Expression ThermalEnergy => GasConstant * (Temperature ?? throw new NetworkException(
        "A potential or a flux law needs the temperature, but the network declares none.",
        "network constants",
        "Set NetworkBuilder.Temperature to a parameter in K."));
}

/// <summary>A formula for the net flux.</summary>
internal sealed record FormulaLaw(Expression Flux) : FluxLaw
{
    public override OneWayFluxes Fluxes(Process process, PhysicalConstants constants, IReadOnlyList<Membrane> membranes) => new(Flux);
}

/// <summary>A formula given as forward and backward flux.</summary>
internal sealed record OneWayLaw(Expression Forward, Expression Backward) : FluxLaw
{
    public override OneWayFluxes Fluxes(Process process, PhysicalConstants constants, IReadOnlyList<Membrane> membranes) =>
        new(Forward - Backward, Forward, Backward);
}

/// <summary>Mass action in the volume of its first reactant (or product).</summary>
internal sealed record MassActionLaw(Expression Forward, Expression? Backward) : FluxLaw
{
    public override OneWayFluxes Fluxes(Process process, PhysicalConstants constants, IReadOnlyList<Membrane> membranes)
    {
        var volume = process.Reactants.Concat(process.Products).Select(p => p.Store).OfType<Species>().FirstOrDefault()?.Compartment.Symbol ?? One;
        var forward = volume * Forward * Activities(process.Reactants);
        var backward = Backward is null ? Zero : volume * Backward * Activities(process.Products);
        return new(forward - backward, forward, backward);
    }

    private static Expression Activities(IEnumerable<Participant> side) =>
        Product(side.Select(p => Power(p.Store is Species species ? species.Concentration : p.Store.Symbol, p.Coefficient)));
}

/// <summary>Exponential in the affinities of both sides; an electrical term is shared half and half.</summary>
/// <remarks>Marcelin (1910), de Donder (1936); see Oster, Perelson and Katchalsky (1973), Q. Rev. Biophys. 6, 1.</remarks>
internal sealed record MarcelinDeDonderLaw(Expression Conductance) : FluxLaw
{
    public override string Proof => "Marcelin-de Donder: J = X·(exp(A⁺/RT) − exp(A⁻/RT)) has the sign of A = A⁺ − A⁻ for X ≥ 0";

    public override OneWayFluxes Fluxes(Process process, PhysicalConstants constants, IReadOnlyList<Membrane> membranes)
    {
        var electric = Sum(membranes.Select(m => constants.Faraday * process.ChargeAcross(m) * m.Symbol / 2));
        var forward = Conductance * Exp((Side(process.Reactants, process) - electric) / constants.ThermalEnergy);
        var backward = Conductance * Exp((Side(process.Products, process) + electric) / constants.ThermalEnergy);
        return new(forward - backward, forward, backward);
    }

    private static Expression Side(IEnumerable<Participant> side, Process process) =>
        Sum(side.Select(p => p.Coefficient * (p.Store.Energy is null
            ? throw NetworkException.UnknownPotential(p.Store, process)
            : Symbol(Affinities.PotentialName(p.Store)))));
}

/// <summary>Linear in the affinity, or in the difference of the faces of the two stores it joins.</summary>
internal sealed record LinearLaw(Expression Conductance, LinearLaw.Difference Of) : FluxLaw
{
    public enum Difference { Affinity, Face }

    public override string Proof => Of == Difference.Affinity
        ? "linear: J = g·A has the sign of A for g ≥ 0"
        : "linear in the difference of concentration or temperature, of which the potential is a rising function, for a conductance ≥ 0";

    public override OneWayFluxes Fluxes(Process process, PhysicalConstants constants, IReadOnlyList<Membrane> membranes)
    {
        if (Of == Difference.Affinity)
        {
            var affinity = process.Affinity(constants, membranes)
                ?? throw NetworkException.UnknownPotential(process.Stoichiometry.First(p => p.Store.Energy is null).Store, process);
            return new(Conductance * affinity);
        }
        if (process.Reactants is not [{ Store: var from }] || process.Products is not [{ Store: var to }])
            throw new NetworkException($"A law linear in a difference joins two stores, but '{process.Name}' is {process.Equation}.",
                $"process {process.Name}", "Give it one store on each side, or another flux law.");
        return new(Conductance * (from.Symbol - to.Symbol));
    }
}

/// <summary>Constant-field flux of one ion from the reactant's to the product's side.</summary>
/// <remarks>Goldman (1943), Hodgkin and Katz (1949): J = P·u·(c₁ − c₂e⁻ᵘ)/(1 − e⁻ᵘ), u = zF(ψ₁ − ψ₂)/RT; written with B(u) = u/(eᵘ − 1).</remarks>
internal sealed record GoldmanLaw(Expression Permeability) : FluxLaw
{
    public override string Proof => "Goldman-Hodgkin-Katz: J⁺/J⁻ is the Ussing ratio, so J has the sign of A for P ≥ 0";

    public override OneWayFluxes Fluxes(Process process, PhysicalConstants constants, IReadOnlyList<Membrane> membranes)
    {
        if (process.Reactants is not [{ Store: { Place: not null } from }] || process.Products is not [{ Store: { Place: not null } to }])
            throw new NetworkException($"Goldman-Hodgkin-Katz moves one ion across a membrane, but '{process.Name}' is {process.Equation}.",
                $"process {process.Name}", "Write it as one species on each side, e.g. 'K_in <-> K_out'.");
        // u = zF(ψ₁ − ψ₂)/RT; a charge z that leaves N for P meets ψ₁ − ψ₂ = −ΔΨ.
        var u = -Sum(membranes.Select(m => process.ChargeAcross(m) * constants.Faraday * m.Symbol)) / constants.ThermalEnergy;
        var forward = Permeability * Concentration(from) * Bernoulli(-u);
        var backward = Permeability * Concentration(to) * Bernoulli(u);
        return new(forward - backward, forward, backward);
    }

    private static Expression Concentration(Store store) => store is Species species ? species.Concentration : store.Symbol;

    /// <summary>B(u) = u/(eᵘ − 1), with its series through the removable singularity at 0.</summary>
    internal static Expression Bernoulli(Expression u) =>
        Branch(Less(Abs(u), 1e-4), 1 - (u / 2) + (u * u / 12), u / Expm1(u));
}
