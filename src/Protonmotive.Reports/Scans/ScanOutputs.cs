using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Protonmotive.Kernels;
using Protonmotive.Thermodynamics;

namespace Protonmotive.Reports.Scans;

/// <summary>From what the solver gives at a time to the outputs asked for.</summary>
internal sealed class ScanOutputs
{
    private const int AtStart = -1, Jumped = -2;

    private readonly List<string> raw = [];
    private readonly List<(LedgerNumber? Number, int[] Inputs)> formulas = [];
    private readonly int largest;

    public ScanOutputs(ScanModel model, IReadOnlyCollection<string> patterns)
    {
        var known = model.Quantities().ToList();
        var numbers = model.LedgerNumbers.GroupBy(n => ScanModel.LedgerPrefix + n.Name, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
        IReadOnlyCollection<string> asked = patterns.Count > 0 ? patterns : model.DefaultOutputs();
        Quantities = [.. asked.SelectMany(p => Matches(p, known, model)).DistinctBy(q => q.Name)];
        foreach (var quantity in Quantities)
        {
            var number = numbers.GetValueOrDefault(quantity.Name);
            formulas.Add((number, number is null ? [Raw(quantity.Name)] : [.. number.Inputs.Select(Input)]));
            largest = Math.Max(largest, formulas[^1].Inputs.Length);
        }
        if (NeedsStart) Raw(LedgerNumber.Stored);
    }

    /// <summary>The outputs.</summary>
    public ImmutableArray<ScanQuantity> Quantities { get; }

    /// <summary>Names of the states, quadratures and observables they are computed from.</summary>
    public ImmutableArray<string> RawNames => [.. raw];

    /// <summary>Whether the free energy stored at the start enters.</summary>
    public bool NeedsStart => formulas.Any(f => f.Inputs.Contains(AtStart));

    /// <summary>Whether what jumps supplied enters.</summary>
    public bool NeedsJumps => formulas.Any(f => f.Inputs.Contains(Jumped));

    /// <summary>The free energy stored, from a row.</summary>
    public double Stored(ReadOnlySpan<double> row) => row[raw.IndexOf(LedgerNumber.Stored)];

    /// <summary>The outputs at one time.</summary>
    /// <param name="row">Values of <see cref="RawNames"/>.</param>
    /// <param name="storedAtStart">Free energy stored at the start.</param>
    /// <param name="jumped">Free energy supplied by jumps until then.</param>
    /// <param name="outputs">Receives the outputs.</param>
    public void Write(ReadOnlySpan<double> row, double storedAtStart, double jumped, Span<double> outputs)
    {
        Span<double> inputs = largest <= 256 ? stackalloc double[largest] : new double[largest];
        for (int k = 0; k < outputs.Length; k++)
        {
            var (number, sources) = formulas[k];
            for (int i = 0; i < sources.Length; i++) inputs[i] = sources[i] switch { AtStart => storedAtStart, Jumped => jumped, var s => row[s] };
            outputs[k] = number is null ? inputs[0] : number.Formula(inputs[..sources.Length]);
        }
    }

    private int Input(string name) => name switch { LedgerNumber.StoredAtStart => AtStart, LedgerNumber.Jumped => Jumped, _ => Raw(name) };

    private int Raw(string name)
    {
        int at = raw.IndexOf(name);
        if (at >= 0) return at;
        raw.Add(name);
        return raw.Count - 1;
    }

    private static List<ScanQuantity> Matches(string pattern, List<ScanQuantity> known, ScanModel model)
    {
        var found = pattern.Contains('*', StringComparison.Ordinal)
            ? known.Where(q => Regex.IsMatch(q.Name, "^" + Regex.Escape(pattern).Replace("\\*", ".*", StringComparison.Ordinal) + "$", RegexOptions.CultureInvariant)).ToList()
            : known.Where(q => q.Name == pattern).Take(1).ToList();
        if (found.Count > 0) return found;
        throw new ScanException($"There is no output '{pattern}'.", $"model '{model.Model.Name}'",
            NearNames.Question(NearNames.Of(pattern, known.Select(q => q.Name)), "See 'pmf scan MODEL --list-outputs' for the names."));
    }
}
