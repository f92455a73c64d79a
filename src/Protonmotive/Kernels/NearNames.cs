namespace Protonmotive.Kernels;

/// <summary>Finds names that a mistyped one may have meant.</summary>
public static class NearNames
{
    /// <summary>Up to three candidates within a few edits (Levenshtein, case ignored), nearest first.</summary>
    /// <param name="name">The name that is not known.</param>
    /// <param name="candidates">Those that are.</param>
    public static IReadOnlyList<string> Of(string name, IEnumerable<string> candidates) =>
        [.. candidates.Select(c => (Name: c, Distance: Distance(name, c)))
            .Where(c => c.Distance <= Math.Max(2, name.Length / 3))
            .OrderBy(c => c.Distance).ThenBy(c => c.Name, StringComparer.Ordinal)
            .Take(3).Select(c => c.Name)];

    /// <summary>"Did you mean a, b?" or a fallback where nothing is near.</summary>
    /// <param name="near">Near names.</param>
    /// <param name="otherwise">What is said where there are none.</param>
    public static string Question(IReadOnlyList<string> near, string otherwise) =>
        near.Count == 0 ? otherwise : $"Did you mean '{string.Join("', '", near)}'?";

    private static int Distance(string left, string right)
    {
        if (Math.Abs(left.Length - right.Length) > Math.Max(2, left.Length / 3)) return int.MaxValue;
        int[] row = [.. Enumerable.Range(0, right.Length + 1)];
        for (int i = 1; i <= left.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= right.Length; j++)
            {
                int substitution = diagonal + (char.ToUpperInvariant(left[i - 1]) == char.ToUpperInvariant(right[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substitution, Math.Min(row[j], row[j - 1]) + 1);
            }
        }
        return row[^1];
    }
}
