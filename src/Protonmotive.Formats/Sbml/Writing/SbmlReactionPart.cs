using System.Collections.Immutable;
using Protonmotive.Networks;
using Protonmotive.Symbolics;

namespace Protonmotive.Formats.Sbml.Writing;

/// <summary>A process on its way into the file.</summary>
/// <param name="Process">The process.</param>
/// <param name="Law">Its net flux, in names that the file has.</param>
/// <param name="Reactants">Species on the left.</param>
/// <param name="Products">Species on the right.</param>
/// <param name="Modifiers">Species that the law needs besides.</param>
/// <param name="Local">Parameters of its law alone: name in the network, name in the law.</param>
internal sealed record SbmlReactionPart(
    Process Process, Expression Law, ImmutableArray<SbmlParticipant> Reactants, ImmutableArray<SbmlParticipant> Products,
    ImmutableArray<string> Modifiers, ImmutableArray<(Parameter Parameter, string Name)> Local);

/// <summary>A species reference on its way into the file.</summary>
/// <param name="Species">Name of the species.</param>
/// <param name="Coefficient">The coefficient, where a number.</param>
/// <param name="Name">The name that formulas know the coefficient by; null for none.</param>
internal sealed record SbmlParticipant(string Species, double? Coefficient, string? Name);
