using System.Collections.Immutable;
using MathNet.Numerics.LinearAlgebra;
using Protonmotive.Symbolics;

namespace Protonmotive.Thermodynamics;

/// <summary>Whether equilibrium constants admit potentials: Σ c ln K = 0 around every cycle.</summary>
/// <remarks>
/// Schuster and Schuster (1989), J. Math. Chem. 3, 25. Cycles are found in exact arithmetic; by least squares: do potentials μ
/// exist with −Sᵀμ/RT = ln K? Steps with the same stoichiometry count as a cycle of two. Held species count as species; steps
/// that draw on a source without name (an empty side) are left out, since nothing is known of what drives them.
/// </remarks>
internal static class Wegscheider
{
    private const double Tolerance = 1e-9;

    /// <summary>Most violated cycles that are named.</summary>
    private const int MostNamed = 5;

    /// <summary>Audits steps; null where there are none.</summary>
    /// <param name="steps">Steps with their equilibrium constants; others are passed over.</param>
    /// <param name="thermalEnergy">RT in J/mol.</param>
    public static WegscheiderReport? Check(IEnumerable<ReactionStep> steps, double thermalEnergy)
    {
        var closed = steps.Where(s => s.HasAffinity && s.LogEquilibrium is { } K && double.IsFinite(K)
            && s.Stoichiometry.Values.Any(c => c < 0) && s.Stoichiometry.Values.Any(c => c > 0)).ToList();
        var species = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var name in closed.SelectMany(s => s.Stoichiometry.Keys)) species.TryAdd(name, species.Count);
        var rows = new List<IReadOnlyDictionary<int, Fraction>>();
        foreach (var step in closed.ToList())
        {
            var row = step.Stoichiometry.Select(s => (Index: species[s.Key], Value: Fraction.Of(s.Value))).ToList();
            if (row.All(r => r.Value is not null)) rows.Add(row.ToDictionary(r => r.Index, r => r.Value!.Value));
            else closed.Remove(step);
        }
        if (closed.Count == 0) return null;

        var logK = closed.Select(s => s.LogEquilibrium!.Value).ToArray();
        var cycles = new StoichiometricCycles(rows);
        var violated = cycles.Cycles.Where(c => IsViolated(c, logK)).ToList();
        var named = violated.Count == 0 ? [] : Named(violated, closed, logK);
        var violations = named.Select(c => Violation(c, closed, logK, thermalEnergy)).ToImmutableArray();
        var residuals = violated.Count == 0 ? new double[closed.Count] : Residuals(rows, logK, [.. cycles.Pivots]);
        return new WegscheiderReport(closed.Count, cycles.Cycles.Count,
            [.. closed.Select((s, r) => (s.Process.Name, residuals[r]))],
            violations.IsEmpty ? [] : violations[0].Steps, violations.IsEmpty ? 0 : violations[0].Affinity, violations.IsEmpty ? null : violations[0].Energy)
        {
            Violations = violations,
            ViolatedCycles = violated.Count,
        };
    }

    private static double Around(SparseVector cycle, double[] logK) => cycle.Entries.Sum(e => e.Value.ToDouble() * logK[e.Key]);

    private static bool IsViolated(SparseVector cycle, double[] logK) =>
        Math.Abs(Around(cycle, logK)) > Tolerance * Math.Max(1, cycle.Entries.Sum(e => Math.Abs(e.Value.ToDouble() * logK[e.Key])));

    /// <summary>
    /// The violated cycles to be named: the same rate constants often break the same rule in many places, so one cycle, the shortest
    /// found, stands for each independent relation between rate constants.
    /// </summary>
    private static List<SparseVector> Named(List<SparseVector> violated, List<ReactionStep> steps, double[] logK)
    {
        var shortened = Shorten(violated, logK);
        var relations = shortened.GroupBy(c => Relation(c, steps).Key)
            .Select(g => g.MinBy(c => c.Entries.Count)!)
            .OrderBy(c => Relation(c, steps).Exponents.Count).ThenBy(c => c.Entries.Count).ThenByDescending(c => Math.Abs(Around(c, logK)));
        var named = new List<SparseVector>();
        var basis = new List<Dictionary<string, double>>();
        foreach (var cycle in relations)
        {
            if (!IsIndependent(Relation(cycle, steps).Exponents, basis)) continue;
            named.Add(cycle);
            if (named.Count == MostNamed) break;
        }
        return [.. named.OrderByDescending(c => Math.Abs(Around(c, logK)))];
    }

    /// <summary>Adds or subtracts other cycles while that leaves fewer steps in a cycle that is still violated.</summary>
    private static List<SparseVector> Shorten(List<SparseVector> cycles, double[] logK)
    {
        var result = cycles.OrderBy(c => c.Entries.Count).ToList();
        for (int i = 0; i < result.Count; i++)
        {
            for (int j = 0; j < i; j++)
            {
                foreach (var factor in (ReadOnlySpan<int>)[-1, 1])
                {
                    if (result[j].Entries.Count > 2 * result[i].Entries.Count || !result[j].Entries.Keys.Any(result[i].Entries.ContainsKey)) continue;
                    var mixed = result[i].Copy();
                    mixed.Add(result[j], new Fraction(factor, 1));
                    if (mixed.Entries.Count == 0 || mixed.Entries.Count >= result[i].Entries.Count || !IsViolated(mixed, logK)) continue;
                    result[i] = StoichiometricCycles.Whole(mixed);
                }
            }
        }
        return result;
    }

    /// <summary>The product of rate constants that a cycle sets to 1, with its exponents; by step where the constants are not known apart.</summary>
    private static (string Key, Dictionary<string, double> Exponents) Relation(SparseVector cycle, List<ReactionStep> steps)
    {
        var exponents = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var (index, coefficient) in cycle.Entries)
        {
            var step = steps[index];
            if (step.Constants.IsEmpty) exponents["K of " + step.Process.Name] = coefficient.ToDouble();
            foreach (var (@base, exponent) in step.Constants)
            {
                if (@base.IsConstant) continue;
                var name = Infix.Print(@base, 60);
                exponents[name] = exponents.GetValueOrDefault(name) + (coefficient.ToDouble() * exponent);
            }
        }
        foreach (var none in exponents.Where(e => Math.Abs(e.Value) < 1e-9).Select(e => e.Key).ToList()) exponents.Remove(none);
        var ordered = exponents.OrderBy(e => e.Key, StringComparer.Ordinal).ToList();
        double sign = ordered.Count > 0 && ordered[0].Value < 0 ? -1 : 1;
        return (string.Join(" ", ordered.Select(e => $"{e.Key}^{sign * e.Value:0.####}")), exponents);
    }

    /// <summary>Whether a relation says something that those before do not; if so, it joins them.</summary>
    private static bool IsIndependent(Dictionary<string, double> relation, List<Dictionary<string, double>> basis)
    {
        var rest = new Dictionary<string, double>(relation, StringComparer.Ordinal);
        foreach (var known in basis)
        {
            var (pivot, at) = known.First();
            double factor = rest.GetValueOrDefault(pivot) / at;
            if (factor == 0) continue;
            foreach (var (name, value) in known)
            {
                rest[name] = rest.GetValueOrDefault(name) - (factor * value);
                if (Math.Abs(rest[name]) < 1e-9) rest.Remove(name);
            }
        }
        // A relation without constants of its own (numbers alone) is kept.
        if (rest.Count == 0) return relation.Count == 0;
        basis.Add(rest);
        return true;
    }

    private static CycleViolation Violation(SparseVector cycle, List<ReactionStep> steps, double[] logK, double thermalEnergy)
    {
        double affinity = Around(cycle, logK);
        double sign = affinity < 0 ? -1 : 1;
        var parts = cycle.Entries.OrderBy(e => e.Key).Select(e => (steps[e.Key].Process.Name, sign * e.Value.ToDouble())).ToImmutableArray();
        var exponents = Relation(cycle, steps).Exponents;
        var relation = string.Join(" ", exponents.Where(e => sign * e.Value > 0).OrderBy(e => e.Key, StringComparer.Ordinal).Select(e => Factor(e.Key, sign * e.Value)))
            + (exponents.Any(e => sign * e.Value < 0) ? " / (" + string.Join(" ", exponents.Where(e => sign * e.Value < 0).OrderBy(e => e.Key, StringComparer.Ordinal).Select(e => Factor(e.Key, -sign * e.Value))) + ")" : "");
        return new CycleViolation(parts, Math.Abs(affinity), Math.Abs(affinity) * thermalEnergy / 1000, exponents.Count == 0 ? "" : relation.TrimStart(' ', '/'));
    }

    private static string Factor(string name, double exponent) => exponent == 1 ? name : $"{name}^{exponent:0.####}";

    /// <summary>ln K less its projection on what potentials can give.</summary>
    private static double[] Residuals(List<IReadOnlyDictionary<int, Fraction>> rows, double[] logK, int[] pivots)
    {
        // Pivot columns are independent, so the normal equations have one solution.
        var column = pivots.Select((species, i) => (species, i)).ToDictionary(p => p.species, p => p.i);
        var normal = Matrix<double>.Build.Dense(pivots.Length, pivots.Length);
        var right = Vector<double>.Build.Dense(pivots.Length);
        var parts = rows.Select(r => r.Where(e => column.ContainsKey(e.Key)).Select(e => (Column: column[e.Key], Value: e.Value.ToDouble())).ToArray()).ToArray();
        for (int r = 0; r < parts.Length; r++)
        {
            foreach (var (i, a) in parts[r])
            {
                right[i] += a * logK[r];
                foreach (var (j, b) in parts[r]) normal[i, j] += a * b;
            }
        }
        var potentials = normal.Cholesky().Solve(right);
        return [.. parts.Select((p, r) => logK[r] - p.Sum(e => e.Value * potentials[e.Column]))];
    }
}
