using MathNet.Numerics.LinearAlgebra;
using Protonmotive.Solvers;

namespace Protonmotive.Fitting.Optimisers;

/// <summary>
/// CMA-ES: a global search that needs values only. Points beyond a bound are folded back inside; infinite values rank last; when a
/// search has come to rest it begins again elsewhere with twice the points.
/// </summary>
/// <remarks>
/// Hansen (2016), The CMA evolution strategy: a tutorial, arXiv:1604.00772, with the defaults of its table 1 (positive weights only);
/// restarts as in Auger and Hansen (2005), CEC 2005, 1769-1776.
/// </remarks>
public sealed record EvolutionStrategy : Optimiser
{
    /// <inheritdoc/>
    public override string Name => "cma-es";

    /// <summary>Points a generation; 0 for 4 + 3 ln n.</summary>
    public int Population { get; init; }

    /// <summary>First standard deviation, in widths of the ranges from which starts are drawn.</summary>
    public double FirstDeviation { get; init; } = 0.3;

    /// <summary>A search has come to rest when its values of late agree to this, or σ is below <see cref="DeviationTolerance"/>.</summary>
    public double ValueTolerance { get; init; } = 1e-6;

    /// <summary>See <see cref="ValueTolerance"/>; in widths.</summary>
    public double DeviationTolerance { get; init; } = 1e-8;

    /// <summary>Most evaluations; 0 for 1000·n, at least 5000. It stops after the generation that passes it.</summary>
    public long EvaluationLimit { get; init; }

    /// <summary>Most restarts.</summary>
    public int RestartLimit { get; init; } = 3;

    /// <summary>Threads for a generation; the result does not depend on them.</summary>
    public int Workers { get; init; } = 1;

    /// <inheritdoc/>
    public override OptimiserState Begin(IObjective objective, ReadOnlySpan<double> start, ulong seed = 0, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(objective);
        var x = Inside(objective, start);
        var (origin, width) = Frame(objective);
        var (best, at) = objective.EvaluateRefined(x, ObjectiveParts.Value, cancellation);
        double value = at.Value;
        return new EvolutionState
        {
            X = best, Value = double.IsNaN(value) ? double.PositiveInfinity : value, Evaluations = 1, Seed = seed, Mean = [.. x.Select((v, i) => (v - origin[i]) / width[i])], Deviation = FirstDeviation,
            Covariance = Identity(x.Length), Path = new double[x.Length], DeviationPath = new double[x.Length], Population = Population > 0 ? Math.Max(4, Population) : 4 + (int)(3 * Math.Log(x.Length)),
        };
    }

    /// <inheritdoc/>
    public override OptimiserState Advance(IObjective objective, OptimiserState state, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(objective);
        var old = Own<EvolutionState>(state);
        if (old.IsFinished) return old;
        int n = old.X.Length;
        long limit = EvaluationLimit > 0 ? EvaluationLimit : Math.Max(5000, 1000L * n);
        if (old.Evaluations >= limit) return old with { Status = FitStatus.LimitReached, Message = FormattableString.Invariant($"{old.Evaluations} evaluations") };
        if (HasComeToRest(old, n)) return Again(objective, old);

        var box = Box.Of(objective.Parameters);
        var (origin, width) = Frame(objective);
        var (root, inverseRoot) = Roots(old.Covariance, n);
        var random = new RandomStream(old.Seed, (ulong)old.Iterations + 1);
        var offspring = new double[old.Population][];
        var (places, values) = (new double[old.Population][], new double[old.Population]);
        for (int k = 0; k < old.Population; k++)
        {
            var z = Vector<double>.Build.Dense(n);
            for (int i = 0; i < n; i++) z[i] = random.Normal();
            offspring[k] = (root * z).ToArray();
        }
        double[] Drawn(int k)
        {
            var x = new double[n];
            for (int i = 0; i < n; i++) x[i] = Fold(origin[i] + (width[i] * (old.Mean[i] + (old.Deviation * offspring[k][i]))), box.Lower[i], box.Upper[i]);
            return x;
        }

        Parallel.For(0, old.Population, new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, Workers), CancellationToken = cancellation }, k =>
        {
            (places[k], var at) = objective.EvaluateRefined(Drawn(k), ObjectiveParts.Value, cancellation);
            values[k] = double.IsNaN(at.Value) ? double.PositiveInfinity : at.Value;
        });
        int[] order = [.. Enumerable.Range(0, old.Population).OrderBy(k => values[k]).ThenBy(k => k)];
        bool isBetter = values[order[0]] < old.Value;
        var next = Update(old, offspring, order, inverseRoot, n);
        int memory = 10 + (int)Math.Ceiling(30.0 * n / old.Population);
        return next with
        {
            X = isBetter ? places[order[0]] : old.X, Value = isBetter ? values[order[0]] : old.Value, Iterations = old.Iterations + 1, Generation = old.Generation + 1,
            Evaluations = old.Evaluations + old.Population, Recent = [.. old.Recent.Skip(Math.Max(0, old.Recent.Length - memory + 1)), values[order[0]]],
        };
    }

    // Equations (39) to (49) of the tutorial.
    private static EvolutionState Update(EvolutionState old, double[][] offspring, int[] order, Matrix<double> inverseRoot, int n)
    {
        int parents = old.Population / 2;
        var weights = new double[parents];
        for (int k = 0; k < parents; k++) weights[k] = Math.Log((old.Population + 1) / 2.0) - Math.Log(k + 1);
        double sum = weights.Sum();
        for (int k = 0; k < parents; k++) weights[k] /= sum;
        double mass = 1 / weights.Sum(w => w * w);
        double cs = (mass + 2) / (n + mass + 5), ds = 1 + (2 * Math.Max(0, Math.Sqrt((mass - 1) / (n + 1)) - 1)) + cs;
        double cc = (4 + (mass / n)) / (n + 4 + (2 * mass / n)), c1 = 2 / (((n + 1.3) * (n + 1.3)) + mass);
        double cmu = Math.Min(1 - c1, 2 * (mass - 2 + (1 / mass)) / (((n + 2.0) * (n + 2)) + mass));
        double expected = Math.Sqrt(n) * (1 - (1 / (4.0 * n)) + (1 / (21.0 * n * n)));

        var shift = new double[n];
        for (int k = 0; k < parents; k++) for (int i = 0; i < n; i++) shift[i] += weights[k] * offspring[order[k]][i];
        var whitened = inverseRoot * Vector<double>.Build.Dense(shift);
        double[] mean = new double[n], path = new double[n], deviationPath = new double[n];
        for (int i = 0; i < n; i++)
        {
            mean[i] = old.Mean[i] + (old.Deviation * shift[i]);
            deviationPath[i] = ((1 - cs) * old.DeviationPath[i]) + (Math.Sqrt(cs * (2 - cs) * mass) * whitened[i]);
        }
        double norm = Math.Sqrt(deviationPath.Sum(v => v * v));
        bool isLong = norm / Math.Sqrt(1 - Math.Pow(1 - cs, 2 * (old.Generation + 1))) < (1.4 + (2.0 / (n + 1))) * expected;
        for (int i = 0; i < n; i++) path[i] = ((1 - cc) * old.Path[i]) + (isLong ? Math.Sqrt(cc * (2 - cc) * mass) * shift[i] : 0);
        double kept = 1 - c1 - cmu + (isLong ? 0 : c1 * cc * (2 - cc));
        var covariance = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double c = (kept * old.Covariance[(i * n) + j]) + (c1 * path[i] * path[j]);
                for (int k = 0; k < parents; k++) c += cmu * weights[k] * offspring[order[k]][i] * offspring[order[k]][j];
                covariance[(i * n) + j] = covariance[(j * n) + i] = c;
            }
        }
        double deviation = old.Deviation * Math.Exp(Math.Min(1, cs / ds * ((norm / expected) - 1)));
        return old with { Mean = mean, Path = path, DeviationPath = deviationPath, Covariance = covariance, Deviation = deviation };
    }

    private bool HasComeToRest(EvolutionState state, int n)
    {
        double largest = 0;
        for (int i = 0; i < n; i++) largest = Math.Max(largest, state.Covariance[(i * n) + i]);
        if (state.Deviation * Math.Sqrt(largest) < DeviationTolerance || !double.IsFinite(state.Deviation)) return true;
        if (state.Recent.Length < 10 + (int)Math.Ceiling(30.0 * n / state.Population)) return false;
        return double.IsPositiveInfinity(state.Recent.Min()) || state.Recent.Max() - state.Recent.Min() < ValueTolerance;
    }

    private EvolutionState Again(IObjective objective, EvolutionState old)
    {
        if (old.Restarts >= RestartLimit)
        {
            return double.IsPositiveInfinity(old.Value)
                ? old with { Status = FitStatus.StartFailed, Message = "the objective was infinite everywhere" }
                : old with { Status = FitStatus.Converged, Message = $"came to rest {old.Restarts + 1} times" };
        }
        int n = old.X.Length;
        var random = new RandomStream(old.Seed, (1UL << 63) + (ulong)old.Restarts);
        var mean = new double[n];
        for (int i = 0; i < n; i++) mean[i] = random.Uniform();
        return old with
        {
            Mean = mean, Deviation = FirstDeviation, Covariance = Identity(n), Path = new double[n], DeviationPath = new double[n],
            Population = 2 * old.Population, Generation = 0, Restarts = old.Restarts + 1, Recent = [],
        };
    }

    private static (double[] Origin, double[] Width) Frame(IObjective objective)
    {
        int n = objective.Parameters.Length;
        var (origin, width) = (new double[n], new double[n]);
        for (int i = 0; i < n; i++)
        {
            var p = objective.Parameters[i];
            if (!double.IsFinite(p.StartBounds.Lower) || !double.IsFinite(p.StartBounds.Upper) || p.StartBounds.Upper < p.StartBounds.Lower)
                throw new FitException("A global search needs a finite range.", $"parameter '{p.Name}'", "Give it finite bounds, or a range from which starts are drawn.");
            origin[i] = p.StartBounds.Lower;
            width[i] = p.StartBounds.Upper > p.StartBounds.Lower ? p.StartBounds.Upper - p.StartBounds.Lower : 1;
        }
        return (origin, width);
    }

    /// <summary>A coordinate reflected at the bounds as often as it takes.</summary>
    internal static double Fold(double x, double lower, double upper)
    {
        if (x >= lower && x <= upper) return x;
        if (double.IsInfinity(upper)) return (2 * lower) - x;
        if (double.IsInfinity(lower)) return (2 * upper) - x;
        double period = 2 * (upper - lower), r = (x - lower) % period;
        if (r < 0) r += period;
        return Math.Clamp(r <= upper - lower ? lower + r : upper - (r - (upper - lower)), lower, upper);
    }

    private static double[] Identity(int n)
    {
        var c = new double[n * n];
        for (int i = 0; i < n; i++) c[(i * n) + i] = 1;
        return c;
    }

    private static (Matrix<double> Root, Matrix<double> Inverse) Roots(double[] covariance, int n)
    {
        var evd = Matrix<double>.Build.Dense(n, n, covariance).Evd(Symmetricity.Symmetric);
        double largest = evd.EigenValues.Max(v => v.Real);
        var roots = Vector<double>.Build.Dense(n, i => Math.Sqrt(Math.Max(evd.EigenValues[i].Real, 1e-14 * largest)));
        var (v, d) = (evd.EigenVectors, Matrix<double>.Build.DiagonalOfDiagonalVector(roots));
        return (v * d, v * Matrix<double>.Build.DiagonalOfDiagonalVector(roots.Map(r => 1 / r)) * v.Transpose());
    }
}
