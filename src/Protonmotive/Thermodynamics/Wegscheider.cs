using System.Collections.Immutable;
using MathNet.Numerics.LinearAlgebra;
using Protonmotive.Networks;
using Protonmotive.Solvers;

namespace Protonmotive.Thermodynamics;

/// <summary>Whether forward and backward rate constants admit potentials: Σ c ln K = 0 around every cycle.</summary>
/// <remarks>
/// Schuster and Schuster (1989), J. Math. Chem. 3, 25. By least squares: do potentials μ exist with −Sᵀμ/RT = ln K? Steps with
/// the same stoichiometry count as a cycle of two. The cycle named is irreducible: no step can be left out of it.
/// </remarks>
internal static class Wegscheider
{
    private const double Tolerance = 1e-9;

    /// <summary>Audits steps; null where there are none.</summary>
    /// <param name="steps">Name, net stoichiometry and ln(k⁺/k⁻) of each.</param>
    /// <param name="thermalEnergy">RT in J/mol, if known.</param>
    public static WegscheiderReport? Check(IReadOnlyList<(string Name, IReadOnlyDictionary<string, double> Stoichiometry, double LogK)> steps, double? thermalEnergy)
    {
        if (steps.Count == 0) return null;
        var species = steps.SelectMany(s => s.Stoichiometry.Keys).Distinct().ToList();
        var S = Matrix<double>.Build.Dense(steps.Count, Math.Max(1, species.Count), (r, c) => c < species.Count ? steps[r].Stoichiometry.GetValueOrDefault(species[c]) : 0);
        var logK = Vector<double>.Build.Dense(steps.Count, r => steps[r].LogK);
        var all = Enumerable.Range(0, steps.Count).ToArray();
        var (residual, rank) = Residual(S, logK, all);
        var cycle = residual.AbsoluteMaximum() > Tolerance ? ShortestCycle(S, logK, residual) : null;
        double affinity = cycle?.Sum(c => c.Coefficient * logK[c.Step]) ?? 0;
        return new WegscheiderReport(steps.Count, steps.Count - rank,
            [.. all.Select(r => (steps[r].Name, residual[r]))],
            [.. (cycle ?? []).Select(c => (steps[c.Step].Name, affinity < 0 ? -c.Coefficient : c.Coefficient))],
            Math.Abs(affinity), thermalEnergy is { } RT ? Math.Abs(affinity) * RT / 1000 : null);
    }

    /// <summary>ln K less its projection on what potentials can give, for some steps; and the rank of their stoichiometry.</summary>
    private static (Vector<double> Residual, int Rank) Residual(Matrix<double> S, Vector<double> logK, int[] rows)
    {
        var part = Matrix<double>.Build.Dense(rows.Length, S.ColumnCount, (r, c) => S[rows[r], c]);
        var k = Vector<double>.Build.Dense(rows.Length, r => logK[rows[r]]);
        var svd = part.Svd();
        int rank = svd.S.Count(s => s > 1e-10 * Math.Max(1, svd.S[0]));
        var residual = k.Clone();
        for (int i = 0; i < rank; i++)
        {
            var u = svd.U.Column(i);
            residual -= u.DotProduct(k) * u;
        }
        return (residual, rank);
    }

    /// <summary>Leaves steps out while the rest is still inconsistent, in several orders; the fewest steps win.</summary>
    private static List<(int Step, double Coefficient)> ShortestCycle(Matrix<double> S, Vector<double> logK, Vector<double> residual)
    {
        int count = S.RowCount;
        var byResidual = Enumerable.Range(0, count).OrderBy(r => Math.Abs(residual[r])).ToArray();
        var random = new Philox(1);
        int orders = Math.Clamp(4000 / count, 1, 40);
        int[]? best = null;
        for (uint order = 0; order < orders; order++)
        {
            uint member = order;
            var leaving = order == 0 ? byResidual : [.. byResidual.OrderBy(r => random.Uniform(member, (uint)r) * (0.1 + Math.Abs(residual[r])))];
            var kept = Irreducible(S, logK, leaving);
            if (best is null || kept.Length < best.Length) best = kept;
        }
        var cycle = Residual(S, logK, best!).Residual;
        double unit = cycle.Where(c => Math.Abs(c) > 1e-9).Min(Math.Abs);
        return [.. best!.Select((r, i) => (r, Math.Round(cycle[i] / unit, 6)))];
    }

    private static int[] Irreducible(Matrix<double> S, Vector<double> logK, int[] leaving)
    {
        var kept = leaving.ToList();
        // Halves first, then single steps: most steps of a large network leave in a few tests.
        for (int block = Math.Max(1, kept.Count / 2); ; block = Math.Max(1, block / 2))
        {
            for (int start = 0; start < kept.Count;)
            {
                var without = kept.Where((_, i) => i < start || i >= start + block).ToArray();
                if (without.Length > 0 && Residual(S, logK, without).Residual.AbsoluteMaximum() > Tolerance) kept = [.. without];
                else start += block;
            }
            if (block == 1) return [.. kept];
        }
    }
}
