using System.Collections.Immutable;
using Protonmotive.Networks;

namespace Protonmotive.Thermodynamics;

/// <summary>Balance of charge and atoms process by process, and the totals that no process changes.</summary>
internal static class Conservation
{
    /// <summary>Whether the charge, or the composition, of all species of a process is declared, so that its balance can be checked.</summary>
    public static bool IsDeclared(Process process) => !process.Stoichiometry.IsEmpty && process.Stoichiometry.All(p => p.Coefficient.IsConstant)
        && (process.Stoichiometry.All(p => p.Store is Species { Charge: not null }) || process.Stoichiometry.All(p => p.Store is Species { Composition: not null }));

    /// <summary>Charge and atoms that a process makes or loses, where declared for all its species.</summary>
    public static IEnumerable<BalanceFault> Faults(Network network)
    {
        foreach (var process in network.Processes)
        {
            var parts = process.Stoichiometry.Where(p => p.Store is Species && p.Coefficient.IsConstant).Select(p => (Species: (Species)p.Store, p.Coefficient.Value)).ToList();
            if (parts.Count == 0 || parts.Count != process.Stoichiometry.Length) continue;
            if (parts.All(p => p.Species.Charge is not null))
            {
                double charge = parts.Sum(p => p.Value * p.Species.Charge!.Value);
                if (Math.Abs(charge) > 1e-9) yield return new BalanceFault(process.Name, "charge", charge);
            }
            if (!parts.All(p => p.Species.Composition is not null)) continue;
            foreach (var element in parts.SelectMany(p => p.Species.Composition!.Keys).Distinct().Order(StringComparer.Ordinal))
            {
                double atoms = parts.Sum(p => p.Value * p.Species.Composition!.GetValueOrDefault(element));
                if (Math.Abs(atoms) > 1e-9) yield return new BalanceFault(process.Name, element, atoms);
            }
        }
    }

    /// <summary>Conserved totals over the states, as words: "NADH_x + NAD_x".</summary>
    public static ImmutableArray<string> Totals(Network network)
    {
        var (stores, laws) = Laws(network);
        return [.. laws.Select(law => string.Join(" + ", law.Select((c, i) => (c, i)).Where(t => Math.Abs(t.c) > 1e-9)
            .Select(t => Math.Abs(t.c - 1) < 1e-9 ? stores[t.i].Name : Math.Abs(t.c + 1) < 1e-9 ? "-" + stores[t.i].Name : $"{t.c:0.####} {stores[t.i].Name}")).Replace("+ -", "- ", StringComparison.Ordinal))];
    }

    /// <summary>The left null vectors of the stoichiometry of the free stores that only processes move, in reduced echelon form; charges count as charge numbers.</summary>
    public static (ImmutableArray<Store> Stores, ImmutableArray<double[]> Laws) Laws(Network network)
    {
        var ruled = network.Rates.Select(r => r.Target).ToHashSet(StringComparer.Ordinal);
        var stores = network.Stores.Where(s => !network.IsHeld(s) && !ruled.Contains(s.Name)).ToImmutableArray();
        var rows = stores.Select(store => network.Processes.Select(p => store is Membrane m
            ? p.ChargeAcross(m)
            : p.Stoichiometry.Where(x => x.Store == store && x.Coefficient.IsConstant).Sum(x => x.Coefficient.Value)).ToArray()).ToArray();
        return (stores, [.. LeftNullSpace(rows, network.Processes.Length)]);
    }

    private static double[][] LeftNullSpace(double[][] rows, int columns)
    {
        int n = rows.Length;
        // Eliminate [N | I]: rows whose N part vanishes carry the laws.
        var work = rows.Select((r, i) => r.Concat(Enumerable.Range(0, n).Select(j => i == j ? 1.0 : 0)).ToArray()).ToArray();
        int done = 0;
        for (int column = 0; column < columns && done < n; column++)
        {
            int pivot = Enumerable.Range(done, n - done).MaxBy(r => Math.Abs(work[r][column]));
            if (Math.Abs(work[pivot][column]) < 1e-10) continue;
            (work[done], work[pivot]) = (work[pivot], work[done]);
            for (int r = done + 1; r < n; r++)
            {
                double factor = work[r][column] / work[done][column];
                if (factor == 0) continue;
                for (int c = column; c < work[r].Length; c++) work[r][c] -= factor * work[done][c];
            }
            done++;
        }
        var laws = work.Skip(done).Select(r => r.Skip(columns).ToArray()).ToArray();
        Reduce(laws);
        return laws;
    }

    private static void Reduce(double[][] laws)
    {
        int done = 0;
        for (int column = 0; laws.Length > 0 && column < laws[0].Length && done < laws.Length; column++)
        {
            int pivot = Enumerable.Range(done, laws.Length - done).MaxBy(r => Math.Abs(laws[r][column]));
            if (Math.Abs(laws[pivot][column]) < 1e-9) continue;
            (laws[done], laws[pivot]) = (laws[pivot], laws[done]);
            double scale = laws[done][column];
            for (int c = 0; c < laws[done].Length; c++) laws[done][c] /= scale;
            for (int r = 0; r < laws.Length; r++)
            {
                if (r == done || laws[r][column] == 0) continue;
                double factor = laws[r][column];
                for (int c = 0; c < laws[r].Length; c++) laws[r][c] -= factor * laws[done][c];
            }
            done++;
        }
        while (ShortenOne(laws)) { }
    }

    /// <summary>Adds or subtracts one law from another where that leaves fewer stores in it: "ATP + ADP" rather than a mixture.</summary>
    private static bool ShortenOne(double[][] laws)
    {
        for (int i = 0; i < laws.Length; i++)
        {
            for (int j = 0; j < laws.Length; j++)
            {
                foreach (int sign in (ReadOnlySpan<int>)[1, -1])
                {
                    if (i == j) continue;
                    var mixed = laws[i].Zip(laws[j], (a, b) => a + (sign * b)).ToArray();
                    if (Size(mixed) >= Size(laws[i])) continue;
                    laws[i] = mixed.Any(c => c > 1e-9) ? mixed : [.. mixed.Select(c => -c)];
                    return true;
                }
            }
        }
        return false;
    }

    /// <summary>Stores in a law; negative ones count double, so sums are preferred.</summary>
    private static int Size(double[] law) => law.Sum(c => c > 1e-9 ? 1 : c < -1e-9 ? 2 : 0);
}
