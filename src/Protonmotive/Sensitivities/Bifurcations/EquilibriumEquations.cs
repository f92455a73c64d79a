using System.Collections.Immutable;
using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using Protonmotive.Kernels;
using Protonmotive.Networks;
using Protonmotive.Solvers;
using Protonmotive.Symbolics;

namespace Protonmotive.Sensitivities.Bifurcations;

/// <summary>
/// F(x, λ) = 0: the rates of the independent states and, in place of each dependent one, its conserved total as the start sets it.
/// All derivatives are exact. For one thread.
/// </summary>
internal sealed class EquilibriumEquations
{
    private readonly EquationSystem system;
    private readonly Kernel kernel;
    private readonly KernelInstance instance;
    private readonly ReducedNewton newton;
    private readonly ExactSlopes slopes;
    private readonly Matrix<double> weightedLaws, mass;
    private readonly double[] totalOffsets, roots, observed;
    private readonly ImmutableDictionary<string, double> overrides;
    private readonly string parameter;
    private readonly double time;
    private readonly int[] outputs; // index of an observable, or −1 − index of a state
    private double set = double.NaN;

    /// <summary>The equations around a steady state that was found.</summary>
    /// <param name="given">The system.</param>
    /// <param name="steady">The steady state at <paramref name="at"/>.</param>
    /// <param name="options">Parameter and overrides.</param>
    /// <param name="at">The parameter there.</param>
    /// <param name="outputs">Names of observables or states to record.</param>
    public EquilibriumEquations(EquationSystem given, SteadyStateResult steady, ContinuationOptions options, double at, IReadOnlyList<string> outputs)
    {
        system = RestSystem.Of(given);
        parameter = options.Parameter;
        time = steady.IntegratedTime;
        kernel = Kernel.Compile(system);
        var own = kernel.Parameters(options.Overrides.SetItem(parameter, at));

        // What events set on the way stays set.
        overrides = options.Overrides;
        for (int i = 0; i < own.Length && i < kernel.ParameterCount; i++)
            if (own[i] != steady.Parameters[i]) overrides = overrides.SetItem(system.Parameters[i].Name, steady.Parameters[i]);
        instance = kernel.Bind(steady.Parameters.AsSpan());
        StateCount = system.States.Length;
        var rows = new double[Math.Max(1, steady.ConservedTotals.Length), StateCount];
        for (int k = 0; k < steady.ConservedTotals.Length; k++) for (int j = 0; j < StateCount; j++) rows[k, j] = steady.ConservedTotals[k].Coefficients[j];
        Laws = ConservationLaws.From(rows);
        newton = new ReducedNewton(instance, StateCount, time, new ErrorNorm(new Tolerance(1e-9, 1e-12), kernel.AbsoluteScales(steady.State.AsSpan(), steady.Parameters.AsSpan()), kernel.ScaleIndices, StateCount), Laws);
        mass = newton.MassMatrix();
        weightedLaws = Laws.Laws * mass;
        slopes = new ExactSlopes(system, [], [parameter], overrides.Keys.Where(k => k != parameter).ToHashSet(StringComparer.Ordinal));
        var start = kernel.InitialState(own).AsSpan(0, StateCount);
        totalOffsets = Laws.Count == 0 ? [] : [.. newton.Totals(steady.State.AsSpan()) - newton.Totals(start)];
        roots = new double[kernel.ModeCount];
        observed = new double[system.Observables.Length];
        var places = system.Observables.Select((o, i) => (o.Name, i)).ToDictionary(o => o.Name, o => o.i, StringComparer.Ordinal);
        this.outputs = [.. outputs.Select(name => places.TryGetValue(name, out int i) ? i : -1 - system.States.Select(s => s.Name).ToList().IndexOf(name))];
    }

    /// <summary>Number of states n.</summary>
    public int StateCount { get; }

    /// <summary>The conservation laws.</summary>
    public ConservationLaws Laws { get; }

    /// <summary>Whether the parameter stands in a rate, a condition, or the start of a conserved total.</summary>
    public bool DependsOnParameter => slopes.TouchesRates || (Laws.Count > 0 && slopes.TouchesStarts) || system.Modes.Any(m => m.Relation.DependsOn(Expression.Symbol(parameter)));

    /// <summary>F, shape [n].</summary>
    public double[] Residual(double[] x, double λ)
    {
        Place(x, λ);
        var residual = newton.RatesAt(x);
        if (Laws.Count == 0) return residual;
        var totals = newton.Totals(x) - newton.Totals(kernel.InitialState(instance.Parameters[..kernel.ParameterCount]).AsSpan(0, StateCount));
        for (int k = 0; k < Laws.Count; k++) residual[Laws.Dependent[k]] = totals[k] - totalOffsets[k];
        return residual;
    }

    /// <summary>∂F/∂x and, in the last column, ∂F/∂λ; shape [n, n + 1].</summary>
    public double[,] Slopes(double[] x, double λ)
    {
        Place(x, λ);
        var jacobian = newton.JacobianAt(x);
        slopes.Evaluate(time, x, instance.Parameters);
        var result = new double[StateCount, StateCount + 1];
        for (int i = 0; i < StateCount; i++)
        {
            for (int j = 0; j < StateCount; j++) result[i, j] = jacobian[i, j];
            result[i, StateCount] = slopes.RatesByParameters[i, 0];
        }

        if (Laws.Count == 0) return result;
        var totals = weightedLaws * slopes.StartsByParameters;
        for (int k = 0; k < Laws.Count; k++)
        {
            for (int j = 0; j < StateCount; j++) result[Laws.Dependent[k], j] = weightedLaws[k, j];
            result[Laws.Dependent[k], StateCount] = -totals[k, 0];
        }

        return result;
    }

    /// <summary>∂f/∂x with all rows its own, shape [n, n].</summary>
    public Matrix<double> Jacobian(double[] x, double λ)
    {
        Place(x, λ);
        return newton.JacobianAt(x);
    }

    /// <summary>Eigenvalues on the free states, by falling real part; empty where M is singular.</summary>
    public ImmutableArray<Complex> Eigenvalues(double[] x, double λ, double[] sizes)
    {
        Place(x, λ);
        return Stability.Of(newton.JacobianAt(x), mass, Laws, sizes).Eigenvalues;
    }

    /// <summary>Whether M is the identity.</summary>
    public bool IsMassIdentity => instance.IsMassIdentity;

    /// <summary>The outputs at a point.</summary>
    public ImmutableArray<double> Outputs(double[] x, double λ)
    {
        Place(x, λ);
        instance.Observables(time, x, observed);
        return [.. outputs.Select(o => o >= 0 ? observed[o] : x[-1 - o])];
    }

    // Parameters follow λ; modes follow the state, so that F is continuous where a condition switches continuously.
    private void Place(double[] x, double λ)
    {
        if (set != λ) kernel.Parameters(overrides.SetItem(parameter, λ)).AsSpan(0, kernel.ParameterCount).CopyTo(instance.Parameters);
        set = λ;
        if (roots.Length == 0) return;
        for (int round = 0; round < 3; round++) // a condition may hold another
        {
            instance.Roots(time, x, roots);
            bool changed = false;
            for (int i = 0; i < roots.Length; i++)
            {
                double value = roots[i] < 0 || (roots[i] == 0 && system.Modes[i].Relation.Operation == Operation.LessOrEqual) ? 1 : 0;
                ref double mode = ref instance.Parameters[kernel.ParameterCount + i];
                changed |= mode != value;
                mode = value;
            }

            if (!changed) return;
        }
    }
}
