using System.Collections.Immutable;
using System.Text;
using Protonmotive.FluxBalance;

namespace Protonmotive.Tests.Unit.FluxBalance;

/// <summary>Networks small enough to be solved by hand.</summary>
internal static class SmallNetworks
{
    /// <summary>
    /// → A (0…10), A → B (0…6), A → 2 B (0…3), B → (0…100): the most of B is 3·2 + 6 = 12 from 9 of A.
    /// </summary>
    public static FluxBalanceModel Branch { get; } = new()
    {
        Id = "branch",
        Species = [new("A", "", "c", false), new("B", "", "c", false)],
        Reactions = [Reaction("uptake", 0, 10, ("A", 1)), Reaction("plain", 0, 6, ("A", -1), ("B", 1)), Reaction("double", 0, 3, ("A", -1), ("B", 2)), Reaction("export", 0, 100, ("B", -1))],
        Objectives = [new("most", "", true, [new("export", 1)]), new("least", "", false, [new("uptake", 1)])],
        ActiveObjective = "most",
    };

    public static FluxBalanceReaction Reaction(string id, double lower, double upper, params (string Species, double Coefficient)[] parts) =>
        new(id, "", parts.ToImmutableSortedDictionary(p => p.Species, p => p.Coefficient, StringComparer.Ordinal), lower, upper);

    /// <summary>One species A, made by 'in' at exactly 1, used up by 'x' and 'y', each free.</summary>
    public static FluxBalanceModel Split(FluxObjective objective, params FluxConstraint[] constraints) => new()
    {
        Id = "split",
        Species = [new("A", "", "c", false)],
        Reactions = [Reaction("in", 1, 1, ("A", 1)), Reaction("x", double.NegativeInfinity, double.PositiveInfinity, ("A", -1)), Reaction("y", double.NegativeInfinity, double.PositiveInfinity, ("A", -1))],
        Constraints = [.. constraints],
        Objectives = [objective],
        ActiveObjective = objective.Id,
    };

    /// <summary>A document of Level 3 Version 2 around the inside of a model.</summary>
    public static FluxBalanceModel Read(int version, string inside, string attributes = "") => FluxBalanceModel.Read(new MemoryStream(Encoding.UTF8.GetBytes(Document(version, inside, attributes))), "test.xml");

    public static string Document(int version, string inside, string attributes = "") => $"""
        <sbml xmlns="http://www.sbml.org/sbml/level3/version2/core" xmlns:fbc="http://www.sbml.org/sbml/level3/version1/fbc/version{version}" level="3" version="2" fbc:required="false">
        <model id="m" {attributes}><listOfCompartments><compartment id="c" size="1" constant="true"/></listOfCompartments>
        <listOfSpecies><species id="A" compartment="c" boundaryCondition="false" constant="false" hasOnlySubstanceUnits="true" fbc:charge="-2" fbc:chemicalFormula="C3H4O3"/></listOfSpecies>
        {inside}</model></sbml>
        """;
}
