using Protonmotive.Kernels;

namespace Protonmotive.Sensitivities;

/// <summary>A twice differentiable loss of the rows of a solution.</summary>
/// <param name="rows">States, then quadratures, at the times asked for, shape [times·count].</param>
/// <param name="tangents">Their derivative along the direction, of the same shape.</param>
/// <param name="gradient">Receives ∂loss/∂rows; zero before.</param>
/// <param name="curvature">Receives (∂²loss/∂rows²)·tangents; zero before.</param>
/// <returns>The loss.</returns>
public delegate double SmoothLoss(ReadOnlySpan<double> rows, ReadOnlySpan<double> tangents, Span<double> gradient, Span<double> curvature);

/// <summary>Second derivatives of a scalar loss along a direction: the product of its Hessian with a vector, by the adjoint of the tangent.</summary>
public sealed class SecondDerivatives
{
    private readonly Kernel kernel;
    private readonly string[] given;

    /// <summary>Prepares second derivatives of a system.</summary>
    /// <param name="system">A smooth system.</param>
    /// <param name="given">Parameters that vary.</param>
    /// <exception cref="SensitivityException">The system is not smooth.</exception>
    public SecondDerivatives(Networks.EquationSystem system, IEnumerable<string> given)
    {
        this.given = [.. given];
        kernel = Kernel.Compile(TangentSystem.Of(system, this.given));
    }

    /// <summary>Loss, gradient and Hessian times direction, by the given parameters.</summary>
    /// <param name="values">Values of the given parameters, in their order.</param>
    /// <param name="direction">The direction, shape [given].</param>
    /// <param name="from">First time.</param>
    /// <param name="to">Last time.</param>
    /// <param name="times">Times of rows.</param>
    /// <param name="loss">The loss.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="cancellation">Ends the solve.</param>
    /// <exception cref="Solvers.SolverException">The solve fails.</exception>
    public SecondDerivative Along(ReadOnlySpan<double> values, ReadOnlySpan<double> direction, double from, double to, IReadOnlyList<double> times, SmoothLoss loss, SensitivityOptions? options = null, CancellationToken cancellation = default)
    {
        ShapeException.Check(values.Length, given.Length, nameof(values));
        ShapeException.Check(direction.Length, given.Length, nameof(direction));
        var overrides = new Dictionary<string, double>(StringComparer.Ordinal);
        for (int k = 0; k < given.Length; k++)
        {
            overrides[given[k]] = values[k];
            overrides[TangentSystem.Name(given[k])] = direction[k];
        }
        double[] parameters = kernel.Parameters(overrides, from), state = kernel.InitialState(parameters, from);
        var solution = AdjointSensitivities.Solve(new TangentStart(kernel, 0, parameters, state), from, to, times, options, cancellation);
        int n = kernel.StateCount / 2, q = kernel.QuadratureCount / 2, count = n + q;
        double[] rows = new double[times.Count * count], tangents = new double[rows.Length], gradient = new double[rows.Length], curvature = new double[rows.Length];
        for (int row = 0; row < times.Count; row++)
        {
            for (int i = 0; i < count; i++)
            {
                rows[(row * count) + i] = solution.State(row)[Own(i)];
                tangents[(row * count) + i] = solution.State(row)[Tangent(i)];
            }
        }
        double value = loss(rows, tangents, gradient, curvature);
        // d(loss)/dε = gradient · tangents: its own gradient by parameters is the Hessian times the direction.
        double[] seeds = new double[times.Count * kernel.Count], plain = new double[seeds.Length];
        for (int row = 0; row < times.Count; row++)
        {
            for (int i = 0; i < count; i++)
            {
                seeds[(row * kernel.Count) + Tangent(i)] = gradient[(row * count) + i];
                seeds[(row * kernel.Count) + Own(i)] = curvature[(row * count) + i];
                plain[(row * kernel.Count) + Own(i)] = gradient[(row * count) + i];
            }
        }
        return new SecondDerivative(value, ByGiven(solution.Gradient(plain)), ByGiven(solution.Gradient(seeds)));

        int Own(int i) => i < n ? i : (2 * n) + (i - n);
        int Tangent(int i) => i < n ? n + i : (2 * n) + q + (i - n);
        double[] ByGiven(AdjointGradient by)
        {
            var all = TangentStart.PullBack(kernel, parameters, overrides.Keys, by.Parameters, by.InitialState, from);
            return [.. given.Select(name => all[kernel.ParameterIndex(name)])];
        }
    }
}

/// <summary>A loss with its derivatives.</summary>
/// <param name="Loss">The loss.</param>
/// <param name="Gradient">By the given parameters.</param>
/// <param name="HessianProduct">Hessian times direction.</param>
public sealed record SecondDerivative(double Loss, double[] Gradient, double[] HessianProduct);
