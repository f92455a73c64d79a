using Protonmotive.Kernels;
using Protonmotive.Networks;
using Protonmotive.Symbolics;

namespace Protonmotive.Fitting.Problems;

/// <summary>The estimated parameters that change only what is observed (scales, offsets, noise), so that the states need not be solved anew for them.</summary>
internal sealed class ObservedParameters
{
    private readonly FitProblem problem;
    private readonly Kernel kernel;
    private readonly HashSet<string> names; // of the system's parameters

    /// <summary>Finds them.</summary>
    public ObservedParameters(FitProblem problem, Kernel kernel)
    {
        (this.problem, this.kernel) = (problem, kernel);
        names = problem.System.Parameters.Select(p => p.Name).ToHashSet(StringComparer.Ordinal);
        Indices = Find(problem);
        Solved = [.. Enumerable.Range(0, problem.Parameters.Length).Except(Indices)];
    }

    /// <summary>Their indices, ascending.</summary>
    public int[] Indices { get; }

    /// <summary>Indices of the other estimated parameters, ascending: those that solutions depend on.</summary>
    public int[] Solved { get; }

    /// <summary>Those of <see cref="Solved"/> that an experiment's solution depends on, ascending: all where it begins at a rest that several share.</summary>
    public int[] SolvedIn(FitExperiment experiment)
    {
        var condition = experiment.Condition.Assignments;
        if (experiment.Rest is not null || condition.Any(a => a.Formula.Length > 0)) return Solved;
        var given = condition.Select(a => a.Target).ToHashSet(StringComparer.Ordinal);
        var sources = condition.Select(a => a.Source).ToHashSet();
        return [.. Solved.Where(j => sources.Contains(j) || (names.Contains(problem.Parameters[j].Name) && !given.Contains(problem.Parameters[j].Name)))];
    }

    /// <summary>Number of the system's observables.</summary>
    public int OutputCount => problem.System.Observables.Length;

    /// <summary>Which parameters of the system they give values to in an experiment.</summary>
    public (int Estimated, int Parameter)[] Targets(FitExperiment experiment)
    {
        var condition = experiment.Condition.Assignments;
        var given = condition.Select(a => a.Target).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. Indices.Where(j => names.Contains(problem.Parameters[j].Name) && !given.Contains(problem.Parameters[j].Name)).Select(j => (j, kernel.ParameterIndex(problem.Parameters[j].Name))),
            .. condition.Where(a => a.Source >= 0 && Indices.Contains(a.Source)).Select(a => (a.Source, kernel.ParameterIndex(a.Target))),
        ];
    }

    /// <summary>Their values in an experiment.</summary>
    public (int Parameter, double Value)[] Changes(ExperimentPlan plan, double[] x) => [.. plan.ObservedTargets.Select(t => (t.Parameter, Scales.ToLinear(x[t.Estimated], problem.Parameters[t.Estimated].Scale)))];

    /// <summary>For each of some estimated parameters its direction in an experiment's solution; −1 where that does not depend on it.</summary>
    public static int[] Directions(ExperimentPlan plan, int[] along) => [.. along.Select(j => Array.IndexOf(plan.Solved, j))];

    /// <summary>∂parameters by some estimated parameters in an experiment, shape [along·ParameterCount].</summary>
    /// <param name="plan">The experiment.</param>
    /// <param name="x">All estimated parameters, shape [n].</param>
    /// <param name="along">By which.</param>
    /// <param name="solved">Those by the parameters that solutions depend on, shape [solved·ParameterCount].</param>
    public double[] Slopes(ExperimentPlan plan, double[] x, int[] along, double[] solved)
    {
        int length = kernel.ParameterCount;
        var slopes = new double[along.Length * length];
        for (int d = 0; d < along.Length; d++)
        {
            int direction = Array.IndexOf(plan.Solved, along[d]);
            if (direction >= 0) solved.AsSpan(direction * length, length).CopyTo(slopes.AsSpan(d * length));
            foreach (var (estimated, parameter) in plan.ObservedTargets)
                if (estimated == along[d]) slopes[(d * length) + parameter] = Scales.SlopeToLinear(x[estimated], problem.Parameters[estimated].Scale);
        }
        return slopes;
    }

    private static int[] Find(FitProblem problem)
    {
        // Where events set parameters or a rest hands them on, a parameter's value is not the condition's alone.
        var system = problem.System;
        var parameters = system.Parameters.Select(p => p.Name).ToHashSet(StringComparer.Ordinal);
        if (system.Events.Any(e => e.Assignments.Any(a => parameters.Contains(a.Target))) || problem.Experiments.Any(e => e.KeepsParameters)) return [];
        var solved = Formulas(system).SelectMany(e => e.Symbols()).ToHashSet(StringComparer.Ordinal);
        var assignments = problem.Experiments.SelectMany(e => e.Condition.Assignments.Concat(e.Rest?.Assignments ?? [])).ToList();
        // What a condition computes from an observable depends on all that the observable does.
        var formulas = assignments.Select(a => a.Formula).Where(f => f.Length > 0).ToHashSet(StringComparer.Ordinal);
        foreach (var observable in system.Observables.Where(o => formulas.Contains(o.Name))) solved.UnionWith(observable.Value.Symbols());
        var needed = assignments.Where(a => a.Source >= 0 && solved.Contains(a.Target)).Select(a => a.Source).ToHashSet();
        return [.. Enumerable.Range(0, problem.Parameters.Length).Where(j => !needed.Contains(j) && !solved.Contains(problem.Parameters[j].Name))];
    }

    // All that a solution depends on.
    private static IEnumerable<Expression> Formulas(EquationSystem system) =>
    [
        .. system.States.SelectMany(s => new[] { s.Initial, s.Rate }),
        .. system.Parameters.Select(p => p.Definition),
        .. system.Modes.Select(m => m.Relation),
        .. system.Events.SelectMany(e => new[] { e.Trigger, e.Delay ?? Expression.Zero, e.Priority ?? Expression.Zero }),
        .. system.Events.SelectMany(e => e.Assignments).SelectMany(a => new[] { a.Value, a.Result ?? Expression.Zero }),
        .. system.Quadratures.SelectMany(q => new[] { q.Integrand, q.AbsoluteScale }),
    ];
}
