using System.Collections.Immutable;
using Protonmotive.Symbolics;

namespace Protonmotive.Networks;

/// <summary>A random number with a name. It is drawn anew in every run, and whenever an event that uses it is carried out.</summary>
/// <param name="Name">Its symbol.</param>
/// <param name="Distribution">From where.</param>
/// <param name="Arguments">The distribution's parameters, in its order; formulas.</param>
public sealed record Draw(string Name, Distribution Distribution, ImmutableArray<Expression> Arguments)
{
    /// <summary>Smallest value, inclusive; draws below are made again. Null for none.</summary>
    public Expression? Lowest { get; init; }

    /// <summary>Largest value: exclusive of it for continuous distributions, inclusive for discrete ones. Null for none.</summary>
    public Expression? Highest { get; init; }
}

/// <summary>Distributions of random numbers, with their parameters in order (those of the SBML package distrib).</summary>
public enum Distribution
{
    /// <summary>Between a lowest and a highest value.</summary>
    Uniform,
    /// <summary>Mean, standard deviation.</summary>
    Normal,
    /// <summary>Mean and standard deviation of the logarithm.</summary>
    LogNormal,
    /// <summary>Rate, one over the mean.</summary>
    Exponential,
    /// <summary>Shape, scale.</summary>
    Gamma,
    /// <summary>Location, scale.</summary>
    Cauchy,
    /// <summary>Degrees of freedom.</summary>
    ChiSquare,
    /// <summary>Location, scale.</summary>
    Laplace,
    /// <summary>Scale.</summary>
    Rayleigh,
    /// <summary>Mean.</summary>
    Poisson,
    /// <summary>Probability of 1; else 0.</summary>
    Bernoulli,
    /// <summary>Number of trials, probability of each.</summary>
    Binomial,
}
