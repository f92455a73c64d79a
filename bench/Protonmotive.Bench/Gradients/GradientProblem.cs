using Protonmotive.Bench.Peers;
using Protonmotive.Kernels;
using Protonmotive.Sensitivities;
using Protonmotive.Solvers;

namespace Protonmotive.Bench.Gradients;

/// <summary>
/// A problem and its loss, Σ (1 + i/n) yᵢ over the states i = 0 … n − 1 at the end. Gradients are by the logarithm of each parameter,
/// the initial state held, in parts of the largest one at the problem's own parameters.
/// </summary>
internal sealed class GradientProblem
{
    /// <summary>What of its largest component counts as 0 in a gradient.</summary>
    public const double Floor = 1e-4;

    private readonly double scale;

    /// <summary>Takes the scale from a solve.</summary>
    /// <param name="problem">Equations and span.</param>
    /// <param name="kernel">Its compiled kernel.</param>
    public GradientProblem(PeerProblem problem, Kernel kernel)
    {
        (Problem, Kernel) = (problem, kernel);
        Seeds = [.. Enumerable.Range(0, kernel.Count).Select(i => i < kernel.StateCount ? 1 + ((double)i / kernel.StateCount) : 0)];
        scale = 1;
        scale = Gradient(new Rodas5P(), 1e-6).Max(Math.Abs);
    }

    /// <summary>Equations and span.</summary>
    public PeerProblem Problem { get; }

    /// <summary>Its compiled kernel.</summary>
    public Kernel Kernel { get; }

    /// <summary>∂loss/∂states at the end.</summary>
    public double[] Seeds { get; }

    /// <summary>Absolute tolerance of a gradient, over the relative one.</summary>
    public double AbsoluteFactor => Floor * scale;

    /// <summary>Both tolerances from one.</summary>
    /// <param name="relative">The relative one.</param>
    public Tolerance Tolerance(double relative) => new(relative, relative * Problem.AbsoluteFactor);

    /// <summary>The gradient by one trajectory's adjoint.</summary>
    /// <param name="method">The method.</param>
    /// <param name="relative">Relative tolerance.</param>
    public double[] Gradient(Method method, double relative)
    {
        var start = new TangentStart(Kernel, 0);
        var options = new SensitivityOptions { Method = method, Tolerance = Tolerance(relative) };
        return Scaled(start.Parameters, AdjointSensitivities.Solve(start, 0, Problem.End, [], options).Gradient([], byEnd: Seeds).Parameters);
    }

    /// <summary>A gradient by parameters in the measure of the errors.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="gradient">By each of them.</param>
    public double[] Scaled(ReadOnlySpan<double> parameters, ReadOnlySpan<double> gradient)
    {
        var result = new double[gradient.Length];
        for (int p = 0; p < result.Length; p++) result[p] = parameters[p] * gradient[p] / scale;
        return result;
    }

    /// <summary>Numbers of the driver, which are not in parts of the largest.</summary>
    /// <param name="result">Its result.</param>
    public PeerResult Scaled(PeerResult result) => result with { Ends = [.. result.Ends.Select(g => g.Select(v => v / scale).ToArray())] };
}
