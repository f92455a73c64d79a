using System.Globalization;
using System.Text;

namespace Protonmotive.Formats.Sbml.Writing;

/// <summary>
/// Gives every name of a network an identifier that SBML allows (letters, digits and _). Names that are one already keep it; others,
/// such as <c>r1.k</c> or <c>ΔΨ</c>, get one that is free, and the element says its name in an annotation.
/// </summary>
internal sealed class IdentifierTable
{
    private static readonly string[] greek =
    [
        "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mu", "nu", "xi", "omicron", "pi", "rho",
        "sigma", "sigma", "tau", "upsilon", "phi", "chi", "psi", "omega",
    ];

    private readonly Dictionary<string, string> identifiers = new(StringComparer.Ordinal);
    private readonly HashSet<string> taken = new(StringComparer.Ordinal);

    /// <param name="names">Names of the network, in order; valid ones are served first.</param>
    /// <param name="reserved">Identifiers that stand for something else somewhere, such as local parameters.</param>
    public IdentifierTable(IReadOnlyCollection<string> names, IEnumerable<string> reserved)
    {
        foreach (var name in names.Where(IsValid)) taken.Add(identifiers[name] = name);
        taken.UnionWith(reserved);
        foreach (var name in names)
            if (!identifiers.ContainsKey(name)) identifiers[name] = Free(Encode(name));
    }

    /// <summary>The identifier of a name.</summary>
    public string Of(string name) => identifiers[name];

    /// <summary>Whether the name is known.</summary>
    public bool Has(string name) => identifiers.ContainsKey(name);

    /// <summary>Takes an identifier for something outside the network's names; false where it is not valid or not free.</summary>
    public bool TryTake(string name) => IsValid(name) && taken.Add(name);

    /// <summary>Whether a name is an SId: a letter or _, then letters, digits and _ (Level 3 Version 2 Core, section 3.1.7).</summary>
    public static bool IsValid(string name) =>
        name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');

    private string Free(string wanted)
    {
        var name = wanted;
        for (int i = 2; !taken.Add(name); i++) name = string.Create(CultureInfo.InvariantCulture, $"{wanted}_{i}");
        return name;
    }

    /// <summary>A dot becomes __, a Greek letter its name, anything else its code.</summary>
    private static string Encode(string name)
    {
        var result = new StringBuilder();
        foreach (char c in name)
        {
            if (char.IsAsciiLetterOrDigit(c) || c == '_') result.Append(c);
            else if (c == '.') result.Append("__");
            else if (c is >= 'α' and <= 'ω') result.Append(greek[c - 'α']);
            else if (c is >= 'Α' and <= 'Ω') result.Append(char.ToUpperInvariant(greek[c - 'Α'][0])).Append(greek[c - 'Α'].AsSpan(1));
            else result.Append(CultureInfo.InvariantCulture, $"_u{(int)c:X}_");
        }
        if (result.Length == 0 || char.IsAsciiDigit(result[0])) result.Insert(0, '_');
        return result.ToString();
    }
}
