using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Protonmotive.Fuzzing;

/// <summary>Changes numbers, identifiers and attribute values, and leaves the XML well formed.</summary>
internal static partial class TokenMutation
{
    private static readonly string[] numbers =
    [
        "0", "1", "-1", "2", "0.5", "-0", "1e308", "-1e308", "1e-320", "1e400", "INF", "-INF", "NaN", "2147483647", "-2147483648", "4294967296", "9223372036854775808", "1e15", "1e-15", "0x10", "1,5", "", " 3 ", "170", "171", "1000", "100000",
    ];

    private static readonly string[] words = ["", "true", "false", "time", "nowhere", "0", "x.y", "__proto__", "dimensionless", "mole", "second", "litre", "avogadro", "rate", "scalar", "S1", "compartment", new('a', 5000)];

    public static byte[] Apply(byte[] bytes, Random random)
    {
        var text = Encoding.UTF8.GetString(bytes);
        bool number = random.Next(2) == 0;
        var found = (number ? Number() : Word()).Matches(text);
        if (found.Count == 0) return bytes;
        var chosen = found[random.Next(found.Count)];
        var group = chosen.Groups[1];
        string value = number
            ? random.Next(4) == 0 ? (random.NextDouble() * Math.Pow(10, random.Next(-30, 30))).ToString("R", CultureInfo.InvariantCulture) : numbers[random.Next(numbers.Length)]
            : random.Next(3) == 0 ? words[random.Next(words.Length)] : found[random.Next(found.Count)].Groups[1].Value;
        return Encoding.UTF8.GetBytes(text[..group.Index] + value + text[(group.Index + group.Length)..]);
    }

    [GeneratedRegex("""(?<=[">\s])(-?[0-9][0-9.eE+-]*)(?=["<\s])""")]
    private static partial Regex Number();

    [GeneratedRegex("""(?<=["> ])([A-Za-z_][A-Za-z0-9_]*)(?=["< ])""")]
    private static partial Regex Word();
}
