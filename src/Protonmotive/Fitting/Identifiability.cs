using System.Collections.Immutable;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.LinearAlgebra;
using Protonmotive.Solvers;

namespace Protonmotive.Fitting;

/// <summary>
/// What the Fisher information at an optimum says: which directions of the parameters the data determine, standard errors and
/// correlations. It is local; a profile sees farther.
/// </summary>
public sealed class Identifiability
{
    private const double Blur = 1e-3; // of what rounding leaves in eigenvectors of 0

    private readonly Vector<double> roots; // of the information's diagonal; 0 for what is held or does nothing

    private Identifiability(ImmutableArray<EstimatedParameter> parameters, Vector<double> roots)
    {
        int n = parameters.Length;
        (Parameters, this.roots, Covariance, Correlation) = (parameters, roots, new double[n, n], new double[n, n]);
    }

    /// <summary>The parameters.</summary>
    public ImmutableArray<EstimatedParameter> Parameters { get; }

    /// <summary>Eigenvalues of the information scaled to a unit diagonal, the largest first.</summary>
    public ImmutableArray<double> Eigenvalues { get; private init; }

    /// <summary>How many of them are above the tolerance.</summary>
    public int Rank { get; private init; }

    /// <summary>Largest over least eigenvalue; +∞ where a direction is not seen.</summary>
    public double Condition => NullDirections.Length > 0 ? double.PositiveInfinity : Eigenvalues[0] / Eigenvalues[Rank - 1];

    /// <summary>Directions the data do not see, of unit length on the scales of estimation, each of as few parameters as can be; they need not stand at right angles.</summary>
    public ImmutableArray<ImmutableArray<double>> NullDirections { get; private init; } = [];

    /// <summary>Covariance of the estimates (inverse of the information over the directions that are seen), shape [n, n].</summary>
    public double[,] Covariance { get; }

    /// <summary>Correlation of the estimates, shape [n, n]; NaN for parameters that are not determined.</summary>
    public double[,] Correlation { get; }

    /// <summary>Standard errors on the scale of estimation; +∞ where a null direction moves the parameter, NaN where a bound holds it.</summary>
    public ImmutableArray<double> StandardErrors { get; private init; }

    /// <summary>The analysis of an information matrix.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="information">Fisher information, or Gauss-Newton matrix of the negative log-likelihood, shape [n, n].</param>
    /// <param name="tolerance">Eigenvalues of the scaled matrix below this part of the largest count as 0: by default what rounding leaves of a sum of products.</param>
    /// <param name="at">The estimates; parameters that lie on a bound count as held there, without error. Empty to hold none.</param>
    public static Identifiability Of(ImmutableArray<EstimatedParameter> parameters, double[,] information, double tolerance = 1e-13, ReadOnlySpan<double> at = default)
    {
        ArgumentNullException.ThrowIfNull(information);
        int n = parameters.Length;
        var isHeld = new bool[n];
        for (int i = 0; i < at.Length; i++) isHeld[i] = at[i] <= parameters[i].Lower || at[i] >= parameters[i].Upper;
        var roots = Vector<double>.Build.Dense(n, i => isHeld[i] ? 0 : Math.Sqrt(Math.Max(0, information[i, i])));
        var scaled = Matrix<double>.Build.Dense(n, n, (i, j) => roots[i] > 0 && roots[j] > 0 ? (information[i, j] + information[j, i]) / 2 / (roots[i] * roots[j]) : 0);
        var evd = scaled.Evd(Symmetricity.Symmetric);
        int[] order = [.. Enumerable.Range(0, n).OrderByDescending(k => evd.EigenValues[k].Real)];
        double least = tolerance * Math.Max(evd.EigenValues[order[0]].Real, 0);
        var seen = order.Where(k => evd.EigenValues[k].Real > least).ToList();
        var (unseen, isOpen) = (new List<ImmutableArray<double>>(), new bool[n]);
        for (int i = 0; i < n; i++)
        {
            if (roots[i] > 0 || isHeld[i]) continue;
            unseen.Add([.. Enumerable.Range(0, n).Select(j => j == i ? 1.0 : 0)]);
            isOpen[i] = true;
        }
        // Eigenvectors of the same eigenvalue are any that span their space. Those of few parameters each are easier to read: in the scaled matrix, where units do not count.
        var vectors = order.Except(seen).Select(k => Vector<double>.Build.Dense(n, i => roots[i] > 0 ? evd.EigenVectors[i, k] : 0)).Where(v => v.AbsoluteMaximum() > Blur).ToList();
        if (vectors.Count > 0)
        {
            var space = Matrix<double>.Build.DenseOfRowVectors(vectors);
            int count = EchelonForm.Reduce(space, Blur).Count;
            foreach (var row in space.EnumerateRows().Take(count))
            {
                row.MapInplace(v => Math.Abs(v) > Blur * row.AbsoluteMaximum() ? v : 0);
                for (int i = 0; i < n; i++) isOpen[i] |= row[i] != 0;
                var direction = row.MapIndexed((i, v) => v == 0 ? 0 : v / roots[i]).Normalize(2);
                unseen.Add([.. direction * Math.Sign(direction[direction.AbsoluteMaximumIndex()])]);
            }
        }
        var result = new Identifiability(parameters, roots)
        {
            Eigenvalues = [.. order.Select(k => Math.Max(0, evd.EigenValues[k].Real))], Rank = seen.Count, NullDirections = [.. unseen],
            StandardErrors = [.. Enumerable.Range(0, n).Select(i => isHeld[i] ? double.NaN : isOpen[i] ? double.PositiveInfinity : Math.Sqrt(seen.Sum(k => evd.EigenVectors[i, k] * evd.EigenVectors[i, k] / evd.EigenValues[k].Real)) / roots[i])],
        };
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++)
                result.Covariance[i, j] = roots[i] > 0 && roots[j] > 0 ? seen.Sum(k => evd.EigenVectors[i, k] * evd.EigenVectors[j, k] / evd.EigenValues[k].Real) / (roots[i] * roots[j]) : 0;
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++)
                result.Correlation[i, j] = isOpen[i] || isOpen[j] || isHeld[i] || isHeld[j] ? double.NaN : i == j ? 1 : result.Covariance[i, j] / Math.Sqrt(result.Covariance[i, i] * result.Covariance[j, j]);
        return result;
    }

    /// <summary>The Wald interval of a parameter on its scale of estimation; infinite where it is not determined.</summary>
    /// <param name="index">The parameter.</param>
    /// <param name="at">Its estimate.</param>
    /// <param name="confidence">Confidence.</param>
    public (double Low, double High) Interval(int index, double at, double confidence = 0.95)
    {
        double half = Normal.InvCDF(0, 1, (1 + confidence) / 2) * StandardErrors[index];
        return (at - half, at + half);
    }

    /// <summary>The parameters that a null direction moves, the farthest first, in words: "0.71 a − 0.71 b". Left out are those whose share of what the data would see is below a twentieth.</summary>
    /// <param name="direction">Of <see cref="NullDirections"/>.</param>
    public string Describe(ImmutableArray<double> direction)
    {
        static string Factor(double v) => FormattableString.Invariant($"{Math.Abs(v):g2}") is var text && text == "1" ? "" : text + " ";
        double[] seen = [.. direction.Select((v, i) => Math.Abs(v) * (roots[i] > 0 ? roots[i] : 1))];
        return string.Join(" ", Enumerable.Range(0, seen.Length).Where(i => seen[i] > 0.05 * seen.Max()).OrderByDescending(i => Math.Round(Math.Abs(direction[i]), 6))
            .Select((i, k) => $"{(direction[i] < 0 ? "− " : k == 0 ? "" : "+ ")}{Factor(direction[i])}{Parameters[i].Name}"));
    }
}
