using System.Text;

namespace Protonmotive.Fuzzing;

/// <summary>Changes bytes without knowing what they mean.</summary>
internal static class ByteMutation
{
    private static readonly byte[][] pieces =
    [
        "\0"u8.ToArray(), [0xFF], [0xC3], [0xEF, 0xBB, 0xBF], "&#0;"u8.ToArray(), "&amp;"u8.ToArray(), "&lt;"u8.ToArray(), "]]>"u8.ToArray(), "<![CDATA["u8.ToArray(), "<!--"u8.ToArray(), "<"u8.ToArray(),
        "/>"u8.ToArray(), "\""u8.ToArray(), "<!DOCTYPE a [<!ENTITY b \"c\">]>"u8.ToArray(), "9999999999"u8.ToArray(), "-"u8.ToArray(), "e400"u8.ToArray(), "NaN"u8.ToArray(), Encoding.UTF8.GetBytes("μ𝛼"),
    ];

    public static byte[] Apply(byte[] text, Random random)
    {
        if (text.Length == 0) return text;
        int at = random.Next(text.Length), length = Math.Min(text.Length - at, 1 + random.Next(random.Next(8) == 0 ? 2000 : 12));
        switch (random.Next(6))
        {
            case 0:
                var flipped = (byte[])text.Clone();
                flipped[at] ^= (byte)(1 << random.Next(8));
                return flipped;
            case 1: return [.. text[..at], .. text[(at + length)..]];
            case 2: return [.. text[..(at + length)], .. text[at..]];
            case 3: return [.. text[..at], .. pieces[random.Next(pieces.Length)], .. text[at..]];
            case 4: return text[..at];
            default:
                int from = random.Next(text.Length), end = Math.Min(text.Length, from + length);
                return [.. text[..at], .. text[from..end], .. text[at..]];
        }
    }
}
