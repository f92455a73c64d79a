using System.Globalization;
using System.Text;

namespace Protonmotive.Formats.Antimony;

/// <summary>Names of a network as names of Antimony: letters, digits and underscores, no word of the language, each once.</summary>
internal sealed class AntimonyNames
{
    private readonly Dictionary<string, string> names = new(StringComparer.Ordinal);
    private readonly HashSet<string> taken = new(StringComparer.Ordinal);

    /// <summary>Gives all names that can stay as they are, then those that must change, so that the second never push the first away.</summary>
    public AntimonyNames(IEnumerable<string> identifiers)
    {
        var all = identifiers.Distinct(StringComparer.Ordinal).ToList();
        foreach (var name in all.Where(CanStay)) Keep(name);
        foreach (var name in all.Where(n => !CanStay(n))) names[name] = Fresh(name);
    }

    /// <summary>The name in the file; null where the network has none of that name.</summary>
    public string? Find(string identifier) => names.GetValueOrDefault(identifier);

    /// <summary>A new name like a text, which nothing else has.</summary>
    public string Fresh(string text)
    {
        var stem = Clean(text);
        if (!CanStay(stem)) stem += "_";
        var name = stem;
        for (int n = 2; !taken.Add(name); n++) name = $"{stem}_{n}";
        return name;
    }

    /// <summary>A text as a name: what a name can't hold becomes an underscore, a foreign letter its number.</summary>
    public static string Clean(string text)
    {
        var name = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.IsAscii && (char.IsAsciiLetterOrDigit((char)rune.Value) || rune.Value == '_')) name.Append((char)rune.Value);
            else if (Rune.IsLetter(rune)) name.Append('u').Append(rune.Value.ToString("x4", CultureInfo.InvariantCulture));
            else name.Append('_');
        }
        if (name.Length == 0 || char.IsAsciiDigit(name[0])) name.Insert(0, '_');
        return name.ToString();
    }

    // "-o " is an arrow, so "o" after a minus would be one.
    private static bool CanStay(string name) => Clean(name) == name && name != "o" && !AntimonyKeywords.IsReserved(name);

    private void Keep(string name)
    {
        names[name] = name;
        taken.Add(name);
    }
}
