using Protonmotive.Fitting.Problems;

namespace Protonmotive.Fitting.Starts.Oscillations;

/// <summary>
/// An initial state that is estimated whole, of a system without clock: every state that moves begins at an estimated parameter of its own, so a
/// course may begin at any of its own points.
/// </summary>
/// <param name="Parameters">For each state the index of the estimated parameter that sets it; −1 where it does not move.</param>
internal sealed record FreeStart(int[] Parameters)
{
    /// <summary>Finds it; null where some of the initial state is not free.</summary>
    /// <param name="objective">The problem's objective.</param>
    public static FreeStart? Of(FitObjective objective)
    {
        var problem = objective.Problem;
        var system = problem.System;
        if (problem.Experiments is not [{ Rest: null } only] || system.Mass.Length > 0 || system.Events.Length > 0 || system.Delays.Length > 0) return null;
        if (objective.Kernel.Bind(objective.Kernel.Parameters()).DependsOnTime) return null;
        var elsewhere = system.States.Select(s => s.Rate).Concat(system.Parameters.Select(p => p.Definition)).Concat(system.Modes.Select(m => m.Relation))
            .Concat(system.Observables.Select(o => o.Value)).Concat(system.Quadratures.Select(q => q.Integrand)).SelectMany(e => e.Symbols()).ToHashSet(StringComparer.Ordinal);
        var given = only.Condition.Assignments.Select(a => a.Target).ToHashSet(StringComparer.Ordinal);
        var parameters = new int[system.States.Length];
        for (int i = 0; i < parameters.Length; i++)
        {
            parameters[i] = -1;
            if (system.States[i].Rate == Symbolics.Expression.Zero) continue;
            string[] own = [.. system.States[i].Initial.Symbols().Where(s => !elsewhere.Contains(s) && !given.Contains(s))];
            parameters[i] = own.Length == 1 ? problem.Parameters.IndexOf(problem.Parameters.FirstOrDefault(p => p.Name == own[0])!) : -1;
            if (parameters[i] < 0 || parameters.Take(i).Contains(parameters[i])) return null;
        }
        return Array.TrueForAll(parameters, p => p < 0) ? null : new FreeStart(parameters);
    }

    /// <summary>How the initial state follows from its parameters, the others being as they are.</summary>
    /// <param name="objective">The problem's objective.</param>
    /// <param name="x">Where, on the scale of estimation, shape [n].</param>
    public FreeStartAt At(FitObjective objective, double[] x)
    {
        double[] one = [.. x], two = [.. x];
        foreach (int p in Parameters.Where(p => p >= 0))
        {
            var scale = objective.Parameters[p].Scale;
            (one[p], two[p]) = (Scales.FromLinear(1, scale), Scales.FromLinear(2, scale));
        }
        double[] at = objective.StartOf(0, one).State, further = objective.StartOf(0, two).State;
        return new FreeStartAt(this, objective.Parameters, [.. at.Take(Parameters.Length)], [.. further.Take(Parameters.Length).Select((v, i) => v - at[i])]);
    }
}
