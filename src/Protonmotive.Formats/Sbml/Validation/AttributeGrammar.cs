namespace Protonmotive.Formats.Sbml.Validation;

/// <summary>An attribute that an element may have.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its data type.</param>
/// <param name="Allowed">Editions that have it.</param>
/// <param name="Required">Editions that ask for it.</param>
internal sealed record AttributeGrammar(string Name, AttributeType Type, EditionRange Allowed, EditionRange Required)
{
    /// <summary>Reads "name:Type:allowed" or "name:Type:allowed:required".</summary>
    public static AttributeGrammar Parse(string text)
    {
        var parts = text.Split(':');
        return new AttributeGrammar(parts[0], Enum.Parse<AttributeType>(parts[1]), EditionRange.Parse(parts[2]), parts.Length > 3 ? EditionRange.Parse(parts[3]) : EditionRange.None);
    }
}
