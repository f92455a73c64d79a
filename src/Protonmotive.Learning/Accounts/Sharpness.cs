using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Protonmotive.Learning.Accounts;

/// <summary>The sharpest bend of a loss: the largest eigenvalue of its Hessian H, or of √M H √M under a mobility M.</summary>
/// <param name="Largest">λ_max; with the optimiser's mobility (its rates, and Adam's 1/(√v̂ + ε)) it is a pure number.</param>
/// <param name="Residual">‖H u − λ u‖ of its unit vector u: an eigenvalue lies at least as near.</param>
/// <param name="Limit">
/// Where the optimiser stops to be stable on a parabola: 2 of plain descent, 2 + 2β of heavy ball, (2 + 2β)/(1 + 2β) of Nesterov's (Cohen et al. 2021, arXiv
/// 2103.00065), (2 + 2β₁)/(1 − β₁) of Adam (Cohen et al. 2022, arXiv 2207.14484); NaN without an optimiser.
/// </param>
public sealed record Sharpness(double Largest, double Residual, double Limit = double.NaN)
{
    /// <summary>The largest eigenvalue of the Hessian of a loss by a network's parameters.</summary>
    /// <param name="network">The network; evaluated with dropout off and normalisation held.</param>
    /// <param name="loss">The loss, a single number.</param>
    /// <param name="tolerance">Relative residual at which the iteration stops.</param>
    /// <param name="iterations">Products with the Hessian at most.</param>
    /// <exception cref="TrainingLedgerException">The loss is no finite number, or the network has no parameters.</exception>
    public static Sharpness Of(nn.Module network, Func<Tensor> loss, double tolerance = 1e-3, int iterations = 60)
    {
        using var scope = NewDisposeScope();
        var parameters = new FlatParameters(network, []);
        if (parameters.Count == 0) throw new TrainingLedgerException("The network has no parameter that learns.", "sharpness", "Let some parameters require a gradient.");
        return Measure(parameters, new Probe(network, parameters), loss, null, double.NaN, tolerance, iterations);
    }

    /// <summary>By Lanczos's iteration with full orthogonalisation, from a fixed start: the same loss gives the same number.</summary>
    internal static Sharpness Measure(FlatParameters parameters, Probe probe, Func<Tensor> loss, Tensor? mobility, double limit, double tolerance = 1e-2, int iterations = 20)
    {
        using var scope = NewDisposeScope();
        using var root = mobility?.sqrt();
        using var product = new HessianProduct(parameters, probe, loss);
        Tensor Apply(Tensor v)
        {
            if (root is null) return product.Times(v);
            using var scaled = root * v;
            using var bent = product.Times(scaled);
            return root * bent;
        }
        var random = new Philox(1);
        double[] start = [.. Enumerable.Range(0, (int)parameters.Count).Select(i => random.Uniform((uint)i, 0) - 0.5)];
        var q = tensor(start);
        q = q / q.norm();
        List<Tensor> basis = [q];
        List<double> diagonal = [], beside = [];
        (double Value, double Residual) best = (double.NaN, double.NaN);
        for (int m = 1; m <= Math.Min(iterations, parameters.Count); m++)
        {
            var w = Apply(basis[^1]);
            diagonal.Add((w * basis[^1]).sum().item<double>());
            for (int pass = 0; pass < 2; pass++)
            {
                foreach (var b in basis) w = w - ((w * b).sum() * b); // twice is enough (Parlett 1980, The symmetric eigenvalue problem)
            }
            double beta = w.norm().item<double>();
            best = Top(CollectionsMarshal.AsSpan(diagonal), CollectionsMarshal.AsSpan(beside), beta);
            if (best.Residual <= tolerance * Math.Abs(best.Value) || beta <= 1e-12 * Math.Abs(best.Value)) break;
            beside.Add(beta);
            basis.Add(w / beta);
        }
        return new Sharpness(best.Value, best.Residual, limit);
    }

    /// <summary>Largest eigenvalue of the tridiagonal matrix, and β times the last component of its vector: the residual.</summary>
    private static (double, double) Top(ReadOnlySpan<double> diagonal, ReadOnlySpan<double> beside, double beta)
    {
        using var scope = NewDisposeScope();
        int n = diagonal.Length;
        var matrix = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            matrix[(i * n) + i] = diagonal[i];
            if (i + 1 < n) matrix[(i * n) + i + 1] = matrix[((i + 1) * n) + i] = beside[i];
        }
        var (values, vectors) = linalg.eigh(tensor(matrix, [n, n]));
        return (values[n - 1].item<double>(), beta * Math.Abs(vectors[n - 1, n - 1].item<double>()));
    }
}
