using System.Collections.Immutable;
using Protonmotive.Symbolics;

namespace Protonmotive.Networks;

/// <summary>What kind of boundary a process is; it changes words and colours, not equations.</summary>
public enum ProcessKind
{
    /// <summary>A chemical reaction.</summary>
    Reaction,
    /// <summary>A passive path for ions.</summary>
    Channel,
    /// <summary>A process that builds a gradient from another source of energy.</summary>
    Pump,
    /// <summary>A carrier that exchanges or co-transports species.</summary>
    Antiporter,
    /// <summary>An unwanted passive path.</summary>
    Leak,
    /// <summary>Conduction of charge, heat or matter.</summary>
    Conductor,
    /// <summary>Where work leaves the system: its power is delivered, not dissipated.</summary>
    Load,
}

/// <summary>A store in a process, with its net coefficient: negative if consumed, positive if produced.</summary>
/// <param name="Store">The store.</param>
/// <param name="Coefficient">Net coefficient per unit flux.</param>
public readonly record struct Participant(Store Store, Expression Coefficient);

/// <summary>A part of a process that belongs to one carrier of energy (electrons, protons, phosphate, charge).</summary>
/// <param name="Carrier">Name of the carrier.</param>
/// <param name="Participants">Net coefficients of this part.</param>
/// <param name="Charge">Charge moved from N to P per unit flux by this part, across a membrane that the whole moves charge across; null where it follows from the species.</param>
public sealed record HalfReaction(string Carrier, ImmutableArray<Participant> Participants, double? Charge = null);

/// <summary>What moves quantities between stores, with its flux law.</summary>
/// <param name="Name">Identifier; its symbol is the flux, in content per time.</param>
/// <param name="Unit">Unit of the flux.</param>
/// <param name="Kind">What kind of boundary it is.</param>
/// <param name="Reactants">Left side, with positive coefficients.</param>
/// <param name="Products">Right side, with positive coefficients.</param>
/// <param name="Law">Its flux law.</param>
public sealed record Process(
    string Name, string Unit, ProcessKind Kind,
    ImmutableArray<Participant> Reactants, ImmutableArray<Participant> Products,
    FluxLaw Law) : Quantity(Name, Unit)
{
    /// <summary>The split of the affinity by carrier; empty where none is declared.</summary>
    public ImmutableArray<HalfReaction> Halves { get; init; } = [];

    /// <summary>Whether the law runs both ways.</summary>
    public bool IsReversible { get; init; } = true;

    /// <summary>Whether it is so fast that its law is 0 at all times: the stores it joins stay at its equilibrium.</summary>
    public bool IsFast { get; init; }

    /// <summary>Name of its line in an account: of all it is one of, where the same is at many places.</summary>
    public string LineName => Group.Length > 0 ? Group : Name;

    /// <summary>Net coefficients, each store once.</summary>
    public ImmutableArray<Participant> Stoichiometry { get; } = Net(Reactants, Products);

    /// <summary>The reaction equation as text.</summary>
    public string Equation => Write(store => store.Name);

    /// <summary>The reaction equation with the plain names of what is at its place.</summary>
    public string PlainEquation => Write(store => store.Group.Length > 0 ? store.Group : store.Name);

    /// <summary>Charge number that one turnover moves from the N to the P side of a membrane: what the N side loses.</summary>
    public double ChargeAcross(Membrane membrane) => ChargeAcross(membrane, Stoichiometry);

    /// <summary>The same of one part. What it states holds for a membrane that the whole crosses: around one that encloses both sides, no charge moves.</summary>
    public double ChargeAcross(Membrane membrane, HalfReaction half)
    {
        ArgumentNullException.ThrowIfNull(half);
        return half.Charge is not { } stated ? ChargeAcross(membrane, half.Participants) : ChargeAcross(membrane) == 0 ? 0 : stated;
    }

    internal static double ChargeAcross(Membrane membrane, ImmutableArray<Participant> participants)
    {
        double charge = -participants
            .Where(p => p.Store.Place is { } place && membrane.Negative.Contains(place) && p.Coefficient.IsConstant)
            .Sum(p => p.Coefficient.Value * (p.Store.ChargeNumber ?? 0));
        return Math.Abs(charge) < Rounding ? 0 : charge;
    }

    /// <summary>Coefficients such as 8/3 add up to 0 only within rounding.</summary>
    private const double Rounding = 1e-12;

    private static ImmutableArray<Participant> Net(ImmutableArray<Participant> reactants, ImmutableArray<Participant> products)
    {
        var net = ImmutableArray.CreateBuilder<Participant>(reactants.Length + products.Length);
        foreach (var participant in reactants) Add(participant with { Coefficient = -participant.Coefficient });
        foreach (var participant in products) Add(participant);
        net.RemoveAll(p => p.Coefficient.IsConstant && p.Coefficient.Value == 0);
        return net.DrainToImmutable();

        void Add(Participant participant)
        {
            for (int i = 0; i < net.Count; i++)
            {
                if (net[i].Store != participant.Store) continue;
                net[i] = participant with { Coefficient = Expression.Sum([net[i].Coefficient, participant.Coefficient]) };
                return;
            }
            net.Add(participant);
        }
    }

    private string Write(Func<Store, string> name) => $"{Side(Reactants, name)} {(IsReversible ? "⇌" : "→")} {Side(Products, name)}".Trim();

    private static string Side(ImmutableArray<Participant> side, Func<Store, string> name) => string.Join(" + ", side.Select(p =>
        p.Coefficient.IsConstant && p.Coefficient.Value == 1 ? name(p.Store) : $"{CoefficientText(p.Coefficient)} {name(p.Store)}"));

    private static string CoefficientText(Expression coefficient)
    {
        if (!coefficient.IsConstant) return $"({coefficient})";
        double thirds = coefficient.Value * 3;
        return Math.Abs(thirds - Math.Round(thirds)) < 1e-12 && Math.Abs(coefficient.Value - Math.Round(coefficient.Value)) > 1e-9
            ? $"{Math.Round(thirds):0}/3"
            : coefficient.ToString();
    }
}
