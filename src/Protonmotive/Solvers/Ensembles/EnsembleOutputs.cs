using System.Collections.Immutable;
using Protonmotive.Kernels;

namespace Protonmotive.Solvers.Ensembles;

/// <summary>Which numbers of a member are its results.</summary>
internal sealed class EnsembleOutputs
{
    private readonly Kernel kernel;
    private readonly int[] sources; // component, or ~observable

    public EnsembleOutputs(EnsembleProblem problem)
    {
        kernel = problem.Base.Kernel;
        var components = Solution.Names(kernel).ToList();
        Names = problem.Outputs.IsDefault ? [.. components] : problem.Outputs;
        var observables = kernel.System.Observables.Select(o => o.Name).ToList();
        sources = new int[Names.Length];
        for (int k = 0; k < sources.Length; k++)
        {
            string name = Names[k];
            int component = components.IndexOf(name), observable = observables.IndexOf(name);
            if (component < 0 && observable < 0) throw new SolverException($"There is no output '{name}'.", $"Ensemble of '{kernel.System.Name}'.", NearNames.Question(NearNames.Of(name, components.Concat(observables)), "Name states, quadratures or observables of the system."));
            sources[k] = component >= 0 ? component : ~observable;
        }
        NeedsObservables = Array.Exists(sources, s => s < 0);
    }

    /// <summary>Names of the results, in order.</summary>
    public ImmutableArray<string> Names { get; }

    /// <summary>Whether some are observables.</summary>
    public bool NeedsObservables { get; }

    /// <summary>For each number of a row the component it is, or the complement of the observable's index.</summary>
    public ReadOnlySpan<int> Sources => sources;

    /// <summary>From states to results, at one time.</summary>
    /// <param name="state">State and quadratures, shape [count].</param>
    /// <param name="observables">All observables; read only where some are results.</param>
    /// <param name="row">Receives the results, shape [names].</param>
    public void Write(ReadOnlySpan<double> state, ReadOnlySpan<double> observables, Span<double> row)
    {
        for (int k = 0; k < sources.Length; k++) row[k] = sources[k] >= 0 ? state[sources[k]] : observables[~sources[k]];
    }

    /// <summary>From a solution to results, row after row.</summary>
    public void Write(Solution solution, Span<double> rows)
    {
        for (int k = 0; k < sources.Length; k++)
        {
            var column = sources[k] >= 0 ? solution.Column(sources[k]) : solution.ObservableColumn(Names[k]);
            for (int row = 0; row < column.Length; row++) rows[(row * sources.Length) + k] = column[row];
        }
    }
}
