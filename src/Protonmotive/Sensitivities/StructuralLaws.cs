using MathNet.Numerics.LinearAlgebra;
using Protonmotive.Networks;
using Protonmotive.Solvers;

namespace Protonmotive.Sensitivities;

/// <summary>The conservation laws that follow from stoichiometry alone.</summary>
/// <remarks>The left null space of N (Reder 1988, J. Theor. Biol. 135, 175-201), so no rate constant, however small, is taken for 0.</remarks>
internal static class StructuralLaws
{
    /// <summary>The laws, one a row over the states; null where stoichiometry alone does not give them.</summary>
    /// <param name="network">The network.</param>
    /// <param name="system">Its equations.</param>
    /// <param name="values">Value of a parameter, for stoichiometric coefficients that are formulas.</param>
    public static double[,]? Of(Network network, EquationSystem system, IReadOnlyDictionary<string, double> values)
    {
        if (!system.Mass.IsEmpty) return null; // algebraic equations and fast processes: the sums that stand still are not in N
        int n = system.States.Length;
        var stores = network.Stores.ToDictionary(s => s.ContentName, StringComparer.Ordinal);
        var ruled = network.Rates.Select(r => r.Target).ToHashSet(StringComparer.Ordinal);
        var columns = network.Processes.Select(_ => Vector<double>.Build.Dense(n)).ToList();
        for (int i = 0; i < n; i++)
        {
            var state = system.States[i];
            if (state.Rate.IsConstant && state.Rate.Value == 0) continue;
            if (!stores.TryGetValue(state.Name, out var store) || ruled.Contains(store.Name))
            {
                columns.Add(Vector<double>.Build.Dense(n, j => j == i ? 1 : 0)); // moved by a rule: in no sum
                continue;
            }

            for (int r = 0; r < network.Processes.Length; r++)
            {
                if (network.Coefficient(network.Processes[r], store) is not { } coefficient) continue;
                if (!coefficient.Symbols().All(values.ContainsKey) || coefficient.DependsOn(Symbolics.Expression.Time)) return null;
                columns[r][i] = coefficient.Evaluate(name => values[name]);
            }
        }

        if (columns.Count == 0) return null;
        var laws = ConservationLaws.LeftNullSpace(Matrix<double>.Build.DenseOfColumnVectors(columns));
        return laws.Count == 0 ? new double[1, n] : laws.Laws.ToArray();
    }
}
