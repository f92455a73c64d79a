using System.Numerics;

namespace Protonmotive.Thermodynamics;

/// <summary>
/// The null space of a stoichiometric matrix in exact arithmetic: combinations of steps that change nothing. Each of the cycles found
/// is elementary: no step can be left out of it.
/// </summary>
/// <remarks>
/// Steps are taken in the order of their youngest species, so that the first that makes a species defines it from older ones and
/// each further one closes a cycle along the ways by which the species were made; such cycles are short.
/// </remarks>
internal sealed class StoichiometricCycles
{
    // A definition: species = Σ older species + Σ steps.
    private readonly Dictionary<int, (SparseVector Species, SparseVector Steps)> defined = [];

    /// <summary>Finds the cycles.</summary>
    /// <param name="steps">Coefficients of the species in each step; species are numbered by age.</param>
    public StoichiometricCycles(IReadOnlyList<IReadOnlyDictionary<int, Fraction>> steps)
    {
        foreach (int step in Enumerable.Range(0, steps.Count).OrderBy(s => steps[s].Count == 0 ? -1 : steps[s].Keys.Max()).ThenBy(s => s)) Take(step, steps[step]);
    }

    /// <summary>The independent cycles: coefficients of their steps, whole numbers without common factor.</summary>
    public List<SparseVector> Cycles { get; } = [];

    /// <summary>Number of independent steps.</summary>
    public int Rank => defined.Count;

    /// <summary>Species whose potential follows from older ones, one an independent step.</summary>
    public IEnumerable<int> Pivots => defined.Keys.Order();

    private void Take(int step, IReadOnlyDictionary<int, Fraction> coefficients)
    {
        SparseVector species = new(), path = new();
        foreach (var (s, c) in coefficients) species.Set(s, species[s] + c);
        path.Set(step, new Fraction(1, 1));
        while (species.Entries.Count > 0)
        {
            int youngest = species.Entries.Keys.Max();
            var coefficient = species[youngest];
            if (!defined.TryGetValue(youngest, out var definition))
            {
                // 0 = c·s + rest − step: the steps carry what they change.
                var inverse = new Fraction(1, 1) / coefficient;
                species.Scale(inverse);
                path.Scale(inverse);
                defined[youngest] = (species, path);
                return;
            }
            species.Add(definition.Species, -coefficient);
            path.Add(definition.Steps, -coefficient);
        }
        Cycles.Add(Whole(path));
    }

    /// <summary>The same direction in whole numbers without common factor.</summary>
    internal static SparseVector Whole(SparseVector cycle)
    {
        if (cycle.Entries.Count == 0) return cycle;
        var multiple = cycle.Entries.Values.Aggregate(BigInteger.One, (m, v) => m / BigInteger.GreatestCommonDivisor(m, v.Denominator) * v.Denominator);
        var divisor = cycle.Entries.Values.Aggregate(BigInteger.Zero, (d, v) => BigInteger.GreatestCommonDivisor(d, v.Numerator * (multiple / v.Denominator)));
        var whole = cycle.Copy();
        whole.Scale(new Fraction(multiple, divisor));
        return whole;
    }
}
