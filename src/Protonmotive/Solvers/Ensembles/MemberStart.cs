using System.Collections.Immutable;
using Protonmotive.Kernels;

namespace Protonmotive.Solvers.Ensembles;

/// <summary>
/// Gives members their parameters, initial states and scales. Where nothing else depends on what varies, a member's numbers
/// replace those of the base; otherwise definitions and initial values are evaluated anew for each.
/// </summary>
internal sealed class MemberStart
{
    private readonly InitialValueProblem problem;
    private readonly EnsembleMembers members;
    private readonly ulong seed;
    private readonly double[] baseParameters, baseState, baseScales;
    private readonly int[] targets; // parameter index, or ~state index
    private readonly bool isDirect, hasOwnScales;

    public MemberStart(EnsembleProblem ensemble, ulong seed)
    {
        problem = ensemble.Base;
        members = ensemble.Members;
        this.seed = seed;
        var system = problem.Kernel.System;
        var parameters = system.Parameters.Select((p, i) => (p.Name, i)).ToDictionary(x => x.Name, x => x.i, StringComparer.Ordinal);
        var states = system.States.Select((s, i) => (s.Name, i)).ToDictionary(x => x.Name, x => x.i, StringComparer.Ordinal);
        targets = new int[members.Names.Length];
        for (int k = 0; k < targets.Length; k++)
        {
            string name = members.Names[k];
            targets[k] = parameters.TryGetValue(name, out int p) ? p : states.TryGetValue(name, out int s) ? ~s : throw new SolverException(
                $"Nothing that can vary is named '{name}'.", $"Members of an ensemble of '{system.Name}'.", NearNames.Question(NearNames.Of(name, parameters.Keys.Concat(states.Keys)), "Name parameters or states of the system."));
            if (members.Names.IndexOf(name) != k) throw new SolverException($"'{name}' varies twice.", "Members of an ensemble.", "Name everything that varies once.");
        }

        bool draws = system.Parameters.Any(p => p.Draw is not null);
        var varied = members.Names.ToHashSet(StringComparer.Ordinal);
        var definitions = system.Parameters.Where(p => p.Draw is null).Select(p => p.Definition);
        if (problem.InitialState.IsDefault) definitions = definitions.Concat(system.States.Select(s => s.Initial));
        isDirect = !draws && !definitions.Any(d => d.Symbols().Any(varied.Contains));
        hasOwnScales = system.States.Any(s => s.ScaleGroup is not null) || !system.Quadratures.IsEmpty;

        baseParameters = Parameters(problem.Overrides, 0);
        baseState = Ode.Initial(problem, baseParameters);
        baseScales = problem.Kernel.AbsoluteScales(baseState, baseParameters);
    }

    /// <summary>Names of what varies.</summary>
    public ImmutableArray<string> Names => members.Names;

    /// <summary>A member's numbers.</summary>
    /// <param name="member">Its number.</param>
    /// <param name="varied">Receives its values of what varies, shape [names].</param>
    /// <param name="parameters">Receives parameters and modes, shape [parameters + modes].</param>
    /// <param name="state">Receives the initial state, shape [count].</param>
    /// <param name="scales">Receives the absolute scales, shape [count].</param>
    /// <exception cref="ProtonmotiveException">A value is not finite, or its model cannot be started.</exception>
    public void Fill(long member, Span<double> varied, Span<double> parameters, Span<double> state, Span<double> scales)
    {
        members.Values(member, varied);
        for (int k = 0; k < targets.Length; k++)
        {
            if (double.IsFinite(varied[k])) continue;
            throw new NonFiniteValueException(problem.Kernel.System.Name, members.Names[k], varied[k], $"member {member}", "Give it a finite number.");
        }
        if (isDirect)
        {
            baseParameters.CopyTo(parameters);
            baseState.CopyTo(state);
        }
        else
        {
            var overrides = problem.Overrides.ToBuilder();
            for (int k = 0; k < targets.Length; k++) if (targets[k] >= 0) overrides[members.Names[k]] = varied[k];
            Parameters(overrides, (ulong)member).CopyTo(parameters);
            Ode.Initial(problem, parameters.ToArray()).CopyTo(state);
        }
        for (int k = 0; k < targets.Length; k++)
        {
            if (targets[k] >= 0) parameters[targets[k]] = varied[k];
            else state[~targets[k]] = varied[k];
        }
        if (hasOwnScales) problem.Kernel.AbsoluteScales(state, parameters).CopyTo(scales);
        else baseScales.CopyTo(scales);
    }

    /// <summary>A member's problem, to be solved by itself.</summary>
    /// <param name="varied">Its values of what varies.</param>
    /// <param name="state">Its initial state, as <see cref="Fill"/> gave it.</param>
    public InitialValueProblem Problem(ReadOnlySpan<double> varied, ReadOnlySpan<double> state)
    {
        var overrides = problem.Overrides.ToBuilder();
        bool variesStates = false;
        for (int k = 0; k < targets.Length; k++)
        {
            if (targets[k] >= 0) overrides[members.Names[k]] = varied[k];
            else variesStates = true;
        }
        return problem with { Overrides = overrides.ToImmutable(), InitialState = variesStates ? [.. state] : problem.InitialState };
    }

    private double[] Parameters(IReadOnlyDictionary<string, double> overrides, ulong member) =>
        problem.Kernel.Parameters(overrides, problem.Start, new RandomStream(seed, member).Sample);
}
