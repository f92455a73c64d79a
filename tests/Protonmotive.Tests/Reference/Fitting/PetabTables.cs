using System.Globalization;

namespace Protonmotive.Tests.Reference.Fitting;

/// <summary>Reads PEtab tables the shortest way, apart from the reader under test.</summary>
internal static class PetabTables
{
    /// <summary>The rows of a table, by column.</summary>
    public static List<Dictionary<string, string>> Read(string path)
    {
        string[][] lines = [.. File.ReadLines(path).Where(l => l.Trim().Length > 0).Select(l => l.Split('\t'))];
        return [.. lines.Skip(1).Select(cells => lines[0].Select((name, k) => (name.Trim(), Value: k < cells.Length ? cells[k].Trim() : "")).ToDictionary(c => c.Item1, c => c.Value))];
    }

    /// <summary>A number, or inf.</summary>
    public static double Number(string text) => text.Equals("inf", StringComparison.OrdinalIgnoreCase) ? double.PositiveInfinity : double.Parse(text, CultureInfo.InvariantCulture);
}
