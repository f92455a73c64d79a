using TorchSharp;
using static TorchSharp.torch;

namespace Protonmotive.Learning.Accounts;

/// <summary>How many directions a matrix uses: exp(−Σ pᵢ ln pᵢ) with pᵢ = σᵢ/Σσ its singular values (Roy and Vetterli 2007, The effective rank).</summary>
/// <remarks>
/// Singular values are roots of the eigenvalues of the smaller Gram matrix in 64-bit numbers: those below 1e-8 of the largest are rounding, and
/// add to the rank at most that share of the shorter side. On embeddings the same number is RankMe (Garrido et al. 2023, arXiv 2210.02885).
/// </remarks>
public static class EffectiveRank
{
    /// <summary>The effective rank: 1 to the shorter side; 0 of a matrix without an element that differs from 0.</summary>
    /// <param name="matrix">Shape [rows, columns].</param>
    /// <exception cref="TrainingLedgerException">It is no matrix.</exception>
    public static double Of(Tensor matrix)
    {
        if (matrix.dim() != 2) throw new TrainingLedgerException($"A tensor with {matrix.dim()} axes has no effective rank.", "effective rank", "Reshape it to rows and columns.");
        using var scope = NewDisposeScope();
        using var off = no_grad();
        var x = matrix.detach().to(float64);
        return OfGram(x.shape[0] < x.shape[1] ? x.matmul(x.t()) : x.t().matmul(x));
    }

    /// <summary>The effective rank of a matrix whose Gram matrix of the shorter side is given, in 64-bit numbers.</summary>
    internal static double OfGram(Tensor gram)
    {
        using var scope = NewDisposeScope();
        if (!gram.isfinite().all().item<bool>()) return double.NaN;
        double[] singular = [.. linalg.eigvalsh(gram).data<double>().Select(e => Math.Sqrt(Math.Max(e, 0)))];
        double sum = singular.Sum();
        return sum == 0 ? 0 : Math.Exp(-singular.Where(s => s > 0).Sum(s => s / sum * Math.Log(s / sum)));
    }
}
