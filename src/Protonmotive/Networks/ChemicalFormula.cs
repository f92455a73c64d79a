using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Protonmotive.Networks;

/// <summary>Reads chemical formulas such as C10H12N5O13P3.</summary>
public static partial class ChemicalFormula
{
    /// <summary>Atoms by element.</summary>
    /// <exception cref="NetworkException">The text is no formula.</exception>
    public static ImmutableSortedDictionary<string, double> Parse(string formula)
    {
        var atoms = ImmutableSortedDictionary.CreateBuilder<string, double>(StringComparer.Ordinal);
        int read = 0;
        foreach (Match match in ElementPattern().Matches(formula))
        {
            if (match.Index != read) break;
            read += match.Length;
            var element = match.Groups[1].Value;
            double count = match.Groups[2].Length == 0 ? 1 : double.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture);
            atoms[element] = atoms.GetValueOrDefault(element) + count;
        }
        if (read != formula.Length) throw new NetworkException($"'{formula}' is no chemical formula.", $"column {read + 1}", "Write element symbols with counts, without brackets: C10H12N5O13P3.");
        return atoms.ToImmutable();
    }

    [GeneratedRegex(@"([A-Z][a-z]?)(\d*(?:\.\d+)?)")]
    private static partial Regex ElementPattern();
}
