using System.Collections.Immutable;
using Protonmotive.Symbolics;

namespace Protonmotive.Networks;

/// <summary>Something that holds an extensive quantity (amount, charge, heat) and has a free energy.</summary>
/// <param name="Name">Identifier; its symbol is the intensive face of the store (concentration, potential difference, temperature).</param>
/// <param name="Unit">Unit of that face.</param>
public abstract record Store(string Name, string Unit) : Quantity(Name, Unit)
{
    /// <summary>The symbol of the extensive quantity: the state x.</summary>
    public Expression Content => Expression.Symbol(ContentName);

    /// <summary>Name of the extensive quantity.</summary>
    public abstract string ContentName { get; }

    /// <summary>Unit of the extensive quantity.</summary>
    public string ContentUnit { get; init; } = "";

    /// <summary>Whether the surroundings hold its level; what processes take is then supplied from outside.</summary>
    public bool IsReservoir { get; init; }

    /// <summary>The free energy as a function of the content; null where the potential is unknown.</summary>
    public Expression? Energy { get; init; }

    /// <summary>
    /// A word on a potential that is only effective (a boundary known by an equilibrium ratio alone); empty for true potentials.
    /// </summary>
    public string Effective { get; init; } = "";

    /// <summary>The potential μ = ∂G/∂x, derived from <see cref="Energy"/>; null where unknown.</summary>
    public Expression? Potential => Energy?.Derivative(Content).Simplify();

    /// <summary>What the symbol means, given the content.</summary>
    public abstract Expression Face { get; }

    /// <summary>Where it is, for stores with a place.</summary>
    public virtual Compartment? Place => null;

    /// <summary>Charge number of one unit of content; null where unknown or without meaning.</summary>
    public virtual double? ChargeNumber => null;
}

/// <summary>A chemical species, or a pool of its ion-bound forms at fast equilibrium. Its symbol is its concentration, or its amount.</summary>
/// <param name="Name">Identifier.</param>
/// <param name="Unit">Unit of the symbol.</param>
/// <param name="Compartment">Where it is.</param>
public sealed record Species(string Name, string Unit, Compartment Compartment) : Store(Name, Unit)
{
    /// <inheritdoc/>
    public override string ContentName => Name + ".amount";

    /// <summary>Initial value of the symbol; of a reservoir, its held level.</summary>
    public required Expression Initial { get; init; }

    /// <summary>Whether the symbol is the amount; else it is the concentration.</summary>
    public bool InAmounts { get; init; }

    /// <summary>Amount that one unit of a process's extent makes, times the coefficient; null for 1.</summary>
    public Expression? ConversionFactor { get; init; }

    /// <summary>Charge number of the species (of the reference form of a pool); null where unknown.</summary>
    public double? Charge { get; init; }

    /// <summary>Standard potential μ° (reference form of a pool, at c° = 1 in the model's concentration unit); null where unknown.</summary>
    public Expression? StandardPotential { get; init; }

    /// <summary>Binding polynomial P of a pool: total over reference form; null for a plain species.</summary>
    public Expression? Binding { get; init; }

    /// <summary>Atoms by element, where declared.</summary>
    public ImmutableSortedDictionary<string, double>? Composition { get; init; }

    /// <inheritdoc/>
    public override Expression Face => InAmounts ? Content : Content / Compartment.Symbol;

    /// <inheritdoc/>
    public override Compartment? Place => Compartment;

    /// <inheritdoc/>
    public override double? ChargeNumber => Charge;

    /// <summary>The concentration, whatever the symbol is.</summary>
    public Expression Concentration => InAmounts ? Symbol / Compartment.Symbol : Symbol;

    /// <summary>Concentration of the free reference form: total over the binding polynomial.</summary>
    public Expression Free => Binding is null ? Concentration : Concentration / Binding;
}

/// <summary>A membrane between two sides, with a capacitance: its charge is a store, its symbol the potential difference P − N.</summary>
/// <param name="Name">Identifier of the potential difference.</param>
/// <param name="Unit">Unit of the potential difference.</param>
/// <param name="Positive">The P side, to which protons are pumped.</param>
/// <param name="Negative">The N side.</param>
public sealed record Membrane(string Name, string Unit, ImmutableArray<Compartment> Positive, ImmutableArray<Compartment> Negative) : Store(Name, Unit)
{
    /// <inheritdoc/>
    public override string ContentName => Name + ".charge";

    /// <summary>Capacitance, charge per potential difference.</summary>
    public required Expression Capacitance { get; init; }

    /// <summary>Potential difference at the start; of a clamped membrane, the held value.</summary>
    public required Expression Initial { get; init; }

    /// <inheritdoc/>
    public override Expression Face => Content / Capacitance;
}

/// <summary>A body that holds heat; its symbol is its temperature. Its free energy is the exergy at the ambient temperature.</summary>
/// <param name="Name">Identifier of the temperature.</param>
/// <param name="Unit">Unit of the temperature.</param>
public sealed record HeatStore(string Name, string Unit) : Store(Name, Unit)
{
    /// <inheritdoc/>
    public override string ContentName => Name + ".heat";

    /// <summary>Heat capacity.</summary>
    public required Expression Capacity { get; init; }

    /// <summary>Temperature at the start, or held.</summary>
    public required Expression Initial { get; init; }

    /// <inheritdoc/>
    public override Expression Face => Content / Capacity;
}

/// <summary>Any store with a declared energy: a capacitor, a spring, a nonlinear buffer.</summary>
/// <param name="Name">Identifier of the face.</param>
/// <param name="Unit">Unit of the face.</param>
public sealed record EnergyStore(string Name, string Unit) : Store(Name, Unit)
{
    /// <inheritdoc/>
    public override string ContentName => Name + ".content";

    /// <summary>Content at the start.</summary>
    public required Expression InitialContent { get; init; }

    /// <summary>The face as a function of the content; by default the potential itself.</summary>
    public Expression? FaceOfContent { get; init; }

    /// <summary>Where it is; null for a store without a place.</summary>
    public Compartment? Compartment { get; init; }

    /// <summary>Charge number of one unit of content.</summary>
    public double? Charge { get; init; }

    /// <inheritdoc/>
    public override Expression Face => FaceOfContent ?? Potential ?? Content;

    /// <inheritdoc/>
    public override Compartment? Place => Compartment;

    /// <inheritdoc/>
    public override double? ChargeNumber => Charge;
}
