using System.Collections.Immutable;
using TorchSharp;
using static TorchSharp.torch;

namespace Protonmotive.Learning.Models;

/// <summary>
/// The linear prediction x_{t+1} = c + Σ A_k x_{t−k}, k &lt; p, by least squares; the order p has the least BIC = N ln det Σ + m ln N, with N
/// predictions, their errors' covariance Σ and m numbers fitted (Schwarz 1978; Lütkepohl 2005, New introduction to multiple time series analysis, 4.3).
/// </summary>
/// <param name="Order">p.</param>
/// <param name="Coefficients">c, then A₀, A₁ …, shape [1 + p·channels, channels].</param>
/// <param name="Criteria">BIC by order, from 1.</param>
public sealed record Autoregression(int Order, Tensor Coefficients, ImmutableArray<double> Criteria) : IDisposable
{
    // Square of an error that counts as none: a solver's tolerance. Where something is conserved, rounding would choose the order.
    private const double Least = 1e-12;

    /// <summary>Fits courses.</summary>
    /// <param name="courses">Courses, each of shape [time, channels], 64-bit; all orders are fitted to the same predictions.</param>
    /// <param name="largest">Largest order.</param>
    public static Autoregression Fit(IReadOnlyList<Tensor> courses, int largest)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        long channels = courses[0].shape[1];
        var usable = courses.Where(c => c.shape[0] > largest).ToList();
        var past = cat([.. usable.Select(c => Past(c, largest))], 0);
        var next = cat([.. usable.Select(c => c.narrow(0, largest, c.shape[0] - largest))], 0);
        double count = next.shape[0];
        // one triangular factor serves all orders: the columns of order p are the first ones of order p + 1
        var r = linalg.qr(cat([past, next], 1), linalg.QRMode.R).R;
        long all = past.shape[1];
        var criteria = ImmutableArray.CreateBuilder<double>();
        (int Order, Tensor Coefficients) best = (0, zeros(0));
        for (int p = 1; p <= largest; p++)
        {
            long m = 1 + (p * channels);
            if (count <= m + channels) break;
            var right = r.narrow(1, all, channels);
            var rest = right.narrow(0, m, r.shape[0] - m); // Rᵀ R of what the columns do not explain
            var covariance = rest.t().matmul(rest) / count;
            double determinant = linalg.slogdet(covariance + (Least * eye(channels, dtype: float64))).Item2.item<double>();
            criteria.Add((count * determinant) + (m * channels * Math.Log(count)));
            if (best.Order > 0 && !(criteria[^1] < criteria[best.Order - 1])) continue;
            // least norm where courses depend on each other, as when something is conserved
            best = (p, linalg.pinv(r.narrow(0, 0, m).narrow(1, 0, m), 1e-12).matmul(right.narrow(0, 0, m)));
        }
        return new Autoregression(best.Order, scope.MoveToOuter(best.Coefficients), criteria.ToImmutable());
    }

    /// <summary>Predictions of a course's values from the order-th on.</summary>
    /// <param name="course">Shape [time, channels].</param>
    /// <param name="from">First value predicted, at least the order.</param>
    /// <returns>Shape [time − from, channels].</returns>
    public Tensor Predict(Tensor course, int from) => Past(course.narrow(0, from - Order, course.shape[0] - from + Order), Order).matmul(Coefficients);

    /// <inheritdoc/>
    public void Dispose() => Coefficients.Dispose();

    /// <summary>1 and the last values before each from the order-th on, the nearest first.</summary>
    private static Tensor Past(Tensor course, int order)
    {
        long count = course.shape[0] - order;
        return cat([ones([count, 1], float64), .. Enumerable.Range(1, order).Select(k => course.narrow(0, order - k, count))], 1);
    }
}
