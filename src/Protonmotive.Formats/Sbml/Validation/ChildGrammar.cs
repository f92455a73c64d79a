using System.Globalization;

namespace Protonmotive.Formats.Sbml.Validation;

/// <summary>A child that an element may have.</summary>
/// <param name="Name">Its name; "math" is the MathML element.</param>
/// <param name="Allowed">Editions that have it.</param>
/// <param name="Required">Editions that ask for it.</param>
/// <param name="Repeated">Rule broken by a second one; 0 where more than one may stand.</param>
/// <param name="Missing">Rule broken, in Level 3, where a required one is missing.</param>
internal sealed record ChildGrammar(string Name, EditionRange Allowed, EditionRange Required, int Repeated, int Missing)
{
    /// <summary>Reads "name:allowed:required:repeated:missing"; the last three may be left out, and required may be empty.</summary>
    public static ChildGrammar Parse(string text)
    {
        var parts = text.Split(':');
        int Rule(int i) => parts.Length > i ? int.Parse(parts[i], CultureInfo.InvariantCulture) : 0;
        return new ChildGrammar(parts[0], EditionRange.Parse(parts[1]), parts.Length > 2 && parts[2].Length > 0 ? EditionRange.Parse(parts[2]) : EditionRange.None, Rule(3), Rule(4));
    }
}
