using Protonmotive.Solvers;
using Protonmotive.Solvers.Designs;

namespace Protonmotive.Fitting.Starts;

/// <summary>Starting points, each computed from the seed and its index alone.</summary>
public sealed class StartPoints : IStartSource
{
    private const uint Domain = 0xF17;
    private readonly IObjective objective;
    private readonly UnitPoints points;
    private readonly MultiStartOptions options;

    /// <summary>Points between the start bounds of an objective.</summary>
    /// <exception cref="FitException">A parameter has no finite range to draw from.</exception>
    public StartPoints(IObjective objective, MultiStartOptions options)
    {
        ArgumentNullException.ThrowIfNull(objective);
        ArgumentNullException.ThrowIfNull(options);
        Box.Of(objective.Parameters);
        foreach (var p in objective.Parameters)
        {
            if (!double.IsFinite(p.StartBounds.Lower) || !double.IsFinite(p.StartBounds.Upper) || p.StartBounds.Lower > p.StartBounds.Upper)
                throw new FitException(FormattableString.Invariant($"Starts can't be drawn between {p.StartBounds.Lower:g6} and {p.StartBounds.Upper:g6}."), $"parameter '{p.Name}'", "Give it finite bounds, or a range from which starts are drawn.");
        }
        (this.objective, this.options) = (objective, options);
        int n = objective.Parameters.Length;
        points = options.Design == StartDesign.Sobol ? new SobolSequence(n, options.Seed) : new LatinHypercube(n, Math.Max(1, options.Starts * Math.Max(1, options.Candidates)), options.Seed);
    }

    /// <summary>The point that a start begins at, on the scale of estimation: of its candidates the one of least value.</summary>
    /// <param name="index">Which start, from 0.</param>
    /// <param name="attempt">0, or how often it was drawn again because the objective was infinite.</param>
    /// <param name="cancellation">Ends it early.</param>
    public StartPoint Best(int index, int attempt, CancellationToken cancellation)
    {
        if (attempt > 0 || options.Candidates <= 1 || IsNominal(index, attempt)) return new StartPoint(Of(index, attempt), 0);
        double[] best = Of(index);
        double least = double.PositiveInfinity;
        for (int k = 0; k < options.Candidates; k++)
        {
            var (point, at) = objective.EvaluateRefined(Of(index, 0, k), ObjectiveParts.Value, cancellation);
            if (at.Value < least) (best, least) = (point, at.Value);
        }
        return new StartPoint(best, options.Candidates);
    }

    private bool IsNominal(int index, int attempt) => options.NominalFirst && index == 0 && attempt == 0 && objective.Parameters.All(p => double.IsFinite(p.Nominal));

    /// <summary>A point on the scale of estimation.</summary>
    /// <param name="index">Which start, from 0.</param>
    /// <param name="attempt">0, or how often it was drawn again because the objective was infinite.</param>
    /// <param name="candidate">Which of the start's candidates.</param>
    public double[] Of(int index, int attempt = 0, int candidate = 0)
    {
        int n = objective.Parameters.Length;
        if (IsNominal(index, attempt)) return Box.Of(objective.Parameters).Project([.. objective.Parameters.Select(p => p.Nominal)]);
        var unit = new double[n];
        if (attempt == 0) points.Point(((long)index * Math.Max(1, options.Candidates)) + candidate, unit);
        else
        {
            var philox = new Philox(options.Seed);
            for (int i = 0; i < n; i++)
            {
                var block = philox.Block((uint)index, (uint)attempt, (uint)i, Domain);
                unit[i] = ((((ulong)block.Word0 << 32) | block.Word1) >> 11) * (1.0 / (1UL << 53));
            }
        }
        for (int i = 0; i < n; i++)
        {
            var (lower, upper) = objective.Parameters[i].StartBounds;
            unit[i] = lower + (unit[i] * (upper - lower));
        }
        return unit;
    }
}
