using System.Globalization;
using Protonmotive.Networks;

namespace Protonmotive.Formats.Potentials;

/// <summary>
/// Reads a tab-separated table of standard potentials: a heading line with <c>id</c>, <c>potential</c> (kJ/mol at 1 mol/L) and, if
/// wanted, <c>charge</c> and <c>formula</c>, then one line a species. Lines that begin with # are passed over.
/// </summary>
/// <example>
/// <code>
/// id	potential	charge	formula
/// ATP	-2292.50	-4	C10H12N5O13P3
/// </code>
/// </example>
public static class PotentialTable
{
    /// <summary>What stands behind the name of a model for the table beside it.</summary>
    public const string Suffix = ".potentials.tsv";

    private const int MostLines = 1_000_000;

    private static readonly string[] columns = ["id", "potential", "charge", "formula"];

    /// <summary>The table beside a model: MODEL.potentials.tsv, with or without the model's own extension; null where there is none.</summary>
    public static string? Beside(string model) =>
        new[] { model + Suffix, Path.ChangeExtension(model, null) + Suffix }.FirstOrDefault(File.Exists);

    /// <summary>Reads a file.</summary>
    /// <exception cref="PotentialTableException">A line is no line of the table.</exception>
    public static IReadOnlyDictionary<string, StandardPotential> Load(string path)
    {
        using var reader = new StreamReader(path);
        return Read(reader, path);
    }

    /// <summary>Reads text; the name is for errors.</summary>
    /// <exception cref="PotentialTableException">A line is no line of the table.</exception>
    public static IReadOnlyDictionary<string, StandardPotential> Read(TextReader text, string name)
    {
        var potentials = new Dictionary<string, StandardPotential>(StringComparer.Ordinal);
        string[]? heading = null;
        for (int number = 1; text.ReadLine() is { } line; number++)
        {
            if (number > MostLines) throw Fault(name, number, $"The table has more than {MostLines} lines.", "Keep the lines of this model's species.");
            if (line.StartsWith('#') || string.IsNullOrWhiteSpace(line)) continue;
            var cells = line.Split('\t').Select(c => c.Trim()).ToArray();
            if (heading is null)
            {
                heading = Heading(cells, name, number);
                continue;
            }
            if (cells.Length > heading.Length) throw Fault(name, number, $"The line has {cells.Length} cells, the heading {heading.Length}.", "Separate cells by one tab each.");
            string Cell(string column) => Array.IndexOf(heading, column) is >= 0 and var i && i < cells.Length ? cells[i] : "";
            if (Cell("id").Length == 0) throw Fault(name, number, "The line names no species.", "Write its identifier in the column id.");
            var potential = new StandardPotential(
                1000 * (Number(Cell("potential"), name, number) ?? throw Fault(name, number, $"'{Cell("id")}' has no potential.", "Write a number in kJ/mol, or leave the line out.")),
                Number(Cell("charge"), name, number),
                Cell("formula") is { Length: > 0 } formula ? Checked(formula, name, number) : null);
            if (!potentials.TryAdd(Cell("id"), potential)) throw Fault(name, number, $"'{Cell("id")}' is given twice.", "Keep one of the lines.");
        }
        if (heading is null) throw Fault(name, 0, "The table is empty.", "Begin with the heading: id, potential, charge, formula, with tabs between.");
        return potentials;
    }

    private static string[] Heading(string[] cells, string name, int number)
    {
        foreach (var cell in cells)
            if (!columns.Contains(cell)) throw Fault(name, number, $"There is no column '{cell}'.", "Columns are id, potential, charge and formula, with tabs between; potentials are in kJ/mol.");
        foreach (var needed in columns[..2])
            if (!cells.Contains(needed)) throw Fault(name, number, $"The column '{needed}' is missing.", "Begin with the heading: id, potential, charge, formula, with tabs between.");
        return cells.Distinct().Count() == cells.Length ? cells : throw Fault(name, number, "A column is named twice.", "Keep one of them.");
    }

    private static double? Number(string cell, string name, int number)
    {
        if (cell.Length == 0) return null;
        return double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)
            ? value
            : throw Fault(name, number, $"'{cell}' is no number.", "Write numbers with a point, without units.");
    }

    private static string Checked(string formula, string name, int number)
    {
        try
        {
            ChemicalFormula.Parse(formula);
            return formula;
        }
        catch (NetworkException e)
        {
            throw Fault(name, number, e.What, e.Mend, e);
        }
    }

    private static PotentialTableException Fault(string name, int number, string what, string mend, Exception? inner = null) =>
        new(what, number > 0 ? $"{name}, line {number}" : name, mend, inner);
}
