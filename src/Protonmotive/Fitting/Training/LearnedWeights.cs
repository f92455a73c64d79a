using System.Collections.Immutable;
using Protonmotive.Fitting.Problems;
using Protonmotive.Networks;

namespace Protonmotive.Fitting.Training;

/// <summary>The weights of perceptrons as what a problem estimates.</summary>
public static class LearnedWeights
{
    /// <summary>All weights and biases, without bounds, from the values their seeds gave them.</summary>
    /// <param name="perceptrons">The neural networks.</param>
    public static ImmutableArray<EstimatedParameter> Of(params IEnumerable<Perceptron> perceptrons)
    {
        ArgumentNullException.ThrowIfNull(perceptrons);
        return [.. perceptrons.SelectMany(p => p.Weights).Select(w => new EstimatedParameter(w.Name, ParameterScale.Linear, double.NegativeInfinity, double.PositiveInfinity, w.Value.Value))];
    }

    /// <summary>A normal prior around 0 on every weight but biases: the data must pay for what a smooth law would not need.</summary>
    /// <param name="weights">From <see cref="Of"/>.</param>
    /// <param name="width">Standard deviation; positive.</param>
    public static ImmutableArray<Prior?> Priors(ImmutableArray<EstimatedParameter> weights, double width) =>
        [.. weights.Select(w => w.Name.Contains("_w", StringComparison.Ordinal) ? new Prior(PriorKind.Normal, 0, width, IsOnScale: true) : null)];
}
