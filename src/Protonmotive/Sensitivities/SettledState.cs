using System.Collections.Immutable;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;
using Protonmotive.Kernels;
using Protonmotive.Kernels.Derivatives;
using Protonmotive.Kernels.Lanes;
using Protonmotive.Solvers;

namespace Protonmotive.Sensitivities;

/// <summary>A steady state with its derivatives, by the implicit function theorem.</summary>
/// <remarks>
/// With f(y, p) = 0 on the independent states and G y = G y₀ on the others, G the conserved totals, dy solves
/// [∂f/∂y; G] dy = [−∂f/∂p dp; G dy₀]: regular though ∂f/∂y is singular (Reder 1988, J. Theor. Biol. 135, 175).
/// </remarks>
public sealed unsafe class SettledState
{
    private const double WorstCondition = 1e14;

    private readonly TangentStart start;
    private readonly int[] dependent;
    private readonly Matrix<double> laws;
    private readonly double[] sizes, rows;
    private readonly LU<double>? factors, transposed;
    private readonly double time;
    private readonly int n;

    private SettledState(TangentStart start, SteadyStateResult result, double time)
    {
        this.start = start;
        this.time = time;
        Result = result;
        n = start.Kernel.StateCount;
        var totals = result.ConservedTotals;
        dependent = new int[totals.Length];
        laws = Matrix<double>.Build.Dense(Math.Max(1, totals.Length), Math.Max(1, n));
        sizes = Sizes([.. result.State]);
        rows = new double[n];
        if (n == 0) return;
        var found = ConservationLaws.From(Rows(totals, n));
        dependent = [.. found.Dependent];
        var matrix = Jacobian(out var mass);
        laws = totals.IsEmpty ? laws : found.Laws * mass;
        for (int k = 0; k < dependent.Length; k++) matrix.SetRow(dependent[k], laws.Row(k));
        // Columns in units of the states, rows of equal size.
        matrix.MapIndexedInplace((_, j, v) => v * sizes[j]);
        for (int i = 0; i < n; i++)
        {
            rows[i] = matrix.Row(i).AbsoluteMaximum();
            if (rows[i] > 0 && double.IsFinite(rows[i])) matrix.SetRow(i, matrix.Row(i) / rows[i]);
            else throw Singular();
        }
        factors = matrix.LU();
        double condition = factors.U.Diagonal().AbsoluteMaximum() / factors.U.Diagonal().AbsoluteMinimum();
        if (!(condition < WorstCondition)) throw Singular();
        transposed = matrix.Transpose().LU();
    }

    /// <summary>The steady state.</summary>
    public SteadyStateResult Result { get; }

    /// <summary>Finds the steady state that a start settles to.</summary>
    /// <param name="start">Where from. Its tangents are used by <see cref="Tangents"/>.</param>
    /// <param name="horizon">Time to settle in, in the system's unit.</param>
    /// <param name="tolerance">Of the integration, where one is needed.</param>
    /// <param name="options">How it is sought; null for the defaults.</param>
    /// <param name="time">Time at the start, for rates that depend on it.</param>
    /// <param name="cancellation">Ends the search.</param>
    /// <exception cref="SolverException">The search fails.</exception>
    /// <exception cref="SensitivityException">There is no steady state, or it does not move smoothly with parameters.</exception>
    public static SettledState Of(TangentStart start, double horizon, Tolerance tolerance, SteadyStateOptions? options = null, double time = 0, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(start);
        options = (options ?? SteadyStateOptions.Default) with { Horizon = horizon };
        var problem = new InitialValueProblem(start.Kernel, time, time + horizon) { ParameterVector = start.Parameters, InitialState = [.. start.State] };
        var result = SteadyState.Find(problem, tolerance, options, null, cancellation);
        if (!result.Found) throw new SensitivityException($"The system does not settle. {result.Explanation}", $"System '{start.Kernel.System.Name}'.", "Give it longer, or parameters with which it settles.");
        // Events on the way move what is conserved: then the start is where they have left it.
        if (!start.Kernel.System.Events.IsEmpty && result.IntegratedTime > 0)
        {
            start = ForwardSensitivities.Solve(start, time, time + result.IntegratedTime, [], new SensitivityOptions { Tolerance = tolerance, Method = options.Method }, cancellation).GoOn();
        }
        return new SettledState(start, result, time + result.IntegratedTime);
    }

    /// <summary>The start of what follows, at rest: the steady state with its tangents along the directions of the start; quadratures as they were.</summary>
    public TangentStart Tangents()
    {
        var kernel = start.Kernel;
        var after = new TangentStart(kernel, start.Directions, [.. Result.Parameters], [.. Result.State, .. start.State.AsSpan(n)]);
        start.ParameterTangents.CopyTo(after.ParameterTangents, 0);
        if (n == 0) return after;
        using var lanes = new DerivativeLanes<OneLane, double>(kernel);
        Place(lanes);
        for (int d = 0; d < start.Directions; d++)
        {
            start.ParameterTangents.AsSpan(d * kernel.ParameterCount, kernel.ParameterCount).CopyTo(new Span<double>(lanes.ParameterShadows, kernel.ParameterCount));
            lanes.PrologueTangent();
            new Span<double>(lanes.StateShadows, n).Clear();
            lanes.RatesTangent();
            var right = Vector<double>.Build.Dense(n, i => -lanes.RateShadows[i]);
            var from = Vector<double>.Build.Dense(n, i => start.StateTangents[(d * kernel.Count) + i]);
            for (int k = 0; k < dependent.Length; k++) right[dependent[k]] = laws.Row(k) * from;
            for (int i = 0; i < n; i++) right[i] /= rows[i];
            var solution = factors!.Solve(right);
            for (int i = 0; i < n; i++) after.StateTangents[(d * kernel.Count) + i] = solution[i] * sizes[i];
            start.StateTangents.AsSpan((d * kernel.Count) + n, kernel.Count - n).CopyTo(after.StateTangents.AsSpan((d * kernel.Count) + n));
        }
        return after;
    }

    /// <summary>What each integral grows by in a unit of time at rest, with its derivatives along the directions of the start.</summary>
    /// <returns>Values, shape [integrals], and tangents, shape [directions·integrals].</returns>
    public (double[] Values, double[] Tangents) Integrands()
    {
        var kernel = start.Kernel;
        int count = kernel.Count - n;
        var (values, tangents) = (new double[count], new double[start.Directions * count]);
        var rest = Tangents();
        using var lanes = new DerivativeLanes<OneLane, double>(kernel);
        Place(lanes);
        lanes.System.EvaluateRates();
        for (int q = 0; q < count; q++) values[q] = lanes.System.Rates[n + q];
        for (int d = 0; d < start.Directions; d++)
        {
            rest.ParameterTangents.AsSpan(d * kernel.ParameterCount, kernel.ParameterCount).CopyTo(new Span<double>(lanes.ParameterShadows, kernel.ParameterCount));
            lanes.PrologueTangent();
            rest.StateTangents.AsSpan(d * kernel.Count, n).CopyTo(new Span<double>(lanes.StateShadows, n));
            lanes.RatesTangent();
            for (int q = 0; q < count; q++) tangents[(d * count) + q] = lanes.RateShadows[n + q];
        }
        return (values, tangents);
    }

    /// <summary>The gradient of a loss, from its gradient by the steady state and by what integrals grow by there.</summary>
    /// <param name="byState">∂loss/∂state, shape [≥ states].</param>
    /// <param name="byIntegrands">∂loss/∂integrand, shape [integrals]; empty for none.</param>
    /// <returns>By parameters and by the state at the start.</returns>
    /// <exception cref="ShapeException">A vector is not of its length.</exception>
    public AdjointGradient Gradient(ReadOnlySpan<double> byState, ReadOnlySpan<double> byIntegrands)
    {
        if (byIntegrands.IsEmpty) return Gradient(byState);
        var kernel = start.Kernel;
        ShapeException.Check(byIntegrands.Length, kernel.Count - n, nameof(byIntegrands));
        using var lanes = new DerivativeLanes<OneLane, double>(kernel);
        Place(lanes);
        lanes.ClearAccumulated();
        for (int i = 0; i < kernel.Count; i++) lanes.RateShadows[i] = i < n ? 0 : byIntegrands[i - n];
        lanes.RatesAdjoint();
        double[] seeds = [.. byState[..n]];
        for (int i = 0; i < n; i++) seeds[i] += lanes.StateShadows[i];
        lanes.PrologueAdjoint();
        double[] direct = [.. new ReadOnlySpan<double>(lanes.ParameterShadows, kernel.ParameterCount)];
        var through = Gradient(seeds);
        for (int i = 0; i < direct.Length; i++) through.Parameters[i] += direct[i];
        return through;
    }

    /// <summary>The gradient of a loss, from its gradient by the steady state.</summary>
    /// <param name="byState">∂loss/∂state, shape [≥ states].</param>
    /// <returns>By parameters and by the state at the start.</returns>
    public AdjointGradient Gradient(ReadOnlySpan<double> byState)
    {
        var kernel = start.Kernel;
        var parameters = new double[kernel.ParameterCount];
        var initial = new double[kernel.Count];
        if (n == 0) return new AdjointGradient(parameters, initial);
        double[] seeds = byState[..n].ToArray();
        var multipliers = transposed!.Solve(Vector<double>.Build.Dense(n, i => seeds[i] * sizes[i]));
        using var lanes = new DerivativeLanes<OneLane, double>(kernel);
        Place(lanes);
        lanes.ClearAccumulated();
        for (int i = 0; i < kernel.Count; i++) lanes.RateShadows[i] = i < n ? -multipliers[i] / rows[i] : 0;
        for (int k = 0; k < dependent.Length; k++)
        {
            lanes.RateShadows[dependent[k]] = 0;
            double multiplier = multipliers[dependent[k]] / rows[dependent[k]];
            for (int i = 0; i < n; i++) initial[i] += multiplier * laws[k, i];
        }
        lanes.RatesAdjoint();
        lanes.PrologueAdjoint();
        new ReadOnlySpan<double>(lanes.ParameterShadows, parameters.Length).CopyTo(parameters);
        return new AdjointGradient(parameters, initial);
    }

    private void Place(DerivativeLanes<OneLane, double> lanes)
    {
        lanes.System.SetParameters(0, Result.Parameters.AsSpan());
        lanes.System.EvaluatePrologue();
        *lanes.System.Time = time;
        Result.State.CopyTo(new Span<double>(lanes.System.States, n));
    }

    private Matrix<double> Jacobian(out Matrix<double> mass)
    {
        var kernel = start.Kernel;
        var instance = kernel.Bind(Result.Parameters.AsSpan());
        var norm = new ErrorNorm(new Tolerance(), kernel.AbsoluteScales(Result.State.AsSpan(), Result.Parameters.AsSpan()), kernel.ScaleIndices, n);
        var newton = new ReducedNewton(instance, n, time, norm, ConservationLaws.From(new double[1, n]));
        mass = newton.MassMatrix();
        return newton.JacobianAt(Result.State.AsSpan());
    }

    private static double[,] Rows(ImmutableArray<ConservedTotal> totals, int n)
    {
        var rows = new double[Math.Max(1, totals.Length), n];
        for (int k = 0; k < totals.Length; k++) for (int j = 0; j < n; j++) rows[k, j] = totals[k].Coefficients[j];
        return rows;
    }

    private static double[] Sizes(double[] state)
    {
        double largest = state.Length == 0 ? 1 : state.Max(Math.Abs);
        return [.. state.Select(v => Math.Max(Math.Abs(v), Math.Max(1e-12 * largest, 1e-300)))];
    }

    private SensitivityException Singular() => new("The steady state does not move smoothly with its parameters: its Jacobian is singular.", $"System '{start.Kernel.System.Name}'.",
        "It is at a fold or a branch point, or one of a continuum of steady states: change a parameter.");
}
