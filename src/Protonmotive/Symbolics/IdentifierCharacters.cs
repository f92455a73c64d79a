using System.Globalization;
using System.Text;

namespace Protonmotive.Symbolics;

/// <summary>What a plain identifier is made of: letters of any script, digits, <c>_</c> and <c>.</c>; a digit or <c>.</c> can't begin it.</summary>
internal static class IdentifierCharacters
{
    /// <summary>Length of the identifier that begins at a position, in UTF-16 units; 0 where none does.</summary>
    public static int LengthAt(string text, int start)
    {
        int end = start;
        while (end < text.Length && Rune.TryGetRuneAt(text, end, out var rune) && (end == start ? Begins(rune) : Continues(rune)))
            end += rune.Utf16SequenceLength;
        return end - start;
    }

    private static bool Begins(Rune rune) => rune.Value == '_' || Rune.IsLetter(rune);

    private static bool Continues(Rune rune) => Begins(rune) || rune.Value == '.' || Rune.IsDigit(rune)
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
}
