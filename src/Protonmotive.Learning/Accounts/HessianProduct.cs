using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Protonmotive.Learning.Accounts;

/// <summary>
/// Products of a loss's Hessian with vectors: exact, by the gradient of the gradient (Pearlmutter 1994), where every operation of the loss has a second
/// derivative; else by central differences of the gradient. Fused attention is of the second kind.
/// </summary>
internal sealed class HessianProduct : IDisposable
{
    private readonly FlatParameters parameters;
    private readonly Probe probe;
    private readonly Func<Tensor> loss;
    private readonly DisposeScope scope = NewDisposeScope();
    private readonly Tensor start;
    private readonly double shift;
    private bool isExact = true;

    public HessianProduct(FlatParameters parameters, Probe probe, Func<Tensor> loss)
    {
        (this.parameters, this.probe, this.loss) = (parameters, probe, loss);
        start = parameters.Read();
        // differences: error of O(ε²) from the third order against rounding of the gradient over ε
        double rounding = parameters.Parameters.All(p => p.dtype == ScalarType.Float64) ? 1e-16 : 1e-7;
        shift = Math.Cbrt(rounding) * Math.Max(1, start.norm().item<double>()) / 10;
    }

    /// <summary>Whether products are by the gradient of the gradient.</summary>
    public bool IsExact => isExact;

    /// <summary>H v; shape [parameters], in 64-bit numbers, the caller's.</summary>
    public Tensor Times(Tensor v)
    {
        if (isExact)
        {
            try
            {
                return probe.HessianTimes(loss, v);
            }
            catch (ExternalException)
            {
                isExact = false; // libtorch: derivative not implemented
            }
        }
        return Difference(v);
    }

    public void Dispose() => scope.Dispose();

    private Tensor Difference(Tensor v)
    {
        using var inner = NewDisposeScope();
        double length = v.norm().item<double>();
        if (length == 0) return zeros_like(v).MoveToOuterDisposeScope();
        double ε = shift / length;
        try
        {
            parameters.Write(start + (ε * v));
            var (_, ahead) = probe.LossAndGradient(loss);
            parameters.Write(start - (ε * v));
            var (_, behind) = probe.LossAndGradient(loss);
            return ((ahead - behind) / (2 * ε)).MoveToOuterDisposeScope();
        }
        finally
        {
            parameters.Write(start);
        }
    }
}
