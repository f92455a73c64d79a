using System.Collections.Immutable;

namespace Protonmotive.Atlas.Learned;

/// <summary>What became of the two learned terms of <see cref="PredatorPrey"/>.</summary>
/// <param name="Prey">x at the points where the terms were read: every measured state that was trained on.</param>
/// <param name="Predators">y there.</param>
/// <param name="Terms">Predation, then growth.</param>
public sealed record PredatorPreyFindings(ImmutableArray<double> Prey, ImmutableArray<double> Predators, ImmutableArray<RecoveredTerm> Terms)
{
    /// <summary>Whether both terms are multiples of xy and nothing else.</summary>
    public bool HasTrueForm => Terms.All(t => t.Names is ["x y"]);
}

/// <summary>A learned term as a sum of monomials.</summary>
/// <param name="Process">The process whose law was learned.</param>
/// <param name="TrueCoefficient">β or γ, of xy.</param>
/// <param name="Learned">The neural term at the points.</param>
/// <param name="Names">The monomials that were kept.</param>
/// <param name="Regressed">Their coefficients by regression on the neural term.</param>
/// <param name="Refined">Their coefficients once the sum is fitted to the courses in the neural term's place.</param>
/// <param name="Residual">Part of the neural term that the sum leaves.</param>
public sealed record RecoveredTerm(string Process, double TrueCoefficient, ImmutableArray<double> Learned, ImmutableArray<string> Names, ImmutableArray<double> Regressed, ImmutableArray<double> Refined, double Residual);
