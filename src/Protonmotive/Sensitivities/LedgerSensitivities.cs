using System.Collections.Immutable;
using Protonmotive.Kernels;
using Protonmotive.Kernels.Derivatives;
using Protonmotive.Kernels.Lanes;
using Protonmotive.Thermodynamics;

namespace Protonmotive.Sensitivities;

/// <summary>
/// How the numbers of a ledger (work, dissipation, efficiencies, supplies, closure) answer to parameters, starting values and levels of
/// reservoirs: along a time course, where they are formulas of integrals, and at rest, where they are formulas of powers.
/// </summary>
/// <remarks>
/// The chain rule over <see cref="LedgerNumber.Slopes"/>, with tangents or adjoints of what a number is computed from. What jumps supply is
/// a state of the system, so its derivative follows events through their times.
/// </remarks>
/// <example>
/// <code>
/// var ledger = new LedgerSensitivities(Account.Of(network));
/// var start = TangentStart.Along(ledger.Kernel, ["X_C4", "X_H"]);
/// var rest = ledger.AtRest(SettledState.Of(start, 3000, new Tolerance(1e-10)));
/// double slope = rest.Slope("oxidative phosphorylation.efficiency", direction: 0);   // ∂η/∂X_C4
/// </code>
/// </example>
public sealed unsafe class LedgerSensitivities
{
    private const int AtStart = -1, Absent = -2, Observed = -3;

    private readonly int[][] inputs; // by number: places in the state, or one of the above
    private readonly int states, stored;

    /// <summary>The numbers of an account, and its equations compiled.</summary>
    /// <param name="account">The account.</param>
    /// <param name="kernel">Its <see cref="Account.EquationsWithJumps"/>, compiled before; null to compile them here.</param>
    public LedgerSensitivities(Account account, Kernel? kernel = null)
    {
        ArgumentNullException.ThrowIfNull(account);
        Kernel = kernel ?? Kernel.Compile(account.EquationsWithJumps());
        Numbers = account.Numbers();
        var system = Kernel.System;
        states = system.States.Length;
        stored = system.Observables.IndexOf(system.Observables.FirstOrDefault(o => o.Name == LedgerNumber.Stored)!);
        var places = system.States.Select((s, i) => (s.Name, i)).Concat(system.Quadratures.Select((q, i) => (q.Name, states + i))).ToDictionary(p => p.Name, p => p.Item2, StringComparer.Ordinal);
        inputs = [.. Numbers.Select(number => number.Inputs.Select(name => name switch
        {
            LedgerNumber.StoredAtStart => AtStart,
            LedgerNumber.Stored => Observed,
            _ => places.GetValueOrDefault(name, Absent), // no jumps: they supplied nothing
        }).ToArray())];
    }

    /// <summary>The equations, with the account's integrals.</summary>
    public Kernel Kernel { get; }

    /// <summary>The numbers.</summary>
    public ImmutableArray<LedgerNumber> Numbers { get; }

    /// <summary>The numbers counted from the start to a row of a solution, with their derivatives.</summary>
    /// <param name="start">Where the solution began, with its directions.</param>
    /// <param name="from">When it began.</param>
    /// <param name="solution">The solution.</param>
    /// <param name="row">Which row.</param>
    public LedgerTangents Along(TangentStart start, double from, TangentSolution solution, int row)
    {
        ArgumentNullException.ThrowIfNull(start);
        ArgumentNullException.ThrowIfNull(solution);
        var (first, firstTangents) = StoredAtStart(start, from);
        return Read(solution.Directions,
            place => place switch { AtStart => first, Absent => 0, Observed => solution.Observables(row)[stored], _ => solution.State(row)[place] },
            (place, d) => place switch { AtStart => firstTangents[d], Absent => 0, Observed => solution.ObservableTangent(row, d)[stored], _ => solution.StateTangent(row, d)[place] });
    }

    /// <summary>The numbers of a unit of time at rest, so that energies are powers, with their derivatives.</summary>
    /// <param name="settled">The state of rest.</param>
    public LedgerTangents AtRest(SettledState settled)
    {
        ArgumentNullException.ThrowIfNull(settled);
        var (values, tangents) = settled.Integrands();
        int count = values.Length;
        return Read(count == 0 ? 0 : tangents.Length / count, place => place >= states ? values[place - states] : 0, (place, d) => place >= states ? tangents[(d * count) + place - states] : 0);
    }

    /// <summary>The gradient of one number counted from the start to a row, by the adjoint: for any number of parameters.</summary>
    /// <param name="number">Its name.</param>
    /// <param name="start">Where the solution began.</param>
    /// <param name="from">When it began.</param>
    /// <param name="solution">The solution.</param>
    /// <param name="row">Which row.</param>
    /// <exception cref="SensitivityException">There is no such number, or no derivative.</exception>
    public AdjointGradient Gradient(string number, TangentStart start, double from, AdjointSolution solution, int row)
    {
        ArgumentNullException.ThrowIfNull(start);
        ArgumentNullException.ThrowIfNull(solution);
        int k = Index(number), rows = solution.Times.Count, outputs = Kernel.System.Observables.Length;
        double first = StoredAtStart(start, from).Value;
        var slopes = Slopes(k, place => place switch { AtStart => first, Absent => 0, Observed => solution.Observables(row)[stored], _ => solution.State(row)[place] });
        var (byStates, byObservables, byFirst) = (new double[rows * Kernel.Count], new double[rows * outputs], 0.0);
        for (int i = 0; i < slopes.Length; i++)
        {
            int place = inputs[k][i];
            if (place == AtStart) byFirst += slopes[i];
            else if (place == Observed) byObservables[(row * outputs) + stored] += slopes[i];
            else if (place >= 0) byStates[(row * Kernel.Count) + place] += slopes[i];
        }
        var gradient = solution.Gradient(byStates, byObservables);
        if (byFirst != 0) AddStoredAtStart(start, from, byFirst, gradient);
        return gradient;
    }

    /// <summary>The gradient of one number of a unit of time at rest, by the adjoint.</summary>
    /// <param name="number">Its name.</param>
    /// <param name="settled">The state of rest.</param>
    /// <exception cref="SensitivityException">There is no such number.</exception>
    public AdjointGradient Gradient(string number, SettledState settled)
    {
        ArgumentNullException.ThrowIfNull(settled);
        int k = Index(number);
        double[] values = settled.Integrands().Values;
        var slopes = Slopes(k, place => place >= states ? values[place - states] : 0);
        var seeds = new double[values.Length];
        for (int i = 0; i < slopes.Length; i++) if (inputs[k][i] >= states) seeds[inputs[k][i] - states] += slopes[i];
        return settled.Gradient(new double[states], seeds);
    }

    private int Index(string number)
    {
        for (int k = 0; k < Numbers.Length; k++) if (Numbers[k].Name == number) return k;
        throw new SensitivityException($"The ledger has no number '{number}'.", $"System '{Kernel.System.Name}'.", $"It has {string.Join(", ", Numbers.Take(12).Select(n => n.Name))}{(Numbers.Length > 12 ? ", …" : "")}.");
    }

    private double[] Slopes(int number, Func<int, double> value)
    {
        double[] at = [.. inputs[number].Select(value)], slopes = new double[at.Length];
        Numbers[number].Slopes(at, slopes);
        return slopes;
    }

    private LedgerTangents Read(int directions, Func<int, double> value, Func<int, int, double> tangent)
    {
        var values = new double[Numbers.Length];
        var tangents = new double[Numbers.Length, directions];
        for (int k = 0; k < values.Length; k++)
        {
            values[k] = Numbers[k].Formula([.. inputs[k].Select(value)]);
            double[] slopes = Slopes(k, value);
            for (int d = 0; d < directions; d++)
                for (int i = 0; i < slopes.Length; i++) tangents[k, d] += slopes[i] * tangent(inputs[k][i], d);
        }
        return new LedgerTangents(Numbers, values, tangents);
    }

    // The start is before anything that jumps there.
    private (double Value, double[] Tangents) StoredAtStart(TangentStart start, double from)
    {
        var tangents = new double[start.Directions];
        if (stored < 0) return (0, tangents);
        using var lanes = Placed(start, from);
        lanes.ObservablesTangent();
        double value = lanes.Observables[stored];
        for (int d = 0; d < tangents.Length; d++)
        {
            start.ParameterTangents.AsSpan(d * Kernel.ParameterCount, Kernel.ParameterCount).CopyTo(new Span<double>(lanes.ParameterShadows, Kernel.ParameterCount));
            lanes.PrologueTangent();
            start.StateTangents.AsSpan(d * Kernel.Count, states).CopyTo(new Span<double>(lanes.StateShadows, states));
            lanes.ObservablesTangent();
            tangents[d] = lanes.ObservableShadows[stored];
        }
        return (value, tangents);
    }

    private void AddStoredAtStart(TangentStart start, double from, double seed, AdjointGradient gradient)
    {
        using var lanes = Placed(start, from);
        lanes.ClearAccumulated();
        for (int o = 0; o < Kernel.System.Observables.Length; o++) lanes.ObservableShadows[o] = o == stored ? seed : 0;
        lanes.ObservablesAdjoint();
        for (int i = 0; i < states; i++) gradient.InitialState[i] += lanes.StateShadows[i];
        lanes.PrologueAdjoint();
        for (int p = 0; p < gradient.Parameters.Length; p++) gradient.Parameters[p] += lanes.ParameterShadows[p];
    }

    private DerivativeLanes<OneLane, double> Placed(TangentStart start, double from)
    {
        var lanes = new DerivativeLanes<OneLane, double>(Kernel);
        lanes.System.SetParameters(0, start.Parameters);
        lanes.System.EvaluatePrologue();
        *lanes.System.Time = from;
        start.State.AsSpan(0, states).CopyTo(new Span<double>(lanes.System.States, states));
        return lanes;
    }
}
