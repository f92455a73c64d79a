using System.Collections.Immutable;
using MathNet.Numerics.LinearAlgebra;

namespace Protonmotive.Fitting;

/// <summary>A function as a sum of few candidate terms: which ones, and how much of each.</summary>
/// <param name="Terms">Indices of the candidates, ascending.</param>
/// <param name="Coefficients">Their coefficients.</param>
/// <param name="Residual">|target − sum|/|target|.</param>
public sealed record SparseRegression(ImmutableArray<int> Terms, ImmutableArray<double> Coefficients, double Residual)
{
    /// <summary>Begins with all candidates and takes away, one by one, the one that is missed least, as long as the rest explains the target to a tolerance.</summary>
    /// <param name="candidates">Values of each candidate, all of one length; more values than candidates.</param>
    /// <param name="target">Values of the function.</param>
    /// <param name="tolerance">Residual that is put up with, as a part of the target: the error of its values.</param>
    /// <exception cref="FitException">Lengths differ, there are too few values, the target is 0, or all candidates together miss the tolerance.</exception>
    /// <remarks>
    /// Backward elimination, in place of the thresholds on coefficients of Brunton, Proctor and Kutz (2016), Discovering governing equations from data by sparse identification of nonlinear dynamical
    /// systems, PNAS 113, 3932-3937: it needs no scale of coefficients, and candidates that resemble each other do not hide each other.
    /// </remarks>
    public static SparseRegression Of(IReadOnlyList<double[]> candidates, double[] target, double tolerance)
    {
        ArgumentNullException.ThrowIfNull(candidates);
        ArgumentNullException.ThrowIfNull(target);
        double norm = Math.Sqrt(target.Sum(v => v * v));
        if (candidates.Count == 0 || target.Length <= candidates.Count || candidates.Any(c => c.Length != target.Length) || !(norm > 0))
            throw new FitException($"{candidates.Count} candidates and {target.Length} values make no regression.", "sparse regression", "Give each candidate one value for each of the target's, more values than candidates, and a target that is not 0.");
        var all = Solve(candidates, [.. Enumerable.Range(0, candidates.Count)], target, norm);
        if (all.Residual > tolerance) throw new FitException(FormattableString.Invariant($"All candidates together leave {all.Residual:0.#%} of the function, more than {tolerance:0.#%}."), "sparse regression", "Add candidates, or train further.");
        while (all.Terms.Length > 1)
        {
            var fewer = all.Terms.Select(missed => Solve(candidates, all.Terms.Remove(missed), target, norm)).MinBy(r => r.Residual)!;
            if (fewer.Residual > tolerance) break;
            all = fewer;
        }
        return all;
    }

    private static SparseRegression Solve(IReadOnlyList<double[]> candidates, ImmutableArray<int> terms, double[] target, double norm)
    {
        // Columns of one length, so that QR compares like with like.
        double[] lengths = [.. terms.Select(t => Math.Sqrt(candidates[t].Sum(v => v * v)) is > 0 and var length ? length : 1)];
        var matrix = Matrix<double>.Build.Dense(target.Length, terms.Length, (i, j) => candidates[terms[j]][i] / lengths[j]);
        var right = Vector<double>.Build.DenseOfArray(target);
        var solution = matrix.QR().Solve(right);
        return new SparseRegression(terms, [.. solution.Select((c, j) => c / lengths[j])], ((matrix * solution) - right).L2Norm() / norm);
    }
}
