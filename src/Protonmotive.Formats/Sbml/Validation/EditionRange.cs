using System.Globalization;

namespace Protonmotive.Formats.Sbml.Validation;

/// <summary>The editions that something is part of.</summary>
/// <param name="First">First edition's number.</param>
/// <param name="Last">Last edition's number.</param>
internal readonly record struct EditionRange(int First, int Last)
{
    public static readonly EditionRange None = new(1, 0);

    public bool Holds(SbmlEdition edition) => edition.Number >= First && edition.Number <= Last;

    /// <summary>Reads "2" (all of Level 2), "2-" (from Level 2 on), "2.2-2.4", "2.2-2" or "3.1".</summary>
    public static EditionRange Parse(string text)
    {
        var ends = text.Split('-');
        int first = Number(ends[0], 0), last = ends.Length == 1 ? Number(ends[0], 9) : ends[1].Length == 0 ? 99 : Number(ends[1], 9);
        return new EditionRange(first, last);
    }

    private static int Number(string text, int version)
    {
        var parts = text.Split('.');
        return (10 * int.Parse(parts[0], CultureInfo.InvariantCulture)) + (parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : version);
    }
}
