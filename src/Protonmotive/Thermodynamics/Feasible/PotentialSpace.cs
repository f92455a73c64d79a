using MathNet.Numerics.LinearAlgebra;
using Protonmotive.Networks;

namespace Protonmotive.Thermodynamics;

/// <summary>
/// The potentials that a set of steps with given constants leaves free, in exact arithmetic: constants that several steps share tie potentials
/// to each other, and what only shifts all potentials along a conserved total is fixed at 0.
/// </summary>
internal sealed class PotentialSpace
{
    private const double Tolerance = 1e-9;

    private readonly List<string> names = [];
    private readonly Dictionary<string, int> numbers = new(StringComparer.Ordinal);
    private readonly int[] free;
    private readonly Dictionary<int, (SparseVector Others, double Constant)> tied = [];

    public PotentialSpace(List<ConstantGroup> groups, string network)
    {
        foreach (var (name, _) in groups.SelectMany(g => g.Members).SelectMany(m => m.Species)) if (numbers.TryAdd(name, names.Count)) names.Add(name);
        foreach (var group in groups)
        {
            // −Sᵀμ − rest is ln of the group's constants for each of its steps: what differs must vanish.
            var first = group.Members[0];
            foreach (var member in group.Members.Skip(1))
            {
                var row = Row(member);
                row.Add(Row(first), new Fraction(-1, 1));
                Tie(row, first.RestValue - member.RestValue, member, first, network);
            }
        }
        var pivots = new Dictionary<int, SparseVector>();
        foreach (var group in groups)
        {
            var (row, _) = Free(Row(group.Members[0]));
            while (row.Entries.Count > 0)
            {
                int youngest = row.Entries.Keys.Max();
                if (!pivots.TryGetValue(youngest, out var known))
                {
                    row.Scale(new Fraction(1, 1) / row[youngest]);
                    pivots[youngest] = row;
                    break;
                }
                row.Add(known, -row[youngest]);
            }
        }
        free = [.. pivots.Keys.Order()];
        Solve(groups);
    }

    /// <summary>Species whose potentials are free.</summary>
    public IEnumerable<string> FreeSpecies => free.Select(i => names[i]);

    /// <summary>Species whose potentials follow from others: constant and coefficients.</summary>
    public IEnumerable<(string Name, double Constant, IEnumerable<(string Name, double Coefficient)> Others)> TiedSpecies => tied.OrderBy(t => t.Key).Select(t =>
    {
        var (others, constant) = Free(Unit(t.Key));
        return (names[t.Key], constant, others.Entries.Where(e => Position.ContainsKey(e.Key)).OrderBy(e => e.Key).Select(e => (names[e.Key], e.Value.ToDouble())));
    });

    /// <summary>Species that are references, at 0.</summary>
    public IEnumerable<string> References => Enumerable.Range(0, names.Count).Where(i => !tied.ContainsKey(i) && !Position.ContainsKey(i)).Select(i => names[i]);

    /// <summary>Values of the free potentials nearest to the constants, in RT.</summary>
    public double[] Values { get; private set; } = [];

    /// <summary>By group, ln K of the potentials less that of the constants.</summary>
    public double[] Shifts { get; private set; } = [];

    private Dictionary<int, int> Position => position ??= free.Select((s, i) => (s, i)).ToDictionary(p => p.s, p => p.i);

    private Dictionary<int, int>? position;

    private static SparseVector Unit(int species)
    {
        var vector = new SparseVector();
        vector.Set(species, new Fraction(1, 1));
        return vector;
    }

    private SparseVector Row(StepConstants step)
    {
        var row = new SparseVector();
        foreach (var (name, coefficient) in step.Species) row.Set(numbers[name], Fraction.Of(coefficient)!.Value);
        return row;
    }

    /// <summary>Takes the relation row·μ = constant.</summary>
    private void Tie(SparseVector row, double constant, StepConstants member, StepConstants first, string network)
    {
        double size = Math.Max(1, Math.Abs(constant));
        (row, double moved) = Free(row);
        constant -= moved;
        if (row.Entries.Count == 0)
        {
            if (Math.Abs(constant) <= Tolerance * size) return;
            throw new NetworkException($"'{member.Step.Process.Name}' and '{first.Step.Process.Name}' share their constants, but the equilibrium constants that the rest of the network asks of them differ by a factor {Math.Exp(Math.Abs(constant)):g4}.",
                $"network {network}", "A statistical factor in one of the laws is wrong; or give the two steps constants of their own.");
        }
        int youngest = row.Entries.Keys.Max();
        var inverse = new Fraction(1, 1) / row[youngest];
        row.Scale(-inverse);
        row.Set(youngest, default);
        tied[youngest] = (row, constant * inverse.ToDouble());
    }

    /// <summary>A combination of potentials in those that are not tied, and a constant.</summary>
    private (SparseVector Row, double Constant) Free(SparseVector row)
    {
        var result = row.Copy();
        double constant = 0;
        // A tie refers to older species only, so going down from the youngest meets each once.
        while (result.Entries.Keys.Where(tied.ContainsKey).DefaultIfEmpty(-1).Max() is >= 0 and var youngest)
        {
            var (others, moved) = tied[youngest];
            var factor = result[youngest];
            result.Set(youngest, default);
            result.Add(others, factor);
            constant += factor.ToDouble() * moved;
        }
        return (result, constant);
    }

    /// <summary>Least squares in ln k: a group's constants share a shift δ of ln K so that it costs δ²/Σe².</summary>
    private void Solve(List<ConstantGroup> groups)
    {
        int n = free.Length;
        var normal = Matrix<double>.Build.Dense(n, n);
        var right = Vector<double>.Build.Dense(n);
        var rows = groups.Select(g =>
        {
            var (row, constant) = Free(Row(g.Members[0]));
            return (Entries: row.Entries.Where(e => Position.ContainsKey(e.Key)).Select(e => (Column: Position[e.Key], Value: -e.Value.ToDouble())).ToArray(),
                Target: g.Members[0].Step.LogEquilibrium!.Value * Turn(g.Members[0]) + constant, Weight: 1 / g.Weight);
        }).ToArray();
        foreach (var (entries, target, weight) in rows)
        {
            foreach (var (i, a) in entries)
            {
                right[i] += weight * a * target;
                foreach (var (j, b) in entries) normal[i, j] += weight * a * b;
            }
        }
        Values = n == 0 ? [] : normal.Cholesky().Solve(right).ToArray();
        Shifts = [.. rows.Select(r => r.Entries.Sum(e => e.Value * Values[e.Column]) - r.Target)];
    }

    /// <summary>−1 where the step was turned round to meet its group, else 1.</summary>
    private static double Turn(StepConstants member)
    {
        var (name, value) = member.Species[0];
        return member.Step.Stoichiometry[name] == value ? 1 : -1;
    }
}
